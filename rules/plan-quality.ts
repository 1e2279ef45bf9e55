import {
  compareRanges,
  contradictions,
  defineRule,
  groupBy,
  listOfNames,
  type Plan,
  type PlanEvent,
  type PlanProperty,
  type Problem,
  type Range,
  undefinedRequired,
} from "../src/plugin.ts";

type MessageId = "event" | "events" | "property" | "properties" | "contradiction" | "undefined";

/** A property or trait of the plan, and whose it is: `` `Order Completed` ``, `users`. */
interface Owned {
  readonly property: PlanProperty;
  readonly of: string;
}

/** What nobody has yet is one finding, from so many events or properties on. */
const fewest = 3;

export default defineRule<MessageId>({
  meta: {
    id: "plan-quality",
    category: "schema",
    summary: "An event or property of the plan that lacks what the plan asks for, or that nothing can satisfy",
    default: { withoutPlan: "off", withPlan: "warn" },
    messages: {
      event: "`{{event}}` has no {{keys}}, which the plan requires of every event",
      events: "None of the {{count}} events has {{keys}}, which the plan requires of every event",
      property: "The property `{{property}}` of {{of}} has no {{keys}}, which the plan requires of every property",
      properties: "None of the {{count}} properties has {{keys}}, which the plan requires of every property",
      contradiction: "No value can satisfy `{{property}}` of {{of}}: {{why}}",
      undefined: "{{of}} requires `{{property}}`, which nothing defines",
    },
  },
  defaultOptions: {},
  *check({ plan }) {
    if (plan === undefined) return;
    yield* eventProblems(plan);
    const owned = distinct(propertiesOf(plan));
    yield* propertyProblems(plan, owned);
    yield* contradictionProblems(owned);
    yield* undefinedProblems(owned);
  },
});

function* eventProblems(plan: Plan): Iterable<Problem<MessageId>> {
  const { requireEvent, requireAt } = plan.conventions;
  const events = liveEvents(plan);
  const nobodys = nobodysKeys(requireEvent, events);
  yield* nobodysProblem(plan, "events", nobodys, events.length);
  for (const event of events) {
    const missing = requireEvent.filter((key) => !event.has(key) && !nobodys.includes(key));
    if (missing.length === 0) continue;
    yield {
      at: event.at,
      messageId: "event",
      data: { event: event.name, keys: keyList(missing) },
      help: `Add ${keyList(missing)} to the event.`,
      plan: requireAt,
      subject: event.name,
    };
  }
}

function* propertyProblems(plan: Plan, owned: readonly Owned[]): Iterable<Problem<MessageId>> {
  const { requireProperty, requireAt } = plan.conventions;
  const asked = owned.map(({ property }) => ({ has: (key: string) => states(property, key) }));
  const nobodys = nobodysKeys(requireProperty, asked);
  yield* nobodysProblem(plan, "properties", nobodys, owned.length);
  const missing = owned
    .map((one) => ({
      ...one,
      keys: requireProperty.filter((key) => !states(one.property, key) && !nobodys.includes(key)),
    }))
    .filter(({ keys }) => keys.length > 0);
  for (const { first, related } of byDefinition(missing, ({ keys }) => keys.join())) {
    const { property, of, keys } = first;
    const where = property.ref === undefined ? "the property" : `the shared definition \`${property.ref}\``;
    yield {
      at: property.at,
      messageId: "property",
      data: { property: property.name, of, keys: keyList(keys) },
      help: `Add ${keyList(keys)} to ${where}.`,
      plan: requireAt,
      related,
      subject: `${of}/${property.name}`,
    };
  }
}

/** Keys that the plan asks for and that nobody has. */
function* nobodysProblem(
  plan: Plan,
  of: "events" | "properties",
  keys: readonly string[],
  count: number,
): Iterable<Problem<MessageId>> {
  if (keys.length === 0) return;
  yield {
    at: plan.conventions.requireAt ?? plan.at,
    messageId: of,
    data: { count, keys: keyList(keys) },
    help: `Write it for each ${of === "events" ? "event" : "property"}, or ask for it no more.`,
    subject: of,
  };
}

/** A list of values or a combination of schemas says of which type a value is. */
function states(property: PlanProperty, key: string): boolean {
  const tellsType = ["enum", "const", "anyOf", "oneOf", "allOf", "$ref"];
  return property.has(key) || (key === "type" && tellsType.some((other) => property.has(other)));
}

function* contradictionProblems(owned: readonly Owned[]): Iterable<Problem<MessageId>> {
  const found = owned.flatMap((one) => contradictions(one.property.schema).map((problem) => ({ ...one, ...problem })));
  for (const { first, related } of byDefinition(found, ({ path, why }) => `${path}\n${why}`)) {
    const { property, of, path, why } = first;
    const where = property.ref === undefined ? "" : ` It comes from the shared definition \`${property.ref}\`.`;
    yield {
      at: property.at,
      messageId: "contradiction",
      data: { property: `${property.name}${path}`, of, why },
      help: `Correct one of the two.${where}`,
      related,
      subject: `${of}/${property.name}${path}/${why}`,
    };
  }
}

function* undefinedProblems(owned: readonly Owned[]): Iterable<Problem<MessageId>> {
  const help = "Describe it under `properties`, or require it no more; a misspelled name looks like this.";
  for (const { property, of } of owned) {
    const { name, at } = property;
    if (isUndefined(property))
      yield { at, messageId: "undefined", data: { of, property: name }, help, subject: `${of}/${name}` };
    for (const path of undefinedRequired(property.schema)) {
      const whole = `${name}${path}`;
      yield { at, messageId: "undefined", data: { of, property: whole }, help, subject: `${of}/${whole}` };
    }
  }
}

/** Only a list of required names has it, or a difference that has nothing to differ from. */
function isUndefined({ required, requiredAt, at, origin, schema }: PlanProperty): boolean {
  if (!required) return false;
  const isOnlyListed = requiredAt !== undefined && compareRanges(requiredAt, at) === 0;
  const saysNothing = Object.keys(schema).every((key) => ["description", "title", "deprecated"].includes(key));
  return isOnlyListed || ((origin === "source" || origin === "variant") && saysNothing);
}

function liveEvents(plan: Plan): readonly PlanEvent[] {
  return plan.events.filter(({ status }) => status !== "removed");
}

function* propertiesOf(plan: Plan): Iterable<Owned> {
  const sources = [...plan.sources.values()].map(({ name, platform = "unknown" }) => [name, platform] as const);
  const platforms = ["browser", "server", "react-native"].map((platform) => ["*", platform] as const);
  for (const [index, event] of liveEvents(plan).entries()) {
    const own = [...(event.sources?.keys() ?? [])].map(
      (name) => [name, plan.sources.get(name)?.platform ?? "unknown"] as const,
    );
    // What is common to a platform or source is the same for every event.
    const places = [["*", "unknown"] as const, ...own, ...(index === 0 ? [...sources, ...platforms] : [])];
    const payloads = [
      ...places.map(([source, platform]) => event.payloadFor(source, platform)),
      ...[...(event.variants?.cases.values() ?? [])].map((payload) => payload("*", "unknown")),
      ...event.versions.filter(({ status }) => status !== "removed").map(({ payload }) => payload),
    ];
    const properties = [...payloads.flatMap((payload) => [...payload.properties.values()]), ...event.sets.values()];
    for (const property of properties) yield { property, of: `\`${event.name}\`` };
  }
  for (const property of plan.users.values()) yield { property, of: "a user" };
  for (const [name, traits] of plan.groups) {
    for (const property of traits.values()) yield { property, of: `the group \`${name}\`` };
  }
  for (const property of plan.pages?.properties.values() ?? []) yield { property, of: "a page" };
}

/** Each place once: bundles and what is common belong to many events. */
function distinct(owned: Iterable<Owned>): readonly Owned[] {
  return [...groupBy(owned, ({ property }) => JSON.stringify(property.at)).values()].map(([first]) => first!);
}

/** One for each cause: what a shared definition says wrong is wrong wherever it is taken over. */
function byDefinition<One extends Owned>(found: readonly One[], what: (one: One) => string) {
  const groups = groupBy(found, (one) => {
    const { ref, at } = one.property;
    return JSON.stringify([ref ?? at, what(one)]);
  });
  return [...groups.values()].map((group) => {
    const [first, ...others] = group.toSorted((a, b) => compareRanges(a.property.at, b.property.at)) as [One, ...One[]];
    const related = others.map(({ property }): { at: Range; message: string } => ({
      at: property.at,
      message: "the same definition",
    }));
    return { first, related };
  });
}

function nobodysKeys(keys: readonly string[], all: readonly { has(key: string): boolean }[]): readonly string[] {
  return all.length < fewest ? [] : keys.filter((key) => !all.some((one) => one.has(key)));
}

function keyList(keys: readonly string[]): string {
  return listOfNames(keys, 6);
}
