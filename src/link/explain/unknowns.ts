import type { Statement } from "../../calls/explanation.ts";
import type { BindingId, ExprId } from "../../facts/types.ts";
import { spokenName } from "../function-name.ts";
import type { Module } from "../module.ts";
import { alternatives, present, type Value } from "../value.ts";
import type { LinkedWorld } from "./linked-world.ts";

/** How far names are followed back. */
const MAX_DEPTH = 12;

/** Where the way to the value of an expression stops: the first part of it that can't be read. */
export function whereUnknown(linked: LinkedWorld, m: Module, x: ExprId, depth = 0): Statement {
  const expr = m.expr(x);
  const at = m.rangeOf(x);
  const written = `\`${m.textOf(x, 60)}\``;
  const further = (inner: ExprId) => whereUnknown(linked, m, inner, depth + 1);
  if (depth > MAX_DEPTH) return { text: `what ${written} is can't be followed that far`, at };
  switch (expr.k) {
    case "id":
      return ofName(linked, m, expr.b, x, depth);
    case "mem":
      return isReadable(linked, m, expr.o) ? ofMember(linked, m, expr.o, expr.n, x) : further(expr.o);
    case "idx":
      return isReadable(linked, m, expr.o)
        ? { text: `which member ${written} is can't be read: it is chosen by \`${m.textOf(expr.i, 40)}\``, at }
        : further(expr.o);
    case "call":
    case "new":
      return isReadable(linked, m, expr.f) ? ofResult(linked, m, expr.f, x) : further(expr.f);
    case "await":
    case "as":
    case "spread":
      return further(expr.x);
    case "log":
      return further(isReadable(linked, m, expr.l) ? expr.r : expr.l);
    case "cond":
      return further(isReadable(linked, m, expr.a) ? expr.b : expr.a);
    case "this":
      return { text: "`this` is not that of a class or an object here", at };
    case "import":
      return { text: `${written} leads to no file`, at };
    default:
      return { text: `${written} can't be read without running the code`, at };
  }
}

function isReadable({ ev }: LinkedWorld, m: Module, x: ExprId): boolean {
  const value = present(ev.value(m, x));
  return value.k !== "unknown" && value.k !== "undef";
}

function ofName(linked: LinkedWorld, m: Module, id: BindingId, x: ExprId, depth: number): Statement {
  const binding = m.facts.bindings[id];
  const name = `\`${binding?.name ?? "?"}\``;
  const at = binding ? m.range(binding.s, binding.e) : m.rangeOf(x);
  if (binding === undefined) return { text: `nothing declares ${name}`, at };
  if (binding.from !== undefined) return ofImport(linked, m, binding.from, name, at);
  if (binding.kind === "param") {
    const argOf = m.facts.functions[binding.param?.fn ?? -1]?.argOf;
    const taker = argOf && m.expr(argOf.call);
    const whose = taker?.k === "call" ? `what \`${m.textOf(taker.f, 50)}\` passes to its callback` : "a parameter";
    return { text: `${name} is ${whose}, of which nothing is known`, at };
  }
  if (binding.kind === "catch") return { text: `${name} is what was thrown`, at };
  if (binding.init !== undefined && binding.path === undefined && binding.writes.length === 0)
    return whereUnknown(linked, m, binding.init, depth + 1);
  if (binding.init !== undefined && binding.path !== undefined) {
    const key = binding.path.map((step) => ("key" in step ? step.key : "…")).join(".");
    if (!isReadable(linked, m, binding.init)) return whereUnknown(linked, m, binding.init, depth + 1);
    return {
      text: `${name} is \`${key}\` of \`${m.textOf(binding.init, 50)}\`, which has no such member that can be read`,
      at,
    };
  }
  const [write] = binding.writes;
  if (write !== undefined) {
    const inner = whereUnknown(linked, m, write.x, depth + 1);
    return { text: `${name} gets its value later`, at: m.rangeOf(write.x), because: [inner] };
  }
  return { text: `nothing gives ${name} a value`, at };
}

function ofImport(
  { ev }: LinkedWorld,
  m: Module,
  from: { readonly import: number; readonly name: string },
  name: string,
  at: Statement["at"],
): Statement {
  const specifier = m.facts.imports[from.import]?.specifier ?? "";
  const place = at === undefined ? {} : { at };
  const target = ev.target(m, specifier, from.name);
  if (target === undefined)
    return { text: `${name} is imported from \`${specifier}\`, which leads to no file`, ...place };
  if (target.kind === "package") return { text: `${name} comes from the package \`${target.pkg}\``, ...place };
  const what = from.name === "default" ? "no default export" : `no \`${from.name}\``;
  return {
    text: `${name} is imported from \`${target.module.path}\`, where ${what} that can be read was found`,
    ...place,
  };
}

function ofMember({ ev }: LinkedWorld, m: Module, object: ExprId, name: string, x: ExprId): Statement {
  const [value] = alternatives(present(ev.value(m, object)));
  const of = `\`${m.textOf(object, 50)}\``;
  if (value !== undefined && ["list", "lit", "tpl", "typed", "map", "dict"].includes(value.k))
    return { text: `\`${m.textOf(x, 50)}\` is a method of ${kindOf(value)}`, at: m.rangeOf(x) };
  const kind = value === undefined ? "" : `, ${kindOf(value)},`;
  return { text: `${of}${kind} has no member \`${name}\` that can be read`, at: m.rangeOf(x) };
}

function ofResult({ ev }: LinkedWorld, m: Module, callee: ExprId, x: ExprId): Statement {
  const [value] = alternatives(present(ev.value(m, callee)));
  const at = m.rangeOf(x);
  if (value?.k === "fn") return { text: `what \`${spokenName(value.m, value.fn)}\` returns can't be read`, at };
  return { text: `what \`${m.textOf(callee, 50)}\` gives can't be read`, at };
}

function kindOf(value: Value): string {
  switch (value.k) {
    case "inst":
    case "cls":
      return `of the class \`${value.m.facts.classes[value.c]?.name || "(class)"}\` in \`${value.m.path}\``;
    case "iface":
      return `of the type \`${value.m.facts.bindings[value.b]?.name ?? "?"}\` in \`${value.m.path}\``;
    case "ns":
      return `the module \`${value.m.path}\``;
    case "obj":
      return value.at ? `the object in \`${value.at.m.path}\`` : "an object";
    case "fn":
      return `the function \`${spokenName(value.m, value.fn)}\` in \`${value.m.path}\``;
    case "lit":
    case "tpl":
      return "a text or number";
    case "list":
      return "a list";
    case "param":
      return "a parameter";
    default:
      return "a value of a plain type";
  }
}
