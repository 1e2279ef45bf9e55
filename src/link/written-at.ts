import type { ExprId } from "../facts/types.ts";
import type { SdkLayout } from "../sdks/sdk.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { type Arrival, type Leg, roleOf } from "./trace.ts";
import { alternatives, identity, type Value } from "./value.ts";

/** Page and screen views are named by their page. */
export function roleOfName(layout: SdkLayout): "event" | "pageName" | undefined {
  if (layout.roles.event) return "event";
  return layout.roles.pageName ? "pageName" : undefined;
}

/** The expression at the call that gives a role: the one that stands in its place, else one with the same value. */
export function writtenAt(ev: Evaluator, arrival: Arrival, role: string | undefined): ExprId | undefined {
  const [first, ...others] = arrival.route.legs as [Leg, ...Leg[]];
  const call = first.m.expr(first.call.x);
  const place = role === undefined ? undefined : arrival.layout.roles[role];
  if (role === undefined || place === undefined || call.k !== "call") return undefined;
  if (others.length === 0 && place.of === undefined && place.builder === undefined && !arrival.match.list) {
    const exact = expressionAt(first.m, first.call.x, arrival.match.skip + place.arg, place.path);
    if (exact !== undefined) return exact;
  }
  const value = roleOf(ev, arrival, role);
  if (value === undefined) return undefined;
  for (const x of call.a) {
    const argument = ev.value(first.m, x, arrival.envs[0]);
    if (isSame(argument, value)) return x;
    const literal = first.m.expr(x);
    if (argument.k !== "obj" || literal.k !== "obj") continue;
    for (const prop of literal.p) {
      if (prop.k === "prop" && isSame(ev.value(first.m, prop.v, arrival.envs[0]), value)) return prop.v;
    }
  }
  return call.a.length === 1 ? call.a[0] : undefined;
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  const keys = (value: Value) => alternatives(value).map(identity);
  const left = new Set(keys(a));
  const right = keys(b);
  return left.size === right.length && right.every((key) => left.has(key));
}

/** The expression in an argument, past object literals. */
export function expressionAt(m: Module, call: ExprId, index: number, path: string): ExprId | undefined {
  const expr = m.expr(call);
  let x = expr.k === "call" || expr.k === "new" ? expr.a[index] : undefined;
  for (const key of path === "" ? [] : path.split(".")) {
    const object = x === undefined ? undefined : m.expr(x);
    const prop = object?.k === "obj" ? object.p.find((p) => p.k === "prop" && p.n === key) : undefined;
    x = prop?.k === "prop" ? prop.v : undefined;
  }
  return x;
}
