import type { CallKind } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { SdkMethod } from "../sdks/sdk.ts";
import { transport } from "./by-name.ts";
import { argumentsOf } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { eventMessage, sending, wrappedMessage } from "./event-message.ts";
import { unwrapped } from "./http-requests.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { typeOfParam } from "./param-type.ts";
import type { Sending } from "./senders.ts";
import { alternatives, type Env, type ObjectValue, type Value } from "./value.ts";

/** Posts to another window, worker, process or extension page; the message says what it is about. */
const POSTS = /(?:^|\.)(?:postMessage|sendMessage)$/;
/** Sends on a channel that the first argument names. */
const SENDS_ON_CHANNEL =
  /(?:^|\.)(?:sendNotification|sendRequest|sendToHost|sendSync)$|(?:ipc\w*|web_?contents|socket|channel|bridge|port|connection)\.(?:send|invoke|emit)$/i;
/** Where a message says what it is about. */
const CHANNEL_KEYS = ["type", "command", "kind", "action", "method", "channel", "messageType", "cmd"] as const;

/** A call that may post, and a text that may name such a channel. */
export const POSTING_CALL =
  /\b(?:postMessage|sendMessage|sendNotification|sendRequest|sendToHost|sendSync|send|invoke|emit)\s*(?:<[^>\n]*>)?\s*\(/;
export const CHANNEL_TEXT =
  /["'`.](?:[\w$]+[:./_-])*(?:\w*(?:analytics|telemetry)\w*|(?:\w*[a-z_])?(?:track|Track|TRACK)(?:ing)?[:._-]?(?:events?|Events?|EVENTS?)?)(?:[:./_-]\w+)*\b/;

const POSTED = transport("message", "a posted message");

/** A message with an event that is posted on a channel named like tracking. */
export function postingOf(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): Sending | undefined {
  const call = m.expr(x);
  if (call.k !== "call" || call.a.length === 0) return undefined;
  const callee = m.textOf(call.f, 80);
  const found = POSTS.test(callee)
    ? posted(ev, m, call.a, env)
    : SENDS_ON_CHANNEL.test(callee)
      ? sentOnChannel(ev, m, x, call.a, env)
      : undefined;
  return found && { match: { sdk: POSTED, methods: [found.method], skip: 0, receiver: [] }, values: found.values };
}

interface Posted {
  readonly method: SdkMethod;
  readonly values: readonly Value[];
}

/** `postMessage({ type: "track", payload })`, `sendMessage(extensionId, { … })`, `postMessage(JSON.stringify({ … }))`. */
function posted(ev: Evaluator, m: Module, args: readonly ExprId[], env: Env | undefined): Posted | undefined {
  for (const x of args.slice(0, 2)) {
    const message = unwrapped(ev, m, x, env);
    if (message.k !== "obj") continue;
    const channel = channelOf(ev, m, x, message);
    if (channel === undefined) continue;
    const method = wrappedMessage(ev, message, kindOfChannel(channel.name), [channel.key]);
    if (method) return { method, values: [message] };
  }
  return undefined;
}

/** The key of a message that names a channel of tracking, with what it says. */
function channelOf(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  message: ObjectValue,
): { readonly key: string; readonly name: string } | undefined {
  const outer = m.expr(x);
  const inner = outer.k === "as" ? outer.x : outer.k === "call" ? outer.a[0] : undefined;
  const written = inner === undefined ? outer : m.expr(inner);
  for (const key of CHANNEL_KEYS) {
    if (!message.entries.some((entry) => "n" in entry && entry.n === key)) continue;
    const prop = written.k === "obj" ? written.p.find((p) => p.k === "prop" && p.n === key) : undefined;
    const name = textOf(memberOf(ev, message, key)) ?? (prop?.k === "prop" ? lastName(m.textOf(prop.v)) : undefined);
    if (name !== undefined && namesTracking(name)) return { key, name };
  }
  return undefined;
}

/** `ipcRenderer.send("analytics:track", name, properties)`, `connection.sendNotification("telemetry/event", message)`. */
function sentOnChannel(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  args: readonly ExprId[],
  env: Env | undefined,
): Posted | undefined {
  const [first] = args;
  if (first === undefined) return undefined;
  const [channel, ...values] = argumentsOf(ev, { m, x, env });
  const name = (channel && textOf(channel)) ?? lastName(m.textOf(first, 60));
  if (name === undefined || !namesTracking(name)) return undefined;
  const method = argumentsMessage(ev, values, kindOfChannel(name));
  return method && { method, values };
}

/** A name and its properties, or one object with both. */
function argumentsMessage(ev: Evaluator, values: readonly Value[], kind: CallKind): SdkMethod | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  const isText = alternatives(first.k === "param" ? typeOfParam(ev, first) : first).some(
    (v) => (v.k === "lit" && typeof v.v === "string") || v.k === "tpl" || (v.k === "typed" && v.t === "string"),
  );
  // Of two arguments the first names what the second describes.
  if (!isText && (first.k !== "param" || values.length < 2)) {
    return first.k === "obj" ? wrappedMessage(ev, first, kind, []) : eventMessage(ev, first, kind);
  }
  const whole = (arg: number) => ({ arg, path: "" });
  if (kind === "track") return sending(kind, { event: whole(0), properties: whole(1) });
  if (kind === "page" || kind === "screen") return sending(kind, { pageName: whole(0), properties: whole(1) });
  if (kind === "group") return sending(kind, { groupId: whole(0), traits: whole(1) });
  return sending(kind, { userId: whole(0), [kind === "alias" ? "previousId" : "traits"]: whole(1) });
}

function textOf(value: Value): string | undefined {
  return value.k === "lit" && typeof value.v === "string" ? value.v : undefined;
}

/** `TRACK_EVENT` in `Channel.TRACK_EVENT`: a constant whose value isn't known says what it is by its name. */
function lastName(written: string): string | undefined {
  return /^[\w$.\s:]*?\.([\w$]+)$/.exec(written.trim())?.[1];
}

/**
 * `analytics:track`, `telemetry/event`, `TRACK_EVENT`, `ide-track-event`; never `audio-track`, `trackChanged`,
 * `next_track`: of a track that isn't named with an event it isn't known what is meant.
 */
export function namesTracking(name: string): boolean {
  const words = wordsOf(name);
  if (words.includes("analytics") || words.includes("telemetry")) return true;
  const text = words.join(" ");
  return /^(?:\w+ )*(?:track|log|capture|record|send) events?$|^(?:event )?track(?:ing)?(?: (?:page|screen)(?: ?view)?)?$/.test(
    text,
  );
}

function kindOfChannel(name: string): CallKind {
  const [last = ""] = wordsOf(name).slice(-1);
  if (/^identif/.test(last)) return "identify";
  if (last === "alias" || last === "group" || last === "screen") return last;
  return /^page(?:view)?$/.test(last) ? "page" : "track";
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
}
