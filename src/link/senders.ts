import type { CallKind } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { eventMessage, transport } from "./event-message.ts";
import type { Module } from "./module.ts";
import type { SinkMatch } from "./sdk-match.ts";
import { alternatives, type Env, type Value } from "./value.ts";

/** Functions that send something to an address: `fetch`, `api.post`, `navigator.sendBeacon`. */
const SENDS = /(?:^|\.)(?:fetch|\$fetch|post|put|patch|request|send|sendBeacon|axios|ky|got)$/i;
/** An address that takes events. */
const ADDRESS = /analytics|telemetry/i;

/** A text that may hold such a call. */
export const SENDING_TEXT =
  /["'`](?:https?:\/\/|\/|\$\{)[^"'`\n]*(?:analytics|telemetry)[^"'`\n]*["'`]|\b\w*(?:ANALYTICS|TELEMETRY)\w*(?:URL|ENDPOINT|HOST|API)\w*\b/i;
export const NETWORK_CALL = /\b(?:fetch|post|put|patch|request|sendBeacon|axios|ky|got)\s*(?:<[^>\n]*>)?\s*\(/i;

/** Where a request's options carry its body. */
const BODY_KEYS = ["body", "json", "data"] as const;

const HTTP = transport("http", "an HTTP endpoint");

export interface Sending {
  readonly match: SinkMatch;
  /** What is sent, as the method counts its arguments. */
  readonly values: readonly Value[];
}

/** A message with an event that is sent to an address named like analytics. */
export function sendingOf(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): Sending | undefined {
  const call = m.expr(x);
  if (call.k !== "call" || call.a.length === 0 || !SENDS.test(m.textOf(call.f, 80))) return undefined;
  const at = call.a.slice(0, 2).findIndex((arg) => isAddress(ev, m, arg, env));
  const address = at < 0 ? undefined : call.a[at];
  if (address === undefined) return undefined;
  for (const message of bodiesOf(ev, m, call.a.slice(at + 1), env)) {
    const kind = kindOfAddress(ev, m, address, env);
    const method = eventMessage(ev, message, kind);
    if (method) return { match: { sdk: HTTP, methods: [method], skip: 0, receiver: [] }, values: [message] };
  }
  return undefined;
}

function isAddress(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): boolean {
  const text = addressText(ev.value(m, x, env));
  const written = m.textOf(x, 80);
  const isWrittenOut = /^["'`]?(?:https?:|\/|\$\{)/.test(written) || text.startsWith("/") || text.startsWith("http");
  if (isWrittenOut) return ADDRESS.test(text) || ADDRESS.test(written);
  return /(?:analytics|telemetry)\w*(?:url|endpoint|host|api)/i.test(written.replaceAll("_", ""));
}

/** The known parts of an address. */
function addressText(value: Value): string {
  const [first] = alternatives(value);
  if (first?.k === "lit") return String(first.v);
  if (first?.k !== "tpl") return "";
  return first.parts.map((part) => (typeof part === "string" ? part : part.k === "lit" ? String(part.v) : "")).join("");
}

function kindOfAddress(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): CallKind {
  const last =
    addressText(ev.value(m, x, env))
      .split(/[/?]/)
      .at(-1) ?? "";
  if (/identify/i.test(last)) return "identify";
  if (/alias/i.test(last)) return "alias";
  if (/^group/i.test(last)) return "group";
  return /page|location/i.test(last) ? "page" : "track";
}

/** What a call may send: its arguments after the address, `body`, `json` or `data` of its options, what `JSON.stringify` is given. */
function bodiesOf(ev: Evaluator, m: Module, args: readonly ExprId[], env: Env | undefined): Value[] {
  return args.flatMap((x) => {
    const direct = unwrapped(ev, m, x, env);
    const expr = m.expr(x);
    const nested =
      expr.k !== "obj"
        ? []
        : expr.p.flatMap((prop) =>
            prop.k === "prop" && (BODY_KEYS as readonly string[]).includes(prop.n)
              ? [unwrapped(ev, m, prop.v, env)]
              : [],
          );
    return [...nested, direct];
  });
}

function unwrapped(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): Value {
  const expr = m.expr(x);
  if (expr.k === "call" && expr.a[0] !== undefined && /JSON\.stringify$/.test(m.textOf(expr.f, 40)))
    return ev.value(m, expr.a[0], env);
  if (expr.k === "id") {
    const binding = m.facts.bindings[expr.b];
    if (
      binding?.init !== undefined &&
      binding.writes.length === 0 &&
      !binding.path &&
      m.expr(binding.init).k === "call"
    ) {
      return unwrapped(ev, m, binding.init, env);
    }
  }
  return ev.value(m, x, env);
}
