import type { ExprId } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { alternatives, type Env, identity, type Value } from "./value.ts";

/**
 * Whether a place inside a function may be reached with what its caller passes: of
 * `typeof event === "string" ? track(event) : track(event.name)` a text reaches the first call only. Only tests of the
 * function's own parameters are judged; whatever isn't certain may be.
 */
export function mayReach(ev: Evaluator, m: Module, ctx: number, env: Env): boolean {
  for (let id = ctx; id >= 0; id = m.context(id)?.parent ?? -1) {
    const context = m.context(id);
    if (context?.test === undefined || context.nullish) continue;
    if (context.cases) {
      if (context.cases.length > 0 && !mayEqual(ev, m, context.test, context.cases, env)) return false;
      continue;
    }
    const outcome = truthOf(ev, m, context.test, env);
    if (outcome !== undefined && outcome !== (context.holds ?? true)) return false;
  }
  return true;
}

/** The outcome of a test; undefined where it may be either. */
function truthOf(ev: Evaluator, m: Module, test: ExprId, env: Env): boolean | undefined {
  const expr = m.expr(test);
  switch (expr.k) {
    case "un": {
      if (expr.op !== "!") return undefined;
      const inner = truthOf(ev, m, expr.x, env);
      return inner === undefined ? undefined : !inner;
    }
    case "log": {
      if (expr.op === "??") return undefined;
      const left = truthOf(ev, m, expr.l, env);
      const right = truthOf(ev, m, expr.r, env);
      const decides = expr.op === "||";
      if (left === decides || right === decides) return decides;
      return left === undefined || right === undefined ? undefined : !decides;
    }
    case "bin": {
      const isNegated = expr.op.startsWith("!");
      if (!/^[!=]==?$/.test(expr.op)) return undefined;
      const equal = equality(ev, m, expr.l, expr.r, env);
      return equal === undefined ? undefined : equal !== isNegated;
    }
    case "id":
    case "mem":
      return isOfParam(m, test, env) ? agreed(ev.value(m, test, env), isTruthy) : undefined;
    default:
      return undefined;
  }
}

function equality(ev: Evaluator, m: Module, l: ExprId, r: ExprId, env: Env): boolean | undefined {
  const left = m.expr(l);
  const right = ev.value(m, r, env);
  if (left.k === "un" && left.op === "typeof") {
    if (right.k !== "lit" || !isOfParam(m, left.x, env)) return undefined;
    return agreed(ev.value(m, left.x, env), (v) => {
      const type = typeName(v);
      return type === undefined ? undefined : type === right.v;
    });
  }
  if ((right.k !== "lit" && right.k !== "undef") || !isOfParam(m, l, env)) return undefined;
  return agreed(ev.value(m, l, env), (v) => {
    if (v.k === "lit" || v.k === "undef") return identity(v) === identity(right);
    return isTruthy(v) ? false : undefined;
  });
}

function mayEqual(ev: Evaluator, m: Module, test: ExprId, cases: readonly ExprId[], env: Env): boolean {
  if (!isOfParam(m, test, env)) return true;
  const value = alternatives(ev.value(m, test, env));
  const labels = cases.map((x) => ev.value(m, x, env));
  if (!value.every((v) => v.k === "lit") || !labels.every((v) => v.k === "lit")) return true;
  return value.some((v) => labels.some((label) => identity(v) === identity(label)));
}

/** Whether an expression is a parameter of the function that was entered, or a part of one, and nothing writes to it. */
function isOfParam(m: Module, x: ExprId, env: Env): boolean {
  const expr = m.expr(x);
  if (expr.k === "mem") return isOfParam(m, expr.o, env);
  const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
  return binding?.param?.fn === env.fn && binding.writes.length === 0;
}

/** What all alternatives say; undefined where they differ, or one doesn't know. */
function agreed(value: Value, judge: (v: Value) => boolean | undefined): boolean | undefined {
  const [first, ...others] = alternatives(value).map(judge);
  return others.every((outcome) => outcome === first) ? first : undefined;
}

function isTruthy(value: Value): boolean | undefined {
  switch (value.k) {
    case "lit":
      return Boolean(value.v);
    case "undef":
      return false;
    case "obj":
    case "list":
    case "map":
    case "fn":
    case "cls":
    case "inst":
      return true;
    default:
      return undefined;
  }
}

function typeName(value: Value): string | undefined {
  switch (value.k) {
    case "lit":
      return value.v === null ? "object" : typeof value.v;
    case "undef":
      return "undefined";
    case "tpl":
      return "string";
    case "obj":
    case "list":
    case "map":
    case "inst":
      return "object";
    case "fn":
    case "cls":
      return "function";
    case "typed":
      return value.t === "string" || value.t === "number" || value.t === "boolean" ? value.t : undefined;
    default:
      return undefined;
  }
}
