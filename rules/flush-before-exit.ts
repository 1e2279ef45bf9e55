import {
  byWrapper,
  type Delivery,
  defineRule,
  groupBy,
  type Inventory,
  isFlushedSomewhere,
  isLostInRun,
  judgedCalls,
  type NotJudgedHere,
  type Plan,
  type Problem,
  placesOf,
  platformWaits,
  queuesEvents,
  type Range,
  type Related,
  reachesVendor,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId =
  | "unflushed"
  | "sometimes"
  | "unawaited"
  | "dropped"
  | "nothing-to-await"
  | "source"
  | "lost"
  | "client";

/** A call that is lost on one of its ways. */
interface Lost {
  readonly call: TrackingCall;
  readonly delivery: Delivery;
}

const HELP: Readonly<Record<Exclude<Delivery["fate"], "sent">, string>> = {
  unflushed:
    "Await the SDK's flush or shutdown before the function returns (in `finally`, `after` or `waitUntil`), or send with a method that gives a promise of its own.",
  sometimes: "Move the flush into `finally`, or before every return.",
  unawaited: "Await it, return it, or hand it to `waitUntil`.",
  dropped: "Await the call, return it, or hand it to `waitUntil` or `after`.",
  "nothing-to-await":
    "Pass a callback and wait for it: `await new Promise((resolve) => client.track(name, properties, resolve))`.",
};

const WHY: Readonly<Record<Exclude<Delivery["fate"], "sent">, string>> = {
  unflushed: "nothing flushes its queue",
  sometimes: "a flush follows on some paths only",
  unawaited: "nobody waits for the flush",
  dropped: "nobody waits for the request",
  "nothing-to-await": "the end of the request is told only to a callback, and none is given",
};

export default defineRule<MessageId>({
  meta: {
    id: "flush-before-exit",
    category: "delivery",
    summary: "Events that are still queued, or on their way, when a serverless handler or a command ends",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      unflushed:
        "{{what}} stays in the queue of {{vendor}} when `{{run}}` returns: nothing flushes before, and {{platform}} may stop the process ({{proof}})",
      sometimes:
        "{{what}} stays in the queue of {{vendor}} on some paths through `{{run}}`: the flush does not follow on all of them, and {{platform}} may stop the process ({{proof}})",
      unawaited:
        "{{what}} may be lost in `{{run}}`: {{vendor}} is flushed, but nobody waits for it, and {{platform}} may stop the process ({{proof}})",
      dropped:
        "{{what}} may be lost in `{{run}}`: nobody waits for the request to {{vendor}}, and {{platform}} may stop the process ({{proof}})",
      "nothing-to-await":
        "{{what}} may be lost in `{{run}}`: {{vendor}} tells the end of its request only to a callback, and none is given; {{platform}} may stop the process ({{proof}})",
      source:
        "{{what}} stays in the queue of {{vendor}}: nothing in `{{source}}` flushes it, and its processes are short-lived ({{proof}})",
      lost: "{{what}} may be lost on the way to {{vendor}}: {{why}}, and the processes of `{{source}}` are short-lived ({{proof}})",
      client: "The queue of {{vendor}} is never flushed: what it holds when the server stops is lost",
    },
  },
  defaultOptions: {},
  *check({ code, plan, strict }) {
    const calls = judgedCalls(code).filter((call) => (call.deliveries ?? []).length > 0);
    yield* lostInRuns(code, plan, calls);
    yield* lostInSources(code, plan, calls);
    if (strict) yield* neverClosed(code, plan);
  },
});

/** Calls that are lost in a handler or command that was found. */
function* lostInRuns(
  code: Inventory,
  plan: Plan | undefined,
  calls: readonly TrackingCall[],
): Iterable<Problem<MessageId>> {
  const asked = calls.filter(({ deliveries = [] }) => deliveries.some(({ run }) => run));
  const lost = asked.flatMap((call) =>
    (call.deliveries ?? []).filter(isLostInRun).map((delivery) => ({ call, delivery })),
  );
  const kept = lost.filter(({ delivery: { vendor } }) => !platformWaits(code, vendor));
  for (const ofVendor of groupBy(kept, ({ delivery: { vendor, fate } }) => `${vendor}:${fate}`).values()) {
    const wrong = [...new Set(ofVendor.map(({ call }) => call))];
    const alike = asked.filter(({ deliveries = [] }) =>
      deliveries.some(({ vendor }) => vendor === ofVendor[0]?.delivery.vendor),
    );
    for (const { at, items } of byWrapper(wrong, alike, ({ at }) => at)) {
      const here = ofVendor.filter(({ call }) => items.includes(call));
      const isShared = items.length > 1;
      const causes = isShared ? [here] : [...groupBy(here, ({ delivery }) => delivery.run?.id).values()];
      for (const cause of causes) yield inRun(plan, at, cause);
    }
  }
}

function inRun(plan: Plan | undefined, at: Range, cause: readonly Lost[]): Problem<MessageId> {
  const [{ call, delivery }] = cause as [Lost];
  const { run } = delivery;
  const calls = [...new Set(cause.map((lost) => lost.call))];
  const runs = [
    ...new Map(
      cause.flatMap((lost) => (lost.delivery.run ? [[lost.delivery.run.id, lost.delivery.run]] : [])),
    ).values(),
  ];
  const isHandler = run?.kind === "handler";
  return {
    at,
    messageId: delivery.fate === "sent" ? "unflushed" : delivery.fate,
    data: {
      what: whatOf(calls),
      vendor: labelOf(call, delivery),
      run: run?.name ?? "",
      platform: run?.platform ?? "",
      proof: run?.proof ?? "",
    },
    help: delivery.fate === "sent" ? "" : HELP[delivery.fate],
    plan: plan?.sources.get(call.source)?.at,
    related: [
      ...placesOf(calls, at, "sent here"),
      ...causesOf(cause),
      ...runs.slice(0, 5).map((one) => ({ at: one.at, message: `${one.platform} calls \`${one.name}\`` })),
    ],
    subject: `${run?.name ?? call.source}/${delivery.vendor}`,
    ...(isHandler ? { severity: "error" as const } : {}),
  };
}

/** Calls of which no handler is known, in a source that is short-lived as a whole. */
function* lostInSources(
  code: Inventory,
  plan: Plan | undefined,
  calls: readonly TrackingCall[],
): Iterable<Problem<MessageId> | NotJudgedHere> {
  const unknown = calls.flatMap((call) =>
    (call.platform === "server" ? (call.deliveries ?? []) : [])
      .filter(({ run, fate, vendor }) => run === undefined && fate !== "sent" && !platformWaits(code, vendor))
      .map((delivery) => ({ call, delivery })),
  );
  for (const [source, ofSource] of groupBy(unknown, ({ call }) => call.source)) {
    const proof = proofOf(code, plan, source);
    if (proof === undefined && ofSource.some(({ delivery }) => queuesEvents(delivery.sdk))) {
      yield {
        notJudged: "nothing proves whether its processes are short-lived; `runtime` in the plan's sources says it",
        source,
      };
    }
    if (proof === undefined || proof === "long-lived") continue;
    for (const ofVendor of groupBy(ofSource, ({ delivery }) => `${delivery.vendor}:${delivery.fate}`).values()) {
      yield* inSource(code, plan, proof, ofVendor);
    }
  }
}

function* inSource(
  code: Inventory,
  plan: Plan | undefined,
  proof: string,
  lost: readonly Lost[],
): Iterable<Problem<MessageId>> {
  const [{ call, delivery }] = lost as [Lost];
  const { vendor, sdk, fate } = delivery;
  const { source } = call;
  // A command ends only when its requests have ended, but for what is still queued.
  if (plan?.sources.get(source)?.runtime === "cli" && fate !== "unflushed") return;
  if (fate === "sent" || (fate === "unflushed" && isFlushedSomewhere(code, vendor))) return;
  const wrong = [...new Set(lost.map((one) => one.call))];
  const start = code.starts.find((one) => one.sdk === sdk && one.source === source);
  const whole = [{ at: start?.at ?? call.at, items: wrong }];
  const asked = judgedCalls(code).filter((one) => reachesVendor(one, vendor));
  for (const { at, items } of fate === "unflushed" ? whole : byWrapper(wrong, asked, (one) => one.at)) {
    yield {
      at,
      messageId: fate === "unflushed" ? "source" : "lost",
      data: { what: whatOf(items), vendor: labelOf(call, delivery), source, proof, why: WHY[fate] },
      help: HELP[fate],
      plan: plan?.sources.get(source)?.at,
      related: [...placesOf(items, at, "sent here"), ...causesOf(lost.filter((one) => items.includes(one.call)))],
      subject: `${source}/${vendor}/${items[0]?.events[0]?.value ?? ""}`,
    };
  }
}

/** A worker takes one job after the other. */
function isLongLived(runtime: string): boolean {
  return runtime === "long-lived" || runtime === "worker";
}

/** `long-lived`, or what proves that a source is not; undefined where nothing is known. */
function proofOf(code: Inventory, plan: Plan | undefined, source: string): string | undefined {
  const runtime = plan?.sources.get(source)?.runtime;
  if (runtime !== undefined) return isLongLived(runtime) ? "long-lived" : `runtime: ${runtime}`;
  return code.sources.find(({ name }) => name === source)?.serverless?.proof;
}

/** Clients of servers that nobody ever closes. */
function* neverClosed(code: Inventory, plan: Plan | undefined): Iterable<Problem<MessageId>> {
  const untracked = new Set(code.sources.filter(({ tracked }) => !tracked).map(({ name }) => name));
  for (const start of code.starts) {
    const isAsked = start.how === "constructor" || start.how === "factory" || start.how === "init";
    if (!isAsked || start.platform !== "server" || start.tenant || untracked.has(start.source)) continue;
    if (!queuesEvents(start.sdk) || isHeld(code, start.vendor)) continue;
    const proof = proofOf(code, plan, start.source);
    if (proof !== undefined && proof !== "long-lived") continue;
    if (
      code.calls.some(({ deliveries = [] }) =>
        deliveries.some(({ run, fate, vendor }) => run && fate !== "sent" && vendor === start.vendor),
      )
    )
      continue;
    yield {
      at: start.at,
      messageId: "client",
      data: { vendor: vendorLabel(start) },
      help: "Shut the client down when the server is told to stop: on SIGTERM, or in the framework's hook.",
      subject: `${start.source}/${start.vendor}`,
    };
  }
}

/** Where promises are dropped, and flushes that are not enough. */
function causesOf(lost: readonly Lost[]): Related[] {
  return lost.flatMap(({ delivery: { because, fate } }) =>
    because === undefined
      ? []
      : [{ at: because, message: fate === "dropped" ? "nobody waits for this" : "flushed here" }],
  );
}

function isHeld(code: Inventory, vendor: string): boolean {
  return isFlushedSomewhere(code, vendor) || platformWaits(code, vendor);
}

function labelOf(call: TrackingCall, { vendor }: Delivery): string {
  const sink = call.sinks.find((one) => one.vendor === vendor);
  return sink ? vendorLabel(sink) : vendor;
}

function whatOf(calls: readonly TrackingCall[]): string {
  const [first] = calls;
  if (calls.length > 1) return `What ${calls.length} calls send`;
  const name = first?.events[0]?.value;
  return name === undefined ? `What this ${first?.kind ?? "call"} sends` : `\`${name}\``;
}
