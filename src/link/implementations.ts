import type { Evaluator, Table } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { parentsOf, typeValue } from "./type-value.ts";
import { alternatives, type Value } from "./value.ts";

/** The implementations of each interface, by evaluator: what is known of the code differs between them. */
const IMPLEMENTATIONS = new WeakMap<Evaluator, Table<string, Value[]>>();

/** The classes and typed objects of the files searched that implement an interface. */
export function implementationsOf(ev: Evaluator, target: Value & { k: "iface" }): readonly Value[] {
  const { among } = ev;
  const table = among.table(IMPLEMENTATIONS, (into) => {
    for (const m of among.searched) indexModule(among, m, into);
  });
  return table.get(keyOf(target.m, target.b)) ?? [];
}

function keyOf(m: Module, b: number): string {
  return `${m.path}:${b}`;
}

function indexModule(ev: Evaluator, m: Module, into: Map<string, Value[]>): void {
  const add = (type: Value, implementation: Value) => {
    for (const option of interfacesOf(ev, type)) {
      const key = keyOf(option.m, option.b);
      const list = into.get(key);
      if (list) list.push(implementation);
      else into.set(key, [implementation]);
    }
  };
  m.facts.classes.forEach((cls, c) => {
    for (const type of cls.implements) add(typeValue(ev, m, type), { k: "inst", m, c });
  });
  for (const binding of m.facts.bindings) {
    if (binding.type?.k !== "ref" || binding.init === undefined || binding.path) continue;
    const init = m.expr(binding.init);
    if (init.k === "obj") add(typeValue(ev, m, binding.type), ev.value(m, binding.init));
  }
}

/** An interface and all that it extends: who implements it implements these too. */
export function interfacesOf(ev: Evaluator, type: Value, depth = 0): (Value & { k: "iface" })[] {
  if (depth > 8) return [];
  return alternatives(type).flatMap((option) => {
    if (option.k !== "iface") return [];
    return [option, ...parentsOf(ev, option).flatMap((parent) => interfacesOf(ev, parent, depth + 1))];
  });
}
