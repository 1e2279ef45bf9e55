import {
  byWrittenPlace,
  contains,
  defineRule,
  describeParts,
  EVENT_KINDS,
  type EventPattern,
  eventKindOf,
  eventsMatching,
  groupBy,
  type Inventory,
  judgedCalls,
  listOf,
  type Plan,
  placesOf,
  type TrackingCall,
} from "../src/plugin.ts";

export default defineRule({
  meta: {
    id: "dynamic-event-name",
    category: "schema",
    summary: "An event name that can't be known without running the code",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      dynamic: "The event name{{text}} can't be known without running the code",
      partly: "The event name{{text}} is only known in part",
      unmatched: "The event name{{text}} is only known in part, and no event of the plan can be named so",
      none: "{{text}} stands where the event's name belongs, and can never be one",
      alternatives: "The event name{{text}} may be one that can't be known without running the code",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    const judged = judgedCalls(code, { kinds: EVENT_KINDS });
    const misplaced = judged.filter(isMisplaced);
    for (const { at, items } of byWrittenPlace(misplaced, (call) => call.eventAt ?? call.at)) {
      const text = items[0]!.eventText?.replaceAll("`", "");
      yield {
        at,
        messageId: "none",
        data: { text: text === undefined ? "An object" : `\`${text}\`` },
        help: "Pass the event's name here: the arguments may stand in each other's place.",
        related: placesOf(items, at, "sent here"),
        subject: text ?? "",
      };
    }
    const dynamic = judged.filter((call) => !isMisplaced(call) && isDynamic(call, plan));
    const handedOn = uncalledWrappers(code);
    for (const [source, calls] of groupBy(dynamic.filter(handedOn), (call) => call.source)) {
      const places = calls.map(({ at }) => `${at.file}:${at.line}`);
      yield { notJudged: `the callers that name what is sent were not found: ${listOf(places, 3)}`, source };
    }
    const made = dynamic.filter((call) => !handedOn(call) && madeElsewhere(call).length > 0);
    for (const [source, group] of groupBy(made, (call) => call.source)) {
      const functions = [...new Set(group.flatMap(madeElsewhere))];
      yield {
        notJudged: `functions of packages that are not read here make the messages: ${listOf(functions, 3)}`,
        source,
      };
    }
    const calls = dynamic.filter((call) => !handedOn(call) && madeElsewhere(call).length === 0);
    for (const { at, items } of byWrittenPlace(calls, (call) => call.eventAt ?? call.at)) {
      const call = items[0]!;
      const pattern = call.events.length === 0 ? unmatched(call, plan)[0] : undefined;
      const text = pattern === undefined ? call.eventText : describeParts(pattern.parts);
      yield {
        at,
        messageId: messageFor(call, pattern, plan),
        data: { text: text === undefined ? "" : ` \`${text.replaceAll("`", "")}\`` },
        help: "Send one name and put what varies in a property, or choose between names that are written in the code.",
        related: placesOf(items, at, "sent here"),
        subject: text ?? call.events.map(({ value }) => value).join(),
      };
    }
  },
});

/** Of calls that were found by name only, the name's place is a guess. */
function isMisplaced(call: TrackingCall): boolean {
  return call.nameIsNone === true && call.confidence === "resolved" && eventKindOf(call) === "track";
}

/** `@acme/schema#ActionType.clickedBuy`: a constant of a package that isn't installed is written down all the same. */
const CONSTANT = /#(?:default\.)?(?:[A-Z]|\w*events?\.)/;

/** `@acme/schema#clickedBuy()`: functions of packages that make the whole message, its name too. */
function madeElsewhere({ unresolved }: TrackingCall): readonly string[] {
  return unresolved.filter((name) => name.endsWith("()")).map((name) => name.slice(0, -2));
}

/**
 * Asks whether a call only hands on the name that a function is given which nobody here calls, as a package does for
 * its users: who calls it names what is sent.
 */
function uncalledWrappers(code: Inventory): (call: TrackingCall) => boolean {
  const uncalled = code.wrappers.filter(({ callers }) => callers.length === 0);
  return (call) => {
    if (call.isNameGiven) return true;
    const around = code.functions.get(call.enclosing ?? "");
    return uncalled.some(
      ({ at, name, feeds }) =>
        around !== undefined &&
        at.file === around.at.file &&
        // A wrapper stands at its name, which is outside of an arrow function.
        (name === around.name || contains(around.at, at)) &&
        // A value that the function reads out of what it is given is its own choice: `element.innerText`.
        feeds.some((feed) => feed === call.eventText && !feed.includes(".")),
    );
  };
}

/** A name known in part is matched against the plan first, where there is one. */
function isDynamic(call: TrackingCall, plan: Plan | undefined): boolean {
  if (call.unresolved.some((name) => CONSTANT.test(name))) return false;
  // The names of pages and screens come from routes and are no events, unless the plan lists them as such.
  const kind = eventKindOf(call);
  if (kind !== "track" && !plan?.events.some((event) => event.kind === kind)) return false;
  return call.patterns.length > 0 ? unmatched(call, plan).length > 0 : call.dynamic;
}

/** The patterns of a call that no event of the plan can read; without a plan all of them. */
function unmatched(call: TrackingCall, plan: Plan | undefined): readonly EventPattern[] {
  if (!plan?.hasEvents) return call.patterns;
  return call.patterns.filter((pattern) => eventsMatching(plan, call, pattern).length === 0);
}

function messageFor(call: TrackingCall, pattern: EventPattern | undefined, plan: Plan | undefined) {
  if (pattern !== undefined) return plan?.hasEvents ? "unmatched" : "partly";
  return call.events.length > 0 ? "alternatives" : "dynamic";
}
