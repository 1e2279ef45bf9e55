import {
  byWrittenPlace,
  defineRule,
  describeParts,
  EVENT_KINDS,
  eventKindOf,
  judgedCalls,
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
      alternatives: "The event name{{text}} may be one that can't be known without running the code",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    const calls = judgedCalls(code, { kinds: EVENT_KINDS }).filter((call) => isDynamic(call, plan));
    for (const { at, items } of byWrittenPlace(calls, (call) => call.eventAt ?? call.at)) {
      const { patterns, events, eventText } = items[0]!;
      const [pattern] = events.length === 0 ? patterns : [];
      const name = pattern === undefined ? eventText : describeParts(pattern.parts);
      yield {
        at,
        messageId: pattern !== undefined ? "partly" : events.length > 0 ? "alternatives" : "dynamic",
        data: { text: name === undefined ? "" : ` \`${name}\`` },
        help: "Send one name and put what varies in a property, or choose between names that are written in the code.",
        related: placesOf(items, at, "sent here"),
        subject: name ?? events.map(({ value }) => value).join(),
      };
    }
  },
});

/** A name known in part is matched against the plan, where there is one: then it is a matter of `unknown-event`. */
function isDynamic(call: TrackingCall, plan: Plan | undefined): boolean {
  // The names of pages and screens come from routes and are no events, unless the plan lists them as such.
  const kind = eventKindOf(call);
  if (kind !== "track" && !plan?.events.some((event) => event.kind === kind)) return false;
  return call.patterns.length > 0 ? !plan?.hasEvents : call.dynamic;
}
