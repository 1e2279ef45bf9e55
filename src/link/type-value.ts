import type { BindingId, TypeFact, TypeMember } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { exportOf } from "./exports.ts";
import { memberOf, restOf } from "./member.ts";
import type { Module } from "./module.ts";
import {
  alternatives,
  type Field,
  objectOf,
  type ParamValue,
  present,
  stepFrom,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

const MAX_DEPTH = 12;

/** Types that stand for their argument. */
const TRANSPARENT = new Set([
  "Promise",
  "PromiseLike",
  "Awaited",
  "Readonly",
  "Required",
  "NonNullable",
  "Partial",
  "DeepPartial",
  "Ref",
  "MaybeRef",
  "InjectionKey",
]);

/** What a value of this type may be: literals and tables where the type says so, instances of classes, else its static type. */
export function typeValue(ev: Evaluator, m: Module, type: TypeFact, depth = 0): Value {
  return depth > MAX_DEPTH ? UNKNOWN : ev.deeper(() => valueOfType(ev, m, type, depth));
}

function valueOfType(ev: Evaluator, m: Module, type: TypeFact, depth: number): Value {
  const inner = (t: TypeFact) => typeValue(ev, m, t, depth + 1);
  switch (type.k) {
    case "prim":
      if (type.n === "string" || type.n === "number" || type.n === "boolean" || type.n === "object")
        return { k: "typed", t: type.n };
      if (type.n === "null") return { k: "lit", v: null };
      if (type.n === "bigint") return { k: "typed", t: "number" };
      return type.n === "undefined" || type.n === "void" ? UNDEFINED : UNKNOWN;
    case "lit":
      return { k: "lit", v: type.v, ...(type.s !== undefined && { at: { m, s: type.s, e: type.e ?? type.s } }) };
    case "or":
      return unionOf(type.of.map(inner));
    case "and": {
      const parts = type.of.map(inner);
      const objects = parts.map((part) => (part.k === "iface" ? objectOf(membersOfType(ev, part), undefined) : part));
      if (parts.some((p) => p.k === "inst" || p.k === "ext"))
        return parts.find((p) => p.k === "inst" || p.k === "ext") ?? UNKNOWN;
      if (!objects.some((o) => o.k === "obj")) return UNKNOWN;
      // What is known of a key wins over what a part that isn't known may say of it.
      const known = objects.filter((o) => o.k === "obj");
      const open = known.length < objects.length ? [{ spread: UNKNOWN }] : [];
      return objectOf([...open, ...known.map((spread) => ({ spread }))]);
    }
    case "obj":
      return {
        ...objectOf(membersOf(ev, m, type.m, depth)),
        declared: true,
        ...(type.index && { entries: [{ spread: UNKNOWN }] }),
      };
    case "arr":
      return { k: "list", items: [], more: inner(type.of) };
    case "tuple":
      return { k: "list", items: type.of.map(inner) };
    case "fn":
      return { k: "typed", t: "function" };
    case "idx": {
      const object = inner(type.o);
      const key = inner(type.i);
      const table = object.k === "iface" ? objectOf(membersOfType(ev, object)) : object;
      if (table.k === "list" && key.k === "typed") return table.more ?? unionOf(table.items);
      return unionOf(alternatives(key).map((k) => (k.k === "lit" ? memberOf(ev, table, String(k.v)) : UNKNOWN)));
    }
    case "keyof": {
      const object = inner(type.of);
      const table = object.k === "iface" ? objectOf(membersOfType(ev, object)) : object;
      if (table.k !== "obj") return { k: "typed", t: "string" };
      return unionOf(
        table.entries.map((e): Value => ("n" in e ? { k: "lit", v: e.n, at: e.at } : { k: "typed", t: "string" })),
      );
    }
    case "typeof": {
      let value = type.b === undefined ? UNKNOWN : ev.binding(m, type.b);
      for (const name of type.path ?? []) value = memberOf(ev, value, name);
      return value;
    }
    case "tpl":
      return { k: "typed", t: "string" };
    case "import": {
      const target = ev.target(m, type.s, type.path[0] ?? "default");
      if (target === undefined) return UNKNOWN;
      if (target.kind === "package") return external(target.pkg, type.path);
      return named(ev, target.module, type.path[0] ?? "default", type.path.slice(1), depth);
    }
    case "ref":
      return reference(ev, m, type, depth);
    case "?":
      return UNKNOWN;
  }
}

const NAMES_A_TYPE: ReadonlySet<string> = new Set(["type", "class", "enum", "import"]);

function reference(ev: Evaluator, m: Module, type: TypeFact & { k: "ref" }, depth: number): Value {
  const first = type.a?.[0];
  if (type.b === undefined) return builtinType(ev, m, type, depth);
  const binding = m.facts.bindings[type.b];
  if (binding === undefined) return UNKNOWN;
  if (binding.kind !== "import") return typeOfBinding(ev, m, type.b, type.path ?? [], depth);
  const specifier = m.facts.imports[binding.from?.import ?? -1]?.specifier ?? "";
  const name = binding.from?.name ?? "default";
  const target = ev.target(m, specifier, name);
  if (target === undefined) return UNKNOWN;
  if (target.kind === "package") {
    if (first && TRANSPARENT.has(type.n)) return typeValue(ev, m, first, depth + 1);
    return external(target.pkg, name === "*" || name === "=" ? (type.path ?? []) : [name, ...(type.path ?? [])]);
  }
  const [head, ...rest] = name === "*" ? (type.path ?? []) : [name, ...(type.path ?? [])];
  return head === undefined ? UNKNOWN : named(ev, target.module, head, rest, depth);
}

/** A type of a package: what has it is an instance of that package's. */
function external(pkg: string, path: readonly string[]): Value {
  return { k: "ext", pkg, steps: [...path, { call: undefined, created: true }] };
}

/** A type that a module exports. */
function named(ev: Evaluator, m: Module, name: string, path: readonly string[], depth: number): Value {
  const memo = ev.typeMemo.get(m) ?? new Map<string, Value>();
  ev.typeMemo.set(m, memo);
  const key = [name, ...path].join(".");
  const known = memo.get(key);
  if (known) return known;
  // Types that refer to themselves end here.
  memo.set(key, UNKNOWN);
  const value = findNamed(ev, m, name, path, depth);
  memo.set(key, value);
  return value;
}

function findNamed(ev: Evaluator, m: Module, name: string, path: readonly string[], depth: number): Value {
  if (depth > MAX_DEPTH) return UNKNOWN;
  for (const fact of m.facts.exports) {
    if ("star" in fact || fact.n !== name) continue;
    if ("b" in fact) {
      const binding = m.facts.bindings[fact.b];
      // A type and a value may share a name.
      if (binding && !NAMES_A_TYPE.has(binding.kind)) continue;
      if (binding?.kind === "import") return reference(ev, m, { k: "ref", n: name, b: fact.b, path }, depth + 1);
      return typeOfBinding(ev, m, fact.b, path, depth);
    }
    if ("x" in fact) {
      const value = ev.value(m, fact.x);
      return value.k === "cls" ? { k: "inst", m: value.m, c: value.c } : UNKNOWN;
    }
    const target = ev.target(m, m.facts.imports[fact.import]?.specifier ?? "", fact.imported);
    if (target?.kind === "package") return external(target.pkg, [fact.imported, ...path]);
    return target ? named(ev, target.module, fact.imported, path, depth + 1) : UNKNOWN;
  }
  for (const fact of m.facts.exports) {
    if (!("star" in fact)) continue;
    const specifier = m.facts.imports[fact.star]?.specifier ?? "";
    if (!ev.world.mayExport(specifier, m, name)) continue;
    const target = ev.target(m, specifier, name);
    if (target?.kind !== "module") continue;
    const value = named(ev, target.module, name, path, depth + 1);
    if (value.k !== "unknown") return value;
  }
  // A class or an enum that CommonJS exports.
  const value = exportOf(ev, m, name);
  return value.k === "cls" ? { k: "inst", m: value.m, c: value.c } : UNKNOWN;
}

function typeOfBinding(ev: Evaluator, m: Module, id: BindingId, path: readonly string[], depth: number): Value {
  const binding = m.facts.bindings[id];
  switch (binding?.kind) {
    case "class":
      return binding.cls === undefined ? UNKNOWN : { k: "inst", m, c: binding.cls };
    case "enum": {
      const table = ev.binding(m, id);
      if (table.k !== "obj") return UNKNOWN;
      if (path[0] !== undefined) return memberOf(ev, table, path[0]);
      return unionOf(table.entries.flatMap((e) => ("n" in e ? [e.v] : [])));
    }
    case "type":
      if (binding.type === undefined) return UNKNOWN;
      if (binding.type.k === "obj") return { k: "iface", m, b: id };
      return typeValue(ev, m, binding.type, depth + 1);
    default:
      return UNKNOWN;
  }
}

function builtinType(ev: Evaluator, m: Module, type: TypeFact & { k: "ref" }, depth: number): Value {
  const [first, second] = (type.a ?? []).map((t) => typeValue(ev, m, t, depth + 1));
  if (TRANSPARENT.has(type.n)) return first ?? UNKNOWN;
  const asObject = (value: Value | undefined): Value | undefined =>
    value?.k === "iface" ? objectOf(membersOfType(ev, value)) : value;
  switch (type.n) {
    case "ReturnType": {
      const target = first;
      return target?.k === "fn" || target?.k === "ext" ? resultOf(ev, target) : UNKNOWN;
    }
    case "InstanceType":
      return first?.k === "cls" ? { k: "inst", m: first.m, c: first.c } : UNKNOWN;
    case "Extract":
      return second?.k === "lit" || second?.k === "union" ? second : (first ?? UNKNOWN);
    case "Exclude": {
      const out = new Set(alternatives(second ?? UNKNOWN).map((v) => (v.k === "lit" ? v.v : undefined)));
      return unionOf(alternatives(first ?? UNKNOWN).filter((v) => v.k !== "lit" || !out.has(v.v)));
    }
    case "Omit": {
      const object = asObject(first);
      const without = alternatives(second ?? UNKNOWN).flatMap((v) => (v.k === "lit" ? [String(v.v)] : []));
      return object ? restOf(object, without) : UNKNOWN;
    }
    case "Pick": {
      const object = asObject(first);
      const kept = alternatives(second ?? UNKNOWN).flatMap((v) => (v.k === "lit" ? [String(v.v)] : []));
      return object?.k === "obj" ? objectOf(object.entries.filter((e) => "n" in e && kept.includes(e.n))) : UNKNOWN;
    }
    case "Record":
      if (first && second && alternatives(first).every((v) => v.k === "lit") && first.k !== "undef") {
        const at = { m, s: 0, e: 0 };
        return objectOf(
          alternatives(first).flatMap((v): Field[] => (v.k === "lit" ? [{ n: String(v.v), v: second, at }] : [])),
        );
      }
      return { k: "typed", t: "object" };
    case "Date":
      return { k: "typed", t: "date" };
    case "Map":
    case "ReadonlyMap":
      return { k: "map", of: second ?? UNKNOWN };
    case "Set":
    case "ReadonlySet":
    case "ReadonlyArray":
      return { k: "list", items: [], more: first ?? UNKNOWN };
    case "Function":
      return { k: "typed", t: "function" };
    case "Capitalize":
    case "Uppercase":
    case "Lowercase":
      return { k: "typed", t: "string" };
    default:
      // An ambient class or interface: `Window`, `Analytics`.
      return type.n === "const" ? UNKNOWN : { k: "unknown" };
  }
}

function resultOf(ev: Evaluator, target: Value & ({ k: "fn" } | { k: "ext" })): Value {
  if (target.k === "ext") return stepFrom(target, { call: undefined });
  const fact = target.m.facts.functions[target.fn];
  if (fact?.returnType) return typeValue(ev, target.m, fact.returnType);
  return unionOf((fact?.returns ?? []).map((r) => ev.value(target.m, r.x)));
}

function membersOf(ev: Evaluator, m: Module, members: readonly TypeMember[], depth: number): Field[] {
  return members.map((member) => ({
    n: member.n,
    v: typeValue(ev, m, member.t, depth + 1),
    at: { m, s: member.s, e: member.e },
    ...(member.o && { optional: true as const }),
  }));
}

/** The members of an interface or object type, with those that it extends. */
export function membersOfType(ev: Evaluator, type: Value & { k: "iface" }, depth = 0): Field[] {
  const binding = type.m.facts.bindings[type.b];
  if (binding?.type?.k !== "obj" || depth > MAX_DEPTH) return [];
  const inherited = (binding.extends ?? []).flatMap((parent) => {
    const value = typeValue(ev, type.m, parent, depth + 1);
    if (value.k === "iface") return membersOfType(ev, value, depth + 1);
    return value.k === "obj" ? value.entries.filter((e): e is Field => "n" in e) : [];
  });
  return [...inherited, ...membersOf(ev, type.m, binding.type.m, depth + 1)];
}

/** The declared type of a parameter, or of the part of it that its path names. */
export function typeOfParam(ev: Evaluator, param: ParamValue): Value {
  const fact = param.m.facts.functions[param.fn]?.params[param.index];
  if (fact?.type === undefined) {
    return fact?.or === undefined || param.path.length > 0 ? UNKNOWN : ev.value(param.m, fact.or);
  }
  let value = typeValue(ev, param.m, fact.type);
  // A part of something optional is read where it is there.
  if (fact.opt && param.path.length === 0) value = unionOf([value, UNDEFINED]);
  for (const name of param.path) {
    const table = value.k === "iface" ? objectOf(membersOfType(ev, value)) : value;
    if (table.k === "list" && name === "*") value = table.more ?? UNKNOWN;
    else value = memberOf(ev, table, name);
  }
  return param.present ? present(value) : value;
}
