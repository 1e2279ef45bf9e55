import { argumentsOf, invoke } from "./call-result.ts";
import { componentProps } from "./declaration-value.ts";
import type { Evaluator } from "./evaluator.ts";
import { elementOf } from "./member.ts";
import { concatenate } from "./text-value.ts";
import {
  alternatives,
  type CallRef,
  type External,
  type ObjectValue,
  objectOf,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
  type ValueType,
} from "./value.ts";

/** Methods of strings, arrays, objects and functions that the language has, by name: what they give. */
const RESULT_TYPES: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ["toString", "string"],
  ["toISOString", "string"],
  ["toLocaleString", "string"],
  ["toFixed", "string"],
  ["join", "string"],
  ["slice", "string"],
  ["substring", "string"],
  ["padStart", "string"],
  ["padEnd", "string"],
  ["replace", "string"],
  ["replaceAll", "string"],
  ["charAt", "string"],
  ["getTime", "number"],
  ["valueOf", "number"],
  ["indexOf", "number"],
  ["includes", "boolean"],
  ["startsWith", "boolean"],
  ["endsWith", "boolean"],
  ["some", "boolean"],
  ["every", "boolean"],
  ["split", "array"],
]);

const TEXT_CHANGES: ReadonlyMap<string, (text: string) => string> = new Map<string, (text: string) => string>([
  ["toLowerCase", (text) => text.toLowerCase()],
  ["toUpperCase", (text) => text.toUpperCase()],
  ["trim", (text) => text.trim()],
  ["toString", (text) => text],
]);

const GLOBAL_RESULTS: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ["String", "string"],
  ["Number", "number"],
  ["Boolean", "boolean"],
  ["parseInt", "number"],
  ["parseFloat", "number"],
  ["encodeURIComponent", "string"],
  ["Date.now", "number"],
  ["Date.parse", "number"],
  ["JSON.stringify", "string"],
  ["Object.keys", "array"],
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
  return methodOfValue(ev, receiver, target.n, ref);
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
    case "Object.values": {
      const [object] = argumentsOf(ev, ref);
      return object?.k === "obj" ? { k: "list", items: valuesOf(object) } : UNKNOWN;
    }
    case "Object.entries": {
      const [object] = argumentsOf(ev, ref);
      if (object?.k !== "obj") return UNKNOWN;
      const items = object.entries.flatMap((e): Value[] =>
        "n" in e ? [{ k: "list", items: [{ k: "lit", v: e.n, at: e.at }, e.v] }] : [],
      );
      return { k: "list", items };
    }
    case "$props":
    case "defineProps":
      return componentProps(ref.m, ref.env);
    case "withDefaults": {
      const [props = UNKNOWN, defaults = UNKNOWN] = argumentsOf(ev, ref);
      return props.k === "obj" && defaults.k === "obj" ? withDefaults(props, defaults) : props;
    }
    case "$state":
    case "$state.raw":
    case "$derived":
      return argumentsOf(ev, ref)[0] ?? UNKNOWN;
    case "require": {
      const call = ref.m.expr(ref.x);
      const specifier = call.k === "call" && call.a[0] !== undefined ? ref.m.expr(call.a[0]) : undefined;
      if (specifier?.k !== "lit" || typeof specifier.v !== "string") return UNKNOWN;
      return ev.imported(ref.m, specifier.v, "=");
    }
    default:
      return undefined;
  }
}

/** What Vue fills in where a usage leaves a prop out. */
function withDefaults(props: ObjectValue, defaults: ObjectValue): ObjectValue {
  const fallback = new Map(defaults.entries.flatMap((entry) => ("n" in entry ? [[entry.n, entry] as const] : [])));
  const entries = props.entries.map((entry) => {
    const other = "n" in entry ? fallback.get(entry.n) : undefined;
    if (other === undefined || !("n" in entry)) return entry;
    fallback.delete(entry.n);
    const missing = alternatives(entry.v).some((v) => v.k === "undef");
    return missing
      ? { ...entry, v: unionOf([...alternatives(entry.v).filter((v) => v.k !== "undef"), other.v]) }
      : entry;
  });
  return objectOf([...fallback.values(), ...entries], props.at);
}

function valuesOf(object: ObjectValue): Value[] {
  return object.entries.flatMap((e) => ("n" in e ? [e.v] : []));
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
  if (receiver.k === "map") return methodOfMap(receiver.of, name);
  if (receiver.k === "list") return methodOfList(ev, receiver, name, ref);
  const change = TEXT_CHANGES.get(name);
  if (change) {
    return unionOf(
      alternatives(receiver).map((v): Value => {
        if (v.k === "lit" && typeof v.v === "string") return { k: "lit", v: change(v.v), at: v.at };
        return { k: "typed", t: "string", at: "at" in v ? v.at : undefined };
      }),
    );
  }
  if (name === "concat" && alternatives(receiver).some((v) => v.k === "lit" || v.k === "tpl")) {
    const { m, x } = ref;
    return concatenate([receiver, ...argumentsOf(ev, ref)], { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
  }
  if (name === "then" || name === "catch" || name === "finally") return settled(ev, receiver, name, ref);
  const type = RESULT_TYPES.get(name);
  return type ? { k: "typed", t: type } : undefined;
}

/** What `promise.then(f)` gives is what `f` gives. */
function settled(ev: Evaluator, receiver: Value, name: string, ref: CallRef): Value | undefined {
  if (name !== "then") return receiver;
  const handler = argumentsOf(ev, ref)[0];
  return handler?.k === "fn" ? invoke(ev, handler, [receiver], ref.env) : undefined;
}

function methodOfMap(held: Value, name: string): Value | undefined {
  if (name === "get") return unionOf([held, UNDEFINED]);
  if (name === "values") return { k: "list", items: [], more: held };
  return name === "has" ? { k: "typed", t: "boolean" } : undefined;
}

function methodOfList(ev: Evaluator, list: Value & { k: "list" }, name: string, ref: CallRef): Value | undefined {
  const args = argumentsOf(ev, ref);
  switch (name) {
    case "join": {
      const separator = args[0]?.k === "lit" ? String(args[0].v) : args[0] === undefined ? "," : undefined;
      if (separator === undefined || list.more) return { k: "typed", t: "string" };
      const parts = list.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
      const { m, x } = ref;
      return concatenate(parts, { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
    }
    case "map": {
      const mapper = args[0];
      if (mapper?.k !== "fn") return { k: "list", items: [], more: UNKNOWN };
      return {
        k: "list",
        items: list.items.map((item) => invoke(ev, mapper, [item], ref.env)),
        more: list.more && UNKNOWN,
      };
    }
    case "find":
    case "at":
    case "pop":
    case "shift":
      return elementOf(ev, list, UNKNOWN);
    case "filter":
    case "slice":
    case "concat":
    case "reverse":
    case "sort":
      return {
        k: "list",
        items: [],
        more: unionOf([...list.items, ...(list.more ? [list.more] : []), ...(name === "concat" ? args : [])]),
      };
    default: {
      const type = RESULT_TYPES.get(name);
      return type ? { k: "typed", t: type } : undefined;
    }
  }
}
