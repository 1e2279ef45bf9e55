import type { ConsentPlatformUse } from "../calls/types.ts";
import { compareRanges } from "../diagnostics/range.ts";
import type { Discovery } from "../discover/types.ts";
import { consentPlatforms, packageOf } from "../sdks/index.ts";
import type { ConsentPlatform } from "../sdks/sdk.ts";
import { groupBy } from "../util/group-by.ts";
import { nameOf } from "./conditions.ts";
import type { Module } from "./module.ts";

const byPackage = idsBy(({ packages }) => packages);
const byGlobal = idsBy(({ globals }) => globals);
/** Most members are called otherwise, which is told without putting together how they are reached. */
const lastNames: ReadonlySet<string> = new Set(
  [...byGlobal.keys()].map((name) => name.slice(name.lastIndexOf(".") + 1)),
);

/** Traces of consent platforms: imports of their packages and reads of their globals, the first of each in a file. */
export function findConsentPlatforms(
  modules: readonly Module[],
  sourceOf: Discovery["sourceOf"],
): ConsentPlatformUse[] {
  const uses: ConsentPlatformUse[] = [];
  for (const m of modules) {
    const source = sourceOf(m.path).name;
    const seen = new Set<string>();
    const note = (platform: string, s: number, e: number) => {
      if (seen.has(platform)) return;
      seen.add(platform);
      uses.push({ platform, source, at: m.range(s, e) });
    };
    for (const fact of m.facts.imports) {
      for (const platform of byPackage.get(packageOf(fact.specifier)) ?? []) note(platform, fact.s, fact.e);
    }
    m.facts.exprs.forEach((expr, x) => {
      if ((expr.k !== "glob" && expr.k !== "mem") || !lastNames.has(expr.n)) return;
      const name = nameOf(m, x).replace(/^(?:window|globalThis|self)\./, "");
      for (const platform of byGlobal.get(name) ?? []) note(platform, m.facts.starts[x] ?? 0, m.facts.ends[x] ?? 0);
    });
  }
  return uses.sort((a, b) => compareRanges(a.at, b.at));
}

/** The platforms that have a name, by the name. */
function idsBy(namesOf: (platform: ConsentPlatform) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const named = consentPlatforms.flatMap((platform) => namesOf(platform).map((name) => ({ name, id: platform.id })));
  return new Map([...groupBy(named, ({ name }) => name)].map(([name, of]) => [name, of.map(({ id }) => id)]));
}
