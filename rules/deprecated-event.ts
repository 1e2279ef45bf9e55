import {
  alternativesOf,
  byWrittenPlace,
  type CheckedCall,
  checkedCalls,
  defineRule,
  EVENT_KINDS,
  eventsMatching,
  groupBy,
  type Inventory,
  isUndefined,
  type JsonSchema,
  judgedCalls,
  listOf,
  onlyLiterals,
  ownPlaceOf,
  type Payload,
  type Plan,
  type PlanEvent,
  type PlanVersion,
  type Problem,
  placesOf,
  plannedEvent,
  propertiesOf,
  type Range,
  sentEvents,
  sentVersion,
  type TrackingCall,
  versionOnWire,
} from "../src/plugin.ts";

type MessageId = "event" | "eventOver" | "version" | "versionOver" | "property";

/** A deprecated thing that a call sends, where it is written. */
interface Sent<Thing> {
  readonly call: TrackingCall;
  readonly thing: Thing;
  readonly at: Range;
}

interface OldVersion {
  readonly event: PlanEvent;
  readonly version: PlanVersion;
}

interface OldProperty {
  readonly checked: CheckedCall;
  /** `products[].sku` */
  readonly path: string;
}

export default defineRule<MessageId>({
  meta: {
    id: "deprecated-event",
    category: "schema",
    summary: "An event, a version or a property is sent that the plan has deprecated",
    default: { withoutPlan: "off", withPlan: "warn" },
    conformance: true,
    messages: {
      event: "`{{event}}` is deprecated{{until}}, and is still sent",
      eventOver: "`{{event}}` must not be sent since {{sunset}}, and is still sent",
      version: "Version {{version}} of {{event}} is deprecated{{until}}, and is still sent",
      versionOver: "Version {{version}} of {{event}} must not be sent since {{sunset}}, and is still sent",
      property: "The {{what}} `{{property}}` of {{of}} is deprecated, and is still sent",
    },
  },
  defaultOptions: {},
  *check({ code, plan, today }) {
    if (plan === undefined) return;
    const calls = judgedCalls(code, { kinds: EVENT_KINDS });
    const events = calls.flatMap((call) => oldEvents(plan, call, today));
    for (const { at, items } of byWrittenPlace(events, (one) => one.at)) {
      for (const sent of groupBy(items, ({ thing }) => thing.name).values()) yield eventProblem(plan, at, sent, today);
    }
    const versions = calls.flatMap((call) => oldVersions(plan, call, today));
    for (const { at, items } of byWrittenPlace(versions, (one) => one.at)) yield versionProblem(plan, at, items, today);
    for (const { at, items } of byWrittenPlace(oldProperties(code, plan, today), (one) => one.at)) {
      yield propertyProblem(at, items);
    }
  },
});

/** Deprecated by its status, or because the day has come from which it must not be sent. */
function isOld({ status, sunset }: Pick<PlanEvent, "status" | "sunset">, today: string): boolean {
  return status === "deprecated" || (status !== "removed" && isOver(sunset, today));
}

function isOver(sunset: string | undefined, today: string): boolean {
  return sunset !== undefined && sunset <= today;
}

function oldEvents(plan: Plan, call: TrackingCall, today: string): Sent<PlanEvent>[] {
  const named = call.events.map(({ value, at }) => ({ thing: plannedEvent(plan, call, value), at }));
  const matched = call.patterns.map(({ at, ...pattern }) => {
    const events = eventsMatching(plan, call, { at, ...pattern });
    return { thing: events.length === 1 ? events[0] : undefined, at };
  });
  return [...named, ...matched].flatMap(({ thing, at }) =>
    thing !== undefined && isOld(thing, today) ? [{ call, thing, at: ownPlaceOf(call, at) }] : [],
  );
}

function eventProblem(plan: Plan, at: Range, sent: readonly Sent<PlanEvent>[], today: string): Problem<MessageId> {
  const { name, sunset, replacedBy, at: planAt } = sent[0]!.thing;
  const over = isOver(sunset, today);
  return {
    at,
    messageId: over ? "eventOver" : "event",
    data: { event: name, sunset: sunset ?? "", until: untilOf(sunset) },
    help: replacement(plan, sent[0]!.thing, replacedBy),
    plan: planAt,
    related: placesOf(callsOf(sent), at, "sent here"),
    subject: name,
    ...(over ? { severity: "error" as const } : {}),
  };
}

/** Deprecated versions that a call names; where two versions look the same on the wire, a live one is meant. */
function oldVersions(plan: Plan, call: TrackingCall, today: string): Sent<OldVersion>[] {
  const value = sentVersion(plan, call);
  const literals = value === undefined || typeof value === "string" ? [] : (onlyLiterals(value) ?? []);
  const events = sentEvents(plan, call).map(({ event }) => event);
  return events.flatMap((event) =>
    isOld(event, today)
      ? []
      : literals.flatMap((literal) => {
          const isSent = (version: string) => versionOnWire(plan, version) === String(literal.value);
          if (event.version !== undefined && isSent(event.version)) return [];
          const named = event.versions.filter(({ version, status }) => status !== "removed" && isSent(version));
          const [version] = named;
          if (version === undefined || !named.every((one) => isOld(one, today))) return [];
          return [{ call, thing: { event, version }, at: literal.at ?? call.at }];
        }),
  );
}

function versionProblem(plan: Plan, at: Range, sent: readonly Sent<OldVersion>[], today: string): Problem<MessageId> {
  const { event, version } = sent[0]!.thing;
  const { sunset } = version;
  const over = isOver(sunset, today);
  return {
    at,
    messageId: over ? "versionOver" : "version",
    data: {
      event: namesOf(sent.map(({ thing }) => `\`${thing.event.name}\``)),
      version: version.version,
      sunset: sunset ?? "",
      until: untilOf(sunset),
    },
    help: replacement(plan, event, version.replacedBy ?? event.version),
    plan: version.at,
    related: placesOf(callsOf(sent), at, "sent here"),
    subject: `${event.name}/${version.version}`,
    ...(over ? { severity: "error" as const } : {}),
  };
}

/** Properties and traits; what goes with a deprecated event goes when the event goes. */
function oldProperties(code: Inventory, plan: Plan, today: string): Sent<OldProperty>[] {
  return checkedCalls(code, plan).flatMap((checked) => {
    const { call, what, promised } = checked;
    const isOfOldEvent = what === "property" && sentEvents(plan, call).some(({ event }) => isOld(event, today));
    if (isOfOldEvent) return [];
    const properties = Object.fromEntries(
      [...promised].map(([name, { schema, deprecated }]) => [name, { ...schema, deprecated }]),
    );
    const found = deprecatedIn(what === "trait" ? call.traits : propertiesOf(call), { properties }, "");
    return found.map(({ path, at }) => ({ call, thing: { checked, path }, at }));
  });
}

/** The keys of an object that its schema calls deprecated, and those of objects and arrays inside it. */
function deprecatedIn(payload: Payload, schema: JsonSchema, path: string): { path: string; at: Range }[] {
  return payload.properties.flatMap(({ name, at, value }) => {
    const own = schemaOf(schemaOf(schema.properties)[name]);
    const here = path === "" ? name : `${path}.${name}`;
    if (isUndefined(value)) return [];
    if (own.deprecated === true) return [{ path: here, at }];
    return alternativesOf(value).flatMap((one) => {
      if (one.kind === "object") return deprecatedIn(one.shape, own, here);
      if (one.kind !== "array") return [];
      const items = [...(one.items ?? []), ...(one.of === undefined ? [] : [one.of])].flatMap(alternativesOf);
      return items.flatMap((item) =>
        item.kind === "object" ? deprecatedIn(item.shape, schemaOf(own.items), `${here}[]`) : [],
      );
    });
  });
}

function schemaOf(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
}

function propertyProblem(at: Range, sent: readonly Sent<OldProperty>[]): Problem<MessageId> {
  const { checked, path } = sent[0]!.thing;
  const property = checked.promised.get(path.split(/[.[]/)[0] ?? path);
  const says = property?.description === undefined ? "" : ` The plan says of it: ${property.description}`;
  return {
    at,
    messageId: "property",
    data: {
      what: checked.what,
      property: path,
      of: listOf([...new Set(sent.map(({ thing }) => thing.checked.of))], 3),
    },
    help: `Stop sending it.${says}`,
    plan: property?.at ?? checked.plan,
    related: placesOf(callsOf(sent), at, "sent here"),
    subject: `${checked.subject}/${path}`,
  };
}

/** What to send: `replacedBy` is a version of the same event, or another event. */
function replacement(plan: Plan, event: PlanEvent, replacedBy: string | undefined): string {
  if (replacedBy === undefined) return "Stop sending it; the plan names nothing that replaces it.";
  const isVersion = replacedBy === event.version || event.versions.some(({ version }) => version === replacedBy);
  if (isVersion) return `Send version ${replacedBy} of \`${event.name}\`.`;
  return `Send \`${plan.find(replacedBy)?.name ?? replacedBy}\` instead, which replaces it.`;
}

function namesOf(names: readonly string[]): string {
  return listOf([...new Set(names)], 3);
}

function untilOf(sunset: string | undefined): string {
  return sunset === undefined ? "" : `, to be gone by ${sunset}`;
}

function callsOf(sent: readonly Sent<unknown>[]): TrackingCall[] {
  return [...new Set(sent.map(({ call }) => call))];
}
