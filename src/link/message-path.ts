import type { ExprId, PathStep } from "../facts/types.ts";
import type { Module } from "./module.ts";

/** A part of what a handler is given: the argument of the sender that it was, and the way into it. */
export interface MessagePath {
  /** Of a request its body is argument 0; of a channel arguments count from the channel's name. */
  readonly arg: number;
  readonly path: readonly string[];
}

/** Names of what a server's handler is given for a request. */
const REQUEST = /^(?:req|request|ctx|context|c|event|evt|opts)$/i;
const REQUEST_PARTS = new Set(["body", "query", "params", "rawBody"]);
const READS_BODY = new Set(["json", "formData", "text", "valid"]);
/** Parameter decorators of NestJS, routing-controllers and tsoa. */
const REQUEST_DECORATOR = /^(?:Body|Query|QueryParam|Param|Req|Request|MessageBody|Payload)\b/;
/** Functions that read or check a body that they are given. */
const HANDS_BODY = /(?:^|\.)(?:(?:safe)?parse(?:Async)?|validate|readBody|readValidatedBody|JSON\.parse)$/;

/** What takes messages of other processes, windows, workers and extensions: its callback is given what was sent. */
const RECEIVES =
  /(?:^|\.)(?:onDidReceiveMessage|onNotification|onRequest)$|\bon(?:Message|MessageExternal|Connect)\.addListener$|(?:ipc\w*|socket|port|parentPort|worker|channel|connection|io|process)\.(?:on|once|handle|handleOnce)$|^(?:self|window)?\.?addEventListener$/i;
/** Those whose callback is given an event before what was sent. */
const GIVES_EVENT = /ipc\w*\.\w+$/i;

/** The part of a request or of a message of another process that an expression reads; undefined where it reads none. */
export function messagePath(m: Module, x: ExprId, depth = 0): MessagePath | undefined {
  if (depth > 8) return undefined;
  const expr = m.expr(x);
  const inner = (id: ExprId) => messagePath(m, id, depth + 1);
  switch (expr.k) {
    case "await":
    case "as":
    case "spread":
      return inner(expr.x);
    case "log":
      return inner(expr.l);
    case "mem": {
      if (REQUEST_PARTS.has(expr.n) && isRequest(m, expr.o)) return WHOLE;
      if (expr.n === "data" && isMessageEvent(m, expr.o)) return WHOLE;
      if (expr.n === "input" && isProcedureArgument(m, expr.o)) return WHOLE;
      return inPath(inner(expr.o), [expr.n]);
    }
    case "idx":
      return inner(expr.o);
    case "call": {
      const callee = m.expr(expr.f);
      if (callee.k === "mem" && READS_BODY.has(callee.n) && isRequest(m, callee.o)) return WHOLE;
      // `schema.parse(await req.json())`, `await readBody(event)`
      const callText = m.textOf(expr.f, 80);
      if (!HANDS_BODY.test(callText)) return undefined;
      const [first] = expr.a;
      if (/readBody|readValidatedBody/.test(callText))
        return first !== undefined && isRequest(m, first) ? WHOLE : undefined;
      return expr.a.map(inner).find((path) => path !== undefined);
    }
    case "id":
      return ofName(m, expr.b, depth);
    default:
      return undefined;
  }
}

const WHOLE: MessagePath = { arg: 0, path: [] };

function inPath(path: MessagePath | undefined, keys: readonly string[]): MessagePath | undefined {
  return path && { ...path, path: [...path.path, ...keys] };
}

function ofName(m: Module, b: number, depth: number): MessagePath | undefined {
  const binding = m.facts.bindings[b];
  if (binding === undefined) return undefined;
  const keys = keysOf(binding.path ?? []);
  if (binding.param === undefined) {
    const read = binding.init === undefined || binding.each ? undefined : messagePath(m, binding.init, depth + 1);
    if (read || binding.init === undefined) return inPath(read, keys);
    // `const { body } = req`
    const [part, ...rest] = keys;
    return part !== undefined && REQUEST_PARTS.has(part) && isRequest(m, binding.init)
      ? { arg: 0, path: rest }
      : undefined;
  }
  const { fn, index } = binding.param;
  const [part, ...rest] = keys;
  const decorator = m.facts.functions[fn]?.params[index]?.decorators?.find((d) =>
    REQUEST_DECORATOR.test(m.textOf(d, 40)),
  );
  if (decorator !== undefined) {
    const call = m.expr(decorator);
    const key = call.k === "call" && call.a[0] !== undefined ? m.expr(call.a[0]) : undefined;
    return { arg: 0, path: [...(key?.k === "lit" ? [String(key.v)] : []), ...keys] };
  }
  const offset = receives(m, fn);
  if (offset === "event") return part === "data" ? { arg: 0, path: rest } : undefined;
  if (offset !== undefined) return index < offset ? undefined : { arg: index - offset, path: keys };
  if (part === "input" && isProcedure(m, fn)) return { arg: 0, path: rest };
  return part !== undefined && REQUEST_PARTS.has(part) ? { arg: 0, path: rest } : undefined;
}

function keysOf(path: readonly PathStep[]): string[] {
  return path.flatMap((step) => ("key" in step ? [step.key] : []));
}

/**
 * How many arguments the callback of a channel is given before what was sent; `event` where it is given an event that
 * carries it. Undefined where a function is no such callback.
 */
export function receives(m: Module, fn: number): number | "event" | undefined {
  const argOf = m.facts.functions[fn]?.argOf;
  const call = argOf && m.expr(argOf.call);
  if (argOf === undefined || call?.k !== "call" || argOf.key !== undefined) return undefined;
  const callee = m.textOf(call.f, 80);
  if (!RECEIVES.test(callee)) return undefined;
  const first = call.a[0] === undefined ? undefined : m.expr(call.a[0]);
  if (callee.endsWith("addEventListener")) return first?.k === "lit" && first.v === "message" ? "event" : undefined;
  return GIVES_EVENT.test(callee) ? 1 : 0;
}

/** `.mutation(({ input }) => …)`: a procedure of tRPC. */
export function isProcedure(m: Module, fn: number): boolean {
  const argOf = m.facts.functions[fn]?.argOf;
  const call = argOf && m.expr(argOf.call);
  const callee = call?.k === "call" ? m.expr(call.f) : undefined;
  return callee?.k === "mem" && /^(?:mutation|query|action|handler)$/.test(callee.n);
}

function isProcedureArgument(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  const param = expr.k === "id" ? m.facts.bindings[expr.b]?.param : undefined;
  return param !== undefined && isProcedure(m, param.fn);
}

/** `window.addEventListener("message", (event) => … event.data …)`: what another window posted. */
function isMessageEvent(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
  const type = binding?.type?.k === "ref" ? binding.type.n : "";
  return binding?.param !== undefined && (type === "MessageEvent" || /^(?:event|evt|message|e)$/i.test(binding.name));
}

function isRequest(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  if (expr.k === "id") {
    const binding = m.facts.bindings[expr.b];
    return binding?.kind === "param" && REQUEST.test(binding.name);
  }
  return expr.k === "mem" && REQUEST.test(expr.n);
}
