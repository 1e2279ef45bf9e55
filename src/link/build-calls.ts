import type {
  CallKind,
  Guard,
  Hop,
  Identifier,
  IdentifierRole,
  Payload,
  Platform,
  Sink,
  TrackingCall,
} from "../calls/types.ts";
import { compareRanges } from "../diagnostics/range.ts";
import { isServerFile } from "../discover/platform.ts";
import type { Discovery } from "../discover/types.ts";
import { ownerOf } from "./call-graph.ts";
import { type CallIndex, functionKey } from "./call-index.ts";
import { type Deliveries, joinDeliveries } from "./deliveries.ts";
import type { Evaluator } from "./evaluator.ts";
import { forwardedParams, isPluginHandler } from "./forwarding.ts";
import { idOriginsOf } from "./id-origins.ts";
import type { Module } from "./module.ts";
import { isGiven, messageMakers, type Names, namesOf } from "./names.ts";
import { originGuards } from "./origin-guards.ts";
import { isRelay } from "./relays.ts";
import { guardsAlong } from "./site-guards.ts";
import { joinPayloads, toPayload, toStatic } from "./static-value.ts";
import { Tenants } from "./tenants.ts";
import { type Arrival, arrivalsOf, type Leg, roleOf } from "./trace.ts";
import { alternatives, type ObjectValue, objectOf, type Place, type Value } from "./value.ts";
import { expressionAt, namesWhereWritten, roleOfName, writtenAt, writtenPart } from "./written-at.ts";

const IDENTIFIERS: readonly IdentifierRole[] = ["userId", "anonymousId", "previousId", "groupId", "groupType"];
const NOTHING: Payload = { properties: [], complete: true };

/** One call per place and kind: a site may reach several sinks. Sorted by place. */
export function buildCalls(
  ev: Evaluator,
  index: CallIndex,
  arrivals: readonly Arrival[],
  role: TrackingCall["role"],
  sourceOf: Discovery["sourceOf"],
  deliveries: Deliveries,
): TrackingCall[] {
  const groups = new Map<string, TrackingCall[]>();
  const tenants = new Tenants(ev, index);
  for (const arrival of arrivals) {
    const call = buildCall(
      ev,
      index,
      arrival,
      role === "site" ? roleOfSite(ev, tenants, arrival) : role,
      sourceOf,
      deliveries,
    );
    const list = groups.get(call.id);
    if (list) list.push(call);
    else groups.set(call.id, [call]);
  }
  return [...groups.values()]
    .map(joinCalls)
    .sort((a, b) => compareRanges(a.at, b.at) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
}

function roleOfSite(ev: Evaluator, tenants: Tenants, arrival: Arrival): TrackingCall["role"] {
  if (tenants.owns(arrival)) return "tenant";
  if (isRelay(arrival, writtenAt(ev, arrival, roleOfName(arrival.layout)))) return "relay";
  return forwardedParams(ev, arrival).some(isPluginHandler) ? "forwarder" : "site";
}

function buildCall(
  ev: Evaluator,
  index: CallIndex,
  arrival: Arrival,
  role: TrackingCall["role"],
  sourceOf: Discovery["sourceOf"],
  deliveries: Deliveries,
): TrackingCall {
  const { match, method, route, layout } = arrival;
  const [first] = route.legs as [Leg];
  const { part } = arrival;
  const at = part ? part.m.range(part.s, part.e) : first.m.rangeOf(first.call.x);
  const kind: CallKind = method.kind;
  const source = sourceOf(first.m.path);
  const names = namesAtSite(ev, arrival, role !== "forwarder");
  const payload = splitPayload(ev, arrival, "properties");
  const made = writtenPart(ev, arrival);
  const written = writtenAt(ev, arrival, roleOfName(layout), made?.x);
  const owner = ownerOf(first.m, first.call.fn);
  return {
    id: `${at.file}:${at.line}:${at.column}:${kind}`,
    kind,
    sinks: [sinkOf(arrival)],
    platform: platformOf(match.sdk.platform, source.platform, at.file),
    source: source.name,
    at,
    ...names,
    events: namesWhereWritten(names.events, made?.value),
    ...(written !== undefined && { eventText: first.m.textOf(written), eventAt: first.m.rangeOf(written) }),
    ...(isGiven(ev, first.m, written) &&
      (route.base === undefined || names.events.length > 0) && { isNameGiven: true }),
    properties: payload.site,
    added: payload.added,
    traits: layout.roles.traits ? toPayload(ev, roleOf(ev, arrival, "traits")) : NOTHING,
    context: layout.roles.context ? toPayload(ev, roleOf(ev, arrival, "context")) : NOTHING,
    ...furtherPayloads(ev, arrival),
    ...consentActionOf(ev, arrival),
    hasTimestamp: (roleOf(ev, arrival, "timestamp")?.k ?? "undef") !== "undef",
    ...messageIdOf(ev, arrival),
    ids: identifiersOf(ev, arrival),
    ...((roleOf(ev, arrival, "groups")?.k ?? "undef") !== "undef" && { hasGroups: true as const }),
    guards: guardsAlong(ev, index, arrival),
    via: hopsOf(arrival),
    ...(owner !== undefined && { enclosing: owner }),
    ...(first.call.fn >= 0 && { innermost: functionKey(first.m, first.call.fn) }),
    confidence: arrival.confidence,
    role,
    ...(role !== "forwarder" && deliveries.asField(arrival)),
    awaited: first.call.use === "await" || first.call.use === "return",
  };
}

/** What some vendors have beside properties, traits and context. */
function furtherPayloads(ev: Evaluator, arrival: Arrival): Pick<TrackingCall, "userData" | "consent"> {
  const payload = (role: string) => {
    const value = arrival.layout.roles[role] && roleOf(ev, arrival, role);
    return value === undefined || value.k === "undef" ? undefined : toPayload(ev, value);
  };
  const [userData, consent] = [payload("userData"), payload("consent")];
  return { ...(userData && { userData }), ...(consent && { consent }) };
}

function consentActionOf(ev: Evaluator, arrival: Arrival): Pick<TrackingCall, "consentAction"> {
  const action = arrival.layout.roles.consentAction && roleOf(ev, arrival, "consentAction");
  return action?.k === "lit" && typeof action.v === "string" ? { consentAction: action.v } : {};
}

export function sinkOf({ match, method }: Arrival): Sink {
  const { sdk } = match;
  return {
    sdk: sdk.id,
    vendor: sdk.vendor,
    family: sdk.family,
    method: method.name,
    ...(method.subkind !== undefined && { subkind: method.subkind }),
  };
}

function platformOf(sdk: string, source: Platform, file: string): Platform {
  if (sdk === "browser" || sdk === "server" || sdk === "react-native") return sdk;
  return source === "unknown" && isServerFile(file) ? "server" : source;
}

type SiteNames = Omit<Names, "params">;

function namesAtSite(ev: Evaluator, arrival: Arrival, useDeclared: boolean): SiteNames {
  const { method, layout } = arrival;
  const [first] = arrival.route.legs as [Leg];
  const at = first.m.rangeOf(first.call.x);
  const isTrack = method.kind === "track";
  if (roleOfName(layout) === undefined) {
    const events = isTrack && method.fixedEvent !== undefined ? [{ value: method.fixedEvent, at }] : [];
    return { events, patterns: [], unresolved: [], dynamic: false };
  }
  const value = roleOf(ev, arrival, roleOfName(layout) ?? "event");
  // A page view needs no name.
  if (!isTrack && (value === undefined || value.k === "undef"))
    return { events: [], patterns: [], unresolved: [], dynamic: false };
  const { m, x } = arrival.args.ref;
  const here = { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 };
  const { params: _, ...names } = namesOf(ev, value, here, useDeclared);
  return { ...names, unresolved: [...names.unresolved, ...(names.dynamic ? messageMakers(arrival, value) : [])] };
}

/**
 * What is written at the site, and what functions on the way add, apart: what the payload has without the site's
 * arguments is added.
 */
function splitPayload(ev: Evaluator, arrival: Arrival, role: string): { site: Payload; added: Payload } {
  const value = arrival.layout.roles[role] ? roleOf(ev, arrival, role) : undefined;
  if (value === undefined) return { site: NOTHING, added: NOTHING };
  const [, ...inner] = arrival.route.legs;
  if (inner.length === 0) return { site: toPayload(ev, value), added: NOTHING };
  const addedAt = new Set<string>();
  let isOwn = true;
  for (const without of arrivalsOf(ev, { legs: inner })) {
    const bare = roleOf(ev, without, role);
    if (bare) for (const entry of entriesOf(bare)) addedAt.add(keyOf(entry));
    isOwn &&= bare === undefined || isClosed(bare);
  }
  const parts = alternatives(value).map((option) => {
    if (option.k !== "obj") return { site: toPayload(ev, option), added: NOTHING };
    const added = option.entries.filter((entry) => addedAt.has(keyOf(entry)));
    const site = option.entries.filter((entry) => !addedAt.has(keyOf(entry)));
    // A wrapper that passes nothing on is itself the place where a key is missing; else the caller may write it.
    const [first] = site;
    const isPlaced = (first === undefined || !("n" in first)) && (isOwn || isWithin(arrival, option.at));
    const at = isPlaced ? option.at : undefined;
    return { site: toPayload(ev, objectOf(site, at)), added: toPayload(ev, objectOf(added)) };
  });
  return { site: joinPayloads(parts.map((p) => p.site)), added: joinPayloads(parts.map((p) => p.added)) };
}

/** An object that takes nothing over from callers as a whole. */
function isClosed(value: Value): boolean {
  return alternatives(value).every((option) => option.k === "obj" && option.entries.every((entry) => "n" in entry));
}

/** Whether something is written inside the call. */
function isWithin({ route }: Arrival, place: Place | undefined): boolean {
  const [first] = route.legs as [Leg];
  const { starts, ends } = first.m.facts;
  const { x } = first.call;
  return place?.m === first.m && (starts[x] ?? 0) <= place.s && place.e <= (ends[x] ?? 0);
}

type Entry = ObjectValue["entries"][number];

function entriesOf(value: Value): Entry[] {
  return alternatives(value).flatMap((option) => (option.k === "obj" ? option.entries : []));
}

function keyOf(entry: Entry): string {
  const at = "n" in entry ? entry.at : "at" in entry.spread ? entry.spread.at : undefined;
  return at ? `${at.m.path}:${at.s}` : "";
}

function identifiersOf(ev: Evaluator, arrival: Arrival): Partial<Record<IdentifierRole, Identifier>> {
  const ids: Partial<Record<IdentifierRole, Identifier>> = {};
  for (const role of IDENTIFIERS) {
    const id = personalId(ev, arrival, role);
    if (id === undefined) continue;
    const origins = idOriginsOf(arrival, role);
    ids[role] = { ...id, ...(origins.length > 0 && { origins }), ...withheldUnless(ev, arrival, role) };
  }
  return ids;
}

function messageIdOf(ev: Evaluator, arrival: Arrival): { messageId?: Identifier } {
  const messageId = identifierOf(ev, arrival, "messageId");
  return messageId === undefined ? {} : { messageId };
}

function identifierOf(ev: Evaluator, arrival: Arrival, role: string): Identifier | undefined {
  const [first] = arrival.route.legs as [Leg];
  const value = arrival.layout.roles[role] && roleOf(ev, arrival, role);
  if (value === undefined || value.k === "undef") return undefined;
  const place = "at" in value && value.at ? value.at : undefined;
  return {
    at: place ? place.m.range(place.s, place.e) : first.m.rangeOf(first.call.x),
    value: toStatic(ev, value),
    text: place ? place.m.text(place.s, place.e) : first.m.textOf(first.call.x),
  };
}

/** Google knows a browser by its client id and an app by that of its instance. */
function personalId(ev: Evaluator, arrival: Arrival, role: IdentifierRole): Identifier | undefined {
  const id = identifierOf(ev, arrival, role);
  return id ?? (role === "anonymousId" ? identifierOf(ev, arrival, "appInstanceId") : undefined);
}

/** Conditions without which a call carries no id. Asked where the id is written at the SDK call. */
function withheldUnless(ev: Evaluator, arrival: Arrival, role: string): { guards?: readonly Guard[] } {
  const place = arrival.layout.roles[role];
  const { m, x, env } = arrival.args.ref;
  const written = place && expressionAt(m, x, arrival.match.skip + place.arg, place.path);
  if (written === undefined) return {};
  const guards = originGuards(ev, m, written, env, (value) => value.k !== "undef" && !(value.k === "lit" && !value.v));
  return guards.length > 0 ? { guards } : {};
}

function hopsOf(arrival: Arrival): Hop[] {
  return arrival.route.legs.flatMap((leg): Hop[] => {
    const fn = leg.enters?.m.facts.functions[leg.enters.fn];
    if (fn === undefined || leg.enters === undefined) return [];
    return [
      {
        name: qualifiedName(leg.enters.m, leg.enters.fn),
        at: leg.enters.m.range(fn.nameAt, fn.nameAt + Math.max(fn.name.length, 1)),
      },
    ];
  });
}

/** `AnalyticsService.track`, `useAnalytics.capture`, `trackEvent`. */
export function qualifiedName(m: Module, id: number): string {
  const fn = m.facts.functions[id];
  if (fn === undefined) return "(anonymous)";
  const own = fn.name === "" ? "(anonymous)" : fn.name;
  if (fn.cls !== undefined)
    return `${m.facts.classes[fn.cls]?.name || "(class)"}.${fn.kind === "constructor" ? "constructor" : own}`;
  const parent = fn.parent < 0 ? undefined : m.facts.functions[fn.parent];
  return parent && parent.name !== "" && fn.name !== "" ? `${parent.name}.${own}` : own;
}

function joinCalls(calls: readonly TrackingCall[]): TrackingCall {
  const [first] = calls as [TrackingCall];
  if (calls.length === 1) return first;
  const by = <T>(pick: (call: TrackingCall) => readonly T[], key: (item: T) => string): T[] => [
    ...new Map(calls.flatMap(pick).map((item) => [key(item), item])).values(),
  ];
  // A site that reaches the same name through several sinks writes its payload once.
  return {
    ...first,
    sinks: by(
      (c) => c.sinks,
      (s) => `${s.sdk}:${s.method}`,
    ),
    events: by(
      (c) => c.events,
      (e) => e.value,
    ),
    patterns: by(
      (c) => c.patterns,
      (p) => p.parts.join("\0"),
    ),
    unresolved: by(
      (c) => c.unresolved,
      (u) => u,
    ),
    role: calls.find(({ role }) => role !== "tenant")?.role ?? "tenant",
    dynamic: calls.some((c) => c.dynamic),
    ...(first.nameIsNone && calls.every((c) => c.nameIsNone) && { nameIsNone: true as const }),
    ...joinDeliveries(calls),
    properties: joinSites(calls.map((c) => c.properties)),
    added: joinPayloads(calls.map((c) => c.added)),
    ...Object.assign({}, ...[...calls].reverse().map(({ messageId }) => (messageId ? { messageId } : {}))),
    ids: Object.assign({}, ...[...calls].reverse().map((c) => c.ids)),
    guards: first.guards.filter((guard) =>
      calls.every((c) =>
        c.guards.some((g) => g.text === guard.text && g.at.line === guard.at.line && g.at.file === guard.at.file),
      ),
    ),
    via: first.via,
  };
}

/** Several sinks of one site get the same payload; the one that says most speaks for all. */
function joinSites(payloads: readonly Payload[]): Payload {
  const known = payloads.filter((payload) => payload.complete);
  const list = known.length > 0 ? known : payloads;
  return joinPayloads([...list].sort((a, b) => b.properties.length - a.properties.length).slice(0, 1));
}
