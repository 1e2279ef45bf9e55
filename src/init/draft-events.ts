import type { Inventory, Payload, StaticValue, TrackingCall } from "../calls/types.ts";
import { propertiesOf } from "../engine/payloads.ts";
import { EVENT_KINDS, eventKindOf, judgedCalls } from "../engine/selectors.ts";
import { canRead } from "../engine/static-values.ts";
import { isSettableKey, isVendorName } from "../engine/vendors.ts";
import type { EventKind } from "../plan/model.ts";
import { groupBy } from "../util/group-by.ts";
import type { BundleDraft, EventDraft, PayloadDraft, PropertyDraft, SourceDifference, UnnamedCall } from "./draft.ts";
import { bundleEvents } from "./draft-bundles.ts";
import { canBeNamed, inferPayload, inferSchema } from "./infer-schema.ts";

export interface EventsDraft {
  readonly bundles: readonly BundleDraft[];
  readonly events: readonly EventDraft[];
  readonly pages?: PayloadDraft;
  readonly unnamed: readonly UnnamedCall[];
}

/** An event, and every call that is held against it. */
interface Sent {
  readonly name: string;
  readonly kind: EventKind;
  readonly calls: readonly TrackingCall[];
}

/** The events that the code sends, with the payloads that it sends them with. */
export function draftEvents(code: Inventory): EventsDraft {
  const calls = judgedCalls(code, { kinds: EVENT_KINDS });
  const sent = sentEvents(calls);
  const named = new Set(sent.flatMap((event) => event.calls));
  const pages = calls.filter((call) => call.kind === "page" && !named.has(call)).map(propertiesOf);
  return {
    ...bundleEvents(sent.map((one) => ({ event: draftEvent(one), calls: one.calls }))),
    ...(pages.some(({ properties }) => properties.length > 0) ? { pages: inferPayload(pages, isNoVendorKey) } : {}),
    unnamed: calls.filter((call) => call.kind === "track" && isUnnamed(call)).map(toUnnamed),
  };
}

function isUnnamed(call: TrackingCall): boolean {
  return call.dynamic || call.patterns.length > 0 || call.unresolved.length > 0;
}

function toUnnamed({ eventAt, at, eventText }: TrackingCall): UnnamedCall {
  return { at: eventAt ?? at, ...(eventText === undefined ? {} : { text: eventText }) };
}

/** By name and kind; a call whose name is known in part counts where it can mean one event only, as `check` has it. */
function sentEvents(calls: readonly TrackingCall[]): Sent[] {
  // The names of pages and screens are events where all of them are written in the code; else they come from routes.
  const fromRoutes = new Set(calls.filter((call) => call.kind !== "track" && isUnnamed(call)).map(({ kind }) => kind));
  const listed = calls.filter(({ kind }) => !fromRoutes.has(kind));
  const uses = listed.flatMap((call) => ownNames(call).map((name) => ({ name, kind: eventKindOf(call)!, call })));
  const named = [...groupBy(uses, ({ name, kind }) => JSON.stringify([name, kind])).values()].map((group) => ({
    name: group[0]!.name,
    kind: group[0]!.kind,
    calls: group.map(({ call }) => call),
  }));
  const guesses = listed.flatMap((call) =>
    call.patterns.map(({ parts }) => ({ call, event: onlyEvent(parts, call, named) })),
  );
  const guessed = groupBy(guesses, ({ event }) => event);
  return named.map((event) => {
    const more = (guessed.get(event) ?? []).map(({ call }) => call);
    return { ...event, calls: [...new Set([...event.calls, ...more])] };
  });
}

function ownNames(call: TrackingCall): readonly string[] {
  const names = call.events.map(({ value }) => value);
  return [...new Set(names)].filter((name) => canBeNamed(name) && !isVendorName(call, name));
}

function onlyEvent(parts: readonly (string | null)[], call: TrackingCall, events: readonly Sent[]): Sent | undefined {
  const matching = events.filter(({ name, kind }) => kind === eventKindOf(call) && canRead(parts, name));
  return matching.length === 1 ? matching[0] : undefined;
}

function draftEvent({ name, kind, calls }: Sent): EventDraft {
  const isVendorKey = (key: string) =>
    key.startsWith("$") && calls.every((call) => !has(propertiesOf(call), key) || isSettableKey(call, key));
  const bySource = [...groupBy(calls, ({ source }) => source)].map(([source, ofSource]) => ({
    source,
    draft: inferPayload(ofSource.map(propertiesOf), (key) => !isVendorKey(key)),
  }));
  bySource.sort((a, b) => (a.source < b.source ? -1 : 1));
  return { name, kind, bundles: [], ...joinSources(bySource, calls) };
}

/**
 * What all sources share is the event's; what only some of them send, or send as another type, is theirs. Sources that
 * choose from different texts share a property whose texts are those of all.
 */
function joinSources(
  bySource: readonly { readonly source: string; readonly draft: PayloadDraft }[],
  calls: readonly TrackingCall[],
): Pick<EventDraft, "properties" | "open" | "sources"> {
  const drafts = bySource.map(({ draft }) => draft);
  const names = new Set(drafts.flatMap(({ properties }) => properties.map(({ name }) => name)));
  const shared = [...names].flatMap((name): PropertyDraft[] => {
    const found = drafts.map(({ properties }) => properties.find((property) => property.name === name));
    const ofAll = found.filter((property) => property !== undefined);
    const types = ofAll.map(({ schema }) => schema?.types ?? []).filter((known) => known.length > 0);
    if (ofAll.length < drafts.length || new Set(types.map(String)).size > 1) return [];
    return [{ name, required: ofAll.every(({ required }) => required), schema: inferSchema(valuesOf(calls, name)) }];
  });
  const open = drafts.every((draft) => draft.open);
  const sources = bySource.map(({ source, draft }): SourceDifference => {
    const properties = draft.properties.flatMap((property): PropertyDraft[] => {
      const common = shared.find(({ name }) => name === property.name);
      if (common === undefined) return [property];
      return property.required && !common.required ? [{ name: property.name, required: true }] : [];
    });
    return { source, properties, open: draft.open && !open };
  });
  return { properties: shared, open, sources };
}

function valuesOf(calls: readonly TrackingCall[], name: string): StaticValue[] {
  return calls
    .flatMap((call) => propertiesOf(call).properties.filter((one) => one.name === name))
    .map(({ value }) => value);
}

function has(payload: Payload, key: string): boolean {
  return payload.properties.some(({ name }) => name === key);
}

function isNoVendorKey(name: string): boolean {
  return !name.startsWith("$");
}
