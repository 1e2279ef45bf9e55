import {
  alternativesOf,
  compareRanges,
  defineRule,
  formatPlace,
  groupBy,
  isStandardEvent,
  isStandardInPlan,
  isVendorName,
  judgedCalls,
  listOfNames,
  normaliseName,
  type Plan,
  type Problem,
  placesOf,
  propertiesOf,
  type Range,
  shareLittle,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = "generic" | "disjoint" | "values";

interface Options {
  /** More names that say nothing, whole and in any casing. */
  readonly generic: readonly string[];
  /** More properties that tell events of one name apart. */
  readonly discriminators: readonly string[];
}

const words = { type: "array", items: { type: "string", minLength: 1 }, default: [] } as const;

/** Whole names that say nothing of what happened, without casing and separators. */
const generic: ReadonlySet<string> = new Set(
  (
    "action actions action_performed action_taken action_triggered action_completed perform_action performed_action " +
    "user_action user_actions user_activity activity click clicks clicked click_event button_click button_clicked " +
    "click_button clicked_button element_click element_clicked event events custom_event generic_event user_event " +
    "app_event page_event ui_event track_event event_tracked event_triggered event_fired track tracked tracking " +
    "interaction interactions interacted user_interaction user_interacted ui_interaction page_interaction operation " +
    "operation_performed custom generic misc other test test_event unknown default log logged data info submit " +
    "submitted change changed update updated view viewed"
  ).split(" "),
);

/** Properties that are made to tell events apart. `type`, `kind`, `source`, `status` and the like are dimensions. */
const discriminators: ReadonlySet<string> = new Set(["action", "event", "event_type", "interaction", "operation"]);

const fewestKeys = 3;
const mostValues = 5;

export default defineRule<MessageId, Options>({
  meta: {
    id: "overloaded-event",
    category: "naming",
    summary: "One event name that stands for several things",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      generic: "`{{name}}` says nothing of what happened: everything that is sent under it is one number in a report",
      disjoint: "`{{name}}` stands for two things: here it has {{here}}, at {{place}} it has {{there}}",
      values:
        "`{{name}}` stands for {{count}} things that only `{{property}}` tells apart, each with properties of its own",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { generic: words, discriminators: words },
    },
  },
  defaultOptions: { generic: [], discriminators: [] },
  *check({ code, plan, options }) {
    const calls = judgedCalls(code, { kinds: ["track"] });
    const sites = calls.flatMap((call) =>
      call.events
        .filter(({ value }) => !isVendorName(call, value) && !isStandard(call, value, plan))
        .map(({ value, at }): Site => ({ name: value, at, call })),
    );
    const byName = groupBy(sites, ({ name }) => name);
    const isGeneric = (name: string) => {
      const normal = normaliseName(name);
      return generic.has(normal) || options.generic.some((one) => normaliseName(one) === normal);
    };
    for (const [name, group] of byName) {
      if (isGeneric(name)) yield genericProblem(name, group, plan);
    }
    const sent = new Set(calls.flatMap((call) => call.events.map(({ value }) => value)));
    for (const event of plan?.events ?? []) {
      const isLive = event.kind === "track" && (event.status === "active" || event.status === "planned");
      if (isLive && !sent.has(event.name) && isGeneric(event.name) && !isStandardInPlan(plan, event.name)) {
        yield genericProblem(event.name, [], plan);
      }
    }
    const tellsApart = new Set([...discriminators, ...options.discriminators.map(normaliseName)]);
    for (const [name, group] of byName) {
      // That a generic name stands for several things was said with the name.
      if (isGeneric(name)) continue;
      const told = valuesProblem(name, group, tellsApart, plan) ?? disjointProblem(name, group, plan);
      if (told !== undefined) yield told;
    }
  },
});

/** A name that a call sends. */
interface Site {
  readonly name: string;
  /** Where the name is written. */
  readonly at: Range;
  readonly call: TrackingCall;
}

function isStandard(call: TrackingCall, name: string, plan: Plan | undefined): boolean {
  return isStandardEvent(call, name) || isStandardInPlan(plan, name);
}

/** Said where the name is defined: in the plan, else where it is first written. */
function genericProblem(name: string, sites: readonly Site[], plan: Plan | undefined): Problem<"generic"> {
  const planned = plan?.events.find((event) => event.kind === "track" && event.name === name);
  const written = sites.map(({ at }) => at).sort(compareRanges)[0];
  const at = planned?.at ?? written!;
  return {
    at,
    messageId: "generic",
    data: { name },
    help: "Name each thing that happens by what it is, such as `Report Exported`, and send one event for each.",
    related: placesOf(callsOf(sites), at, "sent here"),
    subject: name,
  };
}

/** Two sites whose keys have next to nothing in common. */
function disjointProblem(
  name: string,
  sites: readonly Site[],
  plan: Plan | undefined,
): Problem<"disjoint"> | undefined {
  const planned = plan?.find(name, "track");
  if (planned?.variants !== undefined) return undefined;
  const known = callsOf(sites)
    .map((call) => ({ call, keys: keysOf(call) }))
    .filter(({ call, keys }) => call.properties.complete && keys.size >= fewestKeys);
  for (const [index, here] of known.entries()) {
    const others = known.slice(index + 1).filter((there) => shareLittle(here.keys, there.keys));
    const [there] = others;
    if (there === undefined) continue;
    return {
      at: here.call.at,
      messageId: "disjoint",
      data: { name, here: keyList(here.keys), there: keyList(there.keys), place: formatPlace(there.call.at) },
      help: "Give the two things names of their own.",
      related: placesOf(
        others.map(({ call }) => call),
        here.call.at,
        "sent here with other properties",
      ),
      plan: planned?.at,
      subject: name,
    };
  }
  return undefined;
}

/** A property with many fixed values, for which the other properties differ. */
function valuesProblem(
  name: string,
  sites: readonly Site[],
  tellsApart: ReadonlySet<string>,
  plan: Plan | undefined,
): Problem<"values"> | undefined {
  const planned = plan?.find(name, "track");
  const calls = callsOf(sites);
  const properties = new Set(calls.flatMap((call) => propertiesOf(call).properties.map((property) => property.name)));
  for (const property of properties) {
    if (!tellsApart.has(normaliseName(property)) || planned?.variants?.by === property) continue;
    const keysByValue = new Map<string, string>();
    for (const call of calls) {
      for (const value of literalsOfProperty(call, property)) keysByValue.set(value, otherKeys(call, property));
    }
    if (keysByValue.size <= mostValues || new Set(keysByValue.values()).size < 2) continue;
    const users = calls.filter((call) => literalsOfProperty(call, property).length > 0);
    const at = users[0]!.at;
    return {
      at,
      messageId: "values",
      data: { name, property, count: keysByValue.size },
      help: `Send an event for each, or describe them in the plan as \`variants\` by \`${property}\`.`,
      related: placesOf(users, at, "sent here"),
      plan: planned?.at,
      subject: `${name}/${property}`,
    };
  }
  return undefined;
}

function literalsOfProperty(call: TrackingCall, name: string): string[] {
  const found = propertiesOf(call).properties.find((property) => property.name === name);
  const values = found === undefined ? [] : alternativesOf(found.value);
  return values.flatMap((value) => (value.kind === "literal" && value.value !== null ? [String(value.value)] : []));
}

function otherKeys(call: TrackingCall, name: string): string {
  return [...keysOf(call)]
    .filter((key) => key !== name)
    .sort()
    .join("\0");
}

/** What is written at the call: keys of wrappers are the same everywhere, and those with `$` are the vendor's. */
function keysOf(call: TrackingCall): ReadonlySet<string> {
  return new Set(call.properties.properties.map(({ name }) => name).filter((name) => !name.startsWith("$")));
}

function keyList(keys: ReadonlySet<string>): string {
  return listOfNames(keys, 4);
}

function callsOf(sites: readonly Site[]): TrackingCall[] {
  return [...new Set(sites.map(({ call }) => call))];
}
