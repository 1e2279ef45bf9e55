import type { Inventory, TrackingCall } from "../calls/types.ts";
import type { Related } from "../diagnostics/finding.ts";
import type { Range } from "../diagnostics/range.ts";
import { groupBy } from "../util/group-by.ts";
import { reachesVendor } from "./vendors.ts";

/** Calls that are wrong for one reason, and the place of that reason. */
export interface Cause<Item> {
  readonly at: Range;
  readonly items: readonly Item[];
}

/** Groups what is wrong by the place where it is written: a name or key in a shared constant is one cause. */
export function byWrittenPlace<Item>(items: Iterable<Item>, placeOf: (item: Item) => Range): Cause<Item>[] {
  const groups = groupBy(items, (item) => JSON.stringify(placeOf(item)));
  return [...groups.values()].map((group) => ({ at: placeOf(group[0]!), items: group }));
}

/**
 * Groups wrong calls by the wrapper that causes them: the outermost one all of whose calls are wrong, where at least two
 * are. Where some callers of a wrapper are right, the wrong ones stand alone, each at `placeOf`.
 */
export function byWrapper(
  wrong: readonly TrackingCall[],
  asked: readonly TrackingCall[],
  placeOf: (call: TrackingCall) => Range,
): Cause<TrackingCall>[] {
  const wrongIds = new Set(wrong.map((call) => call.id));
  const through = groupBy(
    asked.flatMap((call) => call.via.map((hop) => ({ call, key: JSON.stringify(hop.at) }))),
    ({ key }) => key,
  );
  const isCause = (key: string) => {
    const calls = through.get(key) ?? [];
    return calls.length > 1 && calls.every(({ call }) => wrongIds.has(call.id));
  };
  return byWrittenPlace(wrong, (call) => call.via.find((hop) => isCause(JSON.stringify(hop.at)))?.at ?? placeOf(call));
}

/**
 * Groups wrong calls of one source by what causes it: a wrapper; else, where every call that was asked is wrong, the
 * start of their SDK, or the first call where no start is known; else each call alone.
 */
export function byCause(
  code: Inventory,
  wrong: readonly TrackingCall[],
  asked: readonly TrackingCall[],
  placeOf: (call: TrackingCall) => Range,
): Cause<TrackingCall>[] {
  const causes = byWrapper(wrong, asked, placeOf);
  if (causes.length < 2 || wrong.length < asked.length) return causes;
  const start = code.starts.find((one) =>
    wrong.every((call) => call.source === one.source && reachesVendor(call, one.vendor)),
  );
  return [{ at: start?.at ?? placeOf(wrong[0]!), items: wrong }];
}

/** Where a name that a call sends is to be mended: at the call, where an installed package spells it. */
export function ownPlaceOf(call: TrackingCall, at: Range): Range {
  return at.file.includes("node_modules/") ? (call.eventAt ?? call.at) : at;
}

/** The places of calls, for `related`; none where there is only one call and it stands at the finding's own place. */
export function placesOf(calls: readonly TrackingCall[], at: Range, message: string): readonly Related[] {
  const same = (call: TrackingCall) =>
    call.at.file === at.file && call.at.line <= at.line && at.endLine <= call.at.endLine;
  return calls.length === 1 && same(calls[0]!) ? [] : calls.map((call) => ({ at: call.at, message }));
}
