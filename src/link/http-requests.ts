import type { Expr, ExprId } from "../facts/types.ts";
import { argumentsOf } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { alternatives, type Env, present, type Value } from "./value.ts";

/** Functions that send something to an address: `fetch`, `api.post`, `apiFetch`, `navigator.sendBeacon`. */
const SENDS = /^(?:\$?\w*fetch(?:er|Json)?|post\w*|put|patch|request|send|sendBeacon|axios|ky|got|\w*request)$/i;

/** A text that may hold such a call. */
export const NETWORK_CALL =
  /\b(?:\w*fetch(?:er|Json)?|post\w*|put|patch|\w*request|sendBeacon|axios|ky|got)\s*(?:<[^>\n]*>)?\s*\(/i;

/** Where a request's options carry its body. */
export const BODY_KEYS = ["body", "json", "data"];
/** Where a client of an HTTP library says what its addresses start with. */
const BASE_KEYS = ["baseURL", "prefixUrl", "prefix", "baseUrl"];
/** Stands in an address for a part that is not known. */
export const HOLE = "\0";

/** What may be a request: an address and what is sent there. */
export interface HttpRequest {
  /** The address as far as it is known, with `HOLE`s; empty where nothing is. */
  readonly address: string;
  /** The address as written. */
  readonly written: string;
  /** What may be sent there, likeliest first. */
  readonly bodies: readonly Value[];
}

/** A call that sends something over the network, by what is called. */
export function isNetworkCall(m: Module, x: ExprId): boolean {
  const call = m.expr(x);
  return call.k === "call" && SENDS.test(m.calleeName(x) ?? "");
}

/** The ways to read a call as a request. */
export function requestsOf(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): HttpRequest[] {
  const call = m.expr(x);
  if (call.k !== "call" || call.a.length === 0 || !SENDS.test(m.calleeName(x) ?? "")) return [];
  const base = baseOf(ev, m, call.f, env);
  const requests = call.a.slice(0, 2).map((arg, at): HttpRequest => {
    const address = addressOf(ev, m, arg, env);
    return {
      address: /^https?:/.test(address) ? address : joined(base, address),
      written: m.textOf(arg, 80),
      bodies: call.a.slice(at + 1).flatMap((body) => bodiesIn(ev, m, body, env)),
    };
  });
  // `axios({ method: "POST", url, data })`
  const [options] = call.a;
  const literal = options === undefined ? undefined : m.expr(options);
  const url = literal?.k === "obj" ? valueAt(literal, ["url"])[0] : undefined;
  if (literal?.k !== "obj" || url === undefined) return requests;
  const bodies = valueAt(literal, BODY_KEYS).map((body) => unwrapped(ev, m, body, env));
  return [{ address: joined(base, addressOf(ev, m, url, env)), written: m.textOf(url, 80), bodies }];
}

function joined(base: string, path: string): string {
  if (base === "") return path;
  return path === "" ? "" : `${base.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}

/** What the client's addresses start with: `axios.create({ baseURL })`, `ky.extend({ prefixUrl })`. */
function baseOf(ev: Evaluator, m: Module, callee: ExprId, env: Env | undefined): string {
  const expr = m.expr(callee);
  if (expr.k !== "mem" && expr.k !== "id") return "";
  const client = ev.value(m, callee, env);
  if (client.k !== "ext") return "";
  for (const step of client.steps) {
    if (typeof step === "string" || step.call === undefined) continue;
    const [options] = argumentsOf(ev, step.call);
    if (options?.k !== "obj") continue;
    for (const key of BASE_KEYS) {
      const base = memberOf(ev, options, key);
      if (base.k !== "undef") return textOf(base);
    }
  }
  return "";
}

/** An address: a text, `new URL(path, base)`, or what is made of one. */
function addressOf(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined, depth = 0): string {
  const expr = m.expr(x);
  if (depth > 4) return "";
  if (expr.k === "new" && /^(?:URL|Request)$/.test(m.textOf(expr.f, 20))) {
    const [path, base] = expr.a.map((arg) => addressOf(ev, m, arg, env, depth + 1));
    if (path === undefined || base === undefined || /^https?:/.test(path)) return path ?? "";
    return joined(base === "" ? HOLE : base, path);
  }
  if (expr.k === "call" || expr.k === "mem") {
    const owner = expr.k === "mem" ? expr : m.expr(expr.f);
    if (owner.k === "mem" && /^(?:toString|href)$/.test(owner.n)) return addressOf(ev, m, owner.o, env, depth + 1);
  }
  const init = constantOf(m, expr);
  if (init !== undefined && m.expr(init).k === "new") return addressOf(ev, m, init, env, depth + 1);
  return textOf(ev.value(m, x, env));
}

/** The known parts of a text, with `HOLE`s. */
function textOf(value: Value): string {
  const [first] = alternatives(present(value));
  if (first?.k === "lit") return String(first.v);
  if (first?.k !== "tpl") return "";
  return first.parts.map((part) => (typeof part === "string" ? part : textOf(part) || HOLE)).join("");
}

/** What is sent: `body`, `json` or `data` of the options, or an argument itself. */
function bodiesIn(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): Value[] {
  const expr = m.expr(x);
  const nested = expr.k === "obj" ? valueAt(expr, BODY_KEYS).map((body) => unwrapped(ev, m, body, env)) : [];
  return [...nested, unwrapped(ev, m, x, env)];
}

function valueAt(object: Expr & { k: "obj" }, keys: readonly string[]): ExprId[] {
  return object.p.flatMap((prop) => (prop.k === "prop" && keys.includes(prop.n) ? [prop.v] : []));
}

/** What a text or a blob was made of: `JSON.stringify(message)`, `new Blob([JSON.stringify(message)])`. */
export function unwrapped(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): Value {
  const expr = m.expr(x);
  if (expr.k === "call" && expr.a[0] !== undefined && /JSON\.stringify$/.test(m.textOf(expr.f, 40)))
    return ev.value(m, expr.a[0], env);
  if (expr.k === "new" && expr.a[0] !== undefined && m.textOf(expr.f, 10) === "Blob") {
    const parts = m.expr(expr.a[0]);
    if (parts.k === "arr" && parts.i[0] !== undefined) return unwrapped(ev, m, parts.i[0], env);
  }
  const init = constantOf(m, expr);
  if (init !== undefined && (m.expr(init).k === "call" || m.expr(init).k === "new")) return unwrapped(ev, m, init, env);
  return ev.value(m, x, env);
}

/** The initialiser of a name that is never written to. */
function constantOf(m: Module, expr: Expr): ExprId | undefined {
  const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
  return binding && binding.writes.length === 0 && !binding.path ? binding.init : undefined;
}
