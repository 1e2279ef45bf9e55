import type { Guard } from "../calls/types.ts";
import type { ContextId, ExprId } from "../facts/types.ts";
import { argumentsOf, enter } from "./call-result.ts";
import { conditionOf, guardsOf } from "./conditions.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { alternatives, type Env, type Value } from "./value.ts";

const MAX_DEPTH = 6;

/**
 * Conditions that hold whenever an expression has a value of the wanted kind: a client that is made only under a
 * condition, a factory whose other result is another, an id that is withheld.
 */
export function originGuards(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  env: Env | undefined,
  wanted: (value: Value) => boolean,
  depth = 0,
): Guard[] {
  if (depth > MAX_DEPTH) return [];
  const inner = (id: ExprId) => originGuards(ev, m, id, env, wanted, depth + 1);
  const has = (id: ExprId) => alternatives(ev.value(m, id, env)).some(wanted);
  const expr = m.expr(x);
  switch (expr.k) {
    case "await":
    case "as":
      return inner(expr.x);
    case "cond": {
      const [yes, no] = [has(expr.a), has(expr.b)];
      if (yes && no) return common([inner(expr.a), inner(expr.b)]);
      if (!yes && !no) return [];
      return [testGuard(ev, m, expr.t, env, yes), ...inner(yes ? expr.a : expr.b)];
    }
    case "log":
      if (expr.op === "&&") return has(expr.r) ? [testGuard(ev, m, expr.l, env, true), ...inner(expr.r)] : [];
      return common([expr.l, expr.r].filter(has).map(inner));
    case "id":
      return ofName(ev, m, expr.b, env, wanted, depth);
    case "mem":
      return ofMember(ev, m, expr.o, expr.n, env, wanted, depth);
    case "call":
      return ofCall(ev, m, x, env, wanted, depth);
    default:
      return [];
  }
}

/** The guards that all of several ways have. */
export function common(ways: readonly (readonly Guard[])[]): Guard[] {
  const [first = [], ...rest] = ways;
  return first.filter((guard) => rest.every((other) => other.some((g) => isSameGuard(g, guard))));
}

export function isSameGuard(a: Guard, b: Guard): boolean {
  return a.holds === b.holds && a.at.file === b.at.file && a.at.line === b.at.line && a.at.column === b.at.column;
}

function testGuard(ev: Evaluator, m: Module, test: ExprId, env: Env | undefined, holds: boolean): Guard {
  const condition = conditionOf(ev, m, test, env);
  return { condition, holds, at: m.rangeOf(test), how: "existence", text: m.textOf(test, 120) };
}

/** A name: its initialiser and what is written to it, as far as these give what is wanted. */
function ofName(
  ev: Evaluator,
  m: Module,
  b: number,
  env: Env | undefined,
  wanted: (value: Value) => boolean,
  depth: number,
): Guard[] {
  const binding = m.facts.bindings[b];
  if (binding === undefined || binding.path || binding.each) return [];
  const origins = [
    ...(binding.init === undefined ? [] : [{ x: binding.init, ctx: binding.ctx }]),
    ...binding.writes.map((write) => ({ x: write.x, ctx: write.ctx })),
  ];
  return ofOrigins(ev, m, origins, env, wanted, depth, binding.ctx);
}

/** `this.client`: what the class writes there, or what its getter returns. */
function ofMember(
  ev: Evaluator,
  m: Module,
  object: ExprId,
  name: string,
  env: Env | undefined,
  wanted: (value: Value) => boolean,
  depth: number,
): Guard[] {
  const owner = m.expr(object);
  if (owner.k !== "this" || owner.c === undefined) return [];
  const cls = m.facts.classes[owner.c];
  const member = cls?.members.find((candidate) => candidate.n === name);
  if (member?.kind === "getter" && member.fn !== undefined) {
    const returns = m.facts.functions[member.fn]?.returns ?? [];
    return ofOrigins(ev, m, returns, env, wanted, depth, m.facts.functions[member.fn]?.ctx ?? -1);
  }
  const writes = m.facts.memberWrites.filter((write) => {
    const target = write.o < 0 ? undefined : m.expr(write.o);
    return write.n === name && target?.k === "this" && target.c === owner.c;
  });
  const origins = [...(member?.init === undefined ? [] : [{ x: member.init, ctx: -1 }]), ...writes];
  return ofOrigins(ev, m, origins, env, wanted, depth, -1);
}

/** A factory: the returns that give what is wanted. */
function ofCall(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  env: Env | undefined,
  wanted: (value: Value) => boolean,
  depth: number,
): Guard[] {
  const call = m.expr(x);
  if (call.k !== "call") return [];
  const target = alternatives(ev.value(m, call.f, env)).find((v) => v.k === "fn");
  if (target?.k !== "fn") return [];
  const fact = target.m.facts.functions[target.fn];
  if (fact === undefined || fact.returns.length === 0) return [];
  const inside = enter(target, argumentsOf(ev, { m, x, env }), (env?.depth ?? 0) + 1);
  return ofOrigins(ev, target.m, fact.returns, inside, wanted, depth, fact.ctx);
}

function ofOrigins(
  ev: Evaluator,
  m: Module,
  origins: readonly { readonly x: ExprId; readonly ctx: ContextId }[],
  env: Env | undefined,
  wanted: (value: Value) => boolean,
  depth: number,
  outside: ContextId,
): Guard[] {
  const useful = origins.filter(({ x }) => alternatives(ev.value(m, x, env)).some(wanted));
  return common(
    useful.map(({ x, ctx }) => [
      ...guardsOf(ev, m, ctx, env, "existence", outside),
      ...originGuards(ev, m, x, env, wanted, depth + 1),
    ]),
  );
}
