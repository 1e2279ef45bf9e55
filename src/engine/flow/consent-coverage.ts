import type {
  Guard,
  Inventory,
  Payload,
  Platform,
  SdkStart,
  Sink,
  StaticValue,
  TrackingCall,
} from "../../calls/types.ts";
import type { PlanConsent } from "../../plan/model.ts";
import { sdkById } from "../../sdks/index.ts";
import { findProperty } from "../payloads.ts";
import { alternativesOf, onlyLiterals } from "../static-values.ts";
import { consentCarried } from "./consent-state.ts";
import { type GuardVerdict, judgeGuards } from "./judge-guards.ts";
import { productOf } from "./vendor-label.ts";

/** What the consent section says, as far as coverage asks. */
export type ConsentTerms = Pick<PlanConsent, "guards" | "operator" | "withoutConsent" | "payload" | "model">;

/** Answers, for one inventory, what is covered by the user's choice. */
export interface ConsentCoverage {
  /** True where something in the source asks for the user's choice, wherever that may be. */
  hasMechanism(source: string): boolean;
  /** Undefined where the call is covered; else what its guards say instead. */
  uncovered(call: TrackingCall): GuardVerdict | undefined;
  /** Undefined where the start is covered. */
  uncoveredStart(start: SdkStart): GuardVerdict | undefined;
}

export function consentCoverage(code: Inventory, terms: ConsentTerms | undefined): ConsentCoverage {
  const verdicts = new Map<readonly Guard[], GuardVerdict>();
  const judge = (guards: readonly Guard[]) => {
    const verdict = verdicts.get(guards) ?? judgeGuards(guards, terms?.guards);
    verdicts.set(guards, verdict);
    return verdict;
  };
  const settled = ({ decider }: GuardVerdict) =>
    decider === "user" || decider === "never" || (decider === "operator" && terms?.operator === true);
  const asks = ({ sdk }: VendorOf) => sdkById(sdk)?.asksPerson === true;
  const waiting = new Set(
    code.starts.filter((start) => asks(start) || holdsCapture(start) || settled(judge(start.guards))),
  );
  const told = vendorsTold(code, terms);
  const startsOf = startsByCall(code);
  const isGated = (source: string, sink: VendorOf) => {
    const starts = startsOf(source, sink);
    return (
      asks(sink) ||
      told.has(tellKey(source, sink.vendor)) ||
      (starts.length > 0 && starts.every((start) => waiting.has(start)))
    );
  };
  const isWithheld = (call: TrackingCall) => {
    const ids = [call.ids.userId, call.ids.anonymousId].filter((id) => id !== undefined);
    return ids.length > 0 && ids.every((id) => settled(judge(id.guards ?? [])));
  };
  const uncovered = (guards: readonly Guard[]) => {
    const verdict = judge(guards);
    return settled(verdict) ? undefined : verdict;
  };
  const mechanisms = new Set([
    ...code.consentPlatforms.map(({ source }) => source),
    ...code.calls.filter(({ kind }) => consentKinds.has(kind)).map(({ source }) => source),
    ...code.starts
      .filter((start) => holdsCapture(start) || asksTheUser(judge(start.guards)))
      .map(({ source }) => source),
    ...code.calls.filter((call) => asksTheUser(judge(call.guards))).map(({ source }) => source),
  ]);
  return {
    hasMechanism: (source) => mechanisms.has(source),
    uncovered: (call) => {
      const isHeld = call.sinks.length > 0 && call.sinks.every((sink) => isGated(call.source, sink));
      if (isHeld || carriesConsent(call, terms?.payload)) return undefined;
      if (terms?.withoutConsent === "anonymous" && isWithheld(call)) return undefined;
      return uncovered(call.guards);
    },
    uncoveredStart: (start) =>
      waiting.has(start) || told.has(tellKey(start.source, start.vendor)) ? undefined : uncovered(start.guards),
  };
}

/** Kinds of call that carry the user's choice to the SDK. */
export const consentKinds: ReadonlySet<TrackingCall["kind"]> = new Set(["consent", "consent-optin", "consent-optout"]);

/** The platform of a call or start: its own, else that of its source. */
export function platformIn(code: Inventory, of: { readonly platform: Platform; readonly source: string }): Platform {
  if (of.platform !== "unknown") return of.platform;
  return code.sources.find(({ name }) => name === of.source)?.platform ?? "unknown";
}

/** True where the SDK sends by itself once it is started, as far as the options of the start tell. */
export function capturesByItself(start: SdkStart): boolean {
  const sdk = sdkById(start.sdk);
  if (sdk === undefined) return false;
  const isOn = (name: string) => {
    const value = findProperty(start.options, name)?.value;
    return value !== undefined && !isSwitchedOff(value);
  };
  if (!sdk.startsCapture) return sdk.capturesWith?.some(isOn) ?? false;
  const quiet = Object.entries(sdk.quietWith ?? {});
  return quiet.length === 0 || !quiet.every(([name, value]) => isOption(start.options, name, value));
}

/** Vendors that recognise nobody again: no cookie, no id on the device. A consent section asks for them too. */
const storageless: ReadonlySet<string> = new Set(["plausible", "fathom", "umami", "vercel"]);

export function storesNothing(vendor: string): boolean {
  return storageless.has(vendor);
}

/** What the user chose, or refused: also a check that is wrong shows that the code knows of a choice. */
function asksTheUser({ decider, defect }: GuardVerdict): boolean {
  return decider === "user" || defect === "inverted" || defect === "not-awaited";
}

/** Vendors whose consent call is made before the start and holds everything back until the user agrees. */
const heldByCall: ReadonlySet<string> = new Set(["google", "meta", "tiktok", "microsoft"]);

/** Vendors that are told of the choice before they start, or to stop where refusing afterwards is enough; a source each. */
function vendorsTold(code: Inventory, terms: ConsentTerms | undefined): ReadonlySet<string> {
  const optOutIsEnough = terms?.model !== "opt-in";
  const calls = code.calls.filter(
    ({ kind, sinks }) =>
      consentKinds.has(kind) &&
      (sinks.some(({ vendor }) => heldByCall.has(vendor)) || (optOutIsEnough && kind !== "consent-optin")),
  );
  return new Set(calls.flatMap(({ source, sinks }) => sinks.map(({ vendor }) => tellKey(source, vendor))));
}

function tellKey(source: string, vendor: string): string {
  return `${source}\0${vendor}`;
}

type VendorOf = Pick<Sink, "sdk" | "vendor" | "family">;

/** Finds what starts a vendor for the calls of a source: in that source, else in a package that it shares. */
export function startsByCall(code: Inventory): (source: string, sink: VendorOf) => readonly SdkStart[] {
  const known = new Map<string, readonly SdkStart[]>();
  return (source, sink) => {
    const key = JSON.stringify([source, sink.sdk]);
    const found = known.get(key) ?? findStarts(code.starts, source, sink);
    known.set(key, found);
    return found;
  };
}

function findStarts(starts: readonly SdkStart[], source: string, sink: VendorOf): readonly SdkStart[] {
  const own = starts.filter((start) => start.source === source && productOf(start) === productOf(sink));
  return own.length > 0 ? own : starts.filter(({ sdk }) => sdk === sink.sdk);
}

/** True where an option of the start holds capture back until, or says, what the user chose. */
function holdsCapture(start: SdkStart): boolean {
  const options = sdkById(start.sdk)?.holdOptions ?? [];
  return options.some((name) => {
    const value = findProperty(start.options, name)?.value;
    if (value === undefined) return false;
    // `defaultOptIn` reads the other way round: false holds back.
    return name === "defaultOptIn" ? !isLiteral(value, true) : !isSwitchedOff(value);
  });
}

function isSwitchedOff(value: StaticValue): boolean {
  if (value.kind === "object") return isOption(value.shape, "enabled", false);
  return alternativesOf(value).every(
    (one) => one.kind === "undefined" || (one.kind === "literal" && (!one.value || one.value === "granted")),
  );
}

function isOption(options: Payload, name: string, wanted: boolean): boolean {
  const value = findProperty(options, name)?.value;
  return value !== undefined && isLiteral(value, wanted);
}

function isLiteral(value: StaticValue, wanted: boolean): boolean {
  return onlyLiterals(value)?.every((one) => one.value === wanted) ?? false;
}

/** True where the call carries the user's choice along: at the plan's place, or where every vendor reads it. */
function carriesConsent(call: TrackingCall, planned: string | undefined): boolean {
  return call.sinks.length > 0 && call.sinks.every((sink) => consentCarried(call, sink, planned) === "carried");
}
