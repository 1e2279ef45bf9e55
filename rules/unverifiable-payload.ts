import {
  byWrittenPlace,
  type CheckedCall,
  checkedCalls,
  compareRanges,
  defineRule,
  groupBy,
  listOf,
  listOfNames,
  type Mismatch,
  type Problem,
  placesOf,
  type Range,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = "one" | "several" | "common";

/** A required property that may or may not come with what is spread in. */
interface Unproven extends CheckedCall {
  readonly mismatch: Mismatch;
  /** The object that is not known whole. */
  readonly at: Range;
}

export default defineRule<MessageId>({
  meta: {
    id: "unverifiable-payload",
    category: "schema",
    summary: "A payload with something unknown in it, of an event that requires what can't be seen",
    default: { withoutPlan: "off", withPlan: "warn" },
    conformance: true,
    messages: {
      one: "{{of}} requires {{properties}}, which can't be proven: {{reason}}",
      several: "{{of}} require properties that can't be proven: {{reason}}",
      common:
        "Every event of `{{source}}` requires {{properties}}, which can't be proven for {{count}} calls: {{reason}}",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    if (plan === undefined) return;
    const unproven = checkedCalls(code, plan)
      .filter(({ what }) => what === "property")
      .flatMap(unprovenOf);
    const own = groupBy(unproven, isCommon);
    for (const { at, items } of byWrittenPlace(own.get(false) ?? [], (one) => one.at)) yield openProblem(at, items);
    for (const ofSource of groupBy(own.get(true) ?? [], ({ call }) => call.source).values()) {
      yield commonProblem(ofSource);
    }
  },
});

function unprovenOf(checked: CheckedCall): Unproven[] {
  const unproven = checked.mismatches.filter(({ kind }) => kind === "unproven");
  return unproven.map((mismatch) => ({ ...checked, mismatch, at: openAt(checked.call, mismatch) }));
}

/** Of the call's own object and that of the wrappers on the way, the one with something unknown in it. */
function openAt(call: TrackingCall, { path, at }: Mismatch): Range {
  const isNested = /[.[]/.test(path);
  if (isNested) return at ?? call.at;
  return (call.properties.complete ? call.added.at : call.properties.at) ?? call.at;
}

function isCommon({ promised, mismatch }: Unproven): boolean {
  return promised.get(mismatch.path)?.origin === "common";
}

function openProblem(at: Range, unproven: readonly Unproven[]): Problem<MessageId> {
  const { mismatch, promised, plan, subject } = unproven[0]!;
  const events = [...new Set(unproven.map(({ of }) => of))];
  const first = unproven.filter(({ of }) => of === events[0]);
  const property = promised.get(mismatch.path.split(/[.[]/)[0] ?? mismatch.path);
  return {
    at,
    messageId: events.length === 1 ? "one" : "several",
    data: { of: listOf(events, 3), properties: propertiesOf(first), reason: reasonOf(unproven) },
    help: "Write what is required at the call, or give what is spread in a type that has it.",
    plan: property?.requiredAt ?? property?.at ?? plan,
    related: placesOf(callsOf(unproven), at, "sent here"),
    subject: events.length === 1 ? subject : "payload",
  };
}

/** What every event requires is filled in, or forgotten, at one place for all. */
function commonProblem(unproven: readonly Unproven[]): Problem<MessageId> {
  const [first] = unproven.toSorted((a, b) => compareRanges(a.at, b.at));
  const { at, call, promised, mismatch, plan } = first!;
  const calls = callsOf(unproven);
  const property = promised.get(mismatch.path);
  return {
    at,
    messageId: "common",
    data: {
      source: call.source,
      properties: propertiesOf(unproven),
      count: calls.length,
      reason: reasonOf([first!]),
    },
    help: "Fill it in once: in the wrapper that all calls pass, or with what the SDK adds to every event.",
    plan: property?.requiredAt ?? property?.at ?? plan,
    related: placesOf(calls, at, "sent here"),
    subject: `common/${call.source}`,
    ofSource: call.source,
  };
}

function propertiesOf(unproven: readonly Unproven[]): string {
  return listOfNames(
    unproven.map(({ mismatch }) => mismatch.path),
    4,
  );
}

function reasonOf(unproven: readonly Unproven[]): string {
  const reasons = unproven.map(({ mismatch }) => mismatch.openReason).filter((reason) => reason !== undefined);
  return reasons[0] ?? "the payload isn't known";
}

function callsOf(unproven: readonly Unproven[]): TrackingCall[] {
  return [...new Set(unproven.map(({ call }) => call))];
}
