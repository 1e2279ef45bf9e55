import { argumentsOf, invoke } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { elementOf } from "./member.ts";
import { typeOfParam } from "./param-type.ts";
import { concatenate } from "./text-value.ts";
import { alternatives, type CallRef, type ListValue, UNDEFINED, UNKNOWN, unionOf, type Value } from "./value.ts";

/** A value as a list: a parameter that is declared as one has items of which only the type is known. */
export function asList(ev: Evaluator, value: Value): ListValue | undefined {
  if (value.k === "list") return value;
  if (value.k !== "param" || !alternatives(typeOfParam(ev, value)).some((v) => v.k === "list")) return undefined;
  return { k: "list", items: [], more: elementOf(ev, value, UNKNOWN) };
}

/** A method of a list; undefined where its result can't be told. */
export function methodOfList(ev: Evaluator, list: ListValue, name: string, ref: CallRef): Value | undefined {
  const args = argumentsOf(ev, ref);
  const [first = UNKNOWN] = args;
  switch (name) {
    case "join":
      return joined(list, args, ref);
    case "map":
    case "flatMap": {
      if (first.k !== "fn") return { k: "list", items: [], more: UNKNOWN };
      const items = list.items.map((item) => invoke(ev, first, [item], ref.env));
      const more = list.more && invoke(ev, first, [list.more], ref.env);
      if (name === "map") return { k: "list", items, more };
      return {
        k: "list",
        items: [],
        more: unionOf([...items, ...(more ? [more] : [])].map((v) => elementOf(ev, v, UNKNOWN))),
      };
    }
    case "find":
    case "findLast":
    case "at":
    case "pop":
    case "shift":
      return unionOf([elementOf(ev, list, UNKNOWN), ...(name === "at" ? [] : [UNDEFINED])]);
    case "values":
      return list;
    case "filter":
      return (keepsWhatIsThere(ref) && withoutMissing(list)) || someOf(ev, list);
    case "slice":
    case "reverse":
    case "sort":
    case "toSorted":
    case "toReversed":
      return someOf(ev, list);
    case "concat":
      return {
        k: "list",
        items: [],
        more: unionOf([list, ...args].map((v) => elementOf(ev, asList(ev, v) ?? v, UNKNOWN))),
      };
    case "reduce":
      return undefined;
    case "includes":
    case "some":
    case "every":
      return { k: "typed", t: "boolean" };
    case "indexOf":
    case "findIndex":
    case "push":
    case "unshift":
      return { k: "typed", t: "number" };
    default:
      return undefined;
  }
}

/** Some of the items, in some order. */
function someOf(ev: Evaluator, list: ListValue): ListValue {
  return { k: "list", items: [], more: elementOf(ev, list, UNKNOWN) };
}

/** `list.filter(Boolean)`, `list.filter((item) => item)` */
function keepsWhatIsThere({ m, x }: CallRef): boolean {
  const call = m.expr(x);
  const [test] = call.k === "call" ? call.a : [];
  return test !== undefined && /^(?:Boolean|\(?(\w+)\)? => (?:!!|Boolean\()?\1\)?)$/.test(m.textOf(test, 40));
}

/** The items that are surely there; undefined where it isn't told of each whether it is. */
function withoutMissing(list: ListValue): ListValue | undefined {
  const isMissing = (v: Value) => v.k === "undef" || (v.k === "lit" && !v.v);
  const items = list.items.filter((item) => !isMissing(item));
  const isTold = !list.more && items.every((item) => alternatives(item).every((v) => v.k === "lit" && v.v));
  return isTold ? { k: "list", items } : undefined;
}

function joined(list: ListValue, args: readonly Value[], { m, x }: CallRef): Value {
  const [given] = args;
  const separator = given === undefined ? "," : given.k === "lit" ? String(given.v) : undefined;
  if (separator === undefined || list.more) return { k: "typed", t: "string" };
  const parts = list.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
  return concatenate(parts, { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
}

/** A method of a `Map`. */
export function methodOfMap(held: Value, name: string): Value | undefined {
  if (name === "get") return unionOf([held, UNDEFINED]);
  if (name === "entries") return { k: "list", items: [], more: { k: "list", items: [UNKNOWN, held] } };
  if (name === "values") return { k: "list", items: [], more: held };
  return name === "has" ? { k: "typed", t: "boolean" } : undefined;
}
