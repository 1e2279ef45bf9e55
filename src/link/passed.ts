import type { FunctionId } from "../facts/types.ts";
import type { CallPlace } from "./call-index.ts";
import { argumentsOf } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { descend } from "./roles.ts";
import type { TableKind } from "./table.ts";
import { alternatives, type ParamValue, present, UNDEFINED, unionOf, type Value } from "./value.ts";

/** How often what is passed may be a parameter again. */
const MAX_DEPTH = 3;

/** Calls by the last name of what is called. Nothing is evaluated for it. */
const CALLS: TableKind<CallPlace> = {
  *entriesOf(_, m) {
    for (const call of m.facts.calls) {
      const name = m.calleeName(call.x);
      if (name !== undefined) yield [name, { m, call }];
    }
  },
};

/**
 * What callers pass for parameters that outlive their call: `register(tracker) { this.trackers.push(tracker); }`. No
 * frame knows them any more where they are read. A parameter for which no caller is found stays one.
 */
export function passedIn(ev: Evaluator, value: Value, depth = 0): Value {
  if (depth > MAX_DEPTH) return value;
  return unionOf(
    alternatives(value).map((option) => {
      if (option.k !== "param") return option;
      const passed = argumentsFor(ev, option);
      return passed.length > 0 ? passedIn(ev, unionOf(passed), depth + 1) : option;
    }),
  );
}

function argumentsFor(ev: Evaluator, { m, fn, index, path }: ParamValue): Value[] {
  const name = calledAs(m, fn);
  if (name === undefined) return [];
  return ev
    .table(CALLS)
    .get(name)
    .flatMap((place) => {
      const expr = place.m.expr(place.call.x);
      if (expr.k !== "call" && expr.k !== "new") return [];
      const isCalled = alternatives(present(ev.value(place.m, expr.f))).some((callee) =>
        callee.k === "cls"
          ? callee.m === m && callee.m.facts.classes[callee.c]?.ctor === fn
          : callee.k === "fn" && callee.m === m && callee.fn === fn,
      );
      if (!isCalled) return [];
      const argument = argumentsOf(ev, { m: place.m, x: place.call.x, env: undefined })[index] ?? UNDEFINED;
      return [path.length === 0 ? argument : descend(ev, argument, path.join("."))];
    });
}

/** The name by which a function is called: constructors by that of their class. */
function calledAs(m: Module, fn: FunctionId): string | undefined {
  const fact = m.facts.functions[fn];
  const name = fact?.kind === "constructor" && fact.cls !== undefined ? m.facts.classes[fact.cls]?.name : fact?.name;
  return name === "" ? undefined : name;
}
