import {
  type AttributionRead,
  attributionReads,
  byWrittenPlace,
  type ConversionTerms,
  callerSources,
  carriedBy,
  compareRanges,
  conversionOptions,
  defineRule,
  type EntryValue,
  EVENT_KINDS,
  groupBy,
  type Inventory,
  judgedCalls,
  listOfNames,
  type Plan,
  type Problem,
  placesOf,
  queryValues,
  type Range,
  requestReferers,
  runsOnlyOnServer,
  type ServerConversion,
  serverConversions,
  type TrackingCall,
  usualConversions,
  wholeQueries,
} from "../src/plugin.ts";

type MessageId = "nowhere" | "dropped" | "page" | "referer" | "query" | "value";

export default defineRule<MessageId, ConversionTerms>({
  meta: {
    id: "attribution-entry",
    category: "attribution",
    summary: "A server that sends conversions asks what brought the visitor, where that can be known, and keeps it",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      nowhere:
        "`{{source}}` sends {{events}} from a server, and nowhere reads a utm parameter, a referrer or a click id",
      dropped: "`{{source}}` reads {{names}} and keeps nothing of it: by the time of {{events}} it is gone",
      page: "`{{text}}` is read on a server, where there is no page: it is undefined, or fails",
      referer:
        "The Referer of the request is passed as the visit's referrer: by the time of {{events}} it is a page of the product, or the login provider's",
      query:
        "All of `{{text}}` is passed on: whoever makes a link chooses which properties are sent, how many and how long",
      value: "`{{text}}` is passed on as it comes: of any length, or a list",
    },
    options: conversionOptions,
  },
  defaultOptions: usualConversions,
  *check({ code, plan, options, strict }) {
    const conversions = serverConversions(code, plan, options).filter(({ call }) => !isCommandLine(call, plan));
    for (const group of bySource(code, conversions)) {
      const found = nowhere(code, group, plan) ?? dropped(code, group, plan);
      if (found !== undefined) yield found;
      yield* referers(code, group, plan);
    }
    for (const [source, calls] of groupBy(serverCalls(code), (call) => call.source)) {
      yield* pages(code, source, calls);
      const whole = values(source, calls, wholeQueries, "query");
      yield* whole;
      if (strict && whole.length === 0) yield* values(source, calls, queryValues, "value");
    }
  },
});

type Found = Problem<MessageId>;

/** The source that a call runs in: that of the callers, where these are of another one. */
function sourceOf(code: Inventory, call: TrackingCall): string {
  const callers = [...callerSources(code, call)].filter((source) => source !== call.source);
  return callers.sort()[0] ?? call.source;
}

/**
 * The conversions of each source. A library whose callers aren't found is no entry of its own: what it sends is counted
 * to the first source that sends conversions too.
 */
function bySource(code: Inventory, conversions: readonly ServerConversion[]): readonly (readonly ServerConversion[])[] {
  const shared = new Set(code.sources.filter((source) => source.shared).map(({ name }) => name));
  const entries = conversions.map(({ call }) => sourceOf(code, call)).filter((source) => !shared.has(source));
  const [entry] = entries.sort();
  const groups = groupBy(conversions, ({ call }) => {
    const source = sourceOf(code, call);
    return shared.has(source) ? (entry ?? source) : source;
  });
  return [...groups.values()].map((group) =>
    group.toSorted((a, b) => Number(shared.has(a.call.source)) - Number(shared.has(b.call.source))),
  );
}

/** Nobody visits a command line. */
function isCommandLine({ source }: TrackingCall, plan: Plan | undefined): boolean {
  return plan?.sources.get(source)?.runtime === "cli";
}

function nowhere(code: Inventory, group: readonly ServerConversion[], plan: Plan | undefined): Found | undefined {
  const isAsked = ({ call }: ServerConversion) => {
    const { kinds, isClosed } = carriedBy(call);
    return attributionReads(code, call).length > 0 || kinds.size > 0 || !isClosed;
  };
  const [first] = group as [ServerConversion];
  const shared = new Set(code.sources.filter((source) => source.shared).map(({ name }) => name));
  if (group.some(isAsked) || code.attribution.some(({ source }) => shared.has(source)) || sendsAttribution(code, group))
    return undefined;
  return {
    ...about(code, group, plan),
    at: first.call.at,
    messageId: "nowhere",
    help: "Read what the visitor arrived with where they arrive (`utm_…`, click ids, the page's referrer), keep it in a cookie or beside the account, and pass it with the conversion.",
    related: placesOf(callsOf(group), first.call.at, "sent here"),
  };
}

/** A call of the source that carries it says that it is known there. */
function sendsAttribution(code: Inventory, group: readonly ServerConversion[]): boolean {
  const sources = new Set(group.flatMap(({ call }) => [call.source, sourceOf(code, call)]));
  return judgedCalls(code).some((call) => sources.has(call.source) && carriedBy(call).kinds.size > 0);
}

function dropped(code: Inventory, group: readonly ServerConversion[], plan: Plan | undefined): Found | undefined {
  const [first] = group as [ServerConversion];
  const reads = attributionReads(code, first.call);
  const [read] = reads;
  if (read === undefined || !reads.every(({ isDropped }) => isDropped) || sendsAttribution(code, group)) {
    return undefined;
  }
  return {
    ...about(code, group, plan),
    at: read.at,
    messageId: "dropped",
    help: "Keep it in a cookie, the session or beside the account, and pass it with the conversion.",
    related: [...placesOfReads(reads.slice(1)), ...callsOf(group).map(({ at }) => ({ at, message: "sent here" }))],
    data: { ...about(code, group, plan).data, names: namesOf(reads) },
  };
}

/** The Referer that conversions carry, once for each place where it is put in. */
function* referers(code: Inventory, group: readonly ServerConversion[], plan: Plan | undefined): Generator<Found> {
  const found = group.flatMap((one) => requestReferers(one.call).map(({ at }) => ({ ...one, at })));
  for (const { at, items } of byWrittenPlace(found, (one) => one.at)) {
    yield {
      ...about(code, items, plan),
      at,
      messageId: "referer",
      help: "Keep the referrer of the first page that the visitor opens, and pass that.",
      related: placesOf(callsOf(items), at, "sent here"),
    };
  }
}

/** Globals of a browser, in files that send from a server. */
function* pages(code: Inventory, source: string, calls: readonly TrackingCall[]): Generator<Found> {
  const files = new Set(calls.filter((call) => runsOnlyOnServer(code, call)).map(({ at }) => at.file));
  const reads = code.attribution.filter(
    ({ from, at }) => (from === "page" || from === "storage") && files.has(at.file),
  );
  const [read] = reads;
  if (read === undefined) return;
  yield {
    at: read.at,
    messageId: "page",
    data: { text: read.text },
    help: "Read it in the browser and send it along, or read the query of the request.",
    related: placesOfReads(reads.slice(1)),
    subject: `page/${source}`,
    ofSource: source,
  };
}

function values(
  source: string,
  calls: readonly TrackingCall[],
  valuesOf: (call: TrackingCall) => readonly EntryValue[],
  messageId: "query" | "value",
): readonly Found[] {
  const found = calls.flatMap((call) => valuesOf(call).map((value) => ({ ...value, call })));
  const [first] = found.sort((a, b) => compareRanges(a.at, b.at));
  if (first === undefined) return [];
  const sent = [...new Set(found.map(({ call }) => call))];
  return [
    {
      at: first.at,
      messageId,
      data: { text: first.text },
      help:
        messageId === "query"
          ? "Take the parameters that you want by name, as texts of a bounded length."
          : "Make a text of it and cut it: vendors drop or cut what is longer than they take.",
      related: placesOf(sent, first.at, "sent here"),
      subject: `${messageId}/${source}`,
      ofSource: source,
    },
  ];
}

function serverCalls(code: Inventory): readonly TrackingCall[] {
  return judgedCalls(code, { kinds: [...EVENT_KINDS, "identify", "group"] }).filter(
    ({ platform }) => platform === "server",
  );
}

function about(code: Inventory, group: readonly ServerConversion[], plan: Plan | undefined) {
  const [{ call }] = group as [ServerConversion];
  const events = listOfNames(
    group.map(({ event }) => event),
    3,
  );
  const source = sourceOf(code, call);
  return { data: { source, events }, plan: plan?.attribution?.at, subject: source, ofSource: source };
}

function callsOf(group: readonly ServerConversion[]): readonly TrackingCall[] {
  return [...new Set(group.map(({ call }) => call))];
}

function namesOf(reads: readonly AttributionRead[]): string {
  return listOfNames(
    reads.map(({ name }) => name),
    3,
  );
}

function placesOfReads(reads: readonly AttributionRead[]): { at: Range; message: string }[] {
  return reads.slice(0, 5).map(({ at, name }) => ({ at, message: `\`${name}\` is read here` }));
}
