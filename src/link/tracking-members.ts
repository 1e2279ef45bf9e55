import { classKey, functionKey } from "./call-index.ts";
import { invoke } from "./call-result.ts";
import { contextValue, elementProviders } from "./contexts.ts";
import type { Evaluator } from "./evaluator.ts";
import { interfacesOf } from "./implementations.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { reach, sinksOf } from "./sdk-match.ts";
import { typeValue } from "./type-value.ts";
import { alternatives, UNKNOWN, unionOf, type Value } from "./value.ts";

/** What tracing found so far. */
export interface FoundSoFar {
  /** Functions that forward, by `functionKey`. */
  readonly wrappers: ReadonlyMap<string, unknown> | ReadonlySet<string>;
  /** Components whose props are names or payloads of calls inside: the props, by the component's key. */
  readonly components: ReadonlyMap<string, ReadonlySet<string>>;
  /** Classes whose constructor is given names or trackers of calls inside, by `classKey`: whoever makes or extends them decides. */
  readonly constructors: ReadonlySet<string>;
}

/** Who hands something to a constructor makes an object or a further class. */
const MAKES: readonly string[] = ["new", "extends"];

/** How deep members of what a file exports are looked at. */
const MAX_DEPTH = 3;

/** What gives an instance to whoever calls or constructs it: `export const useTracking = sdk.useTracking`. */
const GIVES: ReadonlySet<string> = new Set(["hook", "factory", "class"]);

/** The methods that can be called on an instance of an SDK, or on what a hook, a factory or a class of it gives. */
function methodsOf(value: Value & { k: "ext" }): ReadonlySet<string> | undefined {
  const reached = reach(value).filter(
    ({ as, entry, rest }) =>
      (as === "instance" && rest.every((step) => typeof step !== "string")) ||
      (rest.length === 0 && entry !== undefined && GIVES.has(entry.is)),
  );
  if (reached.length === 0) return undefined;
  return new Set(
    reached.flatMap(({ sdk }) => sdk.methods.flatMap((method) => method.name.split(/[.()]+/).filter(Boolean))),
  );
}

/** `itself`: calling the value leads to an SDK; else the members that do. */
export type Found = "itself" | ReadonlySet<string> | undefined;

/** What stands in the text of a user is the last name before the call: `app.analytics.track`. */
export function addLeaves(into: Set<string>, name: string, found: Found): void {
  if (found === "itself") into.add(name);
  else for (const leaf of found ?? []) into.add(leaf);
}

const NOT_FOUND: { readonly found: Found } = { found: undefined };

/**
 * Which members of a value lead to an SDK; `itself` where calling it does. What is found is kept for as long as tracing
 * finds nothing more.
 */
export class TrackingMembers {
  readonly #ev: Evaluator;
  readonly #open: Evaluator;
  readonly #traced: FoundSoFar;

  /**
   * @param ev reads the interfaces of classes that track
   * @param last what was asked before: it stays where nothing was found since
   */
  static of(ev: Evaluator, found: FoundSoFar, last: TrackingMembers | undefined): TrackingMembers {
    if (last === undefined || !last.#isFor(found)) return new TrackingMembers(ev, found);
    return last;
  }

  private constructor(ev: Evaluator, { wrappers, components, constructors }: FoundSoFar) {
    this.#ev = ev.among;
    this.#open = ev;
    this.#traced = {
      wrappers: new Set(wrappers.keys()),
      components: new Map([...components].map(([key, props]) => [key, new Set(props)])),
      constructors: new Set(constructors),
    };
  }

  #isFor({ wrappers, components, constructors }: FoundSoFar): boolean {
    const known = this.#traced;
    return (
      isSame(known.wrappers, wrappers) &&
      isSame(known.constructors, constructors) &&
      isSame(known.components, components) &&
      [...components].every(([key, props]) => isSame(known.components.get(key) ?? NO_NAMES, props))
    );
  }

  of(value: Value, depth = 0): Found {
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
    // What is found ends at a depth: who asks first from further down must not answer for the others.
    const key = `${depth}:${value.k}:${value.m.path}:${value.k === "fn" ? value.fn : value.c}`;
    const work = () => {
      this.#ev.restOn(value.m);
      return this.#ev.asOne(() => ({ found: this.#ofOne(value, depth) }));
    };
    return this.#ev.keep(this, key, work, NOT_FOUND).found;
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
        // A hook that returns the wrapper, a factory of one: `const track = useTrack()`.
        const returned = this.#ev.keep(value, "returned", () => invoke(this.#ev, value, []), UNKNOWN);
        return this.of(returned, depth + 1);
      }
      case "obj": {
        const members = new Set<string>();
        for (const entry of value.entries) if ("n" in entry) addLeaves(members, entry.n, this.of(entry.v, depth + 1));
        return members.size > 0 ? members : undefined;
      }
      case "iface": {
        // What a hook is declared to give: `useApp(): AppContext`.
        const type = value.m.facts.bindings[value.b]?.type;
        const members = new Set<string>();
        for (const member of type?.k === "obj" ? type.m : [])
          if (member.t.k === "ref")
            addLeaves(members, member.n, this.of(memberOf(this.#ev, value, member.n), depth + 1));
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
    if (value.k === "cls" && this.#traced.constructors.has(classKey(value.m, value.c)))
      for (const word of MAKES) members.add(word);
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

  /** Contexts of other files that a file hands something down in that tracks: who asks for them may know only these. */
  contexts(m: Module): [string, ReadonlySet<string>][] {
    return [...elementProviders(m)].flatMap(([context, x]): [string, ReadonlySet<string>][] => {
      const expr = m.expr(context);
      const imported = expr.k === "id" ? m.facts.bindings[expr.b]?.from : undefined;
      if (imported === undefined) return [];
      const found = this.of(this.#ev.value(m, x), 0);
      return found === undefined || found === "itself" ? [] : [[imported.name, found]];
    });
  }
}

const NO_NAMES: ReadonlySet<string> = new Set();

interface Keys {
  readonly size: number;
  has(key: string): boolean;
  keys(): Iterable<string>;
}

function isSame(a: Keys, b: Keys): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}
