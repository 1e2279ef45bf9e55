import type { Binding, BindingId, EnumMember, ExprId, FunctionId, PathStep } from "../facts/types.ts";
import { handedToCallback } from "./callbacks.ts";
import { withDeclaredType } from "./declared-type.ts";
import type { Evaluator } from "./evaluator.ts";
import { COMPONENT } from "./exports.ts";
import { elementOf, memberOf, restOf } from "./member.ts";
import type { Module } from "./module.ts";
import { keysOf } from "./object-parts.ts";
import { reach } from "./sdk-match.ts";
import { type Env, type Field, objectOf, present, UNDEFINED, UNKNOWN, unionOf, type Value } from "./value.ts";

/** What a declaration gives its name, before anything is assigned. */
export function declared(ev: Evaluator, m: Module, id: BindingId, binding: Binding, env: Env | undefined): Value {
  if (binding.ambient) return ambient(ev, m, binding);
  switch (binding.kind) {
    case "import":
      return binding.from
        ? ev.imported(m, m.facts.imports[binding.from.import]?.specifier ?? "", binding.from.name)
        : UNKNOWN;
    case "fn":
      return binding.fn === undefined ? UNKNOWN : { k: "fn", m, fn: binding.fn, env };
    case "class":
      return binding.cls === undefined ? UNKNOWN : { k: "cls", m, c: binding.cls, env };
    case "enum":
      return enumTable(ev, m, id, binding);
    case "namespace":
      return objectOf(
        (binding.names ?? []).flatMap(({ n, b }): Field[] => {
          const inner = m.facts.bindings[b];
          if (inner === undefined || inner.kind === "type") return [];
          return [{ n, v: ev.binding(m, b), at: { m, s: inner.s, e: inner.e } }];
        }),
      );
    case "param":
      return param(ev, m, binding, env);
    case "const":
    case "let":
    case "var":
      return variable(ev, m, id, binding, env);
    default:
      return UNKNOWN;
  }
}

/** `declare const analytics: …` is the global of that name; its type tells what is no SDK. */
function ambient(ev: Evaluator, m: Module, binding: Binding): Value {
  const at = { m, s: binding.s, e: binding.e };
  const global: Value = { k: "ext", pkg: undefined, steps: [binding.name], viaWindow: true, at };
  if (binding.init !== undefined) return ev.value(m, binding.init);
  if (binding.fn !== undefined && reach(global).length === 0) return { k: "fn", m, fn: binding.fn };
  return withDeclaredType(ev, m, global, binding.type);
}

function variable(ev: Evaluator, m: Module, id: BindingId, binding: Binding, env: Env | undefined): Value {
  // Svelte 4: `export let event` is a prop.
  if (m.facts.component === "svelte" && binding.kind === "let" && binding.owner < 0 && isExported(m, id)) {
    return orDefault(ev, m, memberOf(ev, componentProps(m, env), binding.name), binding.init, env);
  }
  if (binding.init === undefined) return binding.type ? withDeclaredType(ev, m, UNKNOWN, binding.type) : UNDEFINED;
  let value = ev.value(m, binding.init, env);
  if (binding.each === "in") value = elementOf(ev, keysOf(ev, value), UNKNOWN);
  else if (binding.each === "of") value = elementOf(ev, value, UNKNOWN);
  return along(ev, m, withDeclaredType(ev, m, value, binding.type), binding.path ?? [], env);
}

function param(ev: Evaluator, m: Module, binding: Binding, env: Env | undefined): Value {
  const param = binding.param;
  if (param === undefined) return UNKNOWN;
  const frame = frameOf(env, m, param.fn);
  const place = { m, s: binding.s, e: binding.e };
  const base: Value = frame
    ? param.rest
      ? { k: "list", items: frame.args.slice(param.index) }
      : orDefault(ev, m, frame.args[param.index] ?? UNDEFINED, binding.or, frame.parent ?? env)
    : unboundParam(ev, m, param, place, env);
  return along(ev, m, base, binding.path ?? [], env);
}

function orDefault(ev: Evaluator, m: Module, value: Value, or: ExprId | undefined, env: Env | undefined): Value {
  if (or === undefined) return value;
  if (value.k === "undef") return ev.value(m, or, env);
  if (value.k === "param") return unionOf([{ ...value, present: true }, ev.value(m, or, env)]);
  if (value.k === "unknown") return unionOf([value, ev.value(m, or, env)]);
  if (value.k === "union" && value.of.some((v) => v.k === "undef")) {
    return unionOf([...value.of.filter((v) => v.k !== "undef"), ev.value(m, or, env)]);
  }
  return value;
}

/** A parameter for which no caller is given: the argument of a callback that a package calls, or a Param. */
function unboundParam(
  ev: Evaluator,
  m: Module,
  param: { readonly fn: FunctionId; readonly index: number; readonly rest?: true },
  at: { m: Module; s: number; e: number },
  env: Env | undefined,
): Value {
  const handed = handedToCallback(ev, m, param, env);
  if (handed) return handed;
  return { k: "param", m, fn: param.fn, index: param.index, path: [], rest: param.rest, at };
}

/** Takes the part of a value that destructuring names. */
export function along(ev: Evaluator, m: Module, value: Value, path: readonly PathStep[], env: Env | undefined): Value {
  let part = value;
  for (const step of path) {
    if ("key" in step) part = orDefault(ev, m, memberOf(ev, present(part), step.key), step.or, env);
    else if ("index" in step) part = orDefault(ev, m, elementOf(ev, part, { k: "lit", v: step.index }), step.or, env);
    else
      part =
        "rest" in step
          ? restOf(part, step.rest)
          : part.k === "list"
            ? { ...part, items: part.items.slice(step.restFrom) }
            : UNKNOWN;
  }
  return part;
}

function enumTable(ev: Evaluator, m: Module, id: BindingId, binding: Binding): Value {
  return ev.remember("enum", m, String(id), () => {
    const fields = (binding.members ?? []).map((member): Field => {
      return { n: member.n, v: memberOfEnum(ev, m, member), at: { m, s: member.s, e: member.e } };
    });
    return { ...objectOf(fields, { m, s: binding.s, e: binding.e }), isEnum: true };
  });
}

function memberOfEnum(ev: Evaluator, m: Module, member: EnumMember): Value {
  if (member.v !== undefined) return ev.value(m, member.v);
  if (member.auto === undefined) return { k: "typed", t: "string" };
  return { k: "lit", v: member.auto, at: { m, s: member.s, e: member.e } };
}

/** A member read of an enum of the same file, which needs no table of all: `Event.SignedUp`. */
export function enumMember(ev: Evaluator, m: Module, object: ExprId, name: string): Value | undefined {
  const expr = m.expr(object);
  const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
  const member = binding?.kind === "enum" ? binding.members?.find(({ n }) => n === name) : undefined;
  return member && memberOfEnum(ev, m, member);
}

/** A template of Vue names props as they are. */
export function templateProp(ev: Evaluator, m: Module, name: string, env: Env | undefined): Value | undefined {
  const props = m.facts.component === "vue" ? frameOf(env, m, COMPONENT)?.args[0] : undefined;
  if (props?.k !== "obj" || !props.entries.some((entry) => "n" in entry && entry.n === name)) return undefined;
  return memberOf(ev, props, name);
}

/** The props of the component that a file is. */
export function componentProps(m: Module, env: Env | undefined): Value {
  return frameOf(env, m, COMPONENT)?.args[0] ?? { k: "param", m, fn: COMPONENT, index: 0, path: [] };
}

function isExported(m: Module, id: BindingId): boolean {
  return m.facts.exports.some((fact) => "b" in fact && fact.b === id);
}

function frameOf(env: Env | undefined, m: Module, fn: FunctionId): Env | undefined {
  for (let frame = env; frame; frame = frame.parent) if (frame.fn === fn && frame.m === m) return frame;
  return undefined;
}
