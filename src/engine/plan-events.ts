import type { EventPattern, StaticValue, TrackingCall } from "../calls/types.ts";
import type { Plan, PlanEvent, PlanPayload } from "../plan/model.ts";
import { propertiesOf, propertyAt } from "./payloads.ts";
import { eventKindOf } from "./selectors.ts";
import { canRead, onlyLiterals } from "./static-values.ts";
import { sendsTo } from "./vendors.ts";

/** The event of the plan that a call sends under a name: its own, an earlier one, or the wire name of a destination that the call reaches. */
export function plannedEvent(plan: Plan, call: TrackingCall, name: string): PlanEvent | undefined {
  const event = plan.find(name, eventKindOf(call));
  if (event === undefined || ownNames(event).includes(name)) return event;
  const destinations = Object.keys(event.names).filter((destination) => event.names[destination] === name);
  return destinations.some((destination) => sendsTo(call, destination, plan)) ? event : undefined;
}

/** The event's name in the plan, where the plan has it: an alias and a name on the wire are the same event. */
export function nameInPlan(plan: Plan | undefined, name: string): string {
  return plan?.find(name, "track")?.name ?? name;
}

/** The event that a call sends and that the plan names for something, or, where it names none, one whose name says so. */
export function eventMeant(
  { events }: Pick<TrackingCall, "events">,
  plan: Plan | undefined,
  named: readonly string[] = [],
  saysSo: (name: string) => boolean,
): string | undefined {
  const isMeant = (name: string) => (named.length > 0 ? named.includes(nameInPlan(plan, name)) : saysSo(name));
  return events.find(({ value }) => isMeant(value))?.value;
}

/** The events of the plan that a name with unknown parts can be; removed ones left out. */
export function eventsMatching(plan: Plan, call: TrackingCall, pattern: EventPattern): readonly PlanEvent[] {
  const kind = eventKindOf(call);
  return plan.events.filter(
    (event) =>
      event.kind === kind &&
      event.status !== "removed" &&
      [...ownNames(event), ...Object.values(event.names)].some((name) => canRead(pattern.parts, name)),
  );
}

/** An event of the plan as a call sends it. */
export interface SentEvent {
  readonly event: PlanEvent;
  /** As sent; a pattern with `…` for what is unknown. */
  readonly name: string;
}

/**
 * The events of the plan that a call certainly sends, or one of which it does. A pattern counts where only one event
 * can be meant. Removed events are not of the plan any more.
 */
export function sentEvents(plan: Plan, call: TrackingCall): readonly SentEvent[] {
  const named = call.events.map(({ value }) => plannedEvent(plan, call, value));
  const matched = call.patterns.map((pattern) => eventsMatching(plan, call, pattern));
  const events = [...named, ...matched.map((events) => (events.length === 1 ? events[0] : undefined))];
  return [...new Set(events)]
    .filter((event) => event !== undefined)
    .filter((event) => event.status !== "removed")
    .map((event) => ({ event, name: event.name }));
}

/** The payloads any of which a call of the event may have, by its live versions and by its variants. */
export function allowedPayloads(plan: Plan, event: PlanEvent, call: TrackingCall): readonly PlanPayload[] {
  const current = variantPayloads(event, call);
  const others = event.versions.filter((version) => version.status !== "removed");
  if (others.length === 0) return current;
  const sent = sentVersion(plan, call);
  if (sent === "absent") return current;
  const literals = sent === undefined || sent === "unknown" ? undefined : onlyLiterals(sent);
  if (literals === undefined) return [...current, ...others.map((version) => version.payload)];
  const isSent = (version: string | undefined) =>
    version !== undefined && literals.some(({ value }) => String(value) === versionOnWire(plan, version));
  const named = others.filter(({ version }) => isSent(version)).map((version) => version.payload);
  return isSent(event.version) || named.length === 0 ? [...current, ...named] : named;
}

/** What a call sends as its version: undefined where the plan doesn't say how it travels. */
export function sentVersion(plan: Plan, call: TrackingCall): StaticValue | "absent" | "unknown" | undefined {
  const { property, context } = plan.versioning ?? {};
  if (property === undefined && context === undefined) return undefined;
  const found =
    property === undefined ? propertyAt(call.context, context ?? "") : propertyAt(propertiesOf(call), property);
  if (found === undefined) return "absent";
  return found === "unknown" ? "unknown" : found.value;
}

/** A version as it is sent: `2.1.0` is `2` where the plan's `versioning` says `sends: major`. */
export function versionOnWire(plan: Plan, version: string): string {
  return plan.versioning?.sends === "major" ? (version.split(/[.-]/)[0] ?? version) : version;
}

/** The name and its earlier ones. */
export function ownNames(event: PlanEvent): readonly string[] {
  return [event.name, ...event.aliases.map((alias) => alias.name)];
}

function variantPayloads(event: PlanEvent, call: TrackingCall): readonly PlanPayload[] {
  const base = event.payloadFor(call.source, call.platform);
  if (event.variants === undefined) return [base];
  const { by, cases } = event.variants;
  const discriminator = propertyAt(propertiesOf(call), by);
  if (discriminator === undefined) return [base];
  const literals =
    discriminator === "unknown" || discriminator.optional ? undefined : onlyLiterals(discriminator.value);
  if (literals === undefined)
    return [base, ...[...cases.values()].map((payload) => payload(call.source, call.platform))];
  return literals.map(({ value }) => cases.get(String(value))?.(call.source, call.platform) ?? base);
}
