import {
  attributionReads,
  byWrapper,
  type ConversionTerms,
  carriedBy,
  carriesGroup,
  conversionOptions,
  defineRule,
  groupBy,
  type Inventory,
  isSignupName,
  judgedCalls,
  keepsOnPerson,
  listOfNames,
  type Plan,
  type Problem,
  placesOf,
  type ServerConversion,
  type Sink,
  serverConversions,
  type TrackingCall,
  usualConversions,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "none" | "several" | "anyGroup" | "allGroups";

export default defineRule<MessageId, ConversionTerms>({
  meta: {
    id: "attribution-capture",
    category: "attribution",
    summary: "A conversion that a server sends without what brought the person",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      none: "`{{event}}` goes to {{vendor}} without campaign, referrer and click id: nobody can tell what brought the person",
      several:
        "{{events}} go to {{vendor}} without campaign, referrer and click id: nobody can tell what brought the person",
      anyGroup:
        "{{events}} carries none of {{groups}}, of which the plan requires one: nobody can tell what brought the person",
      allGroups: "{{events}} lacks {{groups}}, which the plan requires of a conversion",
    },
    options: conversionOptions,
  },
  defaultOptions: usualConversions,
  *check({ code, plan, options, strict }) {
    const isWide = strict || plan?.hasEvents === true || plan?.attribution !== undefined;
    const asked = serverConversions(code, plan, options).filter(
      ({ call, event }) =>
        (isWide || isSignupName(event) || options.conversions.includes(event)) &&
        // Where nothing is asked of visitors there is nothing to hand over: attribution-entry says so once.
        attributionReads(code, call).length > 0,
    );
    const kept = keptByHand(code);
    const lacking = asked.flatMap((one) => {
      if (kept.has(keyOf(one.call.source, one.sink.vendor))) return [];
      const missing = missingFrom(one.call, plan);
      return missing === undefined ? [] : [{ ...one, missing }];
    });
    for (const group of groupBy(lacking, ({ sink, missing }) => `${sink.vendor}\0${missing.join("\0")}`).values()) {
      yield* problems(code, group, asked, plan);
    }
  },
});

interface Lacking extends ServerConversion {
  /** Groups of the plan's keys; empty where everything is missing that would do. */
  readonly missing: readonly string[];
}

/** Undefined where the call carries enough, or may. */
function missingFrom(call: TrackingCall, plan: Plan | undefined): readonly string[] | undefined {
  const { keys = {}, requires = "any" } = plan?.attribution ?? {};
  const groups = Object.entries(keys).map(([name, paths]) => ({ name, presence: carriesGroup(call, paths) }));
  if (groups.length === 0) {
    const { kinds, isClosed } = carriedBy(call);
    return kinds.size > 0 || !isClosed ? undefined : [];
  }
  const missing = groups.filter(({ presence }) => presence === "missing").map(({ name }) => name);
  // `fbc` in Meta's `user_data` is a click id, whatever the plan calls it for others.
  if (requires === "any") return missing.length < groups.length || carriedBy(call).kinds.size > 0 ? undefined : missing;
  return missing.length === 0 ? undefined : missing;
}

function* problems(
  code: Inventory,
  lacking: readonly Lacking[],
  asked: readonly ServerConversion[],
  plan: Plan | undefined,
): Generator<Problem<MessageId>> {
  const byCall = new Map(lacking.map((one) => [one.call, one]));
  const all = [...new Set(asked.map(({ call }) => call))];
  for (const { at, items } of byWrapper([...byCall.keys()], all, (call) => call.at)) {
    const found = items.map((call) => byCall.get(call)!);
    const [{ call, event, sink, missing }] = found as [Lacking];
    const events = listOfNames(
      found.map((one) => one.event),
      3,
    );
    const reads = attributionReads(code, call).filter(({ from, isDropped }) => from !== "header" && !isDropped);
    yield {
      at,
      messageId: messageOf(missing, items.length, plan),
      data: {
        event,
        events,
        vendor: vendorLabel(sink),
        groups: listOfNames(missing, 3),
      },
      help: remedies[sink.vendor] ?? usualRemedy(sink),
      plan: plan?.attribution?.at,
      related: [
        ...placesOf(items, at, "sent here"),
        ...reads.slice(0, mostReads).map((read) => ({ at: read.at, message: `\`${read.name}\` is read here` })),
      ],
      subject: `${found.map((one) => one.event).join(",")}/${sink.vendor}`,
    };
  }
}

function messageOf(missing: readonly string[], count: number, plan: Plan | undefined): MessageId {
  if (missing.length === 0) return count > 1 ? "several" : "none";
  return plan?.attribution?.requires === "all" || missing.length === 1 ? "allGroups" : "anyGroup";
}

/** How many places are shown that know what the call lacks. */
const mostReads = 3;

/** Vendors whom a source tells of a person, once, what brought them: later events need not say it again. */
function keptByHand(code: Inventory): ReadonlySet<string> {
  const tells = judgedCalls(code, { kinds: ["identify", "alias", "other"] }).filter(keepsOnPerson);
  return new Set(tells.flatMap(({ source, sinks }) => sinks.map(({ vendor }) => keyOf(source, vendor))));
}

function keyOf(source: string, vendor: string): string {
  return `${source}\0${vendor}`;
}

const keep = "Keep what the visitor arrived with, in a cookie or beside the account, and pass it";

const remedies: Readonly<Record<string, string>> = {
  posthog: `${keep} once: \`$set_once: { $initial_utm_source, $initial_referrer, … }\`.`,
  mixpanel: `${keep}: \`utm_source\` and its like as properties, \`initial_utm_source\` on the profile.`,
  amplitude: `${keep} once: \`setOnce("initial_utm_source", …)\` of identify.`,
  google: "Send the `client_id` and `session_id` of the browser's tag, which GA4 knows the visit by.",
  meta: `${keep}: \`fbc\` and \`fbp\` in \`user_data\`.`,
  tiktok: `${keep}: \`ttclid\` and \`ttp\` in \`user\`.`,
};

function usualRemedy(sink: Sink): string {
  return sink.family === "segment-spec"
    ? `${keep}: \`context.campaign\` and \`context.page.referrer\`, click ids as properties.`
    : `${keep} with the event.`;
}
