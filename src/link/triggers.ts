import { sdksByPackage } from "../sdks/index.ts";
import { functionKey } from "./call-index.ts";
import { invoke } from "./call-result.ts";
import { contextValue } from "./contexts.ts";
import type { Evaluator } from "./evaluator.ts";
import { exportOf } from "./exports.ts";
import { interfacesOf } from "./implementations.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { reach, sinksOf } from "./sdk-match.ts";
import type { Traced } from "./trace.ts";
import { typeValue } from "./type-value.ts";
import { alternatives, unionOf, type Value } from "./value.ts";

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

/** How deep members of what a file exports are looked at. */
const MAX_DEPTH = 3;

/**
 * What the files read so far export that leads to an SDK: wrappers by their name, carriers by their name and members.
 *
 * @param among evaluates without reading further files; `ev` reads the interfaces of classes that track
 */
export function findTriggers(
  among: Evaluator,
  ev: Evaluator,
  modules: readonly Module[],
  traced: Pick<Traced, "wrappers" | "components">,
): Trigger[] {
  const triggers = new Map<string, Trigger>();
  const search = new TrackingMembers(among, ev, traced);
  for (const m of modules) {
    const reached = new Set<string>();
    for (const [name, value] of exportedValues(among, m)) {
      const found = search.of(value, 0);
      if (found === undefined) continue;
      addLeaves(reached, name, found);
      const isDefault = name === "default" || name === "=";
      const names = isDefault ? defaultNames(m) : [name];
      for (const word of names)
        add(triggers, word, found === "itself" ? undefined : found, isDefault ? m.path : undefined);
    }
    // `import * as analytics from "./analytics"`: the names stand only where they are used.
    if (reached.size > 0) for (const word of defaultNames(m)) add(triggers, word, reached, m.path);
    for (const [name, members] of search.interfaces(m)) add(triggers, name, members);
  }
  return [...triggers.values()];
}

function add(into: Map<string, Trigger>, name: string, members: ReadonlySet<string> | undefined, path?: string): void {
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

/** The methods that can be called on an instance of an SDK. */
function methodsOf(value: Value & { k: "ext" }): ReadonlySet<string> | undefined {
  const reached = reach(value).filter(
    ({ as, rest }) => as === "instance" && rest.every((step) => typeof step !== "string"),
  );
  if (reached.length === 0) return undefined;
  return new Set(
    reached.flatMap(({ sdk }) => sdk.methods.flatMap((method) => method.name.split(/[.()]+/).filter(Boolean))),
  );
}

/** `itself`: calling the value leads to an SDK; else the members that do. */
type Found = "itself" | ReadonlySet<string> | undefined;

/** What stands in the text of a user is the last name before the call: `app.analytics.track`. */
function addLeaves(into: Set<string>, name: string, found: Found): void {
  if (found === "itself") into.add(name);
  else for (const leaf of found ?? []) into.add(leaf);
}

/** Which members of a value lead to an SDK; `itself` where calling it does. */
class TrackingMembers {
  readonly #ev: Evaluator;
  readonly #open: Evaluator;
  readonly #known = new Map<string, Found>();
  readonly #traced: Pick<Traced, "wrappers" | "components">;

  constructor(among: Evaluator, ev: Evaluator, traced: Pick<Traced, "wrappers" | "components">) {
    this.#ev = among;
    this.#open = ev;
    this.#traced = traced;
  }

  of(value: Value, depth: number): Found {
    if (depth > MAX_DEPTH) return undefined;
    const members = new Set<string>();
    for (const option of alternatives(value)) {
      const found = this.#remembered(option, depth);
      if (found === "itself") return "itself";
      for (const name of found ?? []) members.add(name);
    }
    return members.size > 0 ? members : undefined;
  }

  /** Functions, classes and instances are looked at once: what a caller passes is not asked here. */
  #remembered(value: Value, depth: number): Found {
    if (value.k !== "fn" && value.k !== "cls" && value.k !== "inst") return this.#ofOne(value, depth);
    const key = `${value.k}:${value.m.path}:${value.k === "fn" ? value.fn : value.c}`;
    if (this.#known.has(key)) return this.#known.get(key);
    this.#known.set(key, undefined);
    const found = this.#ofOne(value, depth);
    this.#known.set(key, found);
    return found;
  }

  #ofOne(value: Value, depth: number): Found {
    switch (value.k) {
      case "ext": {
        // `export const track = posthog.capture.bind(posthog)`
        if (value.pkg !== undefined && sinksOf(value, () => undefined).length > 0) return "itself";
        const held = contextValue(this.#ev, value);
        return methodsOf(value) ?? (held && this.of(held, depth + 1));
      }
      case "fn": {
        const key = functionKey(value.m, value.fn);
        if (this.#traced.wrappers.has(key)) return "itself";
        const props = this.#traced.components.get(key);
        if (props) return props;
        const fact = value.m.facts.functions[value.fn];
        if (fact === undefined || fact.kind === "constructor" || fact.returns.length === 0) return undefined;
        const found = this.of(invoke(this.#ev, value, []), depth + 1);
        // A hook that returns the wrapper, a factory of one: `const track = useTrack()`.
        return found;
      }
      case "obj": {
        const members = new Set<string>();
        for (const entry of value.entries) if ("n" in entry) addLeaves(members, entry.n, this.of(entry.v, depth + 1));
        return members.size > 0 ? members : undefined;
      }
      case "list":
        return this.of(unionOf([...value.items, ...(value.more ? [value.more] : [])]), depth + 1);
      case "cls":
      case "inst":
        return this.#ofClass(value, depth);
      default:
        return undefined;
    }
  }

  #ofClass(value: Value & ({ k: "cls" } | { k: "inst" }), depth: number): ReadonlySet<string> | undefined {
    const cls = value.m.facts.classes[value.c];
    if (cls === undefined) return undefined;
    const members = new Set<string>();
    for (const member of cls.members) {
      // What a class keeps to itself leads nobody else to the SDK.
      if (member.hidden) continue;
      const holder: Value = value.k === "cls" && !member.static ? { k: "inst", m: value.m, c: value.c } : value;
      addLeaves(members, member.n, this.of(memberOf(this.#ev, holder, member.n), depth + 1));
    }
    const parent = this.#ev.parentOf(value.m, value.c);
    if (parent.k === "cls" && depth < MAX_DEPTH)
      for (const name of this.#ofClass(parent, depth + 1) ?? []) members.add(name);
    if (parent.k === "ext")
      for (const name of methodsOf({ ...parent, steps: [...parent.steps, { call: undefined, created: true }] }) ?? [])
        members.add(name);
    return members.size > 0 ? members : undefined;
  }

  /** Interfaces that classes of a file with tracking methods implement: callers may know only these. */
  interfaces(m: Module): [string, ReadonlySet<string>][] {
    return m.facts.classes.flatMap((cls, c): [string, ReadonlySet<string>][] => {
      if (cls.implements.length === 0) return [];
      const members = this.#ofClass({ k: "inst", m, c }, 0);
      if (members === undefined) return [];
      return cls.implements.flatMap((type): [string, ReadonlySet<string>][] =>
        interfacesOf(this.#open, typeValue(this.#open, m, type)).flatMap((v): [string, ReadonlySet<string>][] => {
          const name = v.m.facts.bindings[v.b]?.name;
          return name === undefined ? [] : [[name, members]];
        }),
      );
    });
  }
}
