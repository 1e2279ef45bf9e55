import type { TrackingCall } from "../calls/types.ts";
import { compareRanges } from "../diagnostics/range.ts";
import type { Plan } from "../plan/model.ts";
import { allSdks, sdkById } from "../sdks/index.ts";

/**
 * True for a key that starts with `$` and that callers are meant to set: one that the vendor documents, or any where we
 * don't know what it documents.
 */
export function isSettableKey(call: TrackingCall, key: string): boolean {
  return key.startsWith("$") && call.sinks.some(({ sdk }) => sdkById(sdk)?.settableKeys?.includes(key) ?? true);
}

/**
 * True where a call may reach a destination of the plan, itself or through the service that the plan says stands
 * between. A destination whose name we don't know may be anybody's.
 */
export function sendsTo(call: TrackingCall, destination: string, plan: Plan): boolean {
  const vendors = vendorsNamed(destination);
  const between = vendorsNamed(plan.destinations.get(destination)?.via);
  return vendors.size === 0 || call.sinks.some(({ vendor }) => vendors.has(vendor) || between.has(vendor));
}

/** True where a call goes to a vendor. */
export function reachesVendor({ sinks }: Pick<TrackingCall, "sinks">, vendor: string): boolean {
  return sinks.some((sink) => sink.vendor === vendor);
}

/** True where two calls go to the same vendor, or to several of which they share one. */
export function shareVendor(a: Pick<TrackingCall, "sinks">, b: Pick<TrackingCall, "sinks">): boolean {
  return a.sinks.some(({ vendor }) => reachesVendor(b, vendor));
}

const vendorsByName = new Map<string | undefined, ReadonlySet<string>>();

/** The vendors that a plan may mean by a name: `ga4`, `google`, `posthog`, `segment-node`. */
function vendorsNamed(name: string | undefined): ReadonlySet<string> {
  const known = vendorsByName.get(name);
  if (known !== undefined) return known;
  const meant = allSdks().filter(({ id, vendor, family }) => [id, vendor, family].some((one) => one === name));
  const vendors = new Set(meant.map(({ vendor }) => vendor));
  vendorsByName.set(name, vendors);
  return vendors;
}

/** What vendors send by themselves, by family. A call that sends it by hand sends the vendor's event, not one of ours. */
export const automaticEvents: Readonly<Record<string, readonly string[]>> = {
  ga4: (
    "page_view screen_view session_start first_visit first_open user_engagement scroll click file_download form_start " +
    "form_submit view_search_results video_start video_progress video_complete"
  ).split(" "),
  meta: ["PageView"],
  posthog: ["survey shown", "survey sent", "survey dismissed"],
  amplitude: ["session_start", "session_end"],
  "amplitude-legacy": ["session_start", "session_end"],
  "segment-spec": ["Segment Consent Preference Updated"],
};

/** Beginnings that vendors keep for their own events. */
const reservedBeginnings = ["$", "gtm.", "[Amplitude] "];

/**
 * True for a name that the vendor chose and not this code: it sends it by itself, keeps its beginning for itself, or the
 * method stands for one event, so that the name is written nowhere.
 */
export function isVendorName(call: TrackingCall, name: string): boolean {
  if (reservedBeginnings.some((beginning) => name.startsWith(beginning))) return true;
  if (call.sinks.some(({ family }) => automaticEvents[family]?.includes(name))) return true;
  const written = call.events.find((event) => event.value === name)?.at;
  return written !== undefined && compareRanges(written, call.at) === 0;
}
