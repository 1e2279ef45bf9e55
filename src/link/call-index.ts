import type { CallFact, ClassId, ExprId, FunctionId } from "../facts/types.ts";
import { targetsOf } from "./call-targets.ts";
import { joinProps, propsOf } from "./elements.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import type { TableKind } from "./table.ts";
import { alternatives, type Env, type ObjectValue, objectOf, type ParamValue, present, type Value } from "./value.ts";

/** A call of the codebase. */
export interface CallPlace {
  readonly m: Module;
  readonly call: CallFact;
  /** What reaches a function that it doesn't call itself: listeners get what is emitted. Undefined where nothing does. */
  readonly hands?: (ev: Evaluator, env: Env | undefined) => readonly Value[] | undefined;
}

/** A call whose callee is a parameter: a tracker handed over as an argument. */
export interface HandedCall extends CallPlace {
  readonly param: ParamValue;
}

/** A class that extends another. */
export interface Subclass {
  readonly m: Module;
  readonly c: ClassId;
}

/** What one file says of who calls what; the first of each pair is a key. */
interface Indexed {
  readonly sinks: readonly CallPlace[];
  readonly handed: readonly HandedCall[];
  readonly callers: readonly (readonly [string, CallPlace])[];
  readonly creations: readonly (readonly [string, CallPlace])[];
  readonly subclasses: readonly (readonly [string, Subclass])[];
  readonly props: readonly (readonly [string, ObjectValue])[];
}

const INDEXED = {};
const JOINED = {};
const NO_PROPS = objectOf([]);
const NOTHING: Indexed = { sinks: [], handed: [], callers: [], creations: [], subclasses: [], props: [] };

const SINKS: TableKind<CallPlace> = {
  isLast: true,
  entriesOf: (ev, m) => indexed(ev, m).sinks.map((sink) => [placeKey(sink), sink]),
};
const CALLERS: TableKind<CallPlace> = { isLast: true, entriesOf: (ev, m) => indexed(ev, m).callers };
const CREATIONS: TableKind<CallPlace> = { isLast: true, entriesOf: (ev, m) => indexed(ev, m).creations };
const SUBCLASSES: TableKind<Subclass> = { isLast: true, entriesOf: (ev, m) => indexed(ev, m).subclasses };
const PROPS: TableKind<ObjectValue> = { isLast: true, entriesOf: (ev, m) => indexed(ev, m).props };

/** Who calls what, in the files searched. Lives from round to round, and grows with them. */
export class CallIndex {
  readonly #ev: Evaluator;

  /** @param among evaluates without reading files that nothing led to */
  constructor(among: Evaluator) {
    this.#ev = among;
  }

  /** Calls of SDKs. */
  get sinks(): readonly CallPlace[] {
    return this.#ev.searched.flatMap((m) => indexed(this.#ev, m).sinks);
  }

  get handed(): readonly HandedCall[] {
    return this.#ev.searched.flatMap((m) => indexed(this.#ev, m).handed);
  }

  /** Whether a call is one of an SDK. */
  isSink(m: Module, x: ExprId): boolean {
    return this.#ev.table(SINKS).get(`${m.path}:${x}`).length > 0;
  }

  /** Calls of a function, by `functionKey`. */
  callersOf(key: string): readonly CallPlace[] {
    return this.#ev.table(CALLERS).get(key);
  }

  /** Every function that is called, by `functionKey`, with its calls. */
  get callers(): ReadonlyMap<string, readonly CallPlace[]> {
    return this.#ev.table(CALLERS).all();
  }

  /** Where a class is instantiated, by `classKey`. */
  creationsOf(key: string): readonly CallPlace[] {
    return this.#ev.table(CREATIONS).get(key);
  }

  /** The classes that extend a class, by `classKey`. */
  subclassesOf(key: string): readonly Subclass[] {
    return this.#ev.table(SUBCLASSES).get(key);
  }

  /** Props that a component is mounted with, joined over its usages; undefined where none is known. */
  propsOf(key: string): ObjectValue | undefined {
    const props = this.#ev.keep(JOINED, key, () => this.#joined(key), NO_PROPS);
    return props === NO_PROPS ? undefined : props;
  }

  #joined(key: string): ObjectValue {
    const usages = this.#ev.table(PROPS).get(key);
    return usages.length > 0 ? joinProps(usages) : NO_PROPS;
  }
}

export function functionKey(m: Module, fn: FunctionId): string {
  return `${m.path}#${fn}`;
}

export function classKey(m: Module, c: ClassId): string {
  return `${m.path}@${c}`;
}

function placeKey({ m, call }: CallPlace): string {
  return `${m.path}:${call.x}`;
}

function indexed(ev: Evaluator, m: Module): Indexed {
  return ev.keep(INDEXED, m, () => indexModule(ev, m), NOTHING);
}

/** Evaluates the callee of every call of a file. */
function indexModule(ev: Evaluator, m: Module): Indexed {
  const sinks: CallPlace[] = [];
  const handed: HandedCall[] = [];
  const callers: [string, CallPlace][] = [];
  const creations: [string, CallPlace][] = [];
  for (const call of m.facts.calls) {
    const expr = m.expr(call.x);
    if (expr.k !== "call" && expr.k !== "new") continue;
    for (const target of alternatives(present(ev.value(m, expr.f)))) {
      if (target.k === "fn" && isBinding(ev, m, expr.f)) continue;
      if (target.k === "fn") callers.push([functionKey(target.m, target.fn), { m, call }]);
      else if (target.k === "cls" && expr.k === "new") {
        const ctor = target.m.facts.classes[target.c]?.ctor;
        if (ctor !== undefined) callers.push([functionKey(target.m, ctor), { m, call }]);
        creations.push([classKey(target.m, target.c), { m, call }]);
      } else if (target.k === "param") handed.push({ m, call, param: target });
    }
    if (targetsOf(ev, m, call, undefined).length > 0) sinks.push({ m, call });
  }
  const subclasses = [...m.facts.classes.keys()].flatMap((c): [string, Subclass][] => {
    const parent = ev.parentOf(m, c);
    return parent.k === "cls" ? [[classKey(parent.m, parent.c), { m, c }]] : [];
  });
  return { sinks, handed, callers, creations, subclasses, props: [...mountedProps(ev, m)] };
}

/** `track.bind(null, "Signed Up")` calls nothing. */
function isBinding(ev: Evaluator, m: Module, callee: ExprId): boolean {
  const expr = m.expr(callee);
  return expr.k === "mem" && expr.n === "bind" && alternatives(present(ev.value(m, expr.o))).some((v) => v.k === "fn");
}

function* mountedProps(ev: Evaluator, m: Module): Iterable<[string, ObjectValue]> {
  for (const element of m.facts.elements) {
    if (element.tag === undefined) continue;
    for (const component of alternatives(ev.value(m, element.tag))) {
      if (component.k !== "fn") continue;
      yield [functionKey(component.m, component.fn), propsOf(ev, m, element)];
    }
  }
}
