import type { CallFact, ExprId } from "../facts/types.ts";
import type { CallPlace } from "./call-index.ts";
import { argumentsOf } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { descend } from "./roles.ts";
import { alternatives, type CallRef, type Env, type External, objectOf, unionOf, type Value } from "./value.ts";

/** What metadata is called: a member of what a middleware is given, a method that takes it, a key that holds it. */
export const META: ReadonlySet<string> = new Set(["meta", "metadata"]);
/** Functions that leave something for whoever asks for its key. */
export const WRITES: ReadonlySet<string> = new Set(["SetMetadata", "defineMetadata"]);
/** Methods that read what a decorator left, by its key. */
const REFLECTS: ReadonlySet<string> = new Set([
  "get",
  "getAll",
  "getAllAndOverride",
  "getAllAndMerge",
  "getMetadata",
  "getOwnMetadata",
]);
/** How deep a payload is searched for what is read from metadata. */
const MAX_DEPTH = 5;

/** Metadata under one key: whoever reads it gets what anybody wrote. */
export interface Channel {
  /** `meta`: written as an object's or a method's `meta`. `decorator`: left by a decorator. */
  readonly kind: "meta" | "decorator";
  /** Equal for equal keys. */
  readonly key: string;
  /** The key as a text; absent where it is no text. */
  readonly text?: string;
  /** The call that made the key, where it is no text. */
  readonly made?: CallRef;
}

/** What one place writes, as its caller's arguments have it. */
export interface Written {
  readonly channel: Channel;
  readonly value: Value;
}

/** A place that writes metadata. */
export interface Writing extends CallPlace {
  readonly wrote: (ev: Evaluator, env: Env | undefined) => Written;
}

interface Read {
  readonly channel: Channel;
  /** From what is under the key to what is read. */
  readonly path: string;
}

/** The metadata that a value is read from: `meta.track.event`, `reflector.get("track", handler)`. */
export function channelsOf(ev: Evaluator, value: Value | undefined): Channel[] {
  if (value === undefined) return [];
  return alternatives(value).flatMap((option) => readOf(ev, option)?.channel ?? []);
}

function readOf(ev: Evaluator, value: Value): Read | undefined {
  if (value.k === "param") return readOfPath(value.path);
  if (value.k !== "ext") return undefined;
  const made = value.steps.findLastIndex((step) => typeof step !== "string");
  const names = value.steps.slice(made + 1).filter((step) => typeof step === "string");
  return readOfPath(names) ?? readOfDecorator(ev, value, made, names);
}

function readOfPath(path: readonly string[]): Read | undefined {
  const at = path.findIndex((name) => META.has(name));
  const key = path[at + 1];
  if (at < 0 || key === undefined || key === "*") return undefined;
  return { channel: { kind: "meta", key, text: key }, path: path.slice(at + 2).join(".") };
}

function readOfDecorator(ev: Evaluator, value: External, made: number, names: readonly string[]): Read | undefined {
  const method = value.steps[made - 1];
  const step = value.steps[made];
  if (typeof method !== "string" || !REFLECTS.has(method) || typeof step !== "object" || !step.call) return undefined;
  const isReflector = value.steps.slice(0, made).some((name) => name === "Reflector" || name === "Reflect");
  if (!isReflector) return undefined;
  const channel = channelOfKey(argumentsOf(ev, step.call)[0]);
  return channel && { channel, path: names.join(".") };
}

/** Decorators are known by a text, or by what made them: `Reflector.createDecorator()`. */
function channelOfKey(key: Value | undefined): Channel | undefined {
  if (key?.k === "lit" && typeof key.v === "string") return { kind: "decorator", key: key.v, text: key.v };
  const made = key?.k === "ext" ? key.steps.at(-1) : undefined;
  if (typeof made !== "object" || !made.call) return undefined;
  return { kind: "decorator", key: `${made.call.m.path}:${made.call.x}`, made: made.call };
}

function isSame(a: Channel, b: Channel): boolean {
  return a.kind === b.kind && a.key === b.key;
}

/** The places that write metadata under a key, in the files searched. */
export function writingsTo(ev: Evaluator, channel: Channel): Writing[] {
  return ev.searched.flatMap((m) => (channel.kind === "meta" ? written(ev, m, channel) : decorated(ev, m, channel)));
}

/** `procedure.meta({ track: … })`, `{ meta: { track: … } }`. */
function written(ev: Evaluator, m: Module, channel: Channel): Writing[] {
  const places: Writing[] = [];
  const add = (call: CallFact, x: ExprId) => {
    const held = memberOf(ev, ev.value(m, x), channel.key);
    if (held.k === "undef" || held.k === "unknown") return;
    const wrote = (by: Evaluator, env: Env | undefined) => ({
      channel,
      value: memberOf(by, by.value(m, x, env), channel.key),
    });
    places.push({ m, call, wrote });
  };
  for (const call of m.facts.calls) {
    const expr = m.expr(call.x);
    const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
    const [first] = expr.k === "call" ? expr.a : [];
    if (callee?.k === "mem" && META.has(callee.n) && first !== undefined) add(call, first);
  }
  for (const expr of m.facts.exprs) {
    for (const prop of expr.k === "obj" ? expr.p : []) {
      if (prop.k !== "prop" || !META.has(prop.n) || m.expr(prop.v).k === "fn") continue;
      const ctx = m.facts.ctxs[prop.v] ?? 0;
      add({ x: prop.v, ctx, fn: m.context(ctx)?.fn ?? -1, use: "value" }, prop.v);
    }
  }
  return places;
}

/** `@SetMetadata("track", …)`, `Reflect.defineMetadata("track", …)`, `@Track(…)` of `Reflector.createDecorator()`. */
function decorated(ev: Evaluator, m: Module, channel: Channel): Writing[] {
  return m.facts.calls.flatMap((call): Writing[] => {
    const expr = m.expr(call.x);
    if (expr.k !== "call") return [];
    const callee = m.expr(expr.f);
    const name = m.calleeName(call.x);
    if (name !== undefined && WRITES.has(name)) {
      const key = expr.a[0] === undefined ? undefined : channelOfKey(ev.value(m, expr.a[0]));
      return key && isSame(key, channel) ? [writing(m, call, channel, 1)] : [];
    }
    if (channel.text !== undefined || callee.k !== "id") return [];
    const made = channelOfKey(ev.value(m, expr.f));
    return made && isSame(made, channel) ? [writing(m, call, channel, 0)] : [];
  });
}

function writing(m: Module, call: CallFact, channel: Channel, index: number): Writing {
  const argument = (ev: Evaluator, ref: CallRef): Value => argumentsOf(ev, ref)[index] ?? { k: "undef" };
  return { m, call, wrote: (ev, env) => ({ channel, value: argument(ev, { m, x: call.x, env }) }) };
}

/** A value with what was written in the place of what is read from metadata. */
export function filledIn(ev: Evaluator, value: Value, written: readonly Written[], depth = 0): Value {
  if (written.length === 0 || depth > MAX_DEPTH) return value;
  const inner = (part: Value) => filledIn(ev, part, written, depth + 1);
  switch (value.k) {
    case "param":
    case "ext": {
      const read = readOf(ev, value);
      const found = read && written.find(({ channel }) => isSame(channel, read.channel));
      return read && found ? descend(ev, found.value, read.path) : value;
    }
    case "union":
      return unionOf(value.of.map(inner));
    case "tpl":
      return { ...value, parts: value.parts.map((part) => (typeof part === "string" ? part : inner(part))) };
    case "obj": {
      const entries = value.entries.map((entry) =>
        "n" in entry ? { ...entry, v: inner(entry.v) } : { spread: inner(entry.spread) },
      );
      return objectOf(entries, value.at);
    }
    case "list":
      return { ...value, items: value.items.map(inner), ...(value.more && { more: inner(value.more) }) };
    default:
      return value;
  }
}
