import type { ContextId, FunctionId } from "../facts/types.ts";
import { type CallIndex, type CallPlace, functionKey } from "./call-index.ts";
import type { Module } from "./module.ts";
import { isLifeline, type PromiseUse, promiseUse } from "./promise-use.ts";
import type { Arrival } from "./trace.ts";

/** How far outwards a flush is followed: `shutdownAnalytics()` flushes too. */
const MAX_DEPTH = 5;

interface FlushPlace extends CallPlace {
  readonly use: PromiseUse;
}

/** The best that a function does for what was queued before it came to its end. */
export interface FollowingFlush {
  readonly is: "waited" | "handed" | "sometimes" | "unawaited";
  readonly place: CallPlace;
}

const RANK: readonly FollowingFlush["is"][] = ["unawaited", "sometimes", "handed", "waited"];

/** Where the queues of SDKs are emptied: calls of their flush, and calls of what calls it. */
export class Flushes {
  readonly #index: CallIndex;
  /** By vendor and the key of the function that they stand in. */
  readonly #places = new Map<string, FlushPlace[]>();

  constructor(index: CallIndex, arrivals: readonly Arrival[]) {
    this.#index = index;
    for (const { match, method, route } of arrivals) {
      const last = route.legs.at(-1);
      if (method.kind !== "flush" || last === undefined) continue;
      this.#note(match.sdk.vendor, last, match.sdk.delivery?.promiseAt, 0, new Set());
    }
  }

  /** What empties the queue after a call, in the function around the call. */
  following(vendor: string, m: Module, call: CallPlace["call"]): FollowingFlush | undefined {
    const places = this.#places.get(`${vendor}:${functionKey(m, call.fn)}`) ?? [];
    const found = places.flatMap((place) => {
      const is = relationOf(m, call, place);
      return is === undefined ? [] : [{ is, place }];
    });
    return found.sort((a, b) => RANK.indexOf(b.is) - RANK.indexOf(a.is))[0];
  }

  /** Whether a function, or one inside it, flushes. */
  isInside(vendor: string, m: Module, fn: FunctionId): boolean {
    return m.facts.functions.some(
      (_, inner) => isWithin(m, inner, fn) && this.#places.has(`${vendor}:${functionKey(m, inner)}`),
    );
  }

  #note(vendor: string, place: CallPlace, promiseAt: string | undefined, depth: number, seen: Set<string>): void {
    const { m, call } = place;
    const id = `${m.path}:${call.x}`;
    if (depth > MAX_DEPTH || seen.has(id)) return;
    seen.add(id);
    this.#add(vendor, { ...place, use: promiseUse(m, call.x, promiseAt) });
    if (call.fn < 0) return;
    const around = callAround(m, call.fn);
    if (around) {
      const expr = m.expr(around.x);
      const isHanded = expr.k === "call" && isLifeline(m, around.x);
      if (isHanded) this.#add(vendor, { m, call: around, use: "handed" });
      else if (around.use !== "dropped" || expr.k === "new")
        this.#note(vendor, { m, call: around }, undefined, depth + 1, seen);
      return;
    }
    for (const caller of this.#index.callersOf(functionKey(m, call.fn)))
      this.#note(vendor, caller, undefined, depth + 1, seen);
  }

  #add(vendor: string, place: FlushPlace): void {
    const key = `${vendor}:${functionKey(place.m, place.call.fn)}`;
    const list = this.#places.get(key);
    if (list) list.push(place);
    else this.#places.set(key, [place]);
  }
}

/** The call that a callback is an argument of. */
function callAround(m: Module, fn: FunctionId): CallPlace["call"] | undefined {
  const argOf = m.facts.functions[fn]?.argOf;
  return argOf === undefined || argOf.key !== undefined ? undefined : m.callAt(argOf.call);
}

function isWithin(m: Module, inner: FunctionId, outer: FunctionId): boolean {
  for (let id = inner; id >= 0; id = m.facts.functions[id]?.parent ?? -1) if (id === outer) return true;
  return false;
}

function relationOf(m: Module, call: CallPlace["call"], flush: FlushPlace): FollowingFlush["is"] | undefined {
  if (exclude(m, call.ctx, flush.call.ctx)) return undefined;
  const isSure = runsWith(m, call.ctx, flush);
  // The platform runs it after the handler, wherever it was handed over.
  if (flush.use === "handed") return isSure ? "handed" : "sometimes";
  const pos = m.facts.ends[call.x] ?? 0;
  const at = m.facts.starts[flush.call.x] ?? 0;
  const isFinally = finallyOf(m, flush.call.ctx) !== undefined;
  if (at < pos && !isFinally && !sharesLoop(m, call.ctx, flush.call.ctx)) return undefined;
  if (flush.use === "dropped") return "unawaited";
  return isSure && (isFinally || !leavesBetween(m, call, flush, pos, at)) ? "waited" : "sometimes";
}

/** Whether a flush runs whenever the call does, as far as conditions tell. */
function runsWith(m: Module, call: ContextId, flush: FlushPlace): boolean {
  const own = m.textOf(flush.call.x, 400);
  for (let id = flush.call.ctx; id >= 0 && !m.encloses(id, call); id = m.context(id)?.parent ?? -1) {
    const context = m.context(id);
    if (context === undefined) break;
    if (context.try === "catch" || context.loop) return false;
    if (context.test === undefined) continue;
    const text = m.textOf(context.test, 200);
    // `if (client) await client.shutdown()`: where there is no client nothing was queued.
    const isOwn = /^!*[\w.]+$/.test(text) && own.includes(text.replace(/^!+/, ""));
    if (!isOwn && !holdsAround(m, call, text, context.holds)) return false;
  }
  return true;
}

/** The same test, written again, holds around a place. */
function holdsAround(m: Module, ctx: ContextId, test: string, holds: boolean | undefined): boolean {
  for (let id = ctx; id >= 0; id = m.context(id)?.parent ?? -1) {
    const context = m.context(id);
    if (context?.test !== undefined && context.holds === holds && m.textOf(context.test, 200) === test) return true;
  }
  return false;
}

function finallyOf(m: Module, ctx: ContextId): ContextId | undefined {
  for (let id = ctx; id >= 0; id = m.context(id)?.parent ?? -1) if (m.context(id)?.try === "finally") return id;
  return undefined;
}

function sharesLoop(m: Module, a: ContextId, b: ContextId): boolean {
  for (let id = a; id >= 0; id = m.context(id)?.parent ?? -1) if (m.context(id)?.loop && m.encloses(id, b)) return true;
  return false;
}

/** Two places that stand in different branches of one test. */
function exclude(m: Module, a: ContextId, b: ContextId): boolean {
  for (let id = a; id >= 0; id = m.context(id)?.parent ?? -1) {
    const one = m.context(id);
    if (one?.test === undefined) continue;
    for (let other = b; other >= 0; other = m.context(other)?.parent ?? -1) {
      const two = m.context(other);
      if (two?.test === one.test && id !== other && (one.cases ? one.cases !== two?.cases : one.holds !== two?.holds))
        return true;
    }
  }
  return false;
}

/** Whether the function may return between the call and the flush. */
function leavesBetween(m: Module, call: CallPlace["call"], flush: FlushPlace, from: number, to: number): boolean {
  const returns = m.facts.functions[call.fn]?.returns ?? [];
  return returns.some(
    ({ x, ctx, pos }) =>
      pos > from && (m.facts.ends[x] ?? 0) <= to && !exclude(m, call.ctx, ctx) && !exclude(m, ctx, flush.call.ctx),
  );
}
