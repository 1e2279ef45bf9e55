import type { Inventory, Platform, Sink, TrackingCall } from "../../calls/types.ts";
import type { Range } from "../../diagnostics/range.ts";
import type { Plan } from "../../plan/model.ts";
import { sdkById } from "../../sdks/index.ts";
import { findProperty } from "../payloads.ts";
import { judgedCalls } from "../selectors.ts";
import { reachesVendor } from "../vendors.ts";
import { platformIn, storesNothing } from "./consent-coverage.ts";
import { linkingOf } from "./identity-links.ts";
import { namesPerson } from "./resets.ts";

/** A client of the product whose code is not here and which, by the plan, sends to the vendor. */
export function externalClient(vendor: string, plan: Plan | undefined): string | undefined {
  const clients = [...(plan?.sources.values() ?? [])].filter(
    ({ external, platform, destinations }) =>
      external && platform !== "server" && (destinations.length === 0 || destinations.includes(vendor)),
  );
  return clients[0]?.name;
}

/** Asks whether a browser of the product sends to a vendor, by what is in the repository. */
export function browserVendors(code: Inventory): ReadonlySet<string> {
  const isBrowser = (sdk: string, of: Parameters<typeof platformIn>[1]) =>
    sdkById(sdk)?.platform === "browser" || platformIn(code, of) === "browser";
  const untracked = new Set(code.sources.filter(({ tracked }) => !tracked).map(({ name }) => name));
  const starts = code.starts.filter(({ tenant, source }) => tenant !== true && !untracked.has(source));
  return new Set([
    ...starts.filter((start) => isBrowser(start.sdk, start)).map(({ vendor }) => vendor),
    ...judgedCalls(code).flatMap((call) =>
      call.sinks.filter(({ sdk }) => isBrowser(sdk, call)).map(({ vendor }) => vendor),
    ),
  ]);
}

/** True for what runs in a browser or an app. */
export function isClient(code: Inventory, of: { readonly platform: Platform; readonly source: string }): boolean {
  return ["browser", "react-native"].includes(platformIn(code, of));
}

/** True where a call tells the vendor of a sink who the person is. */
export function identifiesPerson(call: TrackingCall, sink: Sink): boolean {
  return linkingOf(sink)?.identifies(call, sink) ?? namesPerson(call);
}

/** Where a browser or app of the product tells the vendor who the person is. */
export function identifiedOnClient(
  code: Inventory,
  judged: readonly TrackingCall[],
  { vendor, family }: Pick<Sink, "vendor" | "family">,
): Range | undefined {
  const byCall = judged.find(
    (call) => isClient(code, call) && call.sinks.some((sink) => sink.vendor === vendor && identifiesPerson(call, sink)),
  );
  const byStart = code.starts.find(
    (start) =>
      start.vendor === vendor &&
      start.family === family &&
      isClient(code, start) &&
      ["user_id", "userId"].some((key) => findProperty(start.options, key) !== undefined),
  );
  return (byCall ?? byStart)?.at;
}

/** True where a browser or app of the product sends to a vendor. */
export function hasClientOf(code: Inventory, judged: readonly TrackingCall[], vendor: string): boolean {
  return (
    judged.some((call) => isClient(code, call) && reachesVendor(call, vendor)) ||
    code.starts.some((start) => start.vendor === vendor && start.tenant !== true && isClient(code, start))
  );
}

/** True where the vendor can be told who the person is, and is meant to be. */
export function takesPersons({ sdk, vendor, family }: Sink): boolean {
  if (storesNothing(vendor)) return false;
  const identifies = sdkById(sdk)?.methods.some(
    ({ kind, subkind }) => kind === "identify" && (subkind === undefined || subkind === "set-user-id"),
  );
  return identifies === true || linkingOf({ sdk, vendor, family, method: "" }) !== undefined;
}
