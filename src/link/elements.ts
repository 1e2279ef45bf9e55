import type { ElementFact } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { type ObjectValue, objectOf } from "./value.ts";

/** The props that an element is mounted with. */
export function propsOf(ev: Evaluator, m: Module, element: ElementFact): ObjectValue {
  const entries = element.attributes.flatMap((attribute): ObjectValue["entries"][number][] => {
    if (attribute.k === "spread") return [{ spread: ev.value(m, attribute.x) }];
    if (attribute.k !== "prop") return [];
    return [{ n: attribute.n, v: ev.value(m, attribute.v), at: { m, s: attribute.s, e: attribute.e } }];
  });
  return objectOf(entries, { m, s: element.s, e: element.e });
}
