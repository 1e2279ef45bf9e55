import {
  callerSources,
  compareRanges,
  defineRule,
  EVENT_KINDS,
  groupBy,
  type Inventory,
  judgedCalls,
  listOfNames,
  type NotJudgedHere,
  type Plan,
  type PlanEvent,
  type Problem,
  placesOf,
  sentEvents,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = "source" | "allOfSource" | "platform";
type EventSources = NonNullable<PlanEvent["sources"]>;

/** An event that lists its sources, as a call sends it. */
interface Sent {
  readonly call: TrackingCall;
  readonly event: PlanEvent;
  readonly listed: EventSources;
}

type Verdict = "right" | "source" | "platform" | "unknownNames" | "unknownCallers";

const PLATFORMS: ReadonlySet<string> = new Set(["browser", "server", "react-native"]);

export default defineRule<MessageId>({
  meta: {
    id: "undeclared-source",
    category: "schema",
    summary: "An event is sent from a source or platform that the plan does not list for it",
    default: { withoutPlan: "off", withPlan: "warn" },
    conformance: true,
    messages: {
      source: "`{{event}}` is sent from `{{source}}`, but the plan lists it for {{listed}}",
      allOfSource: "`{{source}}` sends {{events}}, but the plan lists it for no event that names its sources",
      platform: "`{{source}}` sends {{events}} from {{found}}, but the plan has it as {{planned}}",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    if (plan === undefined) return;
    const sent = judgedCalls(code, { kinds: EVENT_KINDS }).flatMap((call) => sourcedEvents(plan, call));
    for (const [source, ofSource] of groupBy(sent, ({ call }) => call.source)) {
      yield* judgeSource(code, plan, source, ofSource);
    }
  },
});

function sourcedEvents(plan: Plan, call: TrackingCall): Sent[] {
  return sentEvents(plan, call).flatMap(({ event }) =>
    event.sources === undefined ? [] : [{ call, event, listed: event.sources }],
  );
}

function* judgeSource(
  code: Inventory,
  plan: Plan,
  source: string,
  sent: readonly Sent[],
): Iterable<Problem<MessageId> | NotJudgedHere> {
  const byVerdict = groupBy(sent, (one) => judge(code, plan, one));
  const [unknown] = byVerdict.get("unknownNames") ?? [];
  if (unknown !== undefined) {
    const names = namesOf(unknown.listed.keys());
    yield { notJudged: `the plan lists events for ${names}, and no source of the code has such a name`, source };
  }
  if (byVerdict.has("unknownCallers")) {
    yield { notJudged: "other packages use it, and who calls it was not found", source };
  }
  const byEvent = groupBy(byVerdict.get("source") ?? [], ({ event }) => event);
  const isWholeSource = byEvent.size > 1 && byVerdict.get("source")?.length === sent.length;
  if (isWholeSource) yield sourceProblem(code, plan, source, sent);
  else for (const [event, wrong] of byEvent) yield eventProblem(plan, source, event, wrong);
  const elsewhere = byVerdict.get("platform");
  if (elsewhere !== undefined) yield platformProblem(plan, source, elsewhere);
}

function judge(code: Inventory, plan: Plan, { call, listed }: Sent): Verdict {
  if (listed.has(call.source)) return isListedPlatform(plan, call, listed) ? "right" : "platform";
  if (listed.has(call.platform)) return "right";
  // A library sends for those who call it, whether or not the plan has it as a source of its own.
  const callers = [...callerSources(code, call)].filter((source) => source !== call.source);
  if (callers.some((source) => listed.has(source))) return "right";
  if (plan.sources.has(call.source)) return "source";
  const isShared = code.sources.some(({ name, shared }) => name === call.source && shared === true);
  if (isShared && callers.length === 0) return "unknownCallers";
  const known = new Set([...code.sources.map(({ name }) => name), ...PLATFORMS]);
  const isTellable = plan.sources.size > 0 || [...listed.keys()].some((name) => known.has(name));
  return isTellable ? "source" : "unknownNames";
}

/** False where the call runs on a server and all listed sources are the visitor's device, or the other way round. */
function isListedPlatform(plan: Plan, call: TrackingCall, listed: EventSources): boolean {
  const own = sideOf(plan.sources.get(call.source)?.platform);
  const found = sideOf(call.platform);
  if (own === undefined || found === undefined || own === found) return true;
  return [...listed.keys()].some((name) => [undefined, found].includes(sideOf(plan.sources.get(name)?.platform)));
}

/** Web and native apps share SDKs, so that only the side can be told for certain. */
function sideOf(platform: string | undefined): "server" | "client" | undefined {
  if (platform === undefined || !PLATFORMS.has(platform)) return undefined;
  return platform === "server" ? "server" : "client";
}

function eventProblem(plan: Plan, source: string, event: PlanEvent, wrong: readonly Sent[]): Problem<MessageId> {
  const calls = callsOf(wrong);
  const at = calls[0]!.at;
  const listed = event.sources ?? new Map();
  const where = plan.sources.size > 0 && !plan.sources.has(source) ? "the plan's `sources` and to the event's" : "them";
  return {
    at,
    messageId: "source",
    data: { event: event.name, source, listed: listed.size === 0 ? "no source" : namesOf(listed.keys()) },
    help: `Send it from where it is listed only, or add \`${source}\` to ${where}.`,
    plan: [...listed.values()][0]?.at ?? event.at,
    related: placesOf(calls, at, "sent here"),
    subject: `${event.name}/${source}`,
    ofSource: source,
  };
}

/** Every event of a source is wrong: it is the source that is missing in the plan. */
function sourceProblem(code: Inventory, plan: Plan, source: string, wrong: readonly Sent[]): Problem<MessageId> {
  const calls = callsOf(wrong);
  const at = code.starts.find((start) => start.source === source && start.tenant !== true)?.at ?? calls[0]!.at;
  const planned = plan.sources.get(source);
  const add = planned === undefined && plan.sources.size > 0 ? "Add it to the plan's `sources`, and to" : "Add it to";
  return {
    at,
    messageId: "allOfSource",
    data: { source, events: namesOf(wrong.map(({ event }) => event.name)) },
    help: `${add} the \`sources\` of the events that it may send.`,
    plan: planned?.at ?? wrong[0]!.event.at,
    related: placesOf(calls, at, "sent here"),
    subject: source,
    ofSource: source,
  };
}

function platformProblem(plan: Plan, source: string, wrong: readonly Sent[]): Problem<MessageId> {
  const calls = callsOf(wrong);
  const at = calls[0]!.at;
  const planned = plan.sources.get(source);
  return {
    at,
    messageId: "platform",
    data: {
      source,
      events: namesOf(wrong.map(({ event }) => event.name)),
      found: sideOf(calls[0]!.platform) === "server" ? "a server" : "the visitor's device",
      planned: `\`platform: ${planned?.platform ?? ""}\``,
    },
    help: "Give the code on the other side a source of its own in the plan and list it with the events, or send them from here no more.",
    plan: planned?.at,
    related: placesOf(calls, at, "sent here"),
    subject: `${source}/platform`,
    ofSource: source,
  };
}

function namesOf(names: Iterable<string>): string {
  return listOfNames(names, 3);
}

function callsOf(sent: readonly Sent[]): TrackingCall[] {
  return [...new Set(sent.map(({ call }) => call))].sort((a, b) => compareRanges(a.at, b.at));
}
