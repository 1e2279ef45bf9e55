import {
  byWrittenPlace,
  defineRule,
  groupBy,
  judgedCalls,
  listOf,
  listOfNames,
  type PersonalValue,
  type Plan,
  type PlanProperty,
  type Problem,
  personalProperties,
  personalTraits,
  type Range,
  sentEvents,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "undeclared" | "unplanned" | "contradicted" | "record";

/** Personal data in a call, held against what the plan says of its key. */
interface Found {
  readonly call: TrackingCall;
  readonly value: PersonalValue;
  readonly what: "property" | "trait";
  readonly at: Range;
  /** The plan's property of that key, where the call's event or the person has one. */
  readonly planned: PlanProperty | undefined;
}

const sorts = {
  email: "an e-mail address",
  phone: "a phone number",
  name: "a person's name",
  address: "a postal address",
  birth: "a birth date",
  ip: "an IP address",
  document: "the number of a document",
  secret: "a secret",
  record: "a whole record",
} as const satisfies Record<PersonalValue["kind"], string>;

export default defineRule({
  meta: {
    id: "pii-property",
    category: "consent",
    summary: "Personal data, secrets and whole records that the plan doesn't declare are not sent",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      undeclared: "{{of}} sends {{sort}} {{where}} in `{{path}}`, which the plan doesn't declare to be personal",
      unplanned: "{{of}} sends {{sort}} {{where}} in `{{path}}`",
      contradicted: "{{of}} sends {{sort}} {{where}} in `{{path}}`, of which the plan says `pii: false`",
      record: "{{of}} sends the whole record `{{text}}` {{where}}, with whatever personal data it holds",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    const found: Found[] = [];
    const skipped = new Set<string>();
    for (const call of judgedCalls(code)) {
      if (isEvent(call)) found.push(...inProperties(call, plan));
      if (!setsTraits(call)) continue;
      const traits = plannedTraits(call, plan);
      if (traits === undefined && carriesTraits(call)) skipped.add(call.source);
      if (traits !== undefined) found.push(...inTraits(call, traits));
    }
    for (const group of groupBy(found, ({ value }) => value.kind).values()) {
      for (const { at, items } of byWrittenPlace(group, (one) => one.at)) yield toProblem(at, items, plan);
    }
    for (const source of skipped) {
      yield { notJudged: "traits of people and groups, since no plan declares any", source };
    }
  },
});

/** Sends properties of its own: an event, or what the SDK adds to every later event. */
function isEvent({ kind, sinks }: TrackingCall): boolean {
  if (kind === "track" || kind === "page" || kind === "screen") return true;
  return sinks.some(({ subkind }) => subkind === "super-properties");
}

function setsTraits({ kind, sinks }: TrackingCall): boolean {
  if (kind === "identify" || kind === "group") return true;
  return sinks.some(({ subkind }) => subkind?.startsWith("profile"));
}

/** Keys under which an event sets traits of a person. */
const traitKeys = /^\$set(?:_once)?(?:\.|$)/;

function inProperties(call: TrackingCall, plan: Plan | undefined): Found[] {
  const payloads = plan === undefined ? [] : plannedPayloads(call, plan);
  return personalProperties(call).flatMap((value) => {
    if (traitKeys.test(value.path)) {
      const traits = plan === undefined ? undefined : personTraits(call, plan);
      return traits === undefined ? [] : hold(call, { ...value, path: value.path.replace(traitKeys, "") }, [traits]);
    }
    // The vendor's own keys have a meaning that the vendor gave them: `$ip`.
    return value.path.startsWith("$") ? [] : hold(call, value, payloads);
  });
}

function inTraits(call: TrackingCall, traits: ReadonlyMap<string, PlanProperty>): Found[] {
  return personalTraits(call).flatMap((value) =>
    hold(call, { ...value, path: value.path.replace(/^\$/, "") }, [traits], "trait"),
  );
}

/** Nothing where the plan declares the key to be personal. */
function hold(
  call: TrackingCall,
  value: PersonalValue,
  payloads: readonly ReadonlyMap<string, PlanProperty>[],
  what: Found["what"] = "property",
): Found[] {
  const key = value.path.split(".")[0] ?? "";
  const planned = payloads.flatMap((payload) => payload.get(key) ?? payload.get(`$${key}`) ?? []);
  if (planned.some(({ pii }) => typeof pii === "string")) return [];
  return [
    { call, value, what, at: value.at ?? call.at, planned: planned.find(({ pii }) => pii === false) ?? planned[0] },
  ];
}

/** The properties that the plan gives the call's events; of what is added to every event, those that any event has. */
function plannedPayloads(call: TrackingCall, plan: Plan): readonly ReadonlyMap<string, PlanProperty>[] {
  const sent = sentEvents(plan, call).map(({ event }) => event);
  const isForAll = !["track", "page", "screen"].includes(call.kind);
  const events = isForAll ? plan.events : sent;
  const ofEvents = events.flatMap((event) => [
    event.payloadFor(call.source, call.platform),
    ...[...(event.variants?.cases.values() ?? [])].map((payload) => payload(call.source, call.platform)),
    ...event.versions.map((version) => version.payloadFor(call.source, call.platform)),
  ]);
  const pages = call.kind === "page" && sent.length === 0 && plan.pages !== undefined ? [plan.pages] : [];
  return [...ofEvents, ...pages].map(({ properties }) => properties);
}

function plannedTraits(call: TrackingCall, plan: Plan | undefined): ReadonlyMap<string, PlanProperty> | undefined {
  if (plan === undefined) return undefined;
  if (call.kind !== "group") return personTraits(call, plan);
  return plan.groups.size === 0 ? undefined : new Map([...plan.groups.values()].flatMap((traits) => [...traits]));
}

/** Traits of people that the plan declares, those that the call's event sets among them; undefined where there are none. */
function personTraits(call: TrackingCall, plan: Plan): ReadonlyMap<string, PlanProperty> | undefined {
  const sets = sentEvents(plan, call).flatMap(({ event }) => [...event.sets]);
  const traits = new Map([...plan.users, ...sets]);
  return traits.size === 0 ? undefined : traits;
}

function carriesTraits({ traits }: TrackingCall): boolean {
  return traits.properties.length > 0 || !traits.complete;
}

function toProblem(at: Range, found: readonly Found[], plan: Plan | undefined): Problem<MessageId> {
  const [{ value, planned, what }] = found as [Found];
  const calls = [...new Set(found.map(({ call }) => call))];
  const contradicted = found.find((one) => one.planned?.pii === false);
  const names = [...new Set(calls.map(nameOf))];
  const paths = [...new Set(found.map((one) => one.value.path))].sort();
  return {
    at,
    messageId: messageOf(value, contradicted !== undefined, plan),
    data: {
      of: names.length === 1 ? (names[0] ?? "") : `Each of ${names.length} events`,
      sort: sorts[value.kind],
      path: paths.join("`, `"),
      text: value.text ?? value.path,
      where: whereTo(calls),
    },
    help: helpFor(value, contradicted !== undefined, what),
    plan: (contradicted?.planned ?? planned)?.at,
    related: calls.filter((call) => call.at !== at).map((call) => ({ at: call.at, message: "sent here" })),
    subject: names.length === 1 ? `${names[0]}/${paths.join()}` : paths.join(),
    ...(contradicted === undefined ? {} : { severity: "error" as const }),
  };
}

function messageOf({ kind }: PersonalValue, contradicted: boolean, plan: Plan | undefined): MessageId {
  if (contradicted) return "contradicted";
  if (kind === "record") return "record";
  return plan?.hasEvents ? "undeclared" : "unplanned";
}

function helpFor({ kind, path }: PersonalValue, contradicted: boolean, what: Found["what"]): string {
  if (kind === "record") return "Send the few fields that are needed, each by its name.";
  if (kind === "secret")
    return "Leave it out, and replace it where it has been sent already: whoever reads it can use it.";
  const instead = kind === "ip" ? "Leave it out" : "Send an id or a hash in its place";
  const declare = contradicted ? "correct the plan" : `declare the ${what} with \`pii: ${kind}\` in the plan`;
  return `${instead}, or ${declare} if \`${path}\` is needed there.`;
}

function nameOf(call: TrackingCall): string {
  if (call.kind === "track" && call.events.length > 0)
    return listOfNames(
      call.events.map(({ value }) => value),
      2,
    );
  return call.kind === "track" ? "An event" : `A call of \`${call.sinks[0]?.method ?? call.kind}\``;
}

function whereTo(calls: readonly TrackingCall[]): string {
  const sinks = calls.flatMap((call) => call.sinks);
  if (sinks.every(({ vendor }) => vendor === "http")) return "over HTTP";
  return `to ${listOf([...new Set(sinks.map(vendorLabel))].sort(), 3)}`;
}
