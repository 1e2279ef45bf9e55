import type { EventName } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { SdkLayout } from "../sdks/sdk.ts";
import { argumentsOf } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { forwardedParams } from "./forwarding.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { rangeOfPlace } from "./static-value.ts";
import { type Arrival, arrivalsOf, type Leg, roleOf } from "./trace.ts";
import { alternatives, identity, type Value } from "./value.ts";

/** Page and screen views are named by their page. */
export function roleOfName(layout: SdkLayout): "event" | "pageName" | undefined {
  if (layout.roles.event) return "event";
  return layout.roles.pageName ? "pageName" : undefined;
}

/**
 * The expression at the call that gives a role: the one that stands in its place, else one with the same value.
 *
 * @param part the expression of which wrappers make the name, where that is known
 */
export function writtenAt(
  ev: Evaluator,
  arrival: Arrival,
  role: string | undefined,
  part?: ExprId,
): ExprId | undefined {
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
    const literal = first.m.expr(constantBehind(first.m, x));
    if (argument.k !== "obj" || literal.k !== "obj") continue;
    for (const prop of literal.p) {
      if (prop.k === "prop" && isSame(ev.value(first.m, prop.v, arrival.envs[0]), value)) return prop.v;
    }
  }
  return part ?? (call.a.length === 1 ? call.a[0] : undefined);
}

/** `const message = { event: … }; send(message)` */
function constantBehind(m: Module, x: ExprId): ExprId {
  const expr = m.expr(x);
  const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
  return binding?.init === undefined || binding.writes.length > 0 || binding.path || binding.each ? x : binding.init;
}

/** What a caller writes for the parameter that a wrapper makes the name of. */
export function writtenPart(
  ev: Evaluator,
  { route, envs, method }: Arrival,
): { readonly x: ExprId; readonly value: Value } | undefined {
  const [first, ...inner] = route.legs as [Leg, ...Leg[]];
  const call = first.m.expr(first.call.x);
  const { enters } = first;
  if (enters === undefined || call.k !== "call") return undefined;
  for (const bare of arrivalsOf(ev, { legs: inner })) {
    if (bare.method.kind !== method.kind) continue;
    const param = forwardedParams(ev, bare).find(({ m, fn }) => m === enters.m && fn === enters.fn);
    const x = param && (expressionAt(first.m, first.call.x, param.index, param.path.join(".")) ?? call.a[param.index]);
    if (param === undefined || x === undefined) continue;
    const args = argumentsOf(ev, { m: first.m, x: first.call.x, env: envs[0] });
    const whole = args[param.index];
    if (whole !== undefined) return { x, value: param.path.reduce((value, key) => memberOf(ev, value, key), whole) };
  }
  return undefined;
}

/** Names that wrappers make of what a caller writes, at the place where that is written. */
export function namesWhereWritten(names: readonly EventName[], part: Value | undefined): readonly EventName[] {
  const texts = (part === undefined ? [] : alternatives(part))
    .flatMap((v) => (v.k === "lit" && typeof v.v === "string" && v.v !== "" && v.at ? [{ text: v.v, at: v.at }] : []))
    .sort((a, b) => b.text.length - a.text.length);
  const [only] = texts;
  return names.map((name) => {
    if (texts.some(({ text }) => text === name.value)) return name;
    const inside = texts.find(({ text }) => name.value.includes(text));
    const written = inside ?? (texts.length === 1 && names.length === 1 ? only : undefined);
    return written ? { value: name.value, at: rangeOfPlace(written.at), written: written.text } : name;
  });
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
