import { argumentsOf, invoke } from "./call-result.ts";
import { macroCall } from "./component-macros.ts";
import type { Evaluator } from "./evaluator.ts";
import { asList, methodOfList, methodOfMap } from "./list-methods.ts";
import { elementOf } from "./member.ts";
import { entriesOf, fromEntries, keysOf, valuesOf } from "./object-parts.ts";
import { typeOfParam } from "./param-type.ts";
import { methodOfText } from "./text-methods.ts";
import { type CallRef, type External, objectOf, present, UNKNOWN, type Value, type ValueType } from "./value.ts";

const GLOBAL_RESULTS: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ["Number", "number"],
  ["Boolean", "boolean"],
  ["parseInt", "number"],
  ["parseFloat", "number"],
  ["encodeURIComponent", "string"],
  ["Date.now", "number"],
  ["Date.parse", "number"],
  ["JSON.stringify", "string"],
  ["Array.isArray", "boolean"],
  ["performance.now", "number"],
  ["crypto.randomUUID", "string"],
]);

/** Calls of what the language itself has; undefined where it is none. */
export function builtinCall(ev: Evaluator, callee: Value, ref: CallRef): Value | undefined {
  const call = ref.m.expr(ref.x);
  if (call.k !== "call") return undefined;
  const target = ref.m.expr(call.f);
  if (callee.k === "ext" && callee.pkg === undefined) return globalCall(ev, callee.steps, ref);
  if (target.k !== "mem") return undefined;
  const receiver = ev.value(ref.m, target.o, ref.env);
  if (callee.k === "fn" && receiver.k === "fn") return functionMethod(ev, callee, target.n, ref);
  if (callee.k === "ext" && target.n === "bind") return boundMethod(ev, callee, ref);
  if (callee.k !== "unknown" && callee.k !== "param") return undefined;
  return methodOfValue(ev, present(receiver), target.n, ref);
}

function globalCall(ev: Evaluator, steps: External["steps"], ref: CallRef): Value | undefined {
  if (!steps.every((step) => typeof step === "string")) return undefined;
  const name = steps.join(".");
  const type = GLOBAL_RESULTS.get(name);
  if (type) return { k: "typed", t: type };
  if (name.startsWith("Math.")) return { k: "typed", t: "number" };
  switch (name) {
    case "Object.freeze":
    case "Object.seal":
    case "structuredClone":
    case "Promise.resolve":
      return argumentsOf(ev, ref)[0] ?? UNKNOWN;
    case "Object.assign":
      return objectOf(argumentsOf(ev, ref).map((spread) => ({ spread })));
    case "Object.keys":
      return keysOf(ev, argumentsOf(ev, ref)[0] ?? UNKNOWN);
    case "Object.values":
      return valuesOf(ev, argumentsOf(ev, ref)[0] ?? UNKNOWN);
    case "Object.fromEntries":
      return fromEntries(argumentsOf(ev, ref)[0] ?? UNKNOWN);
    case "JSON.parse":
      return copied(ev, ref);
    case "Object.entries":
      return entriesOf(ev, argumentsOf(ev, ref)[0] ?? UNKNOWN);
    case "Array.from": {
      const [from = UNKNOWN] = argumentsOf(ev, ref);
      return asList(ev, from) ?? { k: "list", items: [], more: elementOf(ev, from, UNKNOWN) };
    }
    case "String":
      return asText(argumentsOf(ev, ref)[0] ?? UNKNOWN);
    case "Reflect.get": {
      const [object = UNKNOWN, key = UNKNOWN] = argumentsOf(ev, ref);
      return elementOf(ev, object, key);
    }
    case "require": {
      const call = ref.m.expr(ref.x);
      const specifier = call.k === "call" && call.a[0] !== undefined ? ref.m.expr(call.a[0]) : undefined;
      if (specifier?.k !== "lit" || typeof specifier.v !== "string") return UNKNOWN;
      return ev.imported(ref.m, specifier.v, "=");
    }
    default:
      return macroCall(ev, name, ref);
  }
}

/** `JSON.parse(JSON.stringify(x))` is `x`, but for what JSON doesn't have. */
function copied(ev: Evaluator, { m, x, env }: CallRef): Value | undefined {
  const call = m.expr(x);
  const [text] = call.k === "call" ? call.a : [];
  const inner = text === undefined ? undefined : m.expr(text);
  const [copy] = inner?.k === "call" ? inner.a : [];
  if (inner?.k !== "call" || copy === undefined || m.textOf(inner.f) !== "JSON.stringify") return undefined;
  return ev.value(m, copy, env);
}

function asText(value: Value): Value {
  return value.k === "lit" ? { k: "lit", v: String(value.v), at: value.at } : { k: "typed", t: "string" };
}

/** `f.bind(this, a)`, `f.call(this, a)`, `f.apply(this, list)`. */
function functionMethod(ev: Evaluator, callee: Value & { k: "fn" }, name: string, ref: CallRef): Value | undefined {
  const args = argumentsOf(ev, ref);
  if (name === "bind") {
    const self = args[0];
    const keepsSelf = self === undefined || self.k === "unknown" || self.k === "undef" || self.k === "lit";
    return { ...callee, ...(keepsSelf ? {} : { self }), ...(args.length > 1 && { bound: args.slice(1) }) };
  }
  if (name === "call") return invoke(ev, callee, args.slice(1), ref.env);
  if (name === "apply") return invoke(ev, callee, args[1]?.k === "list" ? args[1].items : [], ref.env);
  return undefined;
}

/** `sdk.track.bind(sdk)` is `sdk.track`. */
function boundMethod(ev: Evaluator, callee: External, ref: CallRef): Value {
  const bound = argumentsOf(ev, ref).slice(1);
  return { ...callee, steps: callee.steps.slice(0, -1), ...(bound.length > 0 && { bound }) };
}

function methodOfValue(ev: Evaluator, receiver: Value, name: string, ref: CallRef): Value | undefined {
  if (name === "then" || name === "catch" || name === "finally") return settled(ev, receiver, name, ref);
  if (receiver.k === "map") return methodOfMap(receiver.of, name);
  const list = asList(ev, receiver);
  if (list) return methodOfList(ev, list, name, ref);
  return methodOfText(ev, receiver.k === "param" ? present(typeOfParam(ev, receiver)) : receiver, name, ref);
}

/** What `promise.then(f)` gives is what `f` gives. */
function settled(ev: Evaluator, receiver: Value, name: string, ref: CallRef): Value | undefined {
  if (name !== "then") return receiver;
  const handler = argumentsOf(ev, ref)[0];
  return handler?.k === "fn" ? invoke(ev, handler, [receiver], ref.env) : undefined;
}
