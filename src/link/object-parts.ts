import type { Evaluator } from "./evaluator.ts";
import { typeOfParam } from "./param-type.ts";
import { objectOfType } from "./type-value.ts";
import { type Field, type ListValue, type ObjectValue, objectOf, UNDEFINED, type Value } from "./value.ts";

const SOME_TEXT: Value = { k: "typed", t: "string" };

function objectBehind(ev: Evaluator, value: Value): ObjectValue | undefined {
  return objectOfType(ev, value.k === "param" ? typeOfParam(ev, value) : value);
}

/** `Object.keys(value)`. */
export function keysOf(ev: Evaluator, value: Value): ListValue {
  return partsOf(ev, value, (n) => n, SOME_TEXT);
}

/** `Object.values(value)`. */
export function valuesOf(ev: Evaluator, value: Value): ListValue {
  return partsOf(ev, value, (_, v) => v, { k: "unknown" });
}

/** `Object.entries(value)`. */
export function entriesOf(ev: Evaluator, value: Value): ListValue {
  return partsOf(ev, value, (key, v) => ({ k: "list", items: [key, v] }), {
    k: "list",
    items: [SOME_TEXT, { k: "unknown" }],
  });
}

function partsOf(ev: Evaluator, value: Value, part: (key: Value, v: Value) => Value, other: Value): ListValue {
  const object = objectBehind(ev, value);
  const items = (object?.entries ?? []).flatMap((e) => ("n" in e ? [part({ k: "lit", v: e.n, at: e.at }, e.v)] : []));
  return { k: "list", items, ...(items.length !== object?.entries.length && { more: other }) };
}

/** `Object.fromEntries(list)`: as far as the keys are known. */
export function fromEntries(list: Value): Value {
  if (list.k !== "list" || list.more) return { k: "unknown" };
  const fields = list.items.map((pair): Field | undefined => {
    const [key, v = UNDEFINED] = pair.k === "list" ? pair.items : [];
    return key?.k === "lit" && key.at ? { n: String(key.v), v, at: key.at } : undefined;
  });
  return fields.every((field) => field !== undefined) ? objectOf(fields) : { k: "unknown" };
}
