import type { CallFact, ExprId } from "../facts/types.ts";
import { lifelines } from "../sdks/index.ts";
import type { Module } from "./module.ts";

/**
 * What becomes of the promise that a call gives: it is awaited, it is the result of the function, the platform waits for
 * it (`waitUntil`, `after`), it is kept for something that can't be followed, or nobody has it.
 */
export type PromiseUse = "awaited" | "returned" | "handed" | "kept" | "dropped";

const CHAINED: ReadonlySet<string> = new Set(["then", "catch", "finally"]);
const JOINED: ReadonlySet<string> = new Set(["all", "allSettled", "race", "any"]);

/** Whether a call makes the platform wait for what it is given. */
export function isLifeline(m: Module, call: ExprId): boolean {
  return lifelines.has(m.calleeName(call) ?? "");
}

/** @param member where in the result the promise is */
export function promiseUse(m: Module, x: ExprId, member?: string): PromiseUse {
  let at = x;
  if (member !== undefined) {
    const parent = m.parentOf(x);
    const expr = parent === undefined ? undefined : m.expr(parent);
    // What is awaited without its promise is not waited for; what is returned or kept may be asked for it later.
    if (parent === undefined || expr?.k !== "mem" || expr.n !== member) {
      const use = m.callAt(x)?.use;
      return use === "await" || use === "dropped" ? "dropped" : "kept";
    }
    at = parent;
  }
  for (let step = 0; step < 20; step += 1) {
    const known = knownUse(m.callAt(at));
    if (known) return known;
    if (isReturned(m, at)) return "returned";
    const parent = m.parentOf(at);
    if (parent === undefined) return "kept";
    const next = through(m, at, parent);
    if (typeof next === "string") return next;
    at = next;
  }
  return "kept";
}

function knownUse(call: CallFact | undefined): PromiseUse | undefined {
  switch (call?.use) {
    case "await":
      return "awaited";
    case "return":
      return "returned";
    case "dropped":
      return "dropped";
    default:
      return undefined;
  }
}

/** The use of a promise, or the expression that has it next. */
function through(m: Module, at: ExprId, parent: ExprId): PromiseUse | ExprId {
  const expr = m.expr(parent);
  switch (expr.k) {
    case "await":
      return "awaited";
    case "cond":
      return expr.t === at ? "kept" : parent;
    case "as":
    case "log":
    case "arr":
    case "spread":
      return parent;
    case "un":
      return expr.op === "void" ? "dropped" : "kept";
    case "mem": {
      const call = m.parentOf(parent);
      const outer = call === undefined ? undefined : m.expr(call);
      return call !== undefined && CHAINED.has(expr.n) && outer?.k === "call" && outer.f === parent ? call : "kept";
    }
    case "call": {
      if (expr.f === at) return "kept";
      if (isLifeline(m, parent)) return "handed";
      const callee = m.expr(expr.f);
      const of = callee.k === "mem" ? m.expr(callee.o) : undefined;
      return callee.k === "mem" && of?.k === "glob" && of.n === "Promise" && JOINED.has(callee.n) ? parent : "kept";
    }
    default:
      return "kept";
  }
}

const RETURNED = new WeakMap<Module, ReadonlySet<ExprId>>();

function isReturned(m: Module, x: ExprId): boolean {
  let returned = RETURNED.get(m);
  if (returned === undefined) {
    returned = new Set(m.facts.functions.flatMap(({ returns }) => returns.map((one) => one.x)));
    RETURNED.set(m, returned);
  }
  return returned.has(x);
}
