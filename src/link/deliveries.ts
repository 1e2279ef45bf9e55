import type { Delivery, ShortRun } from "../calls/delivery.ts";
import type { TrackingCall } from "../calls/types.ts";
import type { CallFact, ExprId, FunctionId } from "../facts/types.ts";
import type { SdkDelivery } from "../sdks/sdk.ts";
import { groupBy } from "../util/group-by.ts";
import { type CallIndex, type CallPlace, functionKey } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import { Flushes } from "./flushes.ts";
import type { Module } from "./module.ts";
import { isLifeline, promiseUse } from "./promise-use.ts";
import type { ShortRuns } from "./short-runs.ts";
import type { Arrival, Leg } from "./trace.ts";
import { alternatives } from "./value.ts";

/** Steps that one call may take outwards; what is left then counts as sent. */
const MAX_STEPS = 120;

type Fate = Exclude<Delivery["fate"], "nothing-to-await">;

/**
 * Where a message is at some point on the way out: in the queue (`because` names a flush that was not enough), on its
 * way with a promise that the function gives, or settled.
 */
type State =
  | { readonly is: "queued"; readonly fate: "unflushed" | "sometimes" | "unawaited"; readonly because?: CallPlace }
  | { readonly is: "callback" }
  | { readonly is: "promise" }
  | { readonly is: "sent" }
  | { readonly is: "dropped"; readonly because: CallPlace };

/** Follows calls of SDKs outwards, to the functions that a platform or a shell calls, and tells whether they wait. */
export class Deliveries {
  readonly #ev: Evaluator;
  readonly #index: CallIndex;
  readonly #runs: ShortRuns;
  readonly #flushes: Flushes;
  #steps = 0;

  constructor(ev: Evaluator, index: CallIndex, arrivals: readonly Arrival[], runs: ShortRuns) {
    this.#ev = ev;
    this.#index = index;
    this.#runs = runs;
    this.#flushes = new Flushes(index, arrivals);
  }

  asField(arrival: Arrival): Pick<TrackingCall, "deliveries"> {
    const deliveries = this.of(arrival);
    return deliveries.length > 0 ? { deliveries } : {};
  }

  of(arrival: Arrival): readonly Delivery[] {
    const { match, method, route } = arrival;
    const { delivery, id: sdk, vendor } = match.sdk;
    const last = route.legs.at(-1);
    if (delivery === undefined || last === undefined || arrival.confidence === "name") return [];
    // What is kept for later messages, and what empties the queue, is none itself.
    if (method.kind === "flush" || method.subkind === "super-properties") return [];
    const start = startOf(delivery, method.name);
    if (start === undefined) return [];
    this.#steps = 0;
    const walk = { vendor, legs: route.legs, delivery };
    const found = this.#outwards(last, route.legs.length - 1, start, walk, new Set());
    const deliveries = found.map(({ state, run }): Delivery => {
      const { fate, because } = endOf(state);
      const at = because && { because: because.m.rangeOf(because.call.x) };
      return { fate, sdk, vendor, ...(run && { run }), ...at };
    });
    return [...groupBy(deliveries, ({ fate, run }) => `${fate}:${run?.id}`).values()].flatMap(([first]) => first ?? []);
  }

  #outwards(place: CallPlace, leg: number, before: State, walk: Walk, seen: ReadonlySet<string>): readonly End[] {
    this.#steps += 1;
    const { m, call } = place;
    const key = `${m.path}:${call.x}`;
    if (seen.has(key) || this.#steps > MAX_STEPS) return [{ state: { is: "sent" } }];
    const isFirst = seen.size === 0;
    const state = this.#after(place, before, walk, isFirst);
    const next = new Set(seen).add(key);
    const entered = walk.legs[leg - 1];
    if (entered?.enters && entered.enters.m === m && entered.enters.fn === call.fn)
      return this.#outwards(entered, leg - 1, state, walk, next);
    const run = this.#runs.of(m, call.fn);
    if (run) return [{ state: this.#isFlushedAround(m, call.fn, walk.vendor) ? { is: "sent" } : state, run }];
    if (call.fn < 0) return [{ state }];
    const around = this.#around(m, call.fn, state);
    if (around) return this.#outwards(around.place, leg, around.state, walk, next);
    // What is still to be entered by a leg is known no further out.
    if (leg > 0 && entered?.enters === undefined) return [{ state: { is: "sent" } }];
    const callers = leg > 0 && entered ? [entered] : this.#index.callersOf(functionKey(m, call.fn));
    if (callers.length === 0)
      return [{ state: this.#isFlushedAround(m, call.fn, walk.vendor) ? { is: "sent" } : state }];
    return callers.flatMap((caller) => this.#outwards(caller, Math.max(0, leg - 1), state, walk, next));
  }

  /** The state once the function around a place has come to its end. */
  #after(place: CallPlace, state: State, { vendor, delivery }: Walk, isFirst: boolean): State {
    const { m, call } = place;
    if (state.is === "promise") {
      switch (promiseUse(m, call.x, isFirst ? delivery.promiseAt : undefined)) {
        case "awaited":
        case "returned":
          return state;
        case "dropped":
          return { is: "dropped", because: place };
        default:
          return { is: "sent" };
      }
    }
    if (isFirst && (state.is === "queued" || state.is === "callback") && takesCallback(this.#ev, m, call))
      return { is: "sent" };
    if (state.is !== "queued") return state;
    const use = isFirst ? promiseUse(m, call.x, delivery.promiseAt) : undefined;
    if (delivery.promiseAt !== undefined && (use === "awaited" || use === "handed")) return { is: "promise" };
    const flush = this.#flushes.following(vendor, m, call);
    if (flush === undefined) return state;
    if (flush.is === "waited") return { is: "promise" };
    return flush.is === "handed" ? { is: "sent" } : { is: "queued", fate: flush.is, because: flush.place };
  }

  /** The call that a callback is an argument of, where that call runs it; undefined for what listens and for functions with a name. */
  #around(m: Module, fn: FunctionId, state: State): { readonly place: CallPlace; readonly state: State } | undefined {
    const argOf = m.facts.functions[fn]?.argOf;
    const call = argOf && m.callAt(argOf.call);
    const expr = argOf && m.expr(argOf.call);
    if (argOf === undefined || call === undefined || argOf.key !== undefined) return undefined;
    const place = { m, call };
    if (expr?.k === "call" && isLifeline(m, argOf.call))
      return { place, state: state.is === "promise" ? { is: "sent" } : state };
    if (expr?.k === "new") return { place, state };
    const member = expr?.k === "call" ? m.expr(expr.f) : undefined;
    const isChained = member?.k === "mem" && RUNS_IT.has(member.n);
    return isChained || call.use !== "dropped" ? { place, state } : undefined;
  }

  /** The function is handed to one of the repository that flushes around it: `withAnalytics(async (request) => …)`. */
  #isFlushedAround(m: Module, fn: FunctionId, vendor: string): boolean {
    return callsGiven(m, fn).some((x) => {
      const expr = m.expr(x);
      return (
        expr.k === "call" &&
        alternatives(this.#ev.value(m, expr.f)).some(
          (value) => value.k === "fn" && this.#flushes.isInside(vendor, value.m, value.fn),
        )
      );
    });
  }
}

/** The calls that a function is an argument of, written there or by its name: `withAnalytics(handler)`. */
function callsGiven(m: Module, fn: FunctionId): readonly ExprId[] {
  const inside = m.facts.functions[fn]?.argOf?.call;
  const binding = m.facts.bindings.findIndex(({ fn: own, init }) => {
    const value = init === undefined ? undefined : m.expr(init);
    return own === fn || (value?.k === "fn" && value.fn === fn);
  });
  const named = m.facts.calls.flatMap(({ x }) => {
    const expr = m.expr(x);
    const isGiven = (a: ExprId) => {
      const argument = m.expr(a);
      return argument.k === "id" && argument.b === binding;
    };
    return binding >= 0 && expr.k === "call" && expr.a.some(isGiven) ? [x] : [];
  });
  return [...(inside === undefined ? [] : [inside]), ...named];
}

/** What several calls that are one site become. */
export function joinDeliveries(calls: readonly TrackingCall[]): Pick<TrackingCall, "deliveries"> {
  const all = calls.flatMap(({ deliveries = [] }) => deliveries);
  return all.length > 0 ? { deliveries: all } : {};
}

interface Walk {
  readonly vendor: string;
  readonly legs: readonly Leg[];
  readonly delivery: SdkDelivery;
}

interface End {
  readonly state: State;
  readonly run?: ShortRun;
}

/** Methods that run the callback that they are given. */
const RUNS_IT: ReadonlySet<string> = new Set(["then", "catch", "finally", "forEach", "map", "flatMap"]);

/** What sends nothing by itself, or only later, has no start. */
function startOf(delivery: SdkDelivery, method: string): State | undefined {
  if (delivery.is === "queued" && !delivery.immediate?.includes(method)) return { is: "queued", fate: "unflushed" };
  return delivery.is === "callback" ? { is: "callback" } : { is: "promise" };
}

function endOf(state: State): { readonly fate: Delivery["fate"]; readonly because?: CallPlace } {
  switch (state.is) {
    case "queued":
      return { fate: state.fate satisfies Fate, ...(state.because && { because: state.because }) };
    case "dropped":
      return { fate: "dropped", because: state.because };
    case "callback":
      return { fate: "nothing-to-await" };
    default:
      return { fate: "sent" };
  }
}

/** A function among the arguments is told when the message has left. */
function takesCallback(ev: Evaluator, m: Module, { x }: CallFact): boolean {
  const expr = m.expr(x);
  if (expr.k !== "call") return false;
  return expr.a.some((a) => {
    if (m.expr(a).k === "fn") return true;
    return (
      m.expr(a).k === "id" &&
      alternatives(ev.value(m, a)).some(({ k }) => k === "fn" || k === "param" || k === "unknown") &&
      isResolver(m, a)
    );
  });
}

/** A parameter of the executor of a promise: `new Promise((resolve) => mixpanel.track("x", {}, resolve))`. */
function isResolver(m: Module, x: number): boolean {
  const expr = m.expr(x);
  const param = expr.k === "id" ? m.facts.bindings[expr.b]?.param : undefined;
  const argOf = param && m.facts.functions[param.fn]?.argOf;
  return argOf !== undefined && m.expr(argOf.call).k === "new";
}
