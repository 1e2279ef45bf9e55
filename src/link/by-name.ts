import type { CallKind } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { Sdk, SdkMethod } from "../sdks/sdk.ts";
import type { Evaluator } from "./evaluator.ts";
import { fieldOf } from "./member.ts";
import type { Module } from "./module.ts";
import { typeOfParam } from "./param-type.ts";
import type { SinkMatch } from "./sdk-match.ts";
import { reach } from "./sdk-match.ts";
import { alternatives, type Env, type ObjectValue, type Value } from "./value.ts";

/** What a receiver, or its type, is called that can only be a tracker. See DESIGN: chosen on 19 repositories. */
const RECEIVER =
  /^[_#$]?(?:analytics|telemetry|tracking|tracker|segment|posthog|mixpanel|amplitude|rudder\w*|snowplow|plausible|umami|jitsu|openpanel)(?:service|client|sdk|instance|writer|provider|api|reporter|logger)?$/i;

const VERBS: ReadonlyMap<string, CallKind> = new Map<string, CallKind>([
  ["track", "track"],
  ["trackEvent", "track"],
  ["capture", "track"],
  ["captureEvent", "track"],
  ["logEvent", "track"],
  ["sendEvent", "track"],
  ["recordEvent", "track"],
  ["logUsage", "track"],
  ["sendTelemetryEvent", "track"],
  ["identify", "identify"],
  ["alias", "alias"],
  ["group", "group"],
  ["groupIdentify", "group"],
  ["page", "page"],
  ["pageView", "page"],
  ["logPageView", "page"],
  ["screen", "screen"],
]);

/** A text that may hold such a call. */
export const NAMED_CALL =
  /\b(?:analytics|telemetry|tracking|tracker|segment|posthog|mixpanel|amplitude|rudder\w*|snowplow|plausible|umami|jitsu|openpanel)(?:service|client|sdk|instance|writer|provider|api|reporter|logger)?\s*[?!]?\s*\.\s*(?:track|trackEvent|capture|captureEvent|logEvent|sendEvent|recordEvent|logUsage|sendTelemetryEvent|identify|alias|group|groupIdentify|page|pageView|logPageView|screen)\s*[(<]/i;

/** Keys under which a message names its event. */
export const NAME_KEYS = ["event", "eventName", "event_name", "name", "type", "action"] as const;
/** Keys under which a message carries its properties; without one, the rest of the message is what it carries. */
export const PROPERTY_KEYS = ["properties", "props", "data", "payload", "params"] as const;

/** What stands for an SDK where messages are sent over a transport of the project's own. */
export function transport(id: string, vendorName: string): Sdk {
  return {
    id,
    vendor: id,
    vendorName,
    product: vendorName,
    family: id,
    platform: "both",
    status: "current",
    packages: [],
    imports: [],
    instances: [],
    starts: [],
    globals: [],
    methods: [],
    contextConsent: "unknown",
    asksPerson: false,
    startsCapture: false,
  };
}

/** An SDK of which only the name of its receiver is known. */
export const UNSEEN: Sdk = transport("unknown", "a tracker that is not in this repository");

/** A tracking call told by its name alone: the receiver can't be resolved, or ends at a type without an implementation here. */
export function matchByName(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): SinkMatch | undefined {
  const call = m.expr(x);
  const callee = call.k === "call" ? m.expr(call.f) : undefined;
  if (call.k !== "call" || callee?.k !== "mem") return undefined;
  const kind = VERBS.get(callee.n);
  if (kind === undefined || !RECEIVER.test(receiverName(ev, m, callee.o, env))) return undefined;
  if (!alternatives(ev.value(m, call.f, env)).every(isUnresolved) || isOfOtherClass(ev, m, callee.o, env))
    return undefined;
  const first = call.a[0] === undefined ? undefined : ev.value(m, call.a[0], env);
  if (first === undefined || !namesSomething(ev, first, kind)) return undefined;
  return { sdk: UNSEEN, methods: [methodFor(ev, callee.n, kind, first)], skip: 0, receiver: [] };
}

/** Why a call is not told by its name alone, as the end of a sentence; undefined where it is. */
export function nameRuleFails(ev: Evaluator, m: Module, x: ExprId): string | undefined {
  const call = m.expr(x);
  const callee = call.k === "call" ? m.expr(call.f) : undefined;
  if (call.k !== "call" || callee?.k !== "mem") return "a bare function never is, only a method of a receiver";
  const receiver = m.textOf(callee.o, 40);
  if (!RECEIVER.test(receiverName(ev, m, callee.o, undefined)))
    return `neither \`${receiver}\` nor its type is named like a tracker (\`analytics\`, \`telemetry\`, \`posthog\`, …)`;
  if (!VERBS.has(callee.n)) return `\`${callee.n}\` is none of \`${[...VERBS.keys()].join("`, `")}\``;
  const kind = VERBS.get(callee.n) ?? "track";
  const first = call.a[0] === undefined ? undefined : ev.value(m, call.a[0]);
  if (first === undefined) return "it has no argument that could be a name";
  if (!namesSomething(ev, first, kind))
    return `its first argument, \`${m.textOf(call.a[0] ?? x, 40)}\`, is no name and no object with one`;
  const isUnknown =
    alternatives(ev.value(m, call.f)).every(isUnresolved) && !isOfOtherClass(ev, m, callee.o, undefined);
  return isUnknown ? undefined : `what \`${receiver}\` is, is known`;
}

/** The last name of the receiver; where that says nothing, of its type. */
function receiverName(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): string {
  const expr = m.expr(x);
  const own =
    expr.k === "mem"
      ? expr.n
      : expr.k === "id"
        ? (m.facts.bindings[expr.b]?.name ?? "")
        : expr.k === "glob"
          ? expr.n
          : "";
  if (RECEIVER.test(own)) return own;
  const read = ev.value(m, x, env);
  const value = read.k === "param" ? typeOfParam(ev.among, read) : read;
  if (value.k === "ext")
    return [...value.steps].reverse().find((step): step is string => typeof step === "string") ?? "";
  return value.k === "iface" ? (value.m.facts.bindings[value.b]?.name ?? "") : "";
}

/**
 * Whether a receiver is an object of a class of the repository that is named otherwise: a `FrequencyTracker` counts
 * emojis. Nothing need have led to the class: its file is read to ask.
 */
function isOfOtherClass({ open }: Evaluator, m: Module, x: ExprId, env: Env | undefined): boolean {
  return alternatives(open.value(m, x, env)).some((read) => {
    const value = read.k === "param" ? typeOfParam(open, read) : read;
    return value.k === "inst" && !RECEIVER.test(value.m.facts.classes[value.c]?.name ?? "");
  });
}

function isUnresolved(value: Value): boolean {
  if (value.k === "ext") return reach(value).length === 0;
  return value.k === "unknown" || value.k === "undef" || value.k === "param" || value.k === "typed";
}

function namesSomething(ev: Evaluator, value: Value, kind: CallKind): boolean {
  return alternatives(value).some((v) => {
    if (v.k === "lit") return typeof v.v === "string";
    if (v.k === "tpl" || v.k === "param") return true;
    if (kind === "identify" || kind === "alias") return v.k !== "fn" && v.k !== "undef";
    if (v.k === "obj") return NAME_KEYS.some((key) => fieldOf(ev, v, key).k !== "undef");
    if (v.k === "typed") return v.t === "string" && kind !== "track";
    return v.k === "ext" && v.pkg !== undefined && v.steps.length > 1;
  });
}

/** Where name and properties stand, by what the first argument is. */
function methodFor(ev: Evaluator, name: string, kind: CallKind, first: Value): SdkMethod {
  const message = alternatives(first).find((v) => v.k === "obj");
  const shared = { name, kind, call: "method", verified: "memory" } as const;
  if (message?.k !== "obj") {
    const subject =
      kind === "track"
        ? "event"
        : kind === "group"
          ? "groupId"
          : kind === "page" || kind === "screen"
            ? "pageName"
            : "userId";
    const rest = kind === "identify" || kind === "group" ? "traits" : kind === "alias" ? "previousId" : "properties";
    return { ...shared, layouts: [{ roles: { [subject]: { arg: 0, path: "" }, [rest]: { arg: 1, path: "" } } }] };
  }
  if (kind === "identify" || kind === "alias") return { ...shared, layouts: [{ roles: personIn(ev, message) }] };
  const key = keyOf(ev, message, NAME_KEYS) ?? "event";
  const carrier = keyOf(ev, message, PROPERTY_KEYS);
  const properties = carrier ? { arg: 0, path: carrier } : { arg: 0, path: "", except: [key] };
  return { ...shared, layouts: [{ roles: { event: { arg: 0, path: key }, properties } }] };
}

/** Who is meant by a message, in the keys of Segment; one without an id is all traits. */
function personIn(ev: Evaluator, message: ObjectValue): SdkMethod["layouts"][number]["roles"] {
  const at = (path: string) => ({ arg: 0, path });
  if (keyOf(ev, message, ["userId"]) === undefined) return { traits: at("") };
  return { userId: at("userId"), previousId: at("previousId"), traits: at("traits") };
}

/** The first of these keys that a message has: one that is written down before one that may be spread in. */
export function keyOf<Key extends string>(ev: Evaluator, message: ObjectValue, keys: readonly Key[]): Key | undefined {
  const written = keys.find((key) => message.entries.some((entry) => "n" in entry && entry.n === key));
  return written ?? keys.find((key) => fieldOf(ev, message, key).k !== "undef");
}
