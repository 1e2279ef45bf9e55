import type { Condition, Guard } from "../calls/types.ts";
import type { ContextId, ExprId, FunctionId } from "../facts/types.ts";
import { enter } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { toStatic } from "./static-value.ts";
import { alternatives, type Env, type Value } from "./value.ts";

const MAX_OPENED = 5;
const COMPARISONS: Readonly<Record<string, "===" | "!==" | "<" | "<=" | ">" | ">=" | "in" | "instanceof">> = {
  "==": "===",
  "===": "===",
  "!=": "!==",
  "!==": "!==",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  in: "in",
  instanceof: "instanceof",
};

/**
 * The conditions that hold whenever a context is entered, outermost first.
 *
 * @param how that of guards inside wrappers and factories; default: as the code has it
 * @param outside context at which to stop
 */
export function guardsOf(
  ev: Evaluator,
  m: Module,
  ctx: ContextId,
  env: Env | undefined,
  how?: Guard["how"],
  outside = -1,
): Guard[] {
  const guards: Guard[] = [];
  for (let id = ctx; id >= 0 && id !== outside; id = m.context(id)?.parent ?? -1) {
    const context = m.context(id);
    if (context?.test === undefined || context.nullish) continue;
    const { test } = context;
    const shared = {
      at: m.rangeOf(test),
      text: m.textOf(test, 120),
      how: how ?? (context.early ? "early-exit" : "around"),
    } as const;
    const condition = conditionOf(ev, m, test, env);
    if (context.cases === undefined) {
      guards.push({ condition, holds: context.holds ?? true, ...shared });
    } else if (context.cases.length > 0) {
      const of = context.cases.map(
        (x): Condition => ({ kind: "compare", op: "===", left: condition, right: conditionOf(ev, m, x, env) }),
      );
      guards.push({ condition: of.length === 1 ? (of[0] as Condition) : { kind: "or", of }, holds: true, ...shared });
    }
  }
  return guards.reverse();
}

/** An expression as a condition; functions of the repository are opened, constants are followed. */
export function conditionOf(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined, depth = 0): Condition {
  const expr = m.expr(x);
  const inner = (id: ExprId) => conditionOf(ev, m, id, env, depth);
  switch (expr.k) {
    case "log":
      return { kind: expr.op === "&&" ? "and" : "or", of: [inner(expr.l), inner(expr.r)] };
    case "un":
      if (expr.op === "!") return { kind: "not", of: inner(expr.x) };
      return expr.op === "typeof" ? { kind: "typeof", of: inner(expr.x) } : { kind: "unknown", text: m.textOf(x) };
    case "bin": {
      const op = COMPARISONS[expr.op];
      return op
        ? { kind: "compare", op, left: inner(expr.l), right: inner(expr.r) }
        : { kind: "unknown", text: m.textOf(x) };
    }
    case "cond":
      return {
        kind: "or",
        of: [
          { kind: "and", of: [inner(expr.t), inner(expr.a)] },
          { kind: "and", of: [{ kind: "not", of: inner(expr.t) }, inner(expr.b)] },
        ],
      };
    case "lit":
      return { kind: "literal", value: expr.v };
    case "undef":
      return { kind: "literal", value: undefined };
    case "as":
      return inner(expr.x);
    case "await": {
      const condition = inner(expr.x);
      return condition.kind === "call" ? { ...condition, awaited: true } : condition;
    }
    case "call":
      return callCondition(ev, m, x, env, depth);
    case "id":
    case "glob":
    case "mem":
    case "idx":
      return valueCondition(ev, m, x, env, depth);
    default:
      return { kind: "unknown", text: m.textOf(x) };
  }
}

/** A name as written, without optional chaining. */
export function nameOf(m: Module, x: ExprId): string {
  const expr = m.expr(x);
  switch (expr.k) {
    case "id":
      return m.facts.bindings[expr.b]?.name ?? "";
    case "glob":
      return expr.n;
    case "mem":
      return `${nameOf(m, expr.o)}.${expr.n}`;
    case "idx":
      return `${nameOf(m, expr.o)}[${m.textOf(expr.i, 40)}]`;
    case "this":
      return "this";
    case "call":
      return `${nameOf(m, expr.f)}()`;
    case "as":
    case "await":
      return nameOf(m, expr.x);
    default:
      return m.textOf(x, 40);
  }
}

function packageOf(value: Value): string | undefined {
  for (const option of alternatives(value)) if (option.k === "ext" && option.pkg !== undefined) return option.pkg;
  return undefined;
}

function callCondition(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined, depth: number): Condition {
  const call = m.expr(x);
  if (call.k !== "call") return { kind: "unknown", text: m.textOf(x) };
  const callee = ev.value(m, call.f, env);
  const target = alternatives(callee).find((v) => v.k === "fn");
  const pkg = packageOf(callee);
  const fact = target?.k === "fn" ? target.m.facts.functions[target.fn] : undefined;
  // What a check is given and where a value comes from is no reason to read further files; what it calls is.
  const args = call.a.map((arg) => ev.among.value(m, arg, env));
  const opened =
    target?.k === "fn" && depth < MAX_OPENED
      ? returned(ev, target.m, target.fn, enter(target, args, depth + 1), depth + 1)
      : undefined;
  return {
    kind: "call",
    name: nameOf(m, call.f),
    args: args.map((value) => toStatic(ev, value, 4)),
    ...(pkg !== undefined && { package: pkg }),
    awaited: false,
    ...(fact && {
      async: fact.async,
      declaredAt: (target as { m: Module }).m.range(fact.nameAt, fact.nameAt + fact.name.length),
    }),
    ...(opened && { opened }),
    at: m.rangeOf(x),
  };
}

/** What a function returns: an `or` over its returns, each with the conditions on the way. */
function returned(ev: Evaluator, m: Module, fn: FunctionId, env: Env, depth: number): Condition | undefined {
  const fact = m.facts.functions[fn];
  if (fact === undefined || fact.returns.length === 0 || fact.returns.length > 12) return undefined;
  const of = fact.returns.map((r): Condition => {
    const conditions = withinFunction(ev, m, r.ctx, fact.ctx, env, depth);
    const value = conditionOf(ev, m, r.x, env, depth);
    return conditions.length === 0 ? value : { kind: "and", of: [...conditions, value] };
  });
  return of.length === 1 ? of[0] : { kind: "or", of };
}

function withinFunction(
  ev: Evaluator,
  m: Module,
  ctx: ContextId,
  body: ContextId,
  env: Env,
  depth: number,
): Condition[] {
  const conditions: Condition[] = [];
  for (let id = ctx; id >= 0 && id !== body; id = m.context(id)?.parent ?? -1) {
    const context = m.context(id);
    if (context?.test === undefined || context.nullish || context.cases) continue;
    const condition = conditionOf(ev, m, context.test, env, depth);
    conditions.unshift(context.holds === false ? { kind: "not", of: condition } : condition);
  }
  return conditions;
}

function valueCondition(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined, depth: number): Condition {
  const value = ev.among.value(m, x, env);
  const pkg = packageOf(value);
  const opened = depth < MAX_OPENED ? openedValue(ev, m, x, env, depth + 1) : undefined;
  return {
    kind: "value",
    name: nameOf(m, x),
    ...(pkg !== undefined && { package: pkg }),
    ...(opened && { opened }),
    at: m.rangeOf(x),
  };
}

/** The initialiser of the constant behind a name, or the part of a hook's result that it takes. */
function openedValue(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined, depth: number): Condition | undefined {
  const expr = m.expr(x);
  if (expr.k !== "id") return undefined;
  const binding = m.facts.bindings[expr.b];
  if (binding === undefined) return undefined;
  if (binding.kind === "import") return importedCondition(ev, m, x, env, depth);
  if (binding.init === undefined || binding.each) return undefined;
  const init = m.expr(binding.init);
  if (binding.path === undefined)
    return init.k === "fn" || init.k === "obj" ? undefined : conditionOf(ev, m, binding.init, env, depth);
  // `const { hasConsent } = useConsent()`, `const [accepted] = useState(readChoice())`
  const condition = conditionOf(ev, m, binding.init, env, depth);
  if (condition.kind !== "call") return undefined;
  const step = binding.path[0];
  const name = step && "key" in step ? `${condition.name}().${step.key}` : condition.name;
  const state = /(?:^|\.)use(?:State|Reducer|Ref)$/.test(condition.name);
  if (state) {
    const argument = init.k === "call" && init.a[0] !== undefined ? init.a[0] : undefined;
    const initial = argument === undefined ? undefined : m.expr(argument);
    return argument !== undefined && (initial?.k === "call" || initial?.k === "log")
      ? conditionOf(ev, m, argument, env, depth)
      : undefined;
  }
  const { opened: _, ...rest } = condition;
  return { ...rest, name };
}

/** A constant of another file. */
function importedCondition(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  env: Env | undefined,
  depth: number,
): Condition | undefined {
  const value = ev.value(m, x, env);
  const at = "at" in value ? value.at : undefined;
  if (at === undefined || at.m === m) return undefined;
  const target = at.m.facts.bindings.find(
    (binding) =>
      binding.init !== undefined && at.m.facts.starts[binding.init] === at.s && at.m.facts.ends[binding.init] === at.e,
  );
  return target?.init === undefined ? undefined : conditionOf(ev, at.m, target.init, undefined, depth);
}
