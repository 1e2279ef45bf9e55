import {
  byCause,
  byWrapper,
  type CheckedCall,
  capitalise,
  checkedCalls,
  defineRule,
  EVENT_KINDS,
  groupBy,
  type Inventory,
  isStamped,
  judgedCalls,
  type LackingNeed,
  lackingNeeds,
  listOfNames,
  type MissingProperty,
  missingProperties,
  nameOfCall,
  type PastKind,
  type Plan,
  type Problem,
  placesOf,
  propertiesOf,
  propertyAt,
  sendsPast,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "common" | "one" | "maybe" | "needs" | "past";

interface Options {
  /** Also what may be `undefined`; default: in `strict`. */
  readonly maybe?: boolean;
  /** More words in the names of files and functions that send what happened before. */
  readonly past: readonly string[];
  /** Vendors of which nothing is asked that the plan doesn't ask. */
  readonly exemptVendors: readonly string[];
}

const words = { type: "array", items: { type: "string", minLength: 1 }, default: [] } as const;

export default defineRule<MessageId, Options>({
  meta: {
    id: "missing-context",
    category: "attribution",
    summary: "What every event must carry is sent, and what nobody else fills in",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      common: "Every event of `{{source}}` requires the property `{{property}}`, which {{count}} calls don't send",
      one: "{{of}} requires the property `{{property}}`, as every event of `{{source}}`, and it is not sent",
      maybe: "{{of}} requires the property `{{property}}`, as every event of `{{source}}`, and it may be `undefined`",
      needs: "{{what}} goes to {{vendor}} without {{needs}}: {{fate}}",
      past: "{{what}} {{why}}, and is sent without a timestamp: {{vendor}} counts it when it arrives",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { maybe: { type: "boolean" }, past: words, exemptVendors: words },
    },
  },
  defaultOptions: { past: [], exemptVendors: [] },
  *check({ code, plan, options, strict }) {
    if (plan !== undefined) yield* withoutCommon(code, plan, options.maybe ?? strict);
    const calls = judgedCalls(code, { kinds: EVENT_KINDS }).filter(
      ({ sinks }) => !sinks.every(({ vendor }) => options.exemptVendors.includes(vendor)),
    );
    yield* withoutNeeds(calls);
    yield* withoutTime(code, calls, options.past);
  },
});

type Found = Problem<MessageId>;

function* withoutCommon(code: Inventory, plan: Plan, maybe: boolean): Generator<Found> {
  const checked = checkedCalls(code, plan);
  const missing = missingProperties(code, plan, maybe).filter(
    ({ isCommon, call, mismatch }) => isCommon && !isStamped(call, mismatch.path),
  );
  const bySource = groupBy(missing, ({ call, mismatch }) => JSON.stringify([call.source, mismatch.path]));
  for (const group of bySource.values()) yield* commonProblems(code, group, checked);
}

/** What every event requires is missing for one reason: nobody fills it in. */
function* commonProblems(
  code: Inventory,
  missing: readonly MissingProperty[],
  checked: readonly CheckedCall[],
): Generator<Found> {
  const { call, mismatch, promised } = missing[0]!;
  const { path } = mismatch;
  const asked = checked.filter((one) => one.call.source === call.source && one.promised.get(path)?.required);
  const byCall = new Map(missing.map((one) => [one.call, one]));
  // What can't be known of a call says nothing of whether anybody fills it in.
  const known = asked.map((one) => one.call).filter((one) => byCall.has(one) || sends(one, path));
  const placeOf = (one: TrackingCall) => byCall.get(one)?.at ?? one.at;
  const property = promised.get(path);
  for (const { at, items } of byCause(code, [...byCall.keys()], [...new Set(known)], placeOf)) {
    const first = byCall.get(items[0]!)!;
    const isOne = items.length === 1;
    const id = first.mismatch.kind === "maybe-missing" ? "maybe" : "one";
    yield {
      at,
      messageId: isOne ? id : "common",
      data: { source: call.source, property: path, count: items.length, of: capitalise(first.of) },
      help: isOne
        ? "Send it on every path to the call, or drop `required` in the plan."
        : "Fill it in once: in the wrapper that all calls pass, or with what the SDK adds to every event.",
      plan: property?.requiredAt ?? property?.at,
      related: placesOf(items, at, `sent without \`${path}\``),
      subject: isOne ? `${first.subject}/${path}` : `common/${call.source}/${path}`,
    };
  }
}

function sends(call: TrackingCall, path: string): boolean {
  const property = propertyAt(propertiesOf(call), path);
  return property !== undefined && property !== "unknown";
}

/** Messages that the sender makes alone: what isn't in them is not known. */
function* withoutNeeds(calls: readonly TrackingCall[]): Generator<Found> {
  const lacking = calls.flatMap((call) => lackingNeeds(call) ?? []);
  const byCall = new Map(lacking.map((one) => [one.call, one]));
  const keyOf = ({ sink, needs }: LackingNeed) => JSON.stringify([sink.sdk, needs.map(({ name }) => name)]);
  for (const group of groupBy(lacking, keyOf).values()) {
    const wrong = group.map(({ call }) => call);
    for (const { at, items } of byWrapper(wrong, calls, (call) => call.at)) {
      const { needs, sink } = byCall.get(items[0]!)!;
      yield {
        at,
        messageId: "needs",
        data: {
          what: nameOf(items),
          vendor: vendorLabel(sink),
          needs: listOfNames(
            needs.map(({ name }) => name),
            3,
          ),
          fate: needs.map((need) => need.else).join("; "),
        },
        help: "Nothing fills it in on the way: put it into the message where it is made.",
        related: placesOf(items, at, "sent here"),
        subject: `${nameOf(items)}/${needs.map(({ name }) => name).join(",")}`,
      };
    }
  }
}

const reasons: Readonly<Record<PastKind, string>> = {
  backfill: "happened before",
  queue: "waited in a queue",
  cron: "carries the date on which it happened",
};

function* withoutTime(code: Inventory, calls: readonly TrackingCall[], more: readonly string[]): Generator<Found> {
  for (const call of calls) {
    const kind = sendsPast(code, call, more);
    const [sink] = call.sinks;
    // What a message over HTTP lacks was said already.
    if (kind === undefined || sink === undefined || lackingNeeds(call) !== undefined) continue;
    yield {
      at: call.at,
      messageId: "past",
      data: { what: nameOf([call]), why: reasons[kind], vendor: vendorLabel(sink) },
      help: "Pass the time at which it happened as the message's timestamp.",
      subject: `past/${nameOf([call])}`,
    };
  }
}

function nameOf(calls: readonly TrackingCall[]): string {
  const [first] = calls;
  return calls.length === 1 && first !== undefined ? nameOfCall(first) : `What ${calls.length} calls send`;
}
