import type { CallFact, Expr, ExprId } from "../facts/types.ts";
import type { Module } from "./module.ts";

/**
 * What becomes of the promise that a call gives: it is awaited, it is the result of the function, the platform waits for
 * it (`waitUntil`, `after`), it is kept for something that can't be followed, or nobody has it.
 */
export type PromiseUse = "awaited" | "returned" | "handed" | "kept" | "dropped";

/** Functions that make the platform wait for a promise, or for what a callback returns. */
const LIFELINE = /(?:^|\.)(?:unstable_)?(?:waitUntil|after)$/;
const CHAINED: ReadonlySet<string> = new Set(["then", "catch", "finally"]);
const JOINED: ReadonlySet<string> = new Set(["all", "allSettled", "race", "any"]);

export function isLifeline(m: Module, callee: ExprId): boolean {
  return LIFELINE.test(m.textOf(callee, 200));
}

/** @param member where in the result the promise is */
export function promiseUse(m: Module, x: ExprId, member?: string): PromiseUse {
  const shape = shapeOf(m);
  let at = x;
  if (member !== undefined) {
    const parent = shape.parents.get(x);
    const expr = parent === undefined ? undefined : m.expr(parent);
    // What is awaited without its promise is not waited for; what is returned or kept may be asked for it later.
    if (parent === undefined || expr?.k !== "mem" || expr.n !== member) {
      const use = shape.calls.get(x)?.use;
      return use === "await" || use === "dropped" ? "dropped" : "kept";
    }
    at = parent;
  }
  for (let step = 0; step < 20; step += 1) {
    const known = knownUse(shape.calls.get(at));
    if (known) return known;
    if (shape.returned.has(at)) return "returned";
    const parent = shape.parents.get(at);
    if (parent === undefined) return "kept";
    const next = through(m, at, parent, shape);
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
function through(m: Module, at: ExprId, parent: ExprId, shape: Shape): PromiseUse | ExprId {
  const expr = m.expr(parent);
  switch (expr.k) {
    case "await":
      return "awaited";
    case "as":
    case "cond":
    case "log":
    case "arr":
    case "spread":
      return parent;
    case "un":
      return expr.op === "void" ? "dropped" : "kept";
    case "mem": {
      const call = shape.parents.get(parent);
      const outer = call === undefined ? undefined : m.expr(call);
      return call !== undefined && CHAINED.has(expr.n) && outer?.k === "call" && outer.f === parent ? call : "kept";
    }
    case "call": {
      if (expr.f === at) return "kept";
      if (isLifeline(m, expr.f)) return "handed";
      const callee = m.expr(expr.f);
      const of = callee.k === "mem" ? m.expr(callee.o) : undefined;
      return callee.k === "mem" && of?.k === "glob" && of.n === "Promise" && JOINED.has(callee.n) ? parent : "kept";
    }
    default:
      return "kept";
  }
}

interface Shape {
  readonly parents: ReadonlyMap<ExprId, ExprId>;
  readonly calls: ReadonlyMap<ExprId, CallFact>;
  readonly returned: ReadonlySet<ExprId>;
}

const SHAPES = new WeakMap<Module, Shape>();

function shapeOf(m: Module): Shape {
  const known = SHAPES.get(m);
  if (known) return known;
  const parents = new Map<ExprId, ExprId>();
  for (const [x, expr] of m.facts.exprs.entries()) for (const child of childrenOf(expr)) parents.set(child, x);
  const shape = {
    parents,
    calls: new Map(m.facts.calls.map((call) => [call.x, call])),
    returned: new Set(m.facts.functions.flatMap(({ returns }) => returns.map(({ x }) => x))),
  };
  SHAPES.set(m, shape);
  return shape;
}

/** The call at an expression. */
export function callAt(m: Module, x: ExprId): CallFact | undefined {
  return shapeOf(m).calls.get(x);
}

function childrenOf(expr: Expr): readonly ExprId[] {
  switch (expr.k) {
    case "mem":
      return [expr.o];
    case "call":
    case "new":
      return [expr.f, ...expr.a];
    case "spread":
    case "await":
    case "un":
    case "as":
      return [expr.x];
    case "arr":
    case "seq":
      return expr.i;
    case "cond":
      return [expr.a, expr.b];
    case "log":
    case "bin":
      return [expr.l, expr.r];
    case "asg":
      return [expr.v];
    case "obj":
      return expr.p.map((prop) => (prop.k === "spread" ? prop.x : prop.v));
    default:
      return [];
  }
}
