import type { Expr, ExprId } from "../facts/types.ts";
import { BODY_KEYS, isNetworkCall } from "./http-requests.ts";
import { messagePath } from "./message-path.ts";
import type { Module } from "./module.ts";
import type { Arrival } from "./trace.ts";

/**
 * A call whose name or whole payload comes from a request, or from a message of another process: it passes on what
 * somebody else decides.
 *
 * @param name the expression at the call that gives the event's name, where it has one
 */
export function isRelay(arrival: Arrival, name: ExprId | undefined): boolean {
  const [first] = arrival.route.legs;
  const call = first?.m.expr(first.call.x);
  if (first === undefined || call?.k !== "call") return false;
  const { m } = first;
  const isReceived = (x: ExprId) => messagePath(m, x) !== undefined;
  if (name !== undefined && m.expr(name).k !== "obj" && isReceived(name)) return true;
  return call.a.some((x) => {
    const argument = m.expr(x);
    if (argument.k === "obj" && isNetworkCall(m, first.call.x) && handsOnBody(m, argument)) return true;
    if (argument.k !== "obj") return (name === undefined || arrival.method.kind !== "track") && isReceived(x);
    // The message may be built around the body: `{ userId, ...req.body }`.
    return argument.p.some((prop) => prop.k === "spread" && isReceived(prop.x));
  });
}

/** `fetch(upstream, { method: "POST", body: request.body })` */
function handsOnBody(m: Module, options: Expr & { k: "obj" }): boolean {
  return options.p.some((prop) => {
    if (prop.k !== "prop" || !BODY_KEYS.includes(prop.n)) return false;
    const body = m.expr(prop.v);
    const isText = body.k === "call" && body.a[0] !== undefined && /JSON\.stringify$/.test(m.textOf(body.f, 40));
    return messagePath(m, isText ? (body.a[0] as ExprId) : prop.v) !== undefined;
  });
}
