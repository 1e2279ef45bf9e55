import type { Guard } from "../calls/types.ts";
import { type CallIndex, classKey, functionKey } from "./call-index.ts";
import { guardsOf } from "./conditions.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { common, isSameGuard, originGuards } from "./origin-guards.ts";
import { reach } from "./sdk-match.ts";
import type { Arrival, Leg } from "./trace.ts";
import type { Env, Value } from "./value.ts";

/** Conditions on the way from a call through every wrapper to the SDK, and on there being a client at all. */
export function guardsAlong(ev: Evaluator, index: CallIndex, arrival: Arrival): Guard[] {
  const guards = arrival.route.legs.flatMap((leg, i) => {
    const env = arrival.envs[i];
    return [
      ...guardsOf(ev, leg.m, leg.call.ctx, env, i === 0 ? undefined : "wrapper"),
      ...receiverGuards(ev, leg, env),
      ...creationGuards(ev, index, leg.m, leg.call.fn, leg.call.x),
    ];
  });
  const [first] = arrival.route.legs;
  if (first) guards.push(...onlyCallerGuards(ev, index, first.m, first.call.fn));
  return guards.filter((guard, i) => guards.findIndex((other) => isSameGuard(other, guard)) === i);
}

/** Under which conditions the receiver of a call is what makes it track. */
function receiverGuards(ev: Evaluator, leg: Leg, env: Env | undefined): Guard[] {
  const call = leg.m.expr(leg.call.x);
  const callee = call.k === "call" ? leg.m.expr(call.f) : undefined;
  if (callee?.k !== "mem") return [];
  return originGuards(ev, leg.m, callee.o, env, (value) => tracks(leg, value));
}

function tracks(leg: Leg, value: Value): boolean {
  if (value.k === "ext") return reach(value).length > 0;
  return value.k === "inst" && leg.enters !== undefined && holds(value.m, value.c, leg.enters);
}

/** Whether a class, or one that it extends, has the function. */
function holds(m: Module, c: number, target: { readonly m: Module; readonly fn: number }): boolean {
  const cls = target.m.facts.functions[target.fn]?.cls;
  if (m === target.m && c === cls) return true;
  return m.facts.classes[c]?.extends !== undefined && m !== target.m;
}

/** A method or field initialiser runs only where its class is instantiated: the conditions that all creations have. */
export function creationGuards(ev: Evaluator, index: CallIndex, m: Module, fn: number, x: number): Guard[] {
  const cls = classAround(m, fn, x);
  const places = cls === undefined ? undefined : index.creationsOf(classKey(m, cls));
  if (places === undefined) return [];
  return common(places.map((place) => guardsOf(ev, place.m, place.call.ctx, undefined, "existence")));
}

function classAround(m: Module, fn: number, x: number): number | undefined {
  for (let id = fn; id >= 0; id = m.facts.functions[id]?.parent ?? -1) {
    const cls = m.facts.functions[id]?.cls;
    if (cls !== undefined) return cls;
  }
  const at = m.facts.starts[x] ?? 0;
  const around = m.facts.classes.findLastIndex((cls) => cls.s <= at && at < cls.e);
  return around < 0 ? undefined : around;
}

/** Conditions around the only call of a function that nobody outside its file can call. */
function onlyCallerGuards(ev: Evaluator, index: CallIndex, m: Module, fn: number, depth = 0): Guard[] {
  const owner = ownerFunction(m, fn);
  if (owner === undefined || depth > 3 || isReachable(m, owner)) return [];
  const [caller, ...others] = index.callersOf(functionKey(m, owner));
  if (caller === undefined || others.length > 0 || caller.m !== m) return [];
  return [
    ...guardsOf(ev, m, caller.call.ctx, undefined, "only-caller"),
    ...onlyCallerGuards(ev, index, m, caller.call.fn, depth + 1),
  ];
}

/** The innermost function around a place that is called by its name. */
function ownerFunction(m: Module, fn: number): number | undefined {
  for (let id = fn; id >= 0; id = m.facts.functions[id]?.parent ?? -1) if (m.facts.functions[id]?.name) return id;
  return undefined;
}

/** Whether others than its own file may call a function: it is exported, a member, or handed to somebody. */
function isReachable(m: Module, fn: number): boolean {
  const fact = m.facts.functions[fn];
  if (fact === undefined || fact.cls !== undefined || fact.argOf) return true;
  const binding = m.facts.bindings.findIndex((b) => b.fn === fn || holdsFunction(m, b.init, fn));
  if (binding < 0) return true;
  const isExported = m.facts.exports.some((e) => "b" in e && e.b === binding);
  // Read otherwise than to be called, it may be called from anywhere.
  const callees = new Set(m.facts.calls.map(({ x }) => calleeOf(m, x)));
  return isExported || m.facts.exprs.some((expr, x) => expr.k === "id" && expr.b === binding && !callees.has(x));
}

function holdsFunction(m: Module, init: number | undefined, fn: number): boolean {
  const expr = init === undefined ? undefined : m.expr(init);
  return expr?.k === "fn" && expr.fn === fn;
}

function calleeOf(m: Module, x: number): number {
  const expr = m.expr(x);
  return expr.k === "call" ? expr.f : -1;
}
