import type { BindingId, TypeFact } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { exportOf } from "./exports.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { described, isInferred } from "./schema-values.ts";
import { MAX_TYPE_DEPTH, typeArguments, typeValue } from "./type-value.ts";
import { builtinType, isTransparent } from "./utility-types.ts";
import { type TypeArguments, UNKNOWN, unionOf, type Value } from "./value.ts";

/** Generic types may grow where they refer to themselves: they go deeper faster. */
const GENERIC = 6;

const NAMES_A_TYPE: ReadonlySet<string> = new Set(["type", "class", "enum", "import", "namespace"]);

/** What a type's name stands for: a declaration here, in another file, in a package, or one of the language's own. */
export function referencedType(
  ev: Evaluator,
  m: Module,
  type: TypeFact & { k: "ref" },
  depth: number,
  args: TypeArguments | undefined,
): Value {
  const given = () => (type.a ?? []).map((t) => typeValue(ev, m, t, depth + 1, args));
  if (type.b === undefined) return builtinType(ev, m, type.n, given());
  const bound = args?.get(type.b);
  if (bound) return bound;
  const binding = m.facts.bindings[type.b];
  if (binding === undefined) return UNKNOWN;
  if (binding.kind !== "import") return typeOfBinding(ev, m, type.b, type.path ?? [], depth, given());
  const specifier = m.facts.imports[binding.from?.import ?? -1]?.specifier ?? "";
  const name = binding.from?.name ?? "default";
  const path = name === "*" || name === "=" ? (type.path ?? []) : [name, ...(type.path ?? [])];
  const last = path.at(-1);
  const target = ev.target(m, specifier, path[0] ?? name);
  if (target === undefined || last === undefined) return UNKNOWN;
  if (target.kind === "package") {
    if (isInferred(target.pkg, last)) return described(ev, given()[0] ?? UNKNOWN);
    return isTransparent(last) ? (given()[0] ?? UNKNOWN) : external(m, target.pkg, path);
  }
  return named(ev, target.module, path, depth, given());
}

/** `import("./events").Name` */
export function importedType(
  ev: Evaluator,
  m: Module,
  specifier: string,
  path: readonly string[],
  depth: number,
): Value {
  const target = ev.target(m, specifier, path[0] ?? "default");
  if (target === undefined) return UNKNOWN;
  if (target.kind === "package") return external(m, target.pkg, path);
  return named(ev, target.module, path.length > 0 ? path : ["default"], depth, []);
}

/** A type of a package: what has it is an instance of that package's. */
function external(m: Module, pkg: string, path: readonly string[]): Value {
  return { k: "ext", pkg, from: m, steps: [...path, { call: undefined, created: true }] };
}

/** A type that a module exports, and members of a namespace that it exports. */
export function exportedType(ev: Evaluator, m: Module, path: readonly string[]): Value {
  return named(ev, m, path, 0, []);
}

function named(ev: Evaluator, m: Module, path: readonly string[], depth: number, given: readonly Value[]): Value {
  if (given.length > 0) return findNamed(ev, m, path, depth, given);
  return ev.remember("type", m, path.join("."), () => findNamed(ev, m, path, depth, given));
}

function findNamed(ev: Evaluator, m: Module, path: readonly string[], depth: number, given: readonly Value[]): Value {
  const [name = "", ...rest] = path;
  if (depth > MAX_TYPE_DEPTH) return UNKNOWN;
  for (const fact of m.facts.exports) {
    if ("star" in fact || fact.n !== name) continue;
    if ("b" in fact) {
      const binding = m.facts.bindings[fact.b];
      // A type and a value may share a name.
      if (binding && !NAMES_A_TYPE.has(binding.kind)) continue;
      if (binding?.kind !== "import") return typeOfBinding(ev, m, fact.b, rest, depth, given);
      const { specifier = "" } = m.facts.imports[binding.from?.import ?? -1] ?? {};
      return exported(ev, m, specifier, [binding.from?.name ?? "default", ...rest], depth, given);
    }
    if ("x" in fact) {
      const value = ev.value(m, fact.x);
      return value.k === "cls" ? { k: "inst", m: value.m, c: value.c, declared: true } : UNKNOWN;
    }
    const { specifier = "" } = m.facts.imports[fact.import] ?? {};
    return exported(ev, m, specifier, [fact.imported, ...rest], depth, given);
  }
  for (const fact of m.facts.exports) {
    if (!("star" in fact)) continue;
    const { specifier = "" } = m.facts.imports[fact.star] ?? {};
    if (!ev.world.mayExport(specifier, m, name)) continue;
    const target = ev.target(m, specifier, name);
    if (target?.kind !== "module") continue;
    const value = named(ev, target.module, path, depth + 1, given);
    if (value.k !== "unknown") return value;
  }
  // A class or an enum that CommonJS exports.
  const value = exportOf(ev, m, name);
  return value.k === "cls" ? { k: "inst", m: value.m, c: value.c, declared: true } : UNKNOWN;
}

/** A type that a module only hands on. */
function exported(
  ev: Evaluator,
  m: Module,
  specifier: string,
  path: readonly string[],
  depth: number,
  given: readonly Value[],
): Value {
  const [first, ...rest] = path;
  const inside = first === "*" ? rest : path;
  const target = ev.target(m, specifier, inside[0] ?? "*");
  if (target === undefined || inside.length === 0) return UNKNOWN;
  return target.kind === "package"
    ? external(m, target.pkg, inside)
    : named(ev, target.module, inside, depth + 1, given);
}

function typeOfBinding(
  ev: Evaluator,
  m: Module,
  id: BindingId,
  path: readonly string[],
  depth: number,
  given: readonly Value[],
): Value {
  const binding = m.facts.bindings[id];
  const [head, ...rest] = path;
  switch (binding?.kind) {
    case "class":
      return binding.cls === undefined ? UNKNOWN : { k: "inst", m, c: binding.cls, declared: true };
    case "enum": {
      const table = ev.binding(m, id);
      if (table.k !== "obj") return UNKNOWN;
      if (head !== undefined) return memberOf(ev, table, head);
      return unionOf(table.entries.flatMap((e) => ("n" in e ? [e.v] : [])));
    }
    case "namespace": {
      const inner = binding.names?.find(({ n, b }) => n === head && NAMES_A_TYPE.has(m.facts.bindings[b]?.kind ?? ""));
      return inner ? typeOfBinding(ev, m, inner.b, rest, depth, given) : UNKNOWN;
    }
    case "type": {
      if (binding.type === undefined) return UNKNOWN;
      const args = typeArguments(binding.typeParams, given);
      if (binding.type.k === "obj") return { k: "iface", m, b: id, args };
      const type = binding.type;
      if (args) return typeValue(ev, m, type, depth + GENERIC, args);
      return ev.remember("type", m, `#${id}`, () => typeValue(ev, m, type, depth + 1));
    }
    default:
      return UNKNOWN;
  }
}
