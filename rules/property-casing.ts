import {
  alternativesOf,
  type CasingMessageId,
  type CasingRuleOptions,
  casingMeta,
  casingProblems,
  defineRule,
  isStandardProperty,
  type JsonSchema,
  judgedCalls,
  type NameUse,
  type Payload,
  type Plan,
  type PlanName,
  type PlanProperty,
  type TrackingCall,
} from "../src/plugin.ts";

const majority = 85;

export default defineRule<CasingMessageId, CasingRuleOptions>({
  meta: {
    id: "property-casing",
    category: "naming",
    summary: "Names of properties and traits follow the stated casing, or the one that most names have",
    default: { withoutPlan: "warn", withPlan: "warn" },
    ...casingMeta("property name", majority),
  },
  defaultOptions: { majority, minimumNames: 5, words: [] },
  *check({ code, plan, options }) {
    const all = judgedCalls(code, { kinds }).flatMap(usesOf);
    const planNames = planNamesOf(plan, all);
    const uses = all.filter(({ isForeign }) => !isForeign);
    const planned = new Set(planNames.map(({ name }) => name));
    yield* casingProblems(
      {
        uses: uses.map((use) => ({ ...use, exempt: planned.has(use.name) })),
        planNames,
        stated: plan?.conventions.properties,
        options,
      },
      "send both names for a while if reports already use the old one",
    );
  },
});

const kinds: readonly TrackingCall["kind"][] = ["track", "page", "screen", "identify", "group"];

/** A property name has no unknown parts. */
interface PropertyUse extends NameUse {
  readonly name: string;
  /** Somebody else chose it. */
  readonly isForeign: boolean;
}

function usesOf(call: TrackingCall): PropertyUse[] {
  return [call.properties, call.added, call.traits].flatMap((payload) => [...namesIn(payload, call)]);
}

/** Keys of nested objects are names too: a warehouse makes columns of them. */
function* namesIn(payload: Payload, call: TrackingCall): Iterable<PropertyUse> {
  for (const { name, at, value } of payload.properties) {
    const bare = name.replace(/^_+/, "");
    const isForeign = name.startsWith("$") || isStandardProperty(call, name) || !/\p{L}/u.test(name);
    yield { name: bare, at, call, exempt: false, isForeign };
    for (const one of alternativesOf(value)) {
      if (one.kind === "object") yield* namesIn(one.shape, call);
      if (one.kind !== "array") continue;
      for (const item of [...(one.items ?? []), ...(one.of === undefined ? [] : [one.of])].flatMap(alternativesOf)) {
        if (item.kind === "object") yield* namesIn(item.shape, call);
      }
    }
  }
}

/** Every property and trait that the plan defines, each once. */
function planNamesOf(plan: Plan | undefined, uses: readonly PropertyUse[]): PlanName[] {
  if (plan === undefined) return [];
  const calls = new Map<string, Set<TrackingCall>>();
  for (const { name, call } of uses) {
    const known = calls.get(name) ?? new Set();
    calls.set(name, known.add(call));
  }
  const names = new Map<string, PlanName>();
  for (const property of propertiesOfPlan(plan)) {
    for (const name of [property.name, ...nestedNames(property.schema)]) {
      const senders = [...(calls.get(name) ?? [])];
      const exempt =
        name.startsWith("$") || property.deprecated || senders.some((call) => isStandardProperty(call, name));
      if (!names.has(name)) names.set(name, { name, at: property.at, exempt, calls: senders });
    }
  }
  return [...names.values()];
}

function propertiesOfPlan(plan: Plan): PlanProperty[] {
  const live = plan.events.filter(({ status }) => status === "active" || status === "planned");
  const sources = [...plan.sources.values()].map(({ name, platform }) => [name, platform ?? "unknown"] as const);
  const places = [["*", "unknown"] as const, ...sources];
  const payloads = live.flatMap((event) =>
    places.flatMap(([source, platform]) => [
      event.payloadFor(source, platform),
      ...[...(event.variants?.cases.values() ?? [])].map((payload) => payload(source, platform)),
    ]),
  );
  return [
    ...payloads.flatMap(({ properties }) => [...properties.values()]),
    ...live.flatMap(({ sets }) => [...sets.values()]),
    ...plan.users.values(),
    ...[...plan.groups.values()].flatMap((traits) => [...traits.values()]),
    ...(plan.pages?.properties.values() ?? []),
  ];
}

function nestedNames(schema: JsonSchema): string[] {
  const nested = Object.entries(asObject(schema.properties)).flatMap(([name, inner]) => [
    name,
    ...nestedNames(asObject(inner)),
  ]);
  return [...nested, ...(schema.items === undefined ? [] : nestedNames(asObject(schema.items)))];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
