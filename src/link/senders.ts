import type { CallKind } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { Sdk, SdkMethod } from "../sdks/sdk.ts";
import { keyOf, PROPERTY_KEYS } from "./by-name.ts";
import type { Evaluator } from "./evaluator.ts";
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

/** Keys that name an event by themselves; others only beside a key that carries properties. */
const EVENT_KEYS = ["event", "eventName", "event_name"] as const;
const OTHER_NAME_KEYS = ["name", "type", "action"] as const;
/** Where a request's options carry its body. */
const BODY_KEYS = ["body", "json", "data"] as const;

const HTTP: Sdk = {
  id: "http",
  vendor: "http",
  vendorName: "an HTTP endpoint",
  product: "HTTP",
  family: "http",
  platform: "both",
  status: "current",
  packages: [],
  imports: [],
  instances: [],
  starts: [],
  globals: [],
  methods: [],
  contextConsent: "unknown",
  startsCapture: false,
};

export interface Sending {
  readonly match: SinkMatch;
  /** The message that is sent. */
  readonly message: Value;
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
    const method = methodFor(ev, message, kind);
    if (method) return { match: { sdk: HTTP, methods: [method], skip: 0, receiver: [] }, message };
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

function methodFor(ev: Evaluator, message: Value, kind: CallKind): SdkMethod | undefined {
  const shared = { name: "send", kind, call: "method", verified: "memory" } as const;
  // A message that is handed on as a whole is told by who makes it.
  if (message.k === "param") {
    return kind === "track"
      ? {
          ...shared,
          layouts: [
            { roles: { event: { arg: 0, path: "event" }, properties: { arg: 0, path: "properties" }, ...IDS } },
          ],
        }
      : { ...shared, layouts: [{ roles: rolesFor(kind) }] };
  }
  if (message.k !== "obj") return undefined;
  if (kind !== "track") return { ...shared, layouts: [{ roles: rolesFor(kind) }] };
  const carrier = keyOf(ev, message, PROPERTY_KEYS);
  const key = keyOf(ev, message, EVENT_KEYS) ?? (carrier ? keyOf(ev, message, OTHER_NAME_KEYS) : undefined);
  if (key === undefined) return undefined;
  const properties = carrier ? { arg: 0, path: carrier } : { arg: 0, path: "", except: [key, "userId", "anonymousId"] };
  return { ...shared, layouts: [{ roles: { event: { arg: 0, path: key }, properties, ...IDS } }] };
}

const IDS = { userId: { arg: 0, path: "userId" }, anonymousId: { arg: 0, path: "anonymousId" } } as const;

function rolesFor(kind: CallKind): SdkMethod["layouts"][number]["roles"] {
  if (kind === "identify") return { ...IDS, traits: { arg: 0, path: "traits" } };
  if (kind === "group") return { ...IDS, groupId: { arg: 0, path: "groupId" }, traits: { arg: 0, path: "traits" } };
  if (kind === "alias") return { ...IDS, previousId: { arg: 0, path: "previousId" } };
  return { ...IDS, properties: { arg: 0, path: "properties" } };
}
