import {
  byCause,
  type ConsentDemand,
  type ConsentMode,
  configuredBefore,
  consentCarried,
  consentCoverage,
  consentDemand,
  consentModes,
  consentReaders,
  defineRule,
  groupBy,
  type Inventory,
  isExemptFromConsent,
  judgedCalls,
  listOfNames,
  type NotJudgedHere,
  nameOfCall,
  type Plan,
  type Problem,
  placesOf,
  type Range,
  type Sink,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "planned" | "elsewhere" | "late" | "lacks" | "updated" | "basic";
type Found = Problem<MessageId>;

interface Options {
  /** Vendors that are not asked: nothing behind them depends on the choice. */
  readonly exemptVendors: readonly string[];
}

/** What carries data of a person to a vendor that holds it back by the person's choice. */
const personalKinds: readonly TrackingCall["kind"][] = ["track", "identify", "group", "page", "screen"];

export default defineRule<MessageId, Options>({
  meta: {
    id: "consent-propagation",
    category: "consent",
    summary: "What the user chose reaches the vendors that read it",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      planned: "{{what}} {{go}} to {{vendor}} without the user's choice (`{{field}}`), which calls carry by the plan",
      elsewhere: "{{what}} {{go}} to {{vendor}} without the user's choice (`{{field}}`), which other calls carry",
      late: "The `default` of Google's consent mode comes after the tag is configured, which has run without it by then",
      lacks: "Google's consent mode in `{{source}}` says nothing of {{states}}",
      updated: "Google's tag in `{{source}}` is told of the user's choice by `update`, but has no `default` until then",
      basic: "Google's tag in `{{source}}` waits for the user's choice, but isn't told what it was",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { exemptVendors: { type: "array", items: { type: "string", minLength: 1 }, default: [] } },
    },
  },
  defaultOptions: { exemptVendors: [] },
  *check({ code, plan, options, strict }) {
    if (plan?.consent !== undefined || strict) yield* withoutState(code, plan, options.exemptVendors);
    if (!options.exemptVendors.includes("google")) yield* consentModeProblems(code, plan, strict);
  },
});

/** A call to a vendor that reads the choice. */
interface Asked {
  readonly call: TrackingCall;
  readonly sink: Sink;
}

function* withoutState(
  code: Inventory,
  plan: Plan | undefined,
  exemptVendors: readonly string[],
): Generator<Found | NotJudgedHere> {
  const planned = plan?.consent?.payload;
  const asked = judgedCalls(code, { kinds: personalKinds }).flatMap((call): Asked[] => {
    if (isExemptFromConsent(call, plan)) return [];
    const readers = consentReaders(code, call).filter(({ vendor }) => !exemptVendors.includes(vendor));
    return readers.map((sink) => ({ call, sink }));
  });
  const coverage = consentCoverage(code, plan?.consent);
  // What nothing checks at all is said by consent-check.
  const isUnchecked = (call: TrackingCall) =>
    (plan?.consent !== undefined || coverage.hasMechanism(call.source)) && coverage.uncovered(call) !== undefined;
  const unjudged = new Set<string>();
  const judged = new Set<string>();
  const keyOf = ({ call, sink }: Asked) => JSON.stringify([call.source, sink.sdk]);
  for (const group of groupBy(asked, keyOf).values()) {
    const { call, sink } = group[0]!;
    const demand = consentDemand(code, sink, planned);
    (demand === undefined ? unjudged : judged).add(call.source);
    if (demand === undefined) continue;
    const wrong = group.filter((one) => consentCarried(one.call, one.sink, planned) === "missing");
    const checked = wrong.map((one) => one.call).filter((one) => !isUnchecked(one));
    const all = group.map((one) => one.call);
    for (const { at, items } of byCause(code, checked, all, (one) => one.at))
      yield stateProblem({ at, calls: items, sink, plan, demand });
  }
  for (const source of unjudged) {
    if (!judged.has(source))
      yield { notJudged: "neither the plan nor a call says where the user's choice is carried", source };
  }
}

function stateProblem(of: {
  readonly at: Range;
  readonly calls: readonly TrackingCall[];
  readonly sink: Sink;
  readonly plan: Plan | undefined;
  readonly demand: ConsentDemand;
}): Found {
  const { at, calls, sink, plan, demand } = of;
  const vendor = vendorLabel(sink);
  const byPlan = demand.by === "plan";
  return {
    at,
    messageId: byPlan ? "planned" : "elsewhere",
    data: { what: nameOf(calls), go: calls.length === 1 ? "goes" : "go", vendor, field: demand.field },
    help: `Pass the choice on with the message: behind ${vendor} nobody else knows what the user refused.`,
    plan: byPlan ? plan?.consent?.at : undefined,
    related: [
      ...placesOf(calls, at, "sent without it"),
      ...(demand.carriedAt === undefined ? [] : [{ at: demand.carriedAt, message: "carried here" }]),
    ],
    subject: `${sink.vendor}/${calls.length === 1 ? nameOf(calls) : "several calls"}`,
  };
}

function* consentModeProblems(code: Inventory, plan: Plan | undefined, strict: boolean): Generator<Found> {
  for (const mode of consentModes(code, plan?.consent)) {
    const { source, defaults, lacks } = mode;
    for (const call of defaults) {
      const tag = configuredBefore(code, call, mode);
      if (tag === undefined) continue;
      yield {
        at: call.at,
        messageId: "late",
        help: "Set the `default` first, then configure the tag.",
        related: [{ at: tag.at, message: "configured here" }],
        subject: "google/default",
      };
    }
    const [first] = defaults;
    if (first !== undefined && lacks.length > 0) {
      const states = listOfNames(lacks, 2);
      yield {
        at: first.at,
        messageId: "lacks",
        data: { source, states },
        help: "Name them in `default`, and in `update` once the user has chosen.",
        related: placesOf(defaults.slice(1), first.at, "also set here"),
        subject: `google/${lacks.join(",")}`,
        ofSource: source,
      };
    }
    yield* withoutDefault(mode, strict);
  }
}

/** A tag that runs before it is told anything; one that nothing checks and nobody tells is said by consent-check. */
function* withoutDefault(mode: ConsentMode, strict: boolean): Generator<Found> {
  const { source, tags, waiting, defaults, updates, hasContainer } = mode;
  if (defaults.length > 0 || hasContainer) return;
  const early = tags.find((tag) => !waiting.includes(tag));
  if (updates.length > 0 && early !== undefined) {
    yield {
      at: early.at,
      messageId: "updated",
      data: { source },
      help: "Set `default` before the tag is configured, with what holds as long as the user hasn't chosen.",
      related: updates.map(({ at }) => ({ at, message: "told here" })),
      subject: "google/update",
      ofSource: source,
    };
  }
  const [first] = waiting;
  if (strict && updates.length === 0 && first !== undefined && early === undefined) {
    yield {
      at: first.at,
      messageId: "basic",
      data: { source },
      help: "Send `default` and `update` with the choice before the tag is configured.",
      subject: "google/basic",
      ofSource: source,
    };
  }
}

function nameOf(calls: readonly TrackingCall[]): string {
  const [first] = calls;
  return calls.length === 1 && first !== undefined ? nameOfCall(first) : `${calls.length} calls`;
}
