import type { Evaluator } from "./evaluator.ts";
import { SUBJECT } from "./forwarding.ts";
import type { Module } from "./module.ts";
import { type Arrival, type Callee, type Leg, roleOf } from "./trace.ts";
import type { ParamValue } from "./value.ts";

/**
 * The method around a call that has neither name nor subject, where it only stands for the SDK's method of the same
 * name: `reset() { this.segment.reset(); }`. Whoever calls it resets.
 */
export function delegateAround(ev: Evaluator, arrival: Arrival): Callee | undefined {
  const [{ m, call }] = arrival.route.legs as [Leg];
  const fact = m.facts.functions[call.fn];
  const expr = m.expr(call.x);
  const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
  if (fact === undefined || callee?.k !== "mem" || callee.n !== fact.name) return undefined;
  if (!isMember(m, call.fn) || arrival.method.kind === "track" || hasSubject(ev, arrival)) return undefined;
  return { m, fn: call.fn };
}

function hasSubject(ev: Evaluator, arrival: Arrival): boolean {
  return ["event", ...(SUBJECT[arrival.method.kind] ?? [])].some(
    (role) => (roleOf(ev, arrival, role)?.k ?? "undef") !== "undef",
  );
}

/** A method of a class, or a function that is a member of an object. */
function isMember(m: Module, id: number): boolean {
  const fact = m.facts.functions[id];
  if (fact?.kind === "method" || fact?.cls !== undefined) return fact.kind !== "constructor";
  return m.facts.exprs.some(
    (object) =>
      object.k === "obj" &&
      object.p.some((prop) => {
        const value = prop.k === "prop" ? m.expr(prop.v) : undefined;
        return value?.k === "fn" && value.fn === id;
      }),
  );
}

/** Whether a call is made on a tracker that the same function is handed: a helper that tells who somebody is. */
export function isOnHandedTracker({ m, call }: Leg, param: ParamValue): boolean {
  const expr = m.expr(call.x);
  let root = expr.k === "call" ? m.expr(expr.f) : undefined;
  while (root?.k === "mem") root = m.expr(root.o);
  const given = root?.k === "id" ? m.facts.bindings[root.b]?.param : undefined;
  return given !== undefined && m === param.m && given.fn === param.fn;
}
