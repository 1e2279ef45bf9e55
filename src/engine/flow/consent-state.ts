import type { Inventory, Payload, Sink, TrackingCall } from "../../calls/types.ts";
import type { Range } from "../../diagnostics/range.ts";
import type { Plan, PlanConsent } from "../../plan/model.ts";
import { consentPlatforms, sdkById } from "../../sdks/index.ts";
import { findProperty, propertiesOf } from "../payloads.ts";
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

function inOwnField({ consent }: TrackingCall): ConsentCarried {
  if (consent === undefined) return "missing";
  if (consent.properties.length > 0) return "carried";
  return consent.complete ? "missing" : "unknown";
}

function carriedAt(call: TrackingCall, path: string): ConsentCarried {
  const [root = "", ...rest] = path.split(".");
  const roots = { context: call.context, properties: propertiesOf(call), traits: call.traits };
  const isRoot = rest.length > 0 && (root === "context" || root === "properties" || root === "traits");
  return isRoot ? carriedIn(roots[root], rest) : carriedIn(roots.properties, [root, ...rest]);
}

/** An object that isn't written out where the choice stands is the choice. */
function carriedIn(payload: Payload, [name = "", ...rest]: readonly string[]): ConsentCarried {
  const property = findProperty(payload, name);
  if (property === undefined) return payload.complete ? "missing" : "unknown";
  if (isUndefined(property.value)) return "missing";
  if (property.optional) return "unknown";
  return rest.length > 0 && property.value.kind === "object" ? carriedIn(property.value.shape, rest) : "carried";
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

/** Why a vendor's messages are to carry the user's choice, and where. */
export interface ConsentDemand {
  readonly by: "plan" | "calls";
  readonly field: string;
  /** A call that carries it, or what puts it on all of a browser's. */
  readonly carriedAt?: Range;
}

/**
 * Undefined where neither the plan nor the code says that messages to this vendor carry the choice. One place in the
 * context is one vendor's: what Segment reads says nothing of RudderStack. A vendor with a field of its own, such as a
 * tag server, is passed what the project carries anywhere.
 */
export function consentDemand(code: Inventory, sink: Sink, planned: string | undefined): ConsentDemand | undefined {
  const own = sdkById(sink.sdk)?.consentField;
  if (own === undefined) return undefined;
  const isOwnField = sdkById(sink.sdk)?.contextConsent === "own-field";
  const carriedAt = carriesConsent(code, isOwnField ? undefined : sink.vendor);
  const found = carriedAt && { carriedAt };
  if (planned !== undefined) {
    if (overlap(planned, own)) return { by: "plan", field: planned, ...found };
    if (isOwnField) return { by: "plan", field: own, ...found };
    if (!isOfAnother(code, planned)) return { by: "plan", field: planned, ...found };
  }
  return carriedAt && { by: "calls", field: own, carriedAt };
}

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** True for a place where another vendor of the project reads it. */
function isOfAnother(code: Inventory, planned: string): boolean {
  return code.calls.some(({ sinks }) =>
    sinks.some(({ sdk }) => {
      const field = sdkById(sdk)?.consentField;
      return field !== undefined && overlap(planned, field);
    }),
  );
}

function carriesConsent(code: Inventory, vendor: string | undefined): Range | undefined {
  const isOf = (one: string | undefined) => one !== undefined && (vendor === undefined || one === vendor);
  const call = code.calls.find(
    (one) =>
      one.role !== "tenant" &&
      one.sinks.some((sink) => isOf(sink.vendor) && consentCarried(one, sink, undefined) === "carried"),
  );
  if (call !== undefined) return call.at;
  const start = code.starts.find((one) => {
    const key = sdkById(one.sdk)?.consentField?.split(".").at(-1);
    return isOf(one.vendor) && key !== undefined && findProperty(one.options, key) !== undefined;
  });
  const stamping = new Set(consentPlatforms.filter(({ stamps }) => isOf(stamps)).map(({ id }) => id));
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
