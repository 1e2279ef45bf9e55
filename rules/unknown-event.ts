import {
  byWrittenPlace,
  canRead,
  defineRule,
  EVENT_KINDS,
  type EventKind,
  eventKindOf,
  groupBy,
  isVendorName,
  judgedCalls,
  listOf,
  listOfNames,
  type NotJudgedHere,
  nearestTerm,
  ownNames,
  ownPlaceOf,
  type Plan,
  type Problem,
  placesOf,
  plannedEvent,
  type Range,
  type TrackingCall,
  wildcardParts,
} from "../src/plugin.ts";

/** A name that a call sends. */
interface Sent {
  readonly call: TrackingCall;
  readonly at: Range;
  readonly name: string;
  /** What is written, where a wrapper adds to it. */
  readonly written?: string;
}

type MessageId = "unknown" | "near" | "elsewhere" | "removed" | "otherKind";

export default defineRule({
  meta: {
    id: "unknown-event",
    category: "schema",
    summary: "An event that is sent but is not in the tracking plan",
    default: { withoutPlan: "off", withPlan: "error" },
    conformance: true,
    fixable: true,
    messages: {
      unknown: "`{{name}}` is not in the tracking plan",
      near: "`{{name}}` is not in the tracking plan; did you mean `{{near}}`?",
      elsewhere: "`{{name}}` is what `{{event}}` is called in {{destinations}}, which this call doesn't reach",
      removed: "`{{name}}` is not in the tracking plan any more: it was removed{{version}}",
      otherKind: "`{{name}}` is sent as a {{kind}}, but the tracking plan has it as a {{planned}}",
    },
    options: {
      type: "object",
      properties: { allow: { type: "array", items: { type: "string" } } },
      additionalProperties: false,
    },
  },
  defaultOptions: { allow: [] as readonly string[] },
  *check({ code, plan, options }) {
    if (plan === undefined) return;
    const calls = judgedCalls(code, { kinds: EVENT_KINDS }).filter((call) => isPlanned(plan, eventKindOf(call)));
    const names = calls
      .flatMap((call) => unknownNames(plan, call))
      .filter(({ name }) => !isAllowed(name, options.allow));
    for (const { at, items } of byWrittenPlace(names, ({ at }) => at)) {
      for (const sent of groupBy(items, ({ name }) => name).values()) yield nameProblem(plan, at, sent);
    }
    yield* unreadNames(calls);
  },
});

function* unreadNames(calls: readonly TrackingCall[]): Iterable<NotJudgedHere> {
  const unread = calls.filter((call) => call.unresolved.length > 0);
  for (const [source, ofSource] of groupBy(unread, (call) => call.source)) {
    const packages = ofSource.flatMap((call) => call.unresolved.map((symbol) => symbol.split("#")[0] ?? symbol));
    yield {
      notJudged: `some names are constants of packages that are not installed: ${listOfNames(packages, 3)}`,
      source,
    };
  }
}

/** Calls of pages and screens are judged where the plan lists pages or screens as events. */
function isPlanned(plan: Plan, kind: EventKind | undefined): boolean {
  return kind === "track" || plan.events.some((event) => event.kind === kind);
}

function unknownNames(plan: Plan, call: TrackingCall): Sent[] {
  return call.events
    .filter(({ value }) => {
      const event = plannedEvent(plan, call, value);
      return event === undefined ? !isVendorName(call, value) : event.status === "removed";
    })
    .map(({ value, at, written }) => ({
      call,
      at: ownPlaceOf(call, at),
      name: value,
      ...(written === undefined ? {} : { written }),
    }));
}

function nameProblem(plan: Plan, at: Range, sent: readonly Sent[]): Problem<MessageId> {
  const { name, call } = sent[0]!;
  const kind = eventKindOf(call);
  const same = plan.find(name, kind) ?? plan.find(name);
  if (same?.status === "removed") {
    const version = same.version === undefined ? "" : ` in version ${same.version}`;
    const help =
      same.replacedBy === undefined ? "Stop sending it." : `Send \`${same.replacedBy}\` instead, which replaces it.`;
    return { ...problem(at, sent, "removed", { version }), help, plan: same.at };
  }
  if (same !== undefined && same.kind !== kind) {
    const data = { kind: `${kind} call`, planned: `${same.kind} event` };
    const help = `Send it with \`${same.kind}\`, or add it to the plan with \`kind: ${kind}\`.`;
    return { ...problem(at, sent, "otherKind", data), help, plan: same.at };
  }
  if (same !== undefined) {
    const destinations = Object.keys(same.names).filter((destination) => same.names[destination] === name);
    const data = { event: same.name, destinations: listOf(destinations, 3) };
    return { ...problem(at, sent, "elsewhere", data), help: `Send \`${same.name}\`.`, plan: same.at };
  }
  const known = plan.events.filter((event) => event.kind === kind && event.status !== "removed");
  // What the call sends as well is another thing to whoever wrote it.
  const alternatives = new Set(sent.flatMap((one) => one.call.events.map(({ value }) => value)));
  const candidates = known.flatMap(ownNames).filter((one) => !alternatives.has(one));
  const near = nearestTerm(name, candidates);
  if (near === undefined) return { ...problem(at, sent, "unknown"), help: "Add it to the plan, or stop sending it." };
  const help = `Send \`${near}\`; if \`${name}\` is what the world already knows, add it to the event's \`aliases\`.`;
  const other = nearestTerm(
    name,
    candidates.filter((one) => one !== near),
  );
  const rename = kind && { rename: { from: name, to: near, kind, isOnlyNear: other === undefined } };
  return { ...problem(at, sent, "near", { near }), help, plan: plan.find(near, kind)?.at, ...rename };
}

function problem<Id extends MessageId>(
  at: Range,
  sent: readonly Sent[],
  messageId: Id,
  data: Readonly<Record<string, string>> = {},
): Problem<Id> {
  const { name, written } = sent[0]!;
  const calls = sent.map(({ call }) => call);
  const because = written === undefined ? "" : ` as \`${name}\``;
  return { at, messageId, data: { name, ...data }, subject: name, related: placesOf(calls, at, `sent here${because}`) };
}

function isAllowed(name: string, allow: readonly string[]): boolean {
  return allow.some((pattern) => canRead(wildcardParts(pattern), name));
}
