import {
  callerSources,
  contains,
  defineRule,
  EVENT_KINDS,
  eventsMatching,
  type Hop,
  type Inventory,
  listOf,
  type NotJudgedHere,
  type Plan,
  type PlanEvent,
  type Problem,
  plannedEvent,
  type Related,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = "nowhere" | "source";

export default defineRule<MessageId>({
  meta: {
    id: "unused-event",
    category: "schema",
    summary: "An active event of the plan that no code sends",
    default: { withoutPlan: "off", withPlan: "warn" },
    conformance: true,
    messages: {
      nowhere: "`{{event}}` is active in the plan, but no code sends it",
      source: "`{{event}}` is active in the plan, but `{{source}}`, which it lists, doesn't send it",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    if (!plan?.hasEvents) return;
    const calls = code.calls.filter((call) => call.role !== "tenant" && EVENT_KINDS.includes(call.kind));
    if (calls.length === 0) {
      yield { notJudged: "no tracking call was found", source: "*" };
      return;
    }
    const blind = blindSources(code, plan, calls);
    yield* blind;
    const blindNames = new Set(blind.map(({ source }) => source));
    const senders = sendersOf(code, plan, calls);
    // A name that is known in part counts for the events that can be named so, and for no other.
    const unsure = calls.filter((call) => call.role === "site" && call.dynamic && call.patterns.length === 0);
    const related = unsure.slice(0, 5).map(({ at }) => ({ at, message: "it may be sent here: the name isn't known" }));
    for (const event of plan.events) {
      if (event.status === "active") yield* judge(event, senders.get(event) ?? new Set(), blindNames, related);
    }
  },
});

/** Sources of which it can't be told what they don't send; `*` stands for code that nobody named. */
function blindSources(code: Inventory, plan: Plan, calls: readonly TrackingCall[]): readonly NotJudgedHere[] {
  const here = new Set(code.sources.map(({ name }) => name));
  const planned = [...plan.sources.values()];
  const external = planned.filter((source) => source.external).map(({ name }) => name);
  const ours = planned.filter((source) => !source.external);
  const foreign = ours.filter((source) => !source.tracked).map(({ name }) => name);
  const absent = ours.filter((source) => source.tracked && !here.has(source.name)).map(({ name }) => name);
  const forwarders = calls.filter((call) => call.role === "forwarder" && !isFollowed(call, code, calls));
  const unresolved = calls.filter((call) => call.unresolved.length > 0);
  return [
    ...external.map((source) => ({ source, notJudged: "its code is elsewhere" })),
    ...foreign.map((source) => ({ source, notJudged: "it tracks with customers' own keys" })),
    ...absent.map((source) => ({ source, notJudged: "no code of it was read" })),
    ...unresolved.map((call) => ({
      source: call.source,
      notJudged: `some names are constants of packages that are not installed: ${listOf(call.unresolved, 3)}`,
    })),
    ...forwarders.map((call) => ({
      source: call.source,
      notJudged: `the callers of the wrapper at ${call.at.file}:${call.at.line} were not found`,
    })),
  ];
}

/** True where some call is known to pass through the function around a forwarder. */
function isFollowed(forwarder: TrackingCall, code: Inventory, calls: readonly TrackingCall[]): boolean {
  const around = code.functions.get(forwarder.enclosing ?? "");
  // A hop stands at the function's name, which is outside of an arrow function.
  const isAround = (hop: Hop) =>
    around !== undefined && hop.at.file === around.at.file && (hop.name === around.name || contains(around.at, hop.at));
  return calls.some((call) => call.via.some(isAround));
}

/** The sources that send each event, under whichever of its names: those of the calls, and those that call a library's. */
function sendersOf(
  code: Inventory,
  plan: Plan,
  calls: readonly TrackingCall[],
): ReadonlyMap<PlanEvent, ReadonlySet<string>> {
  const senders = new Map<PlanEvent, Set<string>>();
  for (const call of calls) {
    const named = call.events.map(({ value }) => plannedEvent(plan, call, value));
    for (const event of [...named, ...call.patterns.flatMap((pattern) => eventsMatching(plan, call, pattern))]) {
      if (event === undefined) continue;
      senders.set(event, new Set([...(senders.get(event) ?? []), call.source, ...callerSources(code, call)]));
    }
  }
  return senders;
}

function* judge(
  event: PlanEvent,
  senders: ReadonlySet<string>,
  blind: ReadonlySet<string>,
  related: readonly Related[],
): Iterable<Problem<MessageId>> {
  const { name } = event;
  const unsure =
    related.length === 0 ? "" : " It may be among the names that can't be known, which are listed with it.";
  const help = `Send it, mark it as \`planned\` or \`deprecated\`, or take it out of the plan.${unsure}`;
  const listed = [...(event.sources ?? [])];
  const missing = listed.filter(([source]) => !senders.has(source) && !blind.has(source));
  const anywhere = event.sources === undefined ? blind.size === 0 : missing.length === listed.length;
  if (senders.size === 0 && anywhere) {
    yield { at: event.at, messageId: "nowhere", data: { event: name }, help, related, subject: name };
    return;
  }
  for (const [source, { at }] of missing) {
    yield {
      at,
      messageId: "source",
      data: { event: name, source },
      help: `Send it from \`${source}\`, or take \`${source}\` out of the event's sources.${unsure}`,
      related,
      subject: `${name}/${source}`,
    };
  }
}
