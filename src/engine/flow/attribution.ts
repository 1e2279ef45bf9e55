import type { AttributionRead, Guard, Inventory, Payload, Sink, StaticValue, TrackingCall } from "../../calls/types.ts";
import type { Plan } from "../../plan/model.ts";
import { type AttributionKind, attributionOf } from "../../sdks/attribution-keys.ts";
import { sdkById } from "../../sdks/index.ts";
import { isConversionName, saysRenewal } from "../naming/conversion-events.ts";
import { propertiesOf, propertyAt } from "../payloads.ts";
import { eventMeant } from "../plan-events.ts";
import { judgedCalls } from "../selectors.ts";
import { alternativesOf, isUndefined } from "../static-values.ts";
import { browserVendors, externalClient } from "./clients.ts";
import { textsIn } from "./condition-names.ts";
import { runsOnServer } from "./ids.ts";
import { callerSources } from "./reach.ts";

export type { AttributionKind };

/** A conversion that a server sends, to a vendor that knows of the visit only what the call carries. */
export interface ServerConversion {
  readonly call: TrackingCall;
  readonly event: string;
  readonly sink: Sink;
}

export interface ConversionTerms {
  /** Names of conversions, where the plan lists none. */
  readonly conversions: readonly string[];
  /** Vendors at which nobody looks for what brought a person. */
  readonly exemptVendors: readonly string[];
}

const words = { type: "array", items: { type: "string", minLength: 1 }, default: [] } as const;

/** The options of the rules that ask about conversions. */
export const conversionOptions = {
  type: "object",
  additionalProperties: false,
  properties: { conversions: words, exemptVendors: words },
} as const;

export const usualConversions: ConversionTerms = { conversions: [], exemptVendors: [] };

/** The conversions that servers send; renewals of what was bought before are none. */
export function serverConversions(
  code: Inventory,
  plan: Plan | undefined,
  { conversions, exemptVendors }: ConversionTerms,
): readonly ServerConversion[] {
  const fed = browserVendors(code);
  const keeps = ({ sdk, vendor }: Sink) =>
    sdkById(sdk)?.firstTouch === "kept" && (fed.has(vendor) || externalClient(vendor, plan) !== undefined);
  const isAsked = (sink: Sink, call: TrackingCall) =>
    sdkById(sink.sdk)?.firstTouch !== undefined &&
    !keeps(sink) &&
    !joinsVisit(sink, call) &&
    !exemptVendors.includes(sink.vendor);
  const isConversion = (name: string) => isConversionName(name) || conversions.includes(name);
  return judgedCalls(code, { kinds: ["track"] }).flatMap((call) => {
    const event = eventMeant(call, plan, plan?.attribution?.conversions, isConversion);
    const sink = call.sinks.find((one) => isAsked(one, call));
    if (event === undefined || sink === undefined || !isSentByServer(code, call) || isRenewal(code, call)) return [];
    return [{ call, event, sink }];
  });
}

/** Google joins an event to the visit whose client id it carries; where it comes from a cookie, a tag has set that. */
function joinsVisit({ vendor }: Sink, { ids }: TrackingCall): boolean {
  const client = vendor === "google" ? ids.anonymousId : undefined;
  return client !== undefined && alternativesOf(client.value).some(({ kind }) => kind !== "literal");
}

function isSentByServer(code: Inventory, call: TrackingCall): boolean {
  const isOnDevice = call.sinks.every(({ sdk }) => ["browser", "react-native"].includes(sdkById(sdk)?.platform ?? ""));
  return runsOnServer(code, call) && !isOnDevice;
}

function isRenewal(code: Inventory, call: TrackingCall): boolean {
  const around = call.enclosing === undefined ? undefined : code.functions.get(call.enclosing)?.name;
  const texts = [call.at.file, around ?? "", ...call.guards.filter(({ holds }) => holds).flatMap(textsOf)];
  return [...texts, ...call.events.map(({ value }) => value)].some(saysRenewal);
}

/** A condition as written, and the cases of a switch. */
function textsOf({ text, condition }: Guard): readonly string[] {
  return [text, ...textsIn(condition)];
}

/** What is asked of visitors in the source of a call, and in the sources that reach it. */
export function attributionReads(code: Inventory, call: TrackingCall): readonly AttributionRead[] {
  const sources = new Set([call.source, ...callerSources(code, call)]);
  return code.attribution.filter(({ source }) => sources.has(source));
}

/** Which of what brought a visitor a call carries. */
export interface Carried {
  readonly kinds: ReadonlySet<AttributionKind>;
  /** False where something unknown may carry more. */
  readonly isClosed: boolean;
}

export function carriedBy(call: TrackingCall): Carried {
  return carriedIn(payloadsOf(call));
}

/** True for a call that leaves on the person what brought them. A context belongs to one message only. */
export function keepsOnPerson(call: TrackingCall): boolean {
  return carriedIn([propertiesOf(call), call.traits]).kinds.size > 0;
}

function carriedIn(payloads: readonly Payload[]): Carried {
  const kinds = new Set<AttributionKind>();
  const isClosed = payloads.map((payload) => collect(payload, kinds, 0)).every((closed) => closed);
  return { kinds, isClosed };
}

function payloadsOf(call: TrackingCall): readonly Payload[] {
  return [propertiesOf(call), call.context, call.traits, ...(call.userData === undefined ? [] : [call.userData])];
}

/** How deep objects are looked through: `context.page.referrer`, `$set_once.$initial_referrer`. */
const DEPTH = 4;

/** True where all keys are known. */
function collect(payload: Payload, into: Set<AttributionKind>, depth: number): boolean {
  let isClosed = payload.complete;
  for (const { name, value } of payload.properties) {
    if (isUndefined(value) || isRequestReferer(value)) continue;
    const kind = attributionOf(name);
    if (kind !== undefined) into.add(kind);
    for (const one of alternativesOf(value)) {
      if (one.kind === "object" && depth < DEPTH) isClosed = collect(one.shape, into, depth + 1) && isClosed;
      if (mayHold(name) && (one.kind === "unknown" || (one.kind === "type" && one.type === "object"))) isClosed = false;
    }
  }
  return isClosed;
}

/**
 * The Referer of the request that is being answered: the page that sent it, which is the product's own or the login
 * provider's by the time of a conversion, and never the one that the visit came from.
 */
export function isRequestReferer(value: StaticValue): boolean {
  const known = alternativesOf(value).filter((one) => !isUndefined(one));
  return known.length > 0 && known.every((one) => "origin" in one && refererRead.test(one.origin ?? ""));
}

const refererRead =
  /\bheaders?\b.*\breferr?er\b|\b(?:req|request|ctx|c)\b[.\w]*\.(?:get|header)\(\s*["'`]referr?er["'`]\s*\)/i;

/** Keys whose objects hold what brought a visitor. */
function mayHold(name: string): boolean {
  return /^(?:page|context|marketing|tracking|utm|utms|\$set|\$set_once|user_data)$/.test(name);
}

/** A group of the plan's keys, by whether a call carries one of them. */
export type GroupPresence = "carried" | "missing" | "unknown";

export function carriesGroup(call: TrackingCall, paths: readonly string[]): GroupPresence {
  const found = paths.map((path) => at(call, path));
  if (found.includes("carried")) return "carried";
  return found.includes("unknown") ? "unknown" : "missing";
}

function at(call: TrackingCall, path: string): GroupPresence {
  const [root = "", ...rest] = path.split(".");
  const roots: Readonly<Record<string, Payload>> = {
    context: call.context,
    properties: propertiesOf(call),
    traits: call.traits,
    user_data: call.userData ?? { properties: [], complete: true },
  };
  const known = roots[root];
  const property = known === undefined ? propertyAt(propertiesOf(call), path) : propertyAt(known, rest.join("."));
  if (property === "unknown") return "unknown";
  const isMissing = property === undefined || isUndefined(property.value) || isRequestReferer(property.value);
  return isMissing ? "missing" : "carried";
}
