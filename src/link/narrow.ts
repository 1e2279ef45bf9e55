import type { ExprId } from "../facts/types.ts";
import type { Module } from "./module.ts";
import { alternatives, present, type Value } from "./value.ts";

/** Without `undefined` and `null` where a condition on the way to the read rules them out: `if (user.team) …`. */
export function narrowed(m: Module, x: ExprId, value: Value): Value {
  const isOpen = value.k === "param" && !value.present;
  if (!isOpen && present(value) === value) return value;
  const name = pathOf(m, x);
  if (name === undefined) return value;
  for (let id = m.facts.ctxs[x] ?? -1; id >= 0; id = m.context(id)?.parent ?? -1) {
    const context = m.context(id);
    if (context?.test === undefined || context.cases || context.nullish) continue;
    if (rulesOut(m, context.test, context.holds ?? true, name) && !isWrittenBetween(m, x, context.test))
      return value.k === "param" ? { ...value, present: true } : present(value);
  }
  return value;
}

/** A name with its members, equal for equal reads: `#3.team.id`; undefined for anything else. */
function pathOf(m: Module, x: ExprId): string | undefined {
  const expr = m.expr(x);
  switch (expr.k) {
    case "id":
      return `#${expr.b}`;
    case "glob":
      return expr.n;
    case "this":
      return "this";
    case "mem": {
      const object = pathOf(m, expr.o);
      return object && `${object}.${expr.n}`;
    }
    case "as":
      return pathOf(m, expr.x);
    default:
      return undefined;
  }
}

/** Whether a test with this outcome says that something is there. */
function rulesOut(m: Module, test: ExprId, holds: boolean, name: string): boolean {
  const expr = m.expr(test);
  switch (expr.k) {
    case "id":
    case "glob":
    case "mem":
    case "as":
      return holds && isAbout(m, test, name);
    case "un":
      return expr.op === "!" && rulesOut(m, expr.x, !holds, name);
    case "log": {
      if (expr.op === "??") return false;
      const left = rulesOut(m, expr.l, holds, name);
      const right = rulesOut(m, expr.r, holds, name);
      return (expr.op === "&&") === holds ? left || right : left && right;
    }
    case "bin":
      return comparisonRulesOut(m, expr.op, expr.l, expr.r, holds, name);
    case "call": {
      // `Boolean(x)`, `x?.startsWith("a")`
      const callee = m.expr(expr.f);
      if (callee.k === "mem") return holds && isAbout(m, callee.o, name);
      return (
        callee.k === "glob" && callee.n === "Boolean" && expr.a[0] !== undefined && rulesOut(m, expr.a[0], holds, name)
      );
    }
    default:
      return false;
  }
}

/** What is tested is the thing itself or a part of it: `user.team.id` is there only where `user.team` is. */
function isAbout(m: Module, x: ExprId, name: string): boolean {
  const path = pathOf(m, x);
  return path !== undefined && (path === name || path.startsWith(`${name}.`));
}

function comparisonRulesOut(m: Module, op: string, l: ExprId, r: ExprId, holds: boolean, name: string): boolean {
  if (op === "!==" || op === "!=") return comparisonRulesOut(m, op.replace("!", "="), l, r, !holds, name);
  const left = m.expr(l);
  const right = m.expr(r);
  if (op !== "===" && op !== "==") return holds && /^[<>]=?$|^instanceof$/.test(op) && isAbout(m, l, name);
  // `typeof x === "string"`, `typeof x !== "undefined"`
  if (left.k === "un" && left.op === "typeof")
    return right.k === "lit" && holds === (right.v !== "undefined") && isAbout(m, left.x, name);
  const isNothing = right.k === "undef" || (right.k === "lit" && right.v === null);
  if (isNothing) return !holds && pathOf(m, l) === name;
  return holds && (right.k === "lit" || right.k === "mem") && isAbout(m, l, name);
}

/** Whether the name got another value after the test. */
function isWrittenBetween(m: Module, x: ExprId, test: ExprId): boolean {
  let root = m.expr(x);
  while (root.k === "mem" || root.k === "as") root = m.expr(root.k === "mem" ? root.o : root.x);
  if (root.k !== "id") return false;
  const binding = m.facts.bindings[root.b];
  const from = m.facts.starts[test] ?? 0;
  const to = m.facts.starts[x] ?? 0;
  const fn = m.context(m.facts.ctxs[test] ?? -1)?.fn;
  return (binding?.writes ?? []).some((w) => (w.pos > from && w.pos < to) || m.context(w.ctx)?.fn !== fn);
}

/** Whether a value may be `undefined` or `null`. */
export function mayBeMissing(value: Value): boolean {
  return alternatives(value).some((v) => v.k === "undef" || (v.k === "lit" && v.v === null));
}
