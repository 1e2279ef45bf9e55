import {
  byCause,
  byWrittenPlace,
  defineRule,
  describeValue,
  EVENT_KINDS,
  groupBy,
  type Inventory,
  judgedCalls,
  listOf,
  listOfNames,
  onlyLiterals,
  type Plan,
  type PlanEvent,
  type Problem,
  placesOf,
  sentEvents,
  sentVersion,
  type TrackingCall,
  versionOnWire,
} from "../src/plugin.ts";

type MessageId = "nothing" | "plan" | "events" | "event" | "notSent" | "noneSent" | "other" | "carrier" | "notInteger";

/** Segment Protocols reads the version here, and only an integer. */
const INTEGER_CARRIER = "context.protocols.event_version";

interface Sent {
  readonly call: TrackingCall;
  readonly events: readonly PlanEvent[];
}

export default defineRule<MessageId>({
  meta: {
    id: "unversioned-schema",
    category: "schema",
    summary: "A plan, an event or a call without the version of its schema",
    default: { withoutPlan: "off", withPlan: "warn" },
    conformance: true,
    messages: {
      nothing: "Neither the plan nor any of its {{count}} events has a version",
      plan: "The plan has no version",
      events: "The plan has a version, but none of its {{count}} events has one",
      event: "`{{event}}` has no version, as other events of the plan have",
      notSent: "{{event}} is sent without its version: the plan says that it travels in `{{carrier}}`",
      noneSent: "{{count}} calls of `{{source}}` send no version: the plan says that it travels in `{{carrier}}`",
      other: "{{event}} is sent with the version {{found}}, which is none of its live versions: {{expected}}",
      carrier: "`{{carrier}}` takes an integer, but the version of {{event}} is sent as {{found}}",
      notInteger: "`{{carrier}}` takes an integer, but `{{version}}` would be sent in it",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    if (!plan?.hasEvents) return;
    const severity = plan.versioning === undefined ? {} : { severity: "error" as const };
    for (const problem of [...planProblems(plan), ...callProblems(code, plan)]) yield { ...problem, ...severity };
  },
});

function* planProblems(plan: Plan): Iterable<Problem<MessageId>> {
  const events = plan.events.filter((event) => event.status !== "removed");
  const without = events.filter((event) => event.version === undefined);
  const help = "Give it a `version`, so that a change of its schema can be seen by those who read the data.";
  const data = { count: without.length };
  if (without.length === events.length && events.length > 0) {
    const messageId = plan.version === undefined ? "nothing" : "events";
    const at = plan.versionAt ?? plan.at;
    yield { at, messageId, data, subject: "plan", help: "Give each event a `version`, such as `version: 1.0.0`." };
    return;
  }
  if (plan.version === undefined) yield { at: plan.at, messageId: "plan", subject: "plan", help };
  for (const { name, at } of without) yield { at, messageId: "event", data: { event: name }, subject: name, help };
}

function* callProblems(code: Inventory, plan: Plan): Iterable<Problem<MessageId>> {
  const { versioning } = plan;
  const carrier = versioning?.property ?? (versioning?.context && `context.${versioning.context}`);
  if (versioning === undefined || carrier === undefined) return;
  const planned = plan.events.flatMap((event) => versionsOf(plan, event));
  const unfit = carrier === INTEGER_CARRIER ? planned.find((version) => !/^\d+$/.test(version)) : undefined;
  if (unfit !== undefined) {
    const help = "Add `sends: major` to `versioning`, or let the version travel in a property.";
    yield {
      at: versioning.at,
      messageId: "notInteger",
      data: { carrier, version: unfit },
      help,
      subject: "versioning",
    };
    return;
  }
  const sent = judgedCalls(code, { kinds: EVENT_KINDS })
    .map((call) => ({ call, events: sentEvents(plan, call).map(({ event }) => event) }))
    .filter(({ events }) => events.some((event) => event.version !== undefined));
  for (const ofSource of groupBy(sent, ({ call }) => call.source).values()) {
    yield* absentProblems(code, plan, carrier, ofSource);
  }
  yield* valueProblems(plan, carrier, sent);
}

function* absentProblems(
  code: Inventory,
  plan: Plan,
  carrier: string,
  sent: readonly Sent[],
): Iterable<Problem<MessageId>> {
  const asked = sent.map(({ call }) => call);
  const wrong = asked.filter((call) => sentVersion(plan, call) === "absent");
  for (const { at, items } of byCause(code, wrong, asked, (call) => call.properties.at ?? call.at)) {
    const [first] = sent.filter(({ call }) => items.includes(call));
    if (first === undefined) continue;
    const alone = items.length === 1;
    const { source } = first.call;
    yield {
      at,
      messageId: alone ? "notSent" : "noneSent",
      data: { event: namesOf(first), carrier, count: items.length, source },
      help: `Send the version in \`${carrier}\`, best from one place that all calls pass.`,
      plan: alone ? first.events[0]?.versionAt : plan.versioning?.at,
      related: placesOf(items, at, "sent without a version"),
      subject: alone ? namesOf(first) : source,
      ...(alone ? {} : { ofSource: source }),
    };
  }
}

/** A version that doesn't fit, once for each place where it is written: a wrapper may write it for all. */
function* valueProblems(plan: Plan, carrier: string, sent: readonly Sent[]): Iterable<Problem<MessageId>> {
  const wrong = sent.flatMap((one) => wrongVersions(plan, carrier, one));
  for (const { at, items } of byWrittenPlace(wrong, ({ at }) => at)) {
    const { literal, isLive, live, sent: first } = items[0]!;
    const event = listOfNames(
      items.flatMap((item) => item.sent.events.map(({ name }) => name)),
      3,
    );
    yield {
      at,
      messageId: isLive ? "carrier" : "other",
      data: { event, carrier, found: describeValue(literal), expected: listOf(live, 5) },
      help: isLive ? "Send it as a number." : "Send a live version, or add the one that is sent to the plan.",
      plan: first.events[0]?.versionAt,
      related: placesOf([...new Set(items.map((item) => item.sent.call))], at, "sent here"),
      subject: event,
    };
  }
}

function wrongVersions(plan: Plan, carrier: string, sent: Sent) {
  const value = sentVersion(plan, sent.call);
  const literals = value === undefined || typeof value === "string" ? [] : (onlyLiterals(value) ?? []);
  const live = sent.events.flatMap((event) => versionsOf(plan, event));
  return literals.flatMap((literal) => {
    const isLive = live.includes(String(literal.value));
    if (isLive && (carrier !== INTEGER_CARRIER || Number.isInteger(literal.value))) return [];
    return [{ literal, isLive, live, sent, at: literal.at ?? sent.call.at }];
  });
}

/** Every version of an event that may be sent, as it is sent. */
function versionsOf(plan: Plan, event: PlanEvent): readonly string[] {
  const live = event.versions.filter(({ status }) => status !== "removed").map(({ version }) => version);
  return [event.version, ...live].filter((one) => one !== undefined).map((version) => versionOnWire(plan, version));
}

function namesOf({ events }: Sent): string {
  return listOfNames(
    events.map(({ name }) => name),
    3,
  );
}
