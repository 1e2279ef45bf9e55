import type { ElementFact } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { type Field, type ObjectValue, objectOf, UNDEFINED, UNKNOWN, unionOf } from "./value.ts";

/** The props that an element is mounted with. */
export function propsOf(ev: Evaluator, m: Module, element: ElementFact): ObjectValue {
  const entries = element.attributes.flatMap((attribute): ObjectValue["entries"][number][] => {
    if (attribute.k === "spread") return [{ spread: ev.value(m, attribute.x) }];
    if (attribute.k !== "prop") return [];
    return [
      {
        n: attribute.n,
        get v() {
          return ev.value(m, attribute.v);
        },
        at: { m, s: attribute.s, e: attribute.e },
      },
    ];
  });
  return objectOf(entries, { m, s: element.s, e: element.e });
}

/** What a component may find in its props: of each, the values of all usages. */
export function joinProps(usages: readonly ObjectValue[]): ObjectValue {
  const fields = new Map<string, Field[]>();
  let isOpen = false;
  for (const usage of usages) {
    for (const entry of usage.entries) {
      if (!("n" in entry)) {
        isOpen = true;
        continue;
      }
      const list = fields.get(entry.n);
      if (list) list.push(entry);
      else fields.set(entry.n, [entry]);
    }
  }
  const joined = [...fields.values()].map((list): Field => {
    const [first] = list as [Field];
    const values = list.map((field) => field.v);
    if (list.length < usages.length) values.push(isOpen ? UNKNOWN : UNDEFINED);
    return { n: first.n, v: unionOf(values), at: first.at };
  });
  return objectOf(joined);
}
