import { builtinCall } from "./builtins.ts";
import { withDeclaredType } from "./declared-type.ts";
import { type Evaluator, MAX_CALLS } from "./evaluator.ts";
import { frameworkCall } from "./frameworks.ts";
import { ANY_MEMBER, elementOf, memberOf } from "./member.ts";
import { typeOfParam } from "./param-type.ts";
import { resultOfType, typeValue } from "./type-value.ts";
import {
  alternatives,
  type CallRef,
  type Env,
  type External,
  type FunctionValue,
  present,
  stepFrom,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** The arguments of a call, spreads opened as far as they are known. */
export function argumentsOf(ev: Evaluator, ref: CallRef): Value[] {
  const call = ref.m.expr(ref.x);
  if (call.k !== "call" && call.k !== "new") return [];
  const args: Value[] = [];
  for (const x of call.a) {
    const value = ev.value(ref.m, x, ref.env);
    if (ref.m.expr(x).k !== "spread") args.push(value);
    else if (value.k === "list" && !value.more) args.push(...value.items);
    else {
      // Everything from here on is unknown, but a rest parameter handed on whole keeps its positions.
      if (value.k === "param" && value.rest) {
        for (let i = 0; i < 4; i += 1) args.push({ ...value, index: value.index + i, rest: undefined });
      }
      break;
    }
  }
  return args;
}

/** The arguments that reach the function that a call enters: `f.call(self, a)` and `f.apply(self, [a])` enter `f`. */
export function argumentsEntering(ev: Evaluator, ref: CallRef): readonly Value[] {
  const call = ref.m.expr(ref.x);
  const callee = call.k === "call" ? ref.m.expr(call.f) : undefined;
  const args = argumentsOf(ev, ref);
  if (callee?.k !== "mem" || (callee.n !== "call" && callee.n !== "apply")) return args;
  if (!alternatives(ev.value(ref.m, callee.o, ref.env)).some((v) => v.k === "fn")) return args;
  if (callee.n === "call") return args.slice(1);
  const [, list] = args;
  return list?.k === "list" && !list.more ? list.items : [];
}

/** The arguments that reach a method of a package: those that `bind` gave it first, and where `call` or `apply` have them. */
export function argumentsTo(ev: Evaluator, callee: External, ref: CallRef): readonly Value[] {
  const written = argumentsOf(ev, ref);
  const [, list] = written;
  const args =
    callee.through === "call"
      ? written.slice(1)
      : callee.through === "apply"
        ? list?.k === "list" && !list.more
          ? list.items
          : []
        : written;
  return callee.bound ? [...callee.bound, ...args] : args;
}

/** What a call gives. */
export function callResult(ev: Evaluator, callee: Value, ref: CallRef): Value {
  const target = present(callee);
  if (target.k === "union") return unionOf(target.of.map((v) => callResult(ev, v, ref)));
  const special = frameworkCall(ev, target, ref) ?? builtinCall(ev, target, ref);
  if (special) return special;
  if (target.k === "ext") return stepFrom(target, { call: ref });
  if (target.k === "fn") return invoke(ev, target, argumentsOf(ev, ref), ref.env);
  const typed = target.k === "param" ? typeOfParam(ev, target) : target;
  if (typed.k === "typed" && typed.of) return resultOfType(ev, typed.of);
  return target.k === "cls" ? construct(ev, target, ref) : UNKNOWN;
}

/** `new callee(…)`. */
export function construct(ev: Evaluator, callee: Value, ref: CallRef): Value {
  if (callee.k === "union") return unionOf(callee.of.map((v) => construct(ev, v, ref)));
  if (callee.k === "cls")
    return { k: "inst", m: callee.m, c: callee.c, args: argumentsOf(ev, ref), calls: ref.env?.depth };
  if (callee.k !== "ext") return UNKNOWN;
  const builtin = callee.pkg === undefined && callee.steps.length === 1 ? callee.steps[0] : undefined;
  switch (builtin) {
    case "Date":
      return { k: "typed", t: "date" };
    case "Proxy":
      return proxied(ev, ref);
    case "Promise":
      return promised(ev, ref);
    case "Map":
      return mapped(ev, ref);
    case "Set": {
      const [items] = argumentsOf(ev, ref);
      return { k: "list", items: [], ...(items && { more: elementOf(ev, items, UNKNOWN) }) };
    }
    default:
      return stepFrom(callee, { call: ref, created: true });
  }
}

/** `new Map([["a", x]])`; of an empty one its type arguments tell. */
function mapped(ev: Evaluator, ref: CallRef): Value {
  const call = ref.m.expr(ref.x);
  const type = call.k === "new" ? call.t?.[1] : undefined;
  const pair = elementOf(ev, argumentsOf(ev, ref)[0] ?? UNKNOWN, UNKNOWN);
  const held = elementOf(ev, pair, { k: "lit", v: 1 });
  return { k: "map", of: withDeclaredType(ev, ref.m, held, type) };
}

/** `new Proxy(target, { get: (_, key) => inner()[key] })` is what its handler reads members of, else its target. */
function proxied(ev: Evaluator, ref: CallRef): Value {
  const [target = UNKNOWN, handler = UNKNOWN] = argumentsOf(ev, ref);
  const get = handler.k === "obj" ? memberOf(ev, handler, "get") : UNKNOWN;
  if (get.k !== "fn") return target;
  const read = alternatives(invoke(ev, get, [target, UNKNOWN, target], ref.env));
  const inner = read.flatMap((v) => (v.k === "ext" && v.steps.at(-1) === ANY_MEMBER ? [beforeLast(v)] : []));
  return inner.length > 0 ? unionOf(inner) : target;
}

function beforeLast(value: External): External {
  return { ...value, steps: value.steps.slice(0, -1) };
}

/** `new Promise((resolve) => resolve(x))`. */
function promised(ev: Evaluator, ref: CallRef): Value {
  const executor = argumentsOf(ev, ref)[0];
  if (executor?.k !== "fn") return UNKNOWN;
  const { m, fn } = executor;
  const resolve = m.facts.functions[fn]?.params[0]?.b ?? -1;
  const values = m.facts.calls.flatMap((call) => {
    const expr = m.expr(call.x);
    if (expr.k !== "call") return [];
    const callee = m.expr(expr.f);
    return callee.k === "id" && callee.b === resolve && expr.a[0] !== undefined ? [ev.value(m, expr.a[0])] : [];
  });
  return values.length > 0 ? unionOf(values) : UNKNOWN;
}

/** What a function of the repository returns for these arguments. */
export function invoke(ev: Evaluator, target: FunctionValue, args: readonly Value[], from?: Env): Value {
  const fact = target.m.facts.functions[target.fn];
  if (fact === undefined) return UNKNOWN;
  const depth = (from?.depth ?? 0) + 1;
  if (!fact.body || depth > MAX_CALLS || isRecursive(target, from) || !ev.mayEnter()) {
    return fact.returnType ? typeValue(ev, target.m, fact.returnType) : UNKNOWN;
  }
  const env = enter(target, args, depth);
  if (fact.returns.length === 0) return UNDEFINED;
  const result = unionOf(fact.returns.map((r) => ev.value(target.m, r.x, env)));
  return withDeclaredType(ev, target.m, result, fact.returnType);
}

/** The environment of a function's body for these arguments. */
export function enter(target: FunctionValue, args: readonly Value[], depth: number): Env {
  return {
    m: target.m,
    fn: target.fn,
    args: target.bound ? [...target.bound, ...args] : args,
    self: target.self,
    parent: target.env,
    depth,
  };
}

function isRecursive(target: FunctionValue, from: Env | undefined): boolean {
  for (let frame = from; frame; frame = frame.parent) if (frame.fn === target.fn && frame.m === target.m) return true;
  return false;
}
