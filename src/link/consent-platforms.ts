import type { ConsentPlatformUse } from "../calls/types.ts";
import { compareRanges } from "../diagnostics/range.ts";
import type { Discovery } from "../discover/types.ts";
import { consentPlatforms } from "../sdks/index.ts";
import { nameOf } from "./conditions.ts";
import type { Module } from "./module.ts";

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
      for (const platform of consentPlatforms) {
        if (platform.packages.some((name) => fact.specifier === name || fact.specifier.startsWith(`${name}/`)))
          note(platform.id, fact.s, fact.e);
      }
    }
    m.facts.exprs.forEach((expr, x) => {
      if (expr.k !== "glob" && expr.k !== "mem") return;
      const name = nameOf(m, x).replace(/^(?:window|globalThis|self)\./, "");
      for (const platform of consentPlatforms) {
        if (platform.globals.includes(name)) note(platform.id, m.facts.starts[x] ?? 0, m.facts.ends[x] ?? 0);
      }
    });
  }
  return uses.sort((a, b) => compareRanges(a.at, b.at));
}
