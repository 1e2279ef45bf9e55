import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import type { TableKind } from "./table.ts";
import { parentsOf, typeValue } from "./type-value.ts";
import { alternatives, type Value } from "./value.ts";

/** The classes and typed objects that implement an interface. */
const IMPLEMENTATIONS: TableKind<Value> = {
  *entriesOf(ev, m) {
    for (const [c, cls] of m.facts.classes.entries()) {
      for (const type of cls.implements)
        for (const key of interfaceKeys(ev, typeValue(ev, m, type))) yield [key, { k: "inst", m, c }];
    }
    for (const binding of m.facts.bindings) {
      if (binding.type?.k !== "ref" || binding.init === undefined || binding.path) continue;
      if (m.expr(binding.init).k !== "obj") continue;
      const keys = interfaceKeys(ev, typeValue(ev, m, binding.type));
      if (keys.length === 0) continue;
      const implementation = ev.value(m, binding.init);
      for (const key of keys) yield [key, implementation];
    }
  },
};

/** The classes and typed objects of the files searched that implement an interface. */
export function implementationsOf({ among }: Evaluator, target: Value & { k: "iface" }): readonly Value[] {
  return among.table(IMPLEMENTATIONS).get(keyOf(target.m, target.b));
}

function keyOf(m: Module, b: number): string {
  return `${m.path}:${b}`;
}

function interfaceKeys(ev: Evaluator, type: Value): string[] {
  return interfacesOf(ev, type).map(({ m, b }) => keyOf(m, b));
}

/** An interface and all that it extends: who implements it implements these too. */
export function interfacesOf(ev: Evaluator, type: Value, depth = 0): (Value & { k: "iface" })[] {
  if (depth > 8) return [];
  return alternatives(type).flatMap((option) => {
    if (option.k !== "iface") return [];
    return [option, ...parentsOf(ev, option).flatMap((parent) => interfacesOf(ev, parent, depth + 1))];
  });
}
