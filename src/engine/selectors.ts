import type { CallKind, Inventory, TrackingCall } from "../calls/types.ts";
import type { EventKind } from "../plan/model.ts";
import { groupBy } from "../util/group-by.ts";

/** The kinds of call that send an event with a name. */
export const EVENT_KINDS: readonly CallKind[] = ["track", "page", "screen"];

/**
 * The calls that a rule may judge, by kind. Forwarders are left out, since their callers are the sites; so are calls
 * with customers' keys, and relays unless they are asked for.
 */
export function judgedCalls(
  code: Inventory,
  ask: { readonly kinds?: readonly CallKind[]; readonly relays?: boolean } = {},
): readonly TrackingCall[] {
  const untracked = new Set(code.sources.filter((source) => !source.tracked).map((source) => source.name));
  return code.calls.filter(
    (call) =>
      (call.role === "site" || (call.role === "relay" && ask.relays === true)) &&
      (ask.kinds === undefined || ask.kinds.includes(call.kind)) &&
      !untracked.has(call.source),
  );
}

/** The plan's kind of event that a call sends; undefined where it sends none. */
export function eventKindOf(call: TrackingCall): EventKind | undefined {
  return call.kind === "track" || call.kind === "page" || call.kind === "screen" ? call.kind : undefined;
}

export function callsBySource(calls: Iterable<TrackingCall>): Map<string, TrackingCall[]> {
  return groupBy(calls, (call) => call.source);
}
