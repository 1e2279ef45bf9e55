import type { Payload, Property, StaticValue, TrackingCall } from "../calls/types.ts";
import { isUndefined, mayBeUndefined } from "./static-values.ts";

/** Whether a key is sent, as far as can be known. */
export type Presence =
  /** Sent, though its value may be unknown. */
  | "present"
  /** Not sent on any path. */
  | "absent"
  /** Left out on some path. */
  | "sometimes"
  /** Its value may be `undefined`, so that it may not be sent. */
  | "maybe-undefined"
  /** Something unknown is spread in, which may hold it. */
  | "unknown";

/** What a call sends as properties: what is written at the call, and what wrappers add. */
export function propertiesOf(call: TrackingCall): Payload {
  return mergePayloads(call.properties, call.added);
}

/** Two objects as one. Which of two equal keys wins is not known, so its value is a union; its place is the first's. */
export function mergePayloads(first: Payload, second: Payload): Payload {
  if (second.properties.length === 0 && second.complete) return first;
  const byName = new Map<string, Property>(first.properties.map((property) => [property.name, property]));
  for (const property of second.properties) {
    const known = byName.get(property.name);
    byName.set(property.name, known === undefined ? property : mergeProperties(known, property));
  }
  const at = first.at ?? second.at;
  const openReason = first.openReason ?? second.openReason;
  return {
    properties: [...byName.values()],
    complete: first.complete && second.complete,
    ...(at === undefined ? {} : { at }),
    ...(openReason === undefined ? {} : { openReason }),
  };
}

export function presenceOf(payload: Payload, name: string): Presence {
  const property = findProperty(payload, name);
  if (property === undefined) return payload.complete ? "absent" : "unknown";
  if (isUndefined(property.value)) return payload.complete ? "absent" : "unknown";
  if (property.optional) return payload.complete ? "sometimes" : "unknown";
  return mayBeUndefined(property.value) ? "maybe-undefined" : "present";
}

/** True where no path to the call sends the key. */
export function isCertainlyAbsent(payload: Payload, name: string): boolean {
  return presenceOf(payload, name) === "absent";
}

export function findProperty(payload: Payload, name: string): Property | undefined {
  return payload.properties.find((property) => property.name === name);
}

/**
 * The property at a dotted path (`protocols.event_version`) with the objects on the way opened. `undefined` where it is
 * certainly not there, `"unknown"` where something on the way is not known.
 */
export function propertyAt(payload: Payload, path: string): Property | undefined | "unknown" {
  const [name = "", ...rest] = path.split(".");
  const property = findProperty(payload, name);
  if (property === undefined) return payload.complete ? undefined : "unknown";
  if (rest.length === 0) return property;
  return property.value.kind === "object" ? propertyAt(property.value.shape, rest.join(".")) : "unknown";
}

/** True for keys of two payloads that have at most a quarter of all of them in common. */
export function shareLittle(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const shared = [...a].filter((key) => b.has(key)).length;
  return shared * 4 <= a.size + b.size - shared;
}

function mergeProperties(first: Property, second: Property): Property {
  const value: StaticValue = { kind: "union", of: [first.value, second.value] };
  return { ...first, value, optional: first.optional && second.optional };
}
