import {
  brokenShape,
  byWrittenPlace,
  compareRanges,
  defineRule,
  groupBy,
  type Inventory,
  judgedCalls,
  type Plan,
  type Problem,
  placesOf,
  plannedEvent,
  propertiesOf,
  type Range,
  type ReservedNames,
  reservationOf,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = ReservedNames["effect"] | "shape" | "length";

interface Options {
  /** Names that are meant to be sent nevertheless. */
  readonly allow: readonly string[];
}

export default defineRule<MessageId, Options>({
  meta: {
    id: "reserved-name",
    category: "naming",
    summary: "A name that the vendor keeps for itself",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      rejects: "{{vendor}} rejects the {{what}} `{{name}}`: {{why}}",
      drops: "{{vendor}} drops the {{what}} `{{name}}`: {{why}}",
      overwrites: "{{vendor}} overwrites the {{what}} `{{name}}`: {{why}}",
      reserves: "The {{what}} `{{name}}` is {{vendor}}'s own: {{why}}",
      unknown:
        "The {{what}} `{{name}}` begins with `{{prefix}}` as {{vendor}}'s own do, and is none that {{vendor}} has",
      shape: "{{vendor}} wants event names of {{says}}: `{{name}}` is none",
      length: "{{vendor}} takes event names of at most {{longest}} characters: `{{name}}` has {{length}}",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { allow: { type: "array", items: { type: "string", minLength: 1 }, default: [] } },
    },
  },
  defaultOptions: { allow: [] },
  *check({ code, plan, options }) {
    const uses = usesIn(code).filter(({ name }) => !options.allow.includes(name));
    const found = uses.flatMap((use) => judge(use) ?? []);
    for (const { at, items } of byWrittenPlace(found, ({ use }) => use.at)) yield* eachName(at, items, plan);
  },
});

/** A name that a call sends. */
interface Use {
  readonly on: ReservedNames["on"];
  readonly name: string;
  /** Where it is written. */
  readonly at: Range;
  readonly call: TrackingCall;
}

interface Found {
  readonly use: Use;
  readonly messageId: MessageId;
  readonly data: Readonly<Record<string, string | number>>;
}

function usesIn(code: Inventory): Use[] {
  return judgedCalls(code).flatMap((call) => [
    // A method that stands for one event sends the vendor's own name, which is written nowhere.
    ...(call.kind === "track" ? call.events : [])
      .filter(({ at }) => compareRanges(at, call.at) !== 0)
      .map(({ value, at }): Use => ({ on: "event", name: value, at, call })),
    ...propertiesOf(call).properties.map(({ name, at }): Use => ({ on: "property", name, at, call })),
    ...call.traits.properties.map(({ name, at }): Use => ({ on: "trait", name, at, call })),
  ]);
}

function judge(use: Use): Found | undefined {
  const { call, on, name } = use;
  const entry = reservationOf(call, on, name);
  if (entry !== undefined) {
    const prefix = entry.prefixes?.find((one) => name.startsWith(one)) ?? "";
    const data = { vendor: entry.vendor, what: on, name, why: entry.why ?? "", prefix: prefix.trim() };
    return { use, messageId: entry.effect, data };
  }
  const shape = on === "event" ? brokenShape(call, name) : undefined;
  if (shape === undefined) return undefined;
  const { vendor, says, longest } = shape;
  const messageId = name.length > longest ? "length" : "shape";
  return { use, messageId, data: { vendor, says, longest, name, length: name.length } };
}

/** One finding a name and destination: what is written at one place may be sent by many calls. */
function* eachName(at: Range, items: readonly Found[], plan: Plan | undefined): Iterable<Problem<MessageId>> {
  const groups = groupBy(items, ({ use, data }) => `${use.on} ${use.name} ${data.vendor}`);
  for (const group of groups.values()) {
    const { use, messageId, data } = group[0]!;
    const calls = [...new Set(group.map(({ use: { call } }) => call))];
    yield {
      at,
      messageId,
      data,
      help: helpFor(use, messageId),
      related: placesOf(calls, at, "sent here"),
      plan: plan === undefined || use.on !== "event" ? undefined : plannedEvent(plan, use.call, use.name)?.at,
      subject: `${use.on}/${use.name}`,
      ...(messageId === "rejects" ? { severity: "error" as const } : {}),
    };
  }
}

function helpFor({ on, name }: Use, messageId: MessageId): string {
  if (messageId === "length") return "Give it a shorter name.";
  if (messageId === "rejects" && name.includes("Consent")) return "Send the whole state of the choice with it.";
  const own = name.replace(/^(?:\$|_+|\[Amplitude\] |firebase_|ga_|google_|gtag\.|mp_)+/, "");
  const free = own !== name && own !== "" ? `, such as \`${own}\`` : "";
  return `Give the ${on} a name of its own${free}.`;
}
