import type { Guard, Identifier, Payload, Sink, TrackingCall } from "../../calls/types.ts";
import { findProperty, propertiesOf } from "../payloads.ts";
import { alternativesOf } from "../static-values.ts";
import { namesIn } from "./condition-names.ts";

/** How a vendor joins what a visitor did before the signup with the person. */
interface Linking {
  /** True where a call joins the two by itself. */
  readonly links: (call: TrackingCall, terms: LinkTerms) => boolean;
  /** True where a call names the person to a client that knows the visitor: from then on the vendor joins them. */
  readonly identifies: (call: TrackingCall, sink: Sink) => boolean;
  /** False for a signup that says nothing of who the person is, where the vendor is often used without. */
  readonly knowsPeople?: (signup: TrackingCall) => boolean;
  /** What to do about a signup that is not linked. */
  readonly remedy: string;
}

export interface LinkTerms {
  /** The merge system of a vendor, as the plan's `destinations` say. */
  readonly mergeOf: (vendor: string) => string | undefined;
}

/** How this sink links; undefined where its vendor can't, so that there is nothing to ask for. */
export function linkingOf(sink: Sink): Linking | undefined {
  return sink.vendor === "google" && sink.family !== "ga4" ? undefined : linkings[sink.vendor];
}

/** True for a call of alias that names the id to be joined. */
export function isAlias(call: TrackingCall): boolean {
  return call.kind === "alias" && !isConstant(call.ids.previousId) && !isSame(call.ids.previousId, call.ids.userId);
}

const carriesBoth = (call: TrackingCall) => {
  const { userId, anonymousId } = call.ids;
  return isKnownId(userId) && isKnownId(anonymousId) && !isSame(userId, anonymousId);
};

const namesThePerson = (call: TrackingCall, sink: Sink) =>
  call.kind === "identify" && !profileOnly.has(sink.subkind ?? "") && isKnownId(call.ids.userId);

const carriesTheUser = (call: TrackingCall) => isKnownId(call.ids.userId);

const segmentSpec: Linking = {
  links: (call) => isAlias(call) || carriesBoth(call),
  identifies: namesThePerson,
  remedy: "Send the browser's anonymousId with the userId, or identify the person in the browser after the signup.",
};

const byDevice = { links: carriesBoth, identifies: carriesTheUser };

const linkings: Readonly<Record<string, Linking>> = {
  segment: segmentSpec,
  rudderstack: segmentSpec,
  jitsu: segmentSpec,
  posthog: {
    links: (call) =>
      isAlias(call) ||
      call.events.some(({ value }) => value === "$merge_dangerously") ||
      carriesBoth(call) ||
      has(propertiesOf(call), "$anon_distinct_id") ||
      isBrowsersDistinctId(call.ids.userId),
    identifies: namesThePerson,
    remedy:
      "Pass the browser's distinct id (header `x-posthog-distinct-id`) as `$anon_distinct_id` to identify, or to alias, or call `posthog.identify` in the browser after the signup.",
  },
  mixpanel: {
    links: (call, { mergeOf }) =>
      (isAlias(call) && aliasSystems.has(mergeOf("mixpanel") ?? "")) ||
      carriesBoth(call) ||
      (call.events.some(({ value }) => value === "$identify") && has(propertiesOf(call), "$anon_id")),
    identifies: namesThePerson,
    remedy:
      "Send `$device_id` and `$user_id` together, or call `mixpanel.identify` in the browser after the signup; alias links only where the plan says `destinations.mixpanel.merge: legacy`.",
  },
  amplitude: {
    ...byDevice,
    remedy:
      "Send `user_id` together with the browser's `device_id`, or call `setUserId` in the browser after the signup.",
  },
  google: {
    ...byDevice,
    knowsPeople: ({ ids, platform }) => ids.userId !== undefined || platform === "server",
    remedy: "Send `user_id` together with the browser's `client_id`, or set `user_id` in the browser after the signup.",
  },
};

/** Mixpanel's systems that know alias; on simplified ID merge it joins nothing. */
const aliasSystems: ReadonlySet<string> = new Set(["legacy", "original"]);

/** Sets properties of a person who is known already. */
const profileOnly: ReadonlySet<string> = new Set(["profile-set", "profile-set-once", "super-properties", "revenue"]);

/** True where the two calls can't both run: they stand in different branches of one condition. */
export function excludeEachOther(a: TrackingCall, b: TrackingCall): boolean {
  return a.guards.some((one) => b.guards.some((other) => samePlace(one, other) && one.holds !== other.holds));
}

/**
 * True where `link` runs whenever `signup` does, as far as conditions tell: it has none that the signup lacks. A test
 * for the presence of the id that is linked is no branch, and neither is what guards the SDK itself.
 */
export function runsOnEveryBranch(link: TrackingCall, signup: TrackingCall): boolean {
  const branches = link.guards.filter(({ how }) => how === "around" || how === "early-exit" || how === "only-caller");
  const ids = Object.values(link.ids).flatMap(({ text }) => text.split(/[^\w$.]+/));
  const isLinked = (name: string) => ids.some((id) => id === name || id.startsWith(`${name}.`));
  return branches.every(
    (guard) =>
      signup.guards.some((other) => samePlace(guard, other) && guard.holds === other.holds) ||
      namesIn(guard.condition).every(isLinked),
  );
}

function samePlace(a: Guard, b: Guard): boolean {
  return JSON.stringify(a.at) === JSON.stringify(b.at);
}

function isKnownId(id: Identifier | undefined): id is Identifier {
  return id !== undefined && !isConstant(id);
}

/** Literal on every path, or absent: it stands for no visitor. */
function isConstant(id: Identifier | undefined): boolean {
  return id !== undefined && alternativesOf(id.value).every(({ kind }) => kind === "literal" || kind === "undefined");
}

function isSame(a: Identifier | undefined, b: Identifier | undefined): boolean {
  return a !== undefined && b !== undefined && a.text === b.text && JSON.stringify(a.value) === JSON.stringify(b.value);
}

function has(payload: Payload, name: string): boolean {
  return findProperty(payload, name) !== undefined;
}

const browserDistinctId = /posthog-distinct-id|get_distinct_id|\bph_\w*_posthog\b/i;

/** The id comes from the browser: a header or cookie of posthog-js. */
function isBrowsersDistinctId(id: Identifier | undefined): boolean {
  if (id === undefined) return false;
  const origins = alternativesOf(id.value).map((value) => ("origin" in value ? (value.origin ?? "") : ""));
  return [id.text, ...origins].some((text) => browserDistinctId.test(text));
}
