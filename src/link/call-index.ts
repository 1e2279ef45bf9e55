import type { CallFact, ClassId, ExprId, FunctionId } from "../facts/types.ts";
import { targetsOf } from "./call-targets.ts";
import { joinProps, propsOf } from "./elements.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { alternatives, type Env, type ObjectValue, type ParamValue, present, type Value } from "./value.ts";

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

/** Who calls what, in the files read so far. */
export interface CallIndex {
  /** Calls of SDKs. */
  readonly sinks: readonly CallPlace[];
  readonly handed: readonly HandedCall[];
  /** Calls of a function, by `functionKey`. */
  readonly callers: ReadonlyMap<string, readonly CallPlace[]>;
  /** Where a class is instantiated, by `classKey`. */
  readonly creations: ReadonlyMap<string, readonly CallPlace[]>;
  /** The classes that extend a class, by `classKey`. */
  readonly subclasses: ReadonlyMap<string, readonly { readonly m: Module; readonly c: ClassId }[]>;
  /** Props that a component is mounted with, joined over its usages. */
  readonly props: ReadonlyMap<string, Value>;
}

export function functionKey(m: Module, fn: FunctionId): string {
  return `${m.path}#${fn}`;
}

export function classKey(m: Module, c: ClassId): string {
  return `${m.path}@${c}`;
}

/** Evaluates the callee of every call in the files read so far. */
export function indexCalls(ev: Evaluator, modules: readonly Module[]): CallIndex {
  const sinks: CallPlace[] = [];
  const handed: HandedCall[] = [];
  const callers = new Map<string, CallPlace[]>();
  const creations = new Map<string, CallPlace[]>();
  const props = new Map<string, ObjectValue[]>();
  const subclasses = new Map<string, { m: Module; c: ClassId }[]>();
  for (const m of modules) {
    for (const c of m.facts.classes.keys()) {
      const parent = ev.parentOf(m, c);
      if (parent.k === "cls") addTo(subclasses, classKey(parent.m, parent.c), { m, c });
    }
    for (const call of m.facts.calls) {
      const expr = m.expr(call.x);
      if (expr.k !== "call" && expr.k !== "new") continue;
      const callee = present(ev.value(m, expr.f));
      for (const target of alternatives(callee)) {
        if (target.k === "fn" && isBinding(ev, m, expr.f)) continue;
        if (target.k === "fn") addTo(callers, functionKey(target.m, target.fn), { m, call });
        else if (target.k === "cls" && expr.k === "new") {
          addConstructor(callers, target, { m, call });
          addTo(creations, classKey(target.m, target.c), { m, call });
        } else if (target.k === "param") handed.push({ m, call, param: target });
      }
      if (targetsOf(ev, m, call, undefined).length > 0) sinks.push({ m, call });
    }
    for (const [key, value] of mountedProps(ev, m)) addTo(props, key, value);
  }
  return {
    sinks,
    handed,
    callers,
    creations,
    subclasses,
    props: new Map([...props].map(([key, usages]) => [key, joinProps(usages)])),
  };
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** `track.bind(null, "Signed Up")` calls nothing. */
function isBinding(ev: Evaluator, m: Module, callee: ExprId): boolean {
  const expr = m.expr(callee);
  return expr.k === "mem" && expr.n === "bind" && alternatives(present(ev.value(m, expr.o))).some((v) => v.k === "fn");
}

function addConstructor(callers: Map<string, CallPlace[]>, target: Value & { k: "cls" }, place: CallPlace): void {
  const ctor = target.m.facts.classes[target.c]?.ctor;
  if (ctor !== undefined) addTo(callers, functionKey(target.m, ctor), place);
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
