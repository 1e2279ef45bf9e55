import type { CallFact, ExprId, FunctionId } from "../facts/types.ts";
import { type CallPlace, functionKey } from "./call-index.ts";
import { argumentsOf } from "./call-result.ts";
import { DOM, type Emitter, emittersOf, isSameEmitter } from "./emitters.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import type { TableKind } from "./table.ts";
import { alternatives, type Env, objectOf, present, UNDEFINED, UNKNOWN, unionOf, type Value } from "./value.ts";

/** Methods that take a listener, and those that hand something to listeners. */
const LISTENS: ReadonlySet<string> = new Set(
  "on once addListener prependListener addEventListener subscribe listen $on onAny event".split(" "),
);
export const EMITS: ReadonlySet<string> = new Set(
  "emit emitAsync dispatchEvent publish trigger fire next $emit dispatch notify broadcast".split(" "),
);
/** A listener for every event is told the event's name first. */
const ANY_EVENT = "*";

/** A function that is called with what is emitted. */
export interface Listening {
  readonly m: Module;
  /** The emitter; undefined where a decorator says what is listened to. */
  readonly emitter: ExprId | undefined;
  /** The event; undefined where the emitter has only one. */
  readonly name: ExprId | undefined;
  /** What the method is called. */
  readonly by: string;
}

interface Emission {
  readonly m: Module;
  readonly call: CallFact;
  readonly emitter: ExprId;
}

const LISTENERS: TableKind<Listening> = {
  entriesOf: (ev, m) => [...registered(ev, m), ...decorated(m)],
};
/** All that is emitted, under one key. */
const EVERY = "";
const EMISSIONS: TableKind<Emission> = {
  *entriesOf(_, m) {
    for (const call of m.facts.calls) {
      const method = methodOf(m, calleeOf(m, call.x));
      if (method && EMITS.has(method.name)) yield [EVERY, { m, call, emitter: method.emitter }];
    }
  },
};
/** The calls that reach a listener. */
const EMISSIONS_TO = {};

/** What a function listens to. */
export function listeningsOf(ev: Evaluator, m: Module, fn: FunctionId): readonly Listening[] {
  return ev.table(LISTENERS).get(functionKey(m, fn));
}

/** The calls that hand something to a function because it listens: `bus.emit("purchase", order)`. */
export function emissionsTo(ev: Evaluator, m: Module, fn: FunctionId): readonly CallPlace[] {
  return ev.keep(
    EMISSIONS_TO,
    functionKey(m, fn),
    () => {
      ev.restOn(m);
      return listeningsOf(ev, m, fn).flatMap((listening) => emissionsFor(ev, listening));
    },
    [],
  );
}

/** A listener entered with all that any emission hands to it; undefined where none is known. */
export function heardBy(ev: Evaluator, m: Module, fn: FunctionId): Env | undefined {
  const handed = emissionsTo(ev, m, fn).flatMap((place) => {
    const args = place.hands?.(ev, undefined);
    return args ? [args] : [];
  });
  if (handed.length === 0) return undefined;
  const count = Math.max(...handed.map((args) => args.length));
  const args = Array.from({ length: count }, (_, i) => unionOf(handed.map((list) => list[i] ?? UNDEFINED)));
  return { m, fn, args, depth: 0 };
}

/** `bus.on("purchase", handler)`, `subject.subscribe(handler)`: the handler's key. */
function* registered(ev: Evaluator, m: Module): Iterable<[string, Listening]> {
  for (const { x } of m.facts.calls) {
    const expr = m.expr(x);
    const method = expr.k === "call" ? methodOf(m, expr.f) : undefined;
    if (expr.k !== "call" || method === undefined || !LISTENS.has(method.name)) continue;
    const [first, second] = expr.a;
    if (first === undefined) continue;
    const alone = handlersOf(ev, m, first);
    const handlers = alone.length > 0 || second === undefined ? alone : handlersOf(ev, m, second);
    const name = alone.length > 0 ? undefined : first;
    for (const handler of handlers) yield [handler, { m, emitter: method.emitter, name, by: method.name }];
  }
}

function handlersOf(ev: Evaluator, m: Module, x: ExprId): string[] {
  if (m.expr(x).k === "lit" || m.expr(x).k === "tpl") return [];
  return alternatives(ev.among.value(m, x)).flatMap((v) => (v.k === "fn" ? [functionKey(v.m, v.fn)] : []));
}

/** NestJS: `@OnEvent("user.created") handle(event) { … }`. */
function* decorated(m: Module): Iterable<[string, Listening]> {
  for (const [fn, fact] of m.facts.functions.entries()) {
    for (const decorator of fact.decorators ?? []) {
      const expr = m.expr(decorator);
      const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
      if (expr.k !== "call" || callee?.k !== "id" || m.facts.bindings[callee.b]?.name !== "OnEvent") continue;
      yield [functionKey(m, fn), { m, emitter: undefined, name: expr.a[0], by: "OnEvent" }];
    }
  }
}

/** The method that is called and what it is called on; a function that stands for itself is called on its file. */
function methodOf(m: Module, callee: ExprId): { readonly name: string; readonly emitter: ExprId } | undefined {
  const expr = m.expr(callee);
  if (expr.k === "mem") return { name: expr.n, emitter: expr.o };
  const name = expr.k === "id" ? m.facts.bindings[expr.b]?.name : expr.k === "glob" ? expr.n : undefined;
  return name === undefined ? undefined : { name, emitter: callee };
}

/** The emitter that a decorator's listeners are called by. */
const OF_DECORATOR: Emitter = { kinds: ["EventEmitter2"] };

/** What is listened to: the emitters. */
export function emittersHeard(ev: Evaluator, { m, emitter, by }: Listening): readonly Emitter[] {
  if (emitter === undefined) return [OF_DECORATOR];
  return by === "addEventListener" ? [DOM] : emittersOf(ev, present(ev.value(m, emitter)));
}

function emissionsFor(ev: Evaluator, listening: Listening): CallPlace[] {
  const heard = emittersHeard(ev, listening);
  if (heard.length === 0) return [];
  const names = listening.name === undefined ? undefined : textsOf(ev.value(listening.m, listening.name));
  if (names?.length === 0) return [];
  return ev
    .table(EMISSIONS)
    .get(EVERY)
    .flatMap((emission) => {
      const { m, call, emitter } = emission;
      if (namesFit(ev, emission, names, undefined) === false) return [];
      const isDom = methodOf(m, calleeOf(m, call.x))?.name === "dispatchEvent";
      const emitters = isDom ? [DOM] : emittersOf(ev, present(ev.value(m, emitter)));
      if (!emitters.some((a) => heard.some((b) => isSameEmitter(a, b)))) return [];
      return [{ m, call, hands: (by, env) => handed(by, emission, names, listening.by, env) }];
    });
}

function calleeOf(m: Module, x: ExprId): ExprId {
  const expr = m.expr(x);
  return expr.k === "call" ? expr.f : -1;
}

/** Whether an emission is of one of these events; undefined where a caller decides. */
function namesFit(
  ev: Evaluator,
  { m, call }: Emission,
  names: readonly string[] | undefined,
  env: Env | undefined,
): boolean | undefined {
  if (names === undefined || names.includes(ANY_EVENT)) return true;
  const expr = m.expr(call.x);
  const [first] = expr.k === "call" ? expr.a : [];
  if (first === undefined) return false;
  const value = ev.value(m, first, env);
  const name = domEvent(ev, value)?.name ?? value;
  if (textsOf(name).some((text) => names.includes(text))) return true;
  return alternatives(name).some((v) => v.k === "param") ? undefined : false;
}

/** What an emission hands to a listener of these events; undefined where it is of another event. */
function handed(
  ev: Evaluator,
  emission: Emission,
  names: readonly string[] | undefined,
  by: string,
  env: Env | undefined,
): readonly Value[] | undefined {
  const { m, call } = emission;
  if (namesFit(ev, emission, names, env) === false) return undefined;
  const args = argumentsOf(ev, { m, x: call.x, env });
  const event = domEvent(ev, args[0] ?? UNKNOWN);
  if (event) return [event.value];
  return names === undefined || names.includes(ANY_EVENT) || by === "onAny" ? args : args.slice(1);
}

/** `new CustomEvent("purchase", { detail })`. */
function domEvent(ev: Evaluator, value: Value): { readonly name: Value; readonly value: Value } | undefined {
  const [symbol, made] = value.k === "ext" && value.pkg === undefined ? value.steps : [];
  if ((symbol !== "CustomEvent" && symbol !== "Event") || typeof made !== "object" || !made.call) return undefined;
  const { call } = made;
  const [name = UNKNOWN, options = UNDEFINED] = argumentsOf(ev, call);
  const at = { m: call.m, s: call.m.facts.starts[call.x] ?? 0, e: call.m.facts.ends[call.x] ?? 0 };
  const detail = options.k === "obj" ? memberOf(ev, options, "detail") : UNKNOWN;
  const fields = [
    { n: "type", v: name, at },
    { n: "detail", v: detail, at },
  ];
  return { name, value: objectOf(fields, at) };
}

function textsOf(value: Value): string[] {
  return alternatives(value).flatMap((v) => (v.k === "lit" && typeof v.v === "string" ? [v.v] : []));
}
