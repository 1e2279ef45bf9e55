import type { Inventory, Sink, TrackingCall } from "../../calls/types.ts";
import { sdkById } from "../../sdks/index.ts";
import type { SdkNeed } from "../../sdks/sdk.ts";
import { findProperty, presenceOf, propertiesOf } from "../payloads.ts";
import { isNobody, personalIds, runsOnServer } from "./ids.ts";

/** What a call lacks that nobody else fills in, and the vendor that needs it. */
export interface LackingNeed {
  readonly call: TrackingCall;
  readonly sink: Sink;
  readonly needs: readonly SdkNeed[];
}

/** Undefined where the vendors of a call get all that they need, or may. */
export function lackingNeeds(call: TrackingCall): LackingNeed | undefined {
  for (const sink of call.sinks) {
    const sdk = sdkById(sink.sdk);
    if (sdk?.needs === undefined || (sdk.needsOverHttp && !isOverHttp(sink))) continue;
    // Without any id, missing-identifier speaks.
    const isNamed = personalIds(call).some((id) => !isNobody(id));
    const asked = sdk.needs.filter(
      ({ from }) => isNamed || sdk.withoutId === undefined || !from.includes("anonymousId"),
    );
    const needs = asked.filter(({ from }) => !from.some((place) => has(call, place)));
    if (needs.length > 0) return { call, sink, needs };
  }
  return undefined;
}

/** A message that is sent to the vendor's address, not through a method of its SDK. */
function isOverHttp({ sdk, method }: Sink): boolean {
  return method === "send" && sdkById(sdk)?.http !== undefined;
}

function has(call: TrackingCall, place: string): boolean {
  if (place === "timestamp") return call.hasTimestamp;
  if (place === "messageId") return call.messageId !== undefined;
  if (place === "userData") return call.userData !== undefined;
  if (place === "userId" || place === "anonymousId") {
    const id = call.ids[place];
    return id !== undefined && !isNobody(id);
  }
  return presenceOf(propertiesOf(call), place.replace(/^properties\./, "")) !== "absent";
}

/** True for what the SDK itself puts on every message; over HTTP nobody does. */
export function isStamped(call: TrackingCall, property: string): boolean {
  return (
    call.sinks.length > 0 &&
    call.sinks.every((sink) => !isOverHttp(sink) && sdkById(sink.sdk)?.stamps?.includes(property) === true)
  );
}

const pastWords =
  /back[-_ ]?fill|replay|reprocess|catch[-_ ]?up|re[-_]?import|(?:^|[-_/.])import[-_]?history|historic/i;
const queueWords = /queue|worker|consumer|cron|jobs?(?:[-_/.]|$)|scheduled/i;
const queued = /\b(?:job|msg|message|task|record|entry|delivery)\.(?:data|payload|body|value|content)\b/;
const dates = /(?:_at|At|_date|Date|_on)$/;
const timeKeys = ["timestamp", "time", "$time", "event_time", "occurred_at", "occurredAt", "original_timestamp"];

/** How a call tells that what it sends happened before: a backfill, a message that waited, a record with its date. */
export type PastKind = "backfill" | "queue" | "cron";

/** Undefined where a call sends what happens now, or says when it happened. */
export function sendsPast(code: Inventory, call: TrackingCall, more: readonly string[]): PastKind | undefined {
  const isEvent = call.kind === "track" || call.kind === "page" || call.kind === "screen";
  if (!isEvent || call.hasTimestamp || !runsOnServer(code, call) || !takesTimestamp(call)) return undefined;
  const payload = propertiesOf(call);
  if (timeKeys.some((key) => findProperty(payload, key) !== undefined)) return undefined;
  const around = call.enclosing === undefined ? "" : (code.functions.get(call.enclosing)?.name ?? "");
  const places = [call.at.file, around, ...call.via.map(({ name }) => name)];
  if (places.some((place) => pastWords.test(place) || more.some((word) => place.includes(word)))) return "backfill";
  if (!places.some((place) => queueWords.test(place))) return undefined;
  if (call.dynamic && queued.test(call.eventText ?? "")) return "queue";
  const isDated = payload.properties.some(
    ({ name, value }) => dates.test(name) && "origin" in value && /^\w+(?:\.\w+)+$/.test(value.origin ?? ""),
  );
  return isDated && /cron|scheduled/i.test(places.join(" ")) ? "cron" : undefined;
}

/** Vendors that can be told when an event happened. */
function takesTimestamp(call: TrackingCall): boolean {
  return call.sinks.some(({ sdk }) => {
    const known = sdkById(sdk);
    return known?.stamps !== undefined || known?.http?.some(({ roles }) => "timestamp" in roles) === true;
  });
}
