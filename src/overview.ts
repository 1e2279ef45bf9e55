import type { Inventory, TrackingCall } from "./calls/types.ts";
import { eventsMatching, plannedEvent } from "./engine/plan-events.ts";
import { schemaTypes } from "./engine/schema-types.ts";
import { eventKindOf, judgedCalls } from "./engine/selectors.ts";
import type { Plan, PlanEvent, PlanProperty } from "./plan/model.ts";
import type { Overview, OverviewCall, PlannedEvent, PlannedProperty, SentName } from "./report/types.ts";

/**
 * Code and plan side by side, as plain data.
 *
 * @param plan a sound one
 * @param planFile a file of the plan as it is reached from the root of the run
 */
export function overviewOf(code: Inventory, plan: Plan | undefined, planFile: (file: string) => string): Overview {
  const platforms = new Map<string, Overview["sources"][number]["platform"]>();
  for (const { name, platform } of plan?.sources.values() ?? []) platforms.set(name, platform ?? "unknown");
  for (const { name, platform } of code.sources) {
    const planned = platforms.get(name) ?? "unknown";
    platforms.set(name, planned === "unknown" ? platform : planned);
  }
  const events = (plan?.events ?? []).map((event) => plannedEventOf(event, platforms, planFile));
  for (const name of events.flatMap(({ sources = [] }) => sources)) {
    if (!platforms.has(name)) platforms.set(name, "unknown");
  }
  return {
    sources: [...platforms]
      .map(([name, platform]) => ({ name, platform }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    events,
    calls: judgedCalls(code, { relays: true }).map((call): OverviewCall => ({ call, sends: sentNames(call, plan) })),
    sourceOfFile: new Map(
      [...code.functions.values(), ...code.starts, ...code.calls].map(({ at, source }) => [at.file, source]),
    ),
  };
}

function plannedEventOf(
  event: PlanEvent,
  platforms: ReadonlyMap<string, string>,
  planFile: (file: string) => string,
): PlannedEvent {
  const { name, kind, status, tags, description, trigger, category, version, consent, replacedBy, sunset } = event;
  const said = { description, trigger, category, version, consent, replacedBy, sunset };
  return {
    name,
    kind,
    status,
    tags,
    at: { ...event.at, file: planFile(event.at.file) },
    aliases: event.aliases.map((alias) => alias.name),
    owners: event.owner,
    ...(event.sources && { sources: [...event.sources.keys()] }),
    properties: propertiesOf(event, platforms),
    ...(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<PlannedEvent>),
  };
}

/** What any of its sources may send. */
function propertiesOf(event: PlanEvent, platforms: ReadonlyMap<string, string>): PlannedProperty[] {
  const sources = event.sources === undefined ? ["*"] : [...event.sources.keys()];
  const found = new Map<string, PlannedProperty>();
  for (const source of sources) {
    for (const property of event.payloadFor(source, platforms.get(source) ?? "unknown").properties.values()) {
      const known = found.get(property.name);
      const one = plannedProperty(property);
      found.set(property.name, known === undefined ? one : { ...known, required: known.required || one.required });
    }
  }
  return [...found.values()];
}

function plannedProperty({ name, required, schema, description, pii, deprecated }: PlanProperty): PlannedProperty {
  return {
    name,
    required,
    types: schemaTypes(schema) ?? [],
    deprecated,
    ...(description === undefined ? {} : { description }),
    ...(typeof pii === "string" ? { pii } : {}),
  };
}

function sentNames(call: TrackingCall, plan: Plan | undefined): SentName[] {
  const kind = eventKindOf(call);
  if (kind === undefined) return [];
  const named = call.events.map(({ value }): SentName => {
    const event = plan && plannedEvent(plan, call, value);
    return event === undefined
      ? { kind, name: value, inPlan: false, isCertain: true }
      : { kind: event.kind, name: event.name, inPlan: true, isCertain: true };
  });
  const matched = call.patterns.flatMap((pattern) => {
    const events = plan === undefined ? [] : eventsMatching(plan, call, pattern);
    return events.map((event): SentName => {
      return { kind: event.kind, name: event.name, inPlan: true, isCertain: events.length === 1 };
    });
  });
  const byKey = new Map<string, SentName>();
  for (const one of [...named, ...matched]) {
    const key = `${one.kind} ${one.name}`;
    if (byKey.get(key)?.isCertain !== true) byKey.set(key, one);
  }
  return [...byKey.values()];
}
