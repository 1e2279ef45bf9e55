import type { BindingId, TypeFact, TypeMember } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { elementOf, memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { reach } from "./sdk-match.ts";
import { concatenate } from "./text-value.ts";
import { importedType, referencedType } from "./type-reference.ts";
import {
  alternatives,
  type Field,
  type FunctionType,
  type InterfaceValue,
  type ObjectValue,
  objectOf,
  type TypeArguments,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** How deep types may lead into each other. */
export const MAX_TYPE_DEPTH = 48;

/**
 * What a value of this type may be: literals and tables where the type says so, instances of classes, else its static
 * type. `args` is what type parameters stand for.
 */
export function typeValue(ev: Evaluator, m: Module, type: TypeFact, depth = 0, args?: TypeArguments): Value {
  return depth > MAX_TYPE_DEPTH ? ev.giveUp() : ev.deeper(() => valueOfType(ev, m, type, depth, args));
}

function valueOfType(ev: Evaluator, m: Module, type: TypeFact, depth: number, args: TypeArguments | undefined): Value {
  const inner = (t: TypeFact) => typeValue(ev, m, t, depth + 1, args);
  switch (type.k) {
    case "prim":
      return valueOfPrimitive(type.n);
    case "lit":
      return { k: "lit", v: type.v, ...(type.s !== undefined && { at: { m, s: type.s, e: type.e ?? type.s } }) };
    case "or":
      return unionOf(type.of.map(inner));
    case "and":
      return intersection(ev, type.of.map(inner));
    case "obj": {
      const index = type.index ? [{ spread: { k: "dict", of: inner(type.index) } as const }] : [];
      return objectOf([...index, ...type.m.map((member) => fieldOfMember(ev, m, member, depth, args))]);
    }
    case "arr":
      return { k: "list", items: [], more: inner(type.of) };
    case "tuple":
      return { k: "list", items: type.of.map(inner) };
    case "fn":
      return { k: "typed", t: "function", of: { m, type, args } };
    case "idx": {
      const object = inner(type.o);
      return elementOf(ev, objectOfType(ev, object) ?? object, inner(type.i));
    }
    case "keyof":
      return keysOf(ev, inner(type.of));
    case "typeof": {
      let value = type.b === undefined ? UNKNOWN : ev.binding(m, type.b);
      for (const name of type.path ?? []) value = memberOf(ev, value, name);
      return value;
    }
    case "tpl": {
      const parts = type.parts.flatMap((part, i) => [inner(part), type.quasis[i + 1] ?? ""]);
      return concatenate([type.quasis[0] ?? "", ...parts], { m, s: type.s, e: type.e });
    }
    case "map":
      return mappedType(ev, m, type, depth, args);
    case "import":
      return importedType(ev, m, type.s, type.path, depth);
    case "ref":
      return referencedType(ev, m, type, depth, args);
    case "?":
      return UNKNOWN;
  }
}

function valueOfPrimitive(name: (TypeFact & { k: "prim" })["n"]): Value {
  switch (name) {
    case "string":
    case "number":
    case "boolean":
    case "object":
      return { k: "typed", t: name };
    case "bigint":
      return { k: "typed", t: "number" };
    case "null":
      return { k: "lit", v: null };
    case "undefined":
    case "void":
      return UNDEFINED;
    case "any":
      return UNKNOWN;
  }
}

function intersection(ev: Evaluator, parts: readonly Value[]): Value {
  const made = parts.find((part) => part.k === "inst" || (part.k === "ext" && reach(part).length > 0));
  if (made) return made;
  const known = parts.flatMap((part) => objectOfType(ev, part) ?? []);
  if (known.length === 0) return parts.find((part) => part.k !== "unknown") ?? UNKNOWN;
  // What is known of a key wins over what a part that isn't known may say of it.
  const open = known.length < parts.length ? [{ spread: UNKNOWN }] : [];
  return objectOf([...open, ...known.map((spread) => ({ spread }))]);
}

function keysOf(ev: Evaluator, type: Value): Value {
  const table = objectOfType(ev, type);
  if (table === undefined) return { k: "typed", t: "string" };
  return unionOf(
    table.entries.map((e): Value => ("n" in e ? { k: "lit", v: e.n, at: e.at } : { k: "typed", t: "string" })),
  );
}

/** `{ [K in Keys]?: T }`; over the keys of a type it keeps which of them are optional. */
function mappedType(
  ev: Evaluator,
  m: Module,
  type: TypeFact & { k: "map" },
  depth: number,
  args: TypeArguments | undefined,
): Value {
  const source = type.over.k === "keyof" ? typeValue(ev, m, type.over.of, depth + 1, args) : UNKNOWN;
  const optional = new Set(objectOfType(ev, source)?.entries.flatMap((e) => ("n" in e && e.optional ? [e.n] : [])));
  const entries = alternatives(typeValue(ev, m, type.over, depth + 1, args)).map((key) => {
    const v = typeValue(ev, m, type.t, depth + 1, new Map([...(args ?? []), [type.b, key]]));
    if (key.k !== "lit") return { spread: { k: "dict", of: v } as const };
    const n = String(key.v);
    const isOptional = type.o === true || optional.has(n);
    return { n, v, at: key.at ?? { m, s: 0, e: 0 }, ...(isOptional && { optional: true as const }) };
  });
  return objectOf(entries);
}

function fieldOfMember(
  ev: Evaluator,
  m: Module,
  member: TypeMember,
  depth: number,
  args: TypeArguments | undefined,
): Field {
  return {
    n: member.n,
    v: typeValue(ev, m, member.t, depth + 1, args),
    at: { m, s: member.s, e: member.e },
    ...(member.o && { optional: true as const }),
  };
}

/** An object that has this type, key by key; undefined for what is no object. */
export function objectOfType(ev: Evaluator, type: Value): ObjectValue | undefined {
  if (type.k === "obj") return type;
  if (type.k === "dict") return objectOf([{ spread: type }]);
  return type.k === "iface" ? objectOf(entriesOf(ev, type, 0)) : undefined;
}

/** The members of an interface or object type, after those that it extends. */
function entriesOf(ev: Evaluator, type: InterfaceValue, depth: number): ObjectValue["entries"] {
  const binding = type.m.facts.bindings[type.b];
  if (binding?.type?.k !== "obj" || depth > MAX_TYPE_DEPTH) return [];
  const inherited = parentsOf(ev, type, depth).flatMap((parent) =>
    parent.k === "iface" ? entriesOf(ev, parent, depth + 1) : (objectOfType(ev, parent)?.entries ?? []),
  );
  const own = typeValue(ev, type.m, binding.type, depth + 1, type.args);
  return [...inherited, ...(own.k === "obj" ? own.entries : [])];
}

/** What an interface extends. */
export function parentsOf(ev: Evaluator, type: InterfaceValue, depth = 0): Value[] {
  const parents = type.m.facts.bindings[type.b]?.extends ?? [];
  return parents.map((parent) => typeValue(ev, type.m, parent, depth + 1, type.args));
}

/** The declared type of one member of an interface; undefined where it has none of that name. */
export function declaredMember(ev: Evaluator, type: InterfaceValue, name: string, depth = 0): Value | undefined {
  const fact = type.m.facts.bindings[type.b]?.type;
  if (fact?.k !== "obj" || depth > MAX_TYPE_DEPTH) return undefined;
  const member = fact.m.find((candidate) => candidate.n === name);
  if (member) {
    const value = typeValue(ev, type.m, member.t, depth + 1, type.args);
    return member.o ? unionOf([value, UNDEFINED]) : value;
  }
  for (const parent of parentsOf(ev, type, depth)) {
    const found =
      parent.k === "iface"
        ? declaredMember(ev, parent, name, depth + 1)
        : parent.k === "obj" && memberOf(ev, parent, name);
    if (found && found.k !== "undef") return found;
  }
  return fact.index && unionOf([typeValue(ev, type.m, fact.index, depth + 1, type.args), UNDEFINED]);
}

/** What a function of this type gives. */
export function resultOfType(ev: Evaluator, { m, type, args }: FunctionType): Value {
  return typeValue(ev, m, type.ret, 0, args);
}

/** The types of type parameters, where arguments are given. */
export function typeArguments(
  params: readonly BindingId[] | undefined,
  given: readonly Value[],
): TypeArguments | undefined {
  if (params === undefined || given.length === 0) return undefined;
  return new Map(params.flatMap((id, i): [BindingId, Value][] => (given[i] ? [[id, given[i]]] : [])));
}
