import type { Evaluator } from "./evaluator.ts";
import { memberOf, pickOf, restOf } from "./member.ts";
import type { Module } from "./module.ts";
import { objectOfType, resultOfType, typeValue } from "./type-value.ts";
import {
  alternatives,
  type Field,
  type ObjectValue,
  objectOf,
  present,
  stepFrom,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** Types that stand for their argument, whichever package has them. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  "Promise",
  "PromiseLike",
  "Awaited",
  "Readonly",
  "Ref",
  "MaybeRef",
  "InjectionKey",
  "PropsWithChildren",
]);

export function isTransparent(name: string): boolean {
  return TRANSPARENT.has(name);
}

/** A type of the language itself, with its arguments; unknown for names that nothing here declares. */
export function builtinType(ev: Evaluator, m: Module, name: string, given: readonly Value[]): Value {
  const [first = UNKNOWN, second = UNKNOWN] = given;
  if (TRANSPARENT.has(name)) return first;
  const object = objectOfType(ev, first);
  switch (name) {
    case "Partial":
    case "DeepPartial":
      return object ? withOptional(object, true) : first;
    case "Required":
      return object ? withOptional(object, false) : first;
    case "NonNullable":
      return present(first);
    case "ReturnType":
      return resultOf(ev, first);
    case "InstanceType":
      return first.k === "cls" ? { k: "inst", m: first.m, c: first.c, declared: true } : UNKNOWN;
    case "Extract":
      return unionOf(alternatives(first).filter((v) => alternatives(second).some((w) => fits(ev, v, w))));
    case "Exclude":
      return unionOf(alternatives(first).filter((v) => !alternatives(second).some((w) => fits(ev, v, w))));
    case "Omit":
      return object ? restOf(object, textsOf(second)) : UNKNOWN;
    case "Pick":
      return object ? pickOf(ev, object, textsOf(second)) : UNKNOWN;
    case "Record":
      return record(m, first, second);
    case "Date":
      return { k: "typed", t: "date" };
    case "Map":
    case "ReadonlyMap":
      return { k: "map", of: second };
    case "Set":
    case "ReadonlySet":
    case "ReadonlyArray":
      return { k: "list", items: [], more: first };
    case "Function":
      return { k: "typed", t: "function" };
    case "Capitalize":
    case "Uncapitalize":
    case "Uppercase":
    case "Lowercase":
      return { k: "typed", t: "string" };
    default:
      // An ambient class or interface: `Window`, `Analytics`.
      return UNKNOWN;
  }
}

function textsOf(value: Value): string[] {
  return alternatives(value).flatMap((v) => (v.k === "lit" ? [String(v.v)] : []));
}

function withOptional(object: ObjectValue, optional: boolean): ObjectValue {
  const entries = object.entries.map((entry) => {
    if (!("n" in entry)) return entry;
    const { n, at, get } = entry;
    return optional ? { n, at, get, v: entry.v, optional } : { n, at, get, v: withoutUndefined(entry.v) };
  });
  return objectOf(entries, object.at);
}

function withoutUndefined(value: Value): Value {
  return value.k === "union" ? unionOf(value.of.filter((v) => v.k !== "undef")) : value;
}

function record(m: Module, key: Value, of: Value): Value {
  const names = alternatives(key);
  if (!names.every((v) => v.k === "lit")) return { k: "dict", of };
  return objectOf(
    names.flatMap((v): Field[] => (v.k === "lit" ? [{ n: String(v.v), v: of, at: v.at ?? { m, s: 0, e: 0 } }] : [])),
  );
}

/** Whether one alternative of a union is told apart by another: the same literal, or the same literals under its keys. */
function fits(ev: Evaluator, value: Value, pattern: Value): boolean {
  if (pattern.k === "lit") return value.k === "lit" && value.v === pattern.v;
  if (pattern.k === "undef" || pattern.k === "typed")
    return pattern.k === value.k && (pattern.k !== "typed" || (value.k === "typed" && value.t === pattern.t));
  const wanted = objectOfType(ev, pattern);
  const object = objectOfType(ev, value);
  if (wanted === undefined || object === undefined) return false;
  return wanted.entries.every(
    (entry) => "n" in entry && alternatives(memberOf(ev, object, entry.n)).some((v) => fits(ev, v, entry.v)),
  );
}

function resultOf(ev: Evaluator, target: Value): Value {
  if (target.k === "ext") return stepFrom(target, { call: undefined });
  if (target.k === "typed") return target.of ? resultOfType(ev, target.of) : UNKNOWN;
  if (target.k !== "fn") return UNKNOWN;
  const fact = target.m.facts.functions[target.fn];
  if (fact?.returnType) return typeValue(ev, target.m, fact.returnType);
  const returns = (fact?.returns ?? []).map((r) => ev.value(target.m, r.x));
  return returns.length > 0 ? unionOf(returns) : UNDEFINED;
}
