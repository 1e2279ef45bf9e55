import type { ExprId } from "../facts/types.ts";
import type { Module } from "./module.ts";
import type { Arrival } from "./trace.ts";

/** Names of what a server's handler is given for a request. */
const REQUEST = /^(?:req|request|ctx|context|c|event|evt)$/i;
const REQUEST_PARTS = new Set(["body", "query", "params", "rawBody"]);
const READS_BODY = new Set(["json", "formData", "text"]);
/** Parameter decorators of NestJS, routing-controllers and tsoa. */
const REQUEST_DECORATOR = /^(?:Body|Query|QueryParam|Param|Req|Request|MessageBody)\b/;

/**
 * A call whose name or whole payload comes from a request: it passes on what somebody else decides.
 *
 * @param name the expression at the call that gives the event's name, where it has one
 */
export function isRelay(arrival: Arrival, name: ExprId | undefined): boolean {
  const [first] = arrival.route.legs;
  const call = first?.m.expr(first.call.x);
  if (first === undefined || call?.k !== "call") return false;
  const { m } = first;
  if (name !== undefined && m.expr(name).k !== "obj" && comesFromRequest(m, name)) return true;
  return call.a.some((x) => {
    const argument = m.expr(x);
    if (argument.k !== "obj") return (name === undefined || arrival.method.kind !== "track") && comesFromRequest(m, x);
    // The message may be built around the body: `{ userId, ...req.body }`.
    return argument.p.some((prop) => prop.k === "spread" && comesFromRequest(m, prop.x));
  });
}

/** Whether an expression reads the body, query or parameters of a request, or a part of them. */
export function comesFromRequest(m: Module, x: ExprId, depth = 0): boolean {
  if (depth > 8) return false;
  const expr = m.expr(x);
  const inner = (id: ExprId) => comesFromRequest(m, id, depth + 1);
  switch (expr.k) {
    case "await":
    case "as":
    case "spread":
      return inner(expr.x);
    case "mem": {
      if (REQUEST_PARTS.has(expr.n) && isRequest(m, expr.o)) return true;
      if (expr.n === "data" && isMessageEvent(m, expr.o)) return true;
      return inner(expr.o);
    }
    case "idx":
      return inner(expr.o);
    case "call": {
      const callee = m.expr(expr.f);
      if (callee.k !== "mem") return false;
      if (READS_BODY.has(callee.n) && isRequest(m, callee.o)) return true;
      // `schema.parse(await req.json())`
      return /^(?:safe)?parse(?:Async)?$|^validate$/.test(callee.n) && expr.a.some(inner);
    }
    case "id": {
      const binding = m.facts.bindings[expr.b];
      if (binding?.param) {
        if (isReceiving(m, binding.param.fn)) return true;
        const fact = m.facts.functions[binding.param.fn]?.params[binding.param.index];
        const [step] = binding.path ?? [];
        if (step && "key" in step && REQUEST_PARTS.has(step.key)) return true;
        return fact?.decorators?.some((d) => REQUEST_DECORATOR.test(m.textOf(d, 40))) ?? false;
      }
      return binding?.init !== undefined && !binding.each && inner(binding.init);
    }
    default:
      return false;
  }
}

/** `window.addEventListener("message", (event) => … event.data …)`: what another window posted. */
function isMessageEvent(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
  const type = binding?.type?.k === "ref" ? binding.type.n : "";
  return binding?.param !== undefined && (type === "MessageEvent" || /^(?:event|evt|message)$/i.test(binding.name));
}

/** What takes messages of other processes, windows, workers and extensions: its callback is given what was sent. */
const RECEIVES =
  /(?:^|\.)(?:onDidReceiveMessage|onNotification|onRequest)$|\bon(?:Message|MessageExternal|Connect)\.addListener$|(?:ipc\w*|socket|port|parentPort|worker|channel|connection|io|process)\.(?:on|once|handle|handleOnce)$|^(?:self|window)?\.?addEventListener$/i;

/** Whether a function is the callback of such a call. An event of a channel is called `message`, or by the channel's name. */
export function isReceiving(m: Module, fn: number): boolean {
  const argOf = m.facts.functions[fn]?.argOf;
  const call = argOf && m.expr(argOf.call);
  if (argOf === undefined || call?.k !== "call" || argOf.key !== undefined) return false;
  const callee = m.textOf(call.f, 80);
  if (!RECEIVES.test(callee)) return false;
  const first = call.a[0] === undefined ? undefined : m.expr(call.a[0]);
  return !callee.endsWith("addEventListener") || (first?.k === "lit" && first.v === "message");
}

function isRequest(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  if (expr.k === "id") {
    const binding = m.facts.bindings[expr.b];
    return binding?.kind === "param" && REQUEST.test(binding.name);
  }
  return expr.k === "mem" && REQUEST.test(expr.n);
}
