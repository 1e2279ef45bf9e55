import type { Inventory, Sink, TrackingCall } from "../../calls/types.ts";
import type { Plan, PlanConsent } from "../../plan/model.ts";
import { consentPlatforms, sdkById } from "../../sdks/index.ts";
import { findProperty, propertiesOf, propertyAt } from "../payloads.ts";
import { isUndefined } from "../static-values.ts";
import { runsOnServer } from "./ids.ts";

/** Whether a call carries what the user chose. */
export type ConsentCarried = "carried" | "missing" | "unknown";

/** At the plan's place, or where the vendor of the sink reads it. */
export function consentCarried(call: TrackingCall, { sdk }: Sink, planned: string | undefined): ConsentCarried {
  const known = sdkById(sdk);
  const field = known?.consentField;
  const own = known?.contextConsent === "own-field" ? inOwnField(call) : field && carriedAt(call, field);
  const found = [own, planned && carriedAt(call, planned)];
  if (found.includes("carried")) return "carried";
  return found.includes("unknown") ? "unknown" : "missing";
}

/** Where the vendor reads it. */
export function consentFieldOf({ sdk }: Sink): string | undefined {
  return sdkById(sdk)?.consentField;
}

function inOwnField({ consent }: TrackingCall): ConsentCarried {
  if (consent === undefined) return "missing";
  if (consent.properties.length > 0) return "carried";
  return consent.complete ? "missing" : "unknown";
}

function carriedAt(call: TrackingCall, path: string): ConsentCarried {
  const [root = "", ...rest] = path.split(".");
  const roots = { context: call.context, properties: propertiesOf(call), traits: call.traits };
  const isRoot = rest.length > 0 && (root === "context" || root === "properties" || root === "traits");
  const property = isRoot ? propertyAt(roots[root], rest.join(".")) : propertyAt(roots.properties, path);
  if (property === "unknown" || property?.optional) return "unknown";
  return property === undefined || isUndefined(property.value) ? "missing" : "carried";
}

/** The vendors of a call that read the user's choice out of it and have nobody else to put it there. */
export function consentReaders(code: Inventory, call: TrackingCall): readonly Sink[] {
  return call.sinks.filter(({ sdk }) => {
    const known = sdkById(sdk);
    if (known?.contextConsent === "own-field") return true;
    const isOnDevice = known?.platform === "browser" || known?.platform === "react-native";
    return known?.contextConsent === "consumed" && !isOnDevice && runsOnServer(code, call);
  });
}

/** What in the code shows that calls carry the user's choice: a call that does, or what puts it on all of a browser's. */
export function carriesConsentSomewhere(code: Inventory): TrackingCall["at"] | undefined {
  const call = code.calls.find(
    (one) => one.role !== "tenant" && one.sinks.some((sink) => consentCarried(one, sink, undefined) === "carried"),
  );
  if (call !== undefined) return call.at;
  const stamping = new Set(consentPlatforms.filter(({ stamps }) => stamps).map(({ id }) => id));
  const start = code.starts.find(({ sdk, options }) => {
    const key = sdkById(sdk)?.consentField?.split(".").at(-1);
    return key !== undefined && findProperty(options, key) !== undefined;
  });
  return start?.at ?? code.consentPlatforms.find(({ platform }) => stamping.has(platform))?.at;
}

/** True where the plan sends the events of a call whatever the user chose. */
export function isExemptFromConsent(call: TrackingCall, plan: Plan | undefined): boolean {
  const consent: Partial<PlanConsent> = plan?.consent ?? {};
  const { exempt = [], default: usual } = consent;
  if (exempt.length === 0) return false;
  const isExempt = (category: string | undefined) => category !== undefined && exempt.includes(category);
  if (call.events.length === 0 || call.dynamic) return isExempt(usual);
  return call.events.every(({ value }) => isExempt(plan?.find(value)?.consent ?? usual));
}
