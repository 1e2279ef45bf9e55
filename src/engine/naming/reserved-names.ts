import type { Sink, TrackingCall } from "../../calls/types.ts";
import { type NameShape, nameShapes, type ReservedNames, reservedNames } from "../../sdks/reserved-names.ts";
import { propertyAt } from "../payloads.ts";
import { isSettableKey } from "../vendors.ts";

export type { NameShape, ReservedNames };

/**
 * The reservation that a name meets at a destination of the call; undefined where it is free there, or is one that
 * callers are meant to set.
 */
export function reservationOf(call: TrackingCall, on: ReservedNames["on"], name: string): ReservedNames | undefined {
  return reservedNames.find(
    (entry) =>
      entry.on === on &&
      covers(entry, name) &&
      call.sinks.some((sink) => concerns(entry, sink)) &&
      (entry.platforms?.includes(call.platform) ?? true) &&
      !(entry.effect === "unknown" && isSettableKey(call, name)) &&
      (entry.needsContext === undefined || propertyAt(call.context, entry.needsContext) === undefined),
  );
}

/** The shape that a destination of the call wants of an event's name, and that the name hasn't. */
export function brokenShape(call: TrackingCall, name: string): NameShape | undefined {
  return nameShapes.find(
    ({ families, pattern, longest }) =>
      call.sinks.some(({ family }) => families.includes(family)) &&
      (name.length > longest || !new RegExp(pattern, "u").test(name)),
  );
}

function concerns({ families, vendors, sdks, notSdks }: ReservedNames, sink: Sink): boolean {
  return (
    families.includes(sink.family) &&
    (vendors?.includes(sink.vendor) ?? true) &&
    (sdks?.includes(sink.sdk) ?? true) &&
    notSdks?.includes(sink.sdk) !== true
  );
}

function covers({ names, prefixes, except, exceptPrefixes }: ReservedNames, name: string): boolean {
  const begins = (prefix: string) => name.startsWith(prefix);
  if (except?.includes(name) || exceptPrefixes?.some(begins)) return false;
  return (names?.includes(name) ?? false) || (prefixes?.some(begins) ?? false);
}
