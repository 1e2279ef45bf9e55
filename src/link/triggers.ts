import { sdksByPackage } from "../sdks/index.ts";
import type { Evaluator } from "./evaluator.ts";
import { exportOf } from "./exports.ts";
import type { Module } from "./module.ts";
import { addLeaves, type TrackingMembers } from "./tracking-members.ts";
import type { Value } from "./value.ts";

/**
 * What makes a further file worth parsing. `name` must stand in its text as a word; with `members`, one of these too.
 * `path`: the name is the last segment of an import that leads to this file, for what is imported under names of the importer's.
 */
export interface Trigger {
  readonly name: string;
  readonly members?: ReadonlySet<string>;
  readonly path?: string;
  /** The name may stand anywhere in the text, not only in an import: it is no name of a module. */
  readonly anywhere?: true;
}

/**
 * What the files read so far export that leads to an SDK: wrappers by their name, carriers by their name and members.
 *
 * @param among evaluates without reading further files
 */
export function findTriggers(among: Evaluator, search: TrackingMembers): Trigger[] {
  const triggers = new Map<string, Trigger>();
  for (const m of among.searched) {
    for (const trigger of among.keep(search, m, () => [...triggersIn(among, m, search)], [])) add(triggers, trigger);
  }
  return [...triggers.values()];
}

function* triggersIn(among: Evaluator, m: Module, search: TrackingMembers): Iterable<Trigger> {
  const reached = new Set<string>();
  for (const [name, value] of exportedValues(among, m)) {
    const found = search.of(value, 0);
    if (found === undefined) continue;
    addLeaves(reached, name, found);
    const members = found === "itself" ? {} : { members: found };
    if (name !== "default" && name !== "=") yield { name, ...members };
    else for (const word of defaultNames(m)) yield { name: word, ...members, path: m.path };
  }
  // `import * as analytics from "./analytics"`: the names stand only where they are used.
  if (reached.size > 0) for (const name of defaultNames(m)) yield { name, members: reached, path: m.path };
  for (const [name, members] of search.interfaces(m)) yield { name, members };
  for (const [name, members] of search.contexts(m)) yield { name, members };
}

function add(into: Map<string, Trigger>, { name, members, path }: Trigger): void {
  const key = `${path ?? ""}:${name}`;
  const before = into.get(key);
  if (before !== undefined && before.members === undefined) return;
  const joined = members === undefined ? undefined : new Set([...(before?.members ?? []), ...members]);
  into.set(key, { name, ...(joined && { members: joined }), ...(path !== undefined && { path }) });
}

/** A default export is imported by the path of its file: its last segment, or that of its folder for an index file. */
export function defaultNames(m: Module): string[] {
  const segments = m.path.replace(/\.[^/.]+$/, "").split("/");
  const last = segments.at(-1) ?? "";
  return last === "index" ? [segments.at(-2) ?? last] : [last];
}

function* exportedValues(ev: Evaluator, m: Module): Iterable<[string, Value]> {
  if (m.facts.component) yield ["default", exportOf(ev, m, "default")];
  for (const fact of m.facts.exports) {
    if ("star" in fact) {
      // `export * from "posthog-js"`
      for (const name of namesOfSdk(ev, m, fact.star)) yield [name, exportOf(ev, m, name)];
      continue;
    }
    // A renamed re-export gives a further name; one under the same name adds nothing.
    yield [fact.n, exportOf(ev, m, fact.n)];
  }
  if (
    !m.facts.exports.some((fact) => "x" in fact && fact.n === "=") &&
    m.facts.memberWrites.some((w) => w.n === "exports" || isExports(m, w.o))
  ) {
    const whole = exportOf(ev, m, "=");
    yield ["=", whole];
    if (whole.k === "obj") for (const entry of whole.entries) if ("n" in entry) yield [entry.n, entry.v];
  }
}

/** What an SDK's package exports that leads to it. */
function namesOfSdk(ev: Evaluator, m: Module, index: number): string[] {
  const target = ev.target(m, m.facts.imports[index]?.specifier ?? "", "*");
  if (target?.kind !== "package") return [];
  return sdksByPackage(target.pkg).flatMap((sdk) => sdk.imports.map((entry) => entry.symbol));
}

function isExports(m: Module, x: number): boolean {
  const expr = x < 0 ? undefined : m.expr(x);
  return expr?.k === "glob" ? expr.n === "exports" : expr?.k === "mem" && expr.n === "exports";
}
