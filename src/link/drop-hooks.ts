import type { Guard, TrackingCall } from "../calls/types.ts";
import type { Discovery } from "../discover/types.ts";
import { argumentsOf } from "./call-result.ts";
import { guardsOf } from "./conditions.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { common, originGuards } from "./origin-guards.ts";
import { reach } from "./sdk-match.ts";
import { alternatives, type FunctionValue, present, type Value } from "./value.ts";

/** Options under which an SDK takes a function that may drop what is about to be sent. */
const OPTIONS = ["before_send", "beforeSend"];

/** What is sent through an SDK in a source only if these conditions hold. */
interface DropHook {
  readonly vendor: string;
  readonly source: string;
  readonly guards: readonly Guard[];
}

/** Adds to each call the conditions under which hooks of its SDK let it through. */
export function withHooks(calls: readonly TrackingCall[], hooks: readonly DropHook[]): TrackingCall[] {
  if (hooks.length === 0) return [...calls];
  return calls.map((call) => {
    const guards = hooks
      .filter((hook) => hook.source === call.source && call.sinks.every((sink) => sink.vendor === hook.vendor))
      .flatMap((hook) => hook.guards);
    return guards.length === 0 ? call : { ...call, guards: [...call.guards, ...guards] };
  });
}

/** `before_send` of an SDK's options, and Segment's source middleware. */
export function findHooks(
  among: Evaluator,
  ev: Evaluator,
  modules: readonly Module[],
  sourceOf: Discovery["sourceOf"],
): DropHook[] {
  return modules.flatMap((m) =>
    m.facts.calls.flatMap((call): DropHook[] => {
      const expr = m.expr(call.x);
      if (expr.k !== "call" && expr.k !== "new") return [];
      for (const callee of alternatives(present(among.value(m, expr.f)))) {
        const [reached] = callee.k === "ext" ? reach(callee) : [];
        if (reached === undefined || expr.a.length === 0) continue;
        const isMiddleware = reached.rest.at(-1) === "addSourceMiddleware";
        const args = argumentsOf(ev, { m, x: call.x, env: undefined });
        const guards = isMiddleware ? middlewareGuards(ev, args[0]) : args.flatMap((value) => optionGuards(ev, value));
        if (guards.length > 0) return [{ vendor: reached.sdk.vendor, source: sourceOf(m.path).name, guards }];
      }
      return [];
    }),
  );
}

/** The conditions under which `before_send` gives back a message. */
function optionGuards(ev: Evaluator, options: Value): Guard[] {
  if (options.k !== "obj") return [];
  return options.entries.flatMap((entry) => {
    const hook = "n" in entry && OPTIONS.includes(entry.n) ? entry.v : undefined;
    if (hook?.k !== "fn") return [];
    const fact = hook.m.facts.functions[hook.fn];
    const sent = (fact?.returns ?? []).filter(({ x }) => !isNothing(ev.value(hook.m, x)));
    return common(
      sent.map(({ x, ctx }) => [
        ...guardsOf(ev, hook.m, ctx, undefined, "hook", fact?.ctx),
        ...originGuards(ev, hook.m, x, undefined, (value) => !isNothing(value)),
      ]),
    ).map((guard) => ({ ...guard, how: "hook" as const }));
  });
}

function isNothing(value: Value): boolean {
  return value.k === "undef" || (value.k === "lit" && value.v === null);
}

/** The conditions under which a middleware calls `next`. */
function middlewareGuards(ev: Evaluator, middleware: Value | undefined): Guard[] {
  if (middleware?.k !== "fn") return [];
  const { m, fn } = middleware;
  const body = m.facts.functions[fn]?.ctx;
  const passes = m.facts.calls.filter((call) => isNext(m, call.x, middleware));
  return common(passes.map((call) => guardsOf(ev, m, call.ctx, undefined, "hook", body)));
}

function isNext(m: Module, x: number, { fn }: FunctionValue): boolean {
  const call = m.expr(x);
  const callee = call.k === "call" ? m.expr(call.f) : undefined;
  if (callee?.k === "mem") return callee.n === "next";
  const binding = callee?.k === "id" ? m.facts.bindings[callee.b] : undefined;
  return binding?.name === "next" && binding.param?.fn === fn;
}
