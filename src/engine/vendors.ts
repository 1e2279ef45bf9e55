import type { TrackingCall } from "../calls/types.ts";
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
