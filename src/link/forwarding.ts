import type { CallKind } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { CallIndex } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { paramsIn } from "./names.ts";
import { type Arrival, type Route, roleOf } from "./trace.ts";
import { alternatives, type ParamValue, type Value } from "./value.ts";

/** What a call without an event name is about: the first of these roles that it fills. */
export const SUBJECT: Readonly<Partial<Record<CallKind, readonly string[]>>> = {
  identify: ["userId", "traits", "anonymousId"],
  alias: ["userId", "previousId"],
  group: ["groupId", "traits"],
  page: ["pageName", "properties"],
  screen: ["pageName", "properties"],
  other: ["userId", "anonymousId", "traits", "properties"],
};

/** The parameters that are the name but for constant text around it; of calls without a name, those that are its subject. */
export function forwardedParams(ev: Evaluator, arrival: Arrival): ParamValue[] {
  const event = roleOf(ev, arrival, "event");
  if (event !== undefined) {
    return alternatives(event).flatMap((v) => {
      if (v.k === "param") return [v];
      if (v.k !== "tpl") return [];
      const holes = v.parts.filter((part) => typeof part !== "string");
      return holes.length === 1 ? paramsIn(holes[0] as Value) : [];
    });
  }
  for (const role of SUBJECT[arrival.method.kind] ?? []) {
    const value = roleOf(ev, arrival, role);
    if (value === undefined || value.k === "undef") continue;
    const params = alternatives(value).flatMap((v) => carriedParams(v));
    // Whose id is kept by the wrapper itself is told about by what its callers pass: `identify(traits)`.
    if (params.length > 0 || arrival.method.kind !== "identify") return params;
  }
  return [];
}

/** A parameter handed on as it is, or as a value of the payload's own keys. */
function carriedParams(value: Value): ParamValue[] {
  if (value.k === "param") return [value];
  if (value.k !== "obj") return [];
  return value.entries.flatMap((entry) => {
    const part = "n" in entry ? entry.v : entry.spread;
    return part.k === "param" ? [part] : [];
  });
}

/**
 * Whether a parameter serves nothing but sinks, guards and logs.
 *
 * @param named the call has an event name: a message that carries it may also go elsewhere as a whole
 */
export function isPassedOn(index: CallIndex, route: Route, param: ParamValue, named: boolean): boolean {
  const { m } = param;
  const [part] = param.path;
  return m.facts.bindings.every((binding, id) => {
    if (binding.param?.fn !== param.fn || binding.param.index !== param.index) return true;
    const [step] = binding.path ?? [];
    if (step !== undefined) {
      if (part !== undefined && !("key" in step && step.key === part)) return true;
      return m.readsOf(id).every((use) => servesTracking(index, route, m, use));
    }
    return m.readsOf(id).every((use) => {
      const member = memberReadOf(m, use);
      // Other parts of the same object are another matter.
      if (part !== undefined && member !== undefined && member !== part) return true;
      if (part !== undefined && member === undefined && named) return true;
      return servesTracking(index, route, m, use);
    });
  });
}

/** The member that is read of an expression. */
function memberReadOf(m: Module, x: ExprId): string | undefined {
  const parent = m.parentOf(x);
  const expr = parent === undefined ? undefined : m.expr(parent);
  return expr?.k === "mem" ? expr.n : undefined;
}

const LOGS =
  /(?:^|\.)(?:log|debug|info|warn|error|trace|verbose|assert|invariant|add|push|set|has|get|includes|test|startsWith|toString|toLowerCase|toUpperCase|replace|trim|String|stringify)$/i;
const SENDS =
  /(?:^|\.)(?:\w*(?:track|capture|event|analytics|telemetry|log|report|measure|record|send|emit|post|fetch|request|dispatch|mutate|push)\w*)$/i;

/** What is computed for a log serves it: `logger.info("Merged", { email: hash(email) })`. */
const LOGGER = /^(?:console|(?:\w+\.)*\w*log(?:ger)?)\.\w+$/i;

function servesTracking(index: CallIndex, route: Route, m: Module, x: ExprId): boolean {
  if (route.legs.some((leg) => leg.m === m && isInside(m, x, leg.call.x))) return true;
  const calls = callsAround(m, x);
  const [call] = calls;
  if (call === undefined) return true;
  if (index.isSink(m, call) || isError(m, call)) return true;
  return (
    LOGS.test(calleeOf(m, call)) || SENDS.test(calleeOf(m, call)) || calls.some((c) => LOGGER.test(calleeOf(m, c)))
  );
}

/** The message of an error is read where it is logged: `new UserError(`Sending "${event}" failed`)`. */
function isError(m: Module, call: ExprId): boolean {
  const expr = m.expr(call);
  return expr.k === "new" && /(?:Error|Exception)$/.test(m.textOf(expr.f, 60));
}

/** As written; empty for a construction. */
function calleeOf(m: Module, call: ExprId): string {
  const expr = m.expr(call);
  return expr.k === "call" ? m.textOf(expr.f, 60) : "";
}

function isInside(m: Module, x: ExprId, outer: ExprId): boolean {
  const s = m.facts.starts[x] ?? 0;
  return (m.facts.starts[outer] ?? 0) <= s && s < (m.facts.ends[outer] ?? 0);
}

/** The calls that an expression is an argument of, inside the same function, innermost first. */
function callsAround(m: Module, x: ExprId): ExprId[] {
  const s = m.facts.starts[x] ?? 0;
  const fn = m.context(m.facts.ctxs[x] ?? -1)?.fn;
  const size = (call: ExprId) => (m.facts.ends[call] ?? 0) - (m.facts.starts[call] ?? 0);
  return m.facts.calls
    .filter((call) => call.fn === fn && (m.facts.starts[call.x] ?? 0) <= s && s < (m.facts.ends[call.x] ?? 0))
    .map((call) => call.x)
    .sort((a, b) => size(a) - size(b));
}

/** `{ track: ({ payload }) => … }`: a plugin that an SDK hands its messages to. */
export function isPluginHandler(param: ParamValue): boolean {
  const fn = param.m.facts.functions[param.fn];
  return param.path[0] === "payload" && /^(?:track|identify|page|group|alias|screen)$/.test(fn?.name ?? "");
}
