import type { Inventory, SdkStart, TrackingCall } from "../../calls/types.ts";
import { compareRanges, type Range } from "../../diagnostics/range.ts";
import { groupBy } from "../../util/group-by.ts";
import { byWrapper } from "../causes.ts";
import { type ConsentCoverage, capturesByItself, startsByCall } from "./consent-coverage.ts";
import type { GuardVerdict } from "./judge-guards.ts";
import { productOf, vendorLabel } from "./vendor-label.ts";

/** One reason why data is sent without the user's choice, with all that it lets through. */
export interface ConsentCause {
  /** `start`: nothing that the SDK sends is covered. `sink`: the same, where no start is seen. */
  readonly kind: "start" | "sink" | "check" | "calls";
  readonly at: Range;
  readonly calls: readonly TrackingCall[];
  readonly starts: readonly SdkStart[];
  /** For a `check`: what is wrong with it. For `calls`: what their guards are instead. */
  readonly verdict: GuardVerdict;
  /** As people know it, for `start` and `sink`. */
  readonly vendor?: string;
}

export interface ConsentCausesInput {
  readonly code: Inventory;
  readonly coverage: ConsentCoverage;
  /** What is asked about: no exempt calls, no sources that can't be judged. */
  readonly calls: readonly TrackingCall[];
  readonly starts: readonly SdkStart[];
}

/**
 * Sorts what isn't covered by its cause: a wrong check that several calls share, else the start of an SDK nothing of
 * which is covered, else a wrapper all of whose callers are uncovered, else the call itself.
 */
export function consentCauses({ code, coverage, calls, starts }: ConsentCausesInput): ConsentCause[] {
  const open = new Map<TrackingCall, GuardVerdict>();
  for (const call of calls) {
    const verdict = coverage.uncovered(call);
    if (verdict !== undefined) open.set(call, verdict);
  }
  const openStarts = starts.filter(
    (start) => !start.tenant && capturesByItself(start) && coverage.uncoveredStart(start) !== undefined,
  );
  const checks = wrongChecks(open);
  const byCheck = new Set(checks.flatMap((cause) => cause.calls));
  const vendors = vendorCauses({ code, calls, open, told: byCheck, openStarts });
  const byVendor = new Set(vendors.flatMap((cause) => cause.calls));
  const alone = calls.filter((call) => open.has(call) && !byCheck.has(call) && !byVendor.has(call));
  const wrappers = byWrapper(alone, calls, (call) => call.at).map(({ at, items }) => ({
    kind: "calls" as const,
    at,
    calls: items,
    starts: [],
    verdict: open.get(items[0]!)!,
  }));
  return [...checks, ...vendors, ...wrappers].sort((a, b) => compareRanges(a.at, b.at));
}

/** Checks that are wrong: inverted, not awaited, or of a function that reads no choice. Said at the check where calls share it. */
function wrongChecks(open: ReadonlyMap<TrackingCall, GuardVerdict>): ConsentCause[] {
  const wrong = [...open].flatMap(([call, verdict]) =>
    verdict.defect === undefined || verdict.at === undefined ? [] : [{ call, verdict, at: verdict.at }],
  );
  return [...groupBy(wrong, ({ at, verdict }) => JSON.stringify([at, verdict.defect])).values()].map((group) => {
    const [first] = group;
    const calls = group.map(({ call }) => call);
    const at = group.length > 1 ? first!.at : first!.call.at;
    return { kind: "check", at, calls, starts: [], verdict: first!.verdict };
  });
}

interface VendorInput {
  readonly code: Inventory;
  readonly calls: readonly TrackingCall[];
  readonly open: ReadonlyMap<TrackingCall, GuardVerdict>;
  /** Calls that a wrong check explains. */
  readonly told: ReadonlySet<TrackingCall>;
  readonly openStarts: readonly SdkStart[];
}

/** Vendors nothing of which is covered, where they start; and starts that capture before anybody is asked. */
function vendorCauses({ code, calls, open, told, openStarts }: VendorInput): ConsentCause[] {
  const causes: ConsentCause[] = [];
  const toldStarts = new Set<SdkStart>();
  const anchorOf = anchors(code, calls);
  const asked = calls.flatMap((call) =>
    [...new Set(call.sinks.map(productOf))].map((product) => ({ call, product, anchor: anchorOf(call, product) })),
  );
  for (const group of groupBy(asked, ({ product, anchor }) => JSON.stringify([product, anchor?.at])).values()) {
    const [{ product, anchor }] = group as [(typeof group)[number]];
    const found = group.map(({ call }) => call).filter((call) => !told.has(call));
    if (anchor === undefined || found.length === 0 || !group.every(({ call }) => open.has(call))) continue;
    const sources = new Set(group.map(({ call }) => call.source));
    const isHere = (start: SdkStart) => anchor.kind === "start" && compareRanges(start.at, anchor.at) === 0;
    const own = openStarts.filter(
      (start) => productOf(start) === product && (sources.has(start.source) || isHere(start)),
    );
    for (const start of own) toldStarts.add(start);
    const verdict = found.map((call) => open.get(call)!).find(({ decider }) => decider === "nobody") ?? operator;
    causes.push({ kind: anchor.kind, at: anchor.at, calls: found, starts: own, verdict, vendor: anchor.vendor });
  }
  const untold = openStarts.filter((start) => !toldStarts.has(start));
  for (const group of groupBy(untold, (start) => JSON.stringify([productOf(start), start.source])).values()) {
    const [first] = group;
    const isOurs = (call: TrackingCall) =>
      call.source === first!.source && call.sinks.every((sink) => productOf(sink) === productOf(first!));
    causes.push({
      kind: "start",
      at: first!.at,
      // A check around the start would cover these too; others have one of their own.
      calls: calls.filter((call) => open.has(call) && !told.has(call) && isOurs(call)),
      starts: group,
      verdict: nobody,
      vendor: vendorLabel(first!),
    });
  }
  return causes;
}

const nobody: GuardVerdict = { decider: "nobody" };
const operator: GuardVerdict = { decider: "operator" };

interface Anchor {
  readonly kind: "start" | "sink";
  readonly at: Range;
  readonly vendor: string;
}

/** Finds where the vendor starts for a call: in its source, else in a package that it shares; else where it is first sent. */
function anchors(
  code: Inventory,
  asked: readonly TrackingCall[],
): (call: TrackingCall, product: string) => Anchor | undefined {
  const startsOf = startsByCall(code);
  const forwarders = code.calls.filter(({ role }) => role === "forwarder");
  const known = new Map<string, Anchor | undefined>();
  return (call, product) => {
    const sink = call.sinks.find((one) => productOf(one) === product);
    if (sink === undefined) return undefined;
    const key = JSON.stringify([call.source, sink.sdk]);
    if (!known.has(key)) {
      const [start] = startsOf(call.source, sink);
      const sends = ({ sinks }: TrackingCall) => sinks.some(({ sdk }) => sdk === sink.sdk);
      const here = ({ source }: TrackingCall) => source === call.source;
      const wrapped = forwarders.filter(sends);
      const theirs = asked.filter((one) => sends(one) && here(one));
      // A wrapper that a package shares, where calls pass through it: another source's wrapper is another way out.
      const passed = new Set(theirs.flatMap(({ via }) => via.map(({ at }) => at.file)));
      const first = wrapped.find(here) ?? wrapped.find(({ at }) => passed.has(at.file)) ?? theirs[0];
      const at = start?.at ?? first?.at;
      known.set(key, at && { kind: start === undefined ? "sink" : "start", at, vendor: vendorLabel(sink) });
    }
    return known.get(key);
  };
}
