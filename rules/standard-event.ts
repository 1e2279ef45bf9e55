import {
  byWrapper,
  type ChosenVocabulary,
  compareRanges,
  defineRule,
  findProperty,
  groupBy,
  isCertainlyAbsent,
  isStandardEvent,
  isUndefined,
  isVendorName,
  judgedCalls,
  listOfNames,
  namedVocabularies,
  ownVocabularies,
  type Payload,
  type Plan,
  type PlanEvent,
  type Problem,
  placesOf,
  plannedEvent,
  propertiesOf,
  type Range,
  type StandardEvent,
  sendsTo,
  standardFor,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = "homemade" | "spelling" | "lacks" | "lacksForGa4" | "currency";

interface Options {
  /** Names of your own that are meant to be so. */
  readonly allow: readonly string[];
}

export default defineRule<MessageId, Options>({
  meta: {
    id: "standard-event",
    category: "naming",
    summary: "What a standard vocabulary has is sent under its name, with what it requires",
    fixable: true,
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      homemade: "`{{name}}` is a name of your own for what {{vocabulary}} calls `{{standard}}`",
      spelling: "{{vocabulary}} knows `{{standard}}`, and no `{{name}}`: its names are exact",
      lacks: "`{{name}}` lacks {{missing}}, which {{vocabulary}} requires",
      lacksForGa4: "`{{name}}` lacks {{missing}}, without which Google Analytics gets no `{{standard}}` of it",
      currency: "`{{name}}` has `{{money}}` and no `currency`, so that nobody can add it up",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { allow: { type: "array", items: { type: "string", minLength: 1 }, default: [] } },
    },
  },
  defaultOptions: { allow: [] },
  *check({ code, plan, options, strict }) {
    const { chosen: named, unknown } = namedVocabularies(plan);
    for (const entry of unknown) yield { notJudged: `the vocabulary \`${entry}\` is not known`, source: "*" };
    const calls = judgedCalls(code, { kinds: ["track"] });
    const sites = calls.flatMap((call) =>
      call.events
        // A method that stands for one event sends the vendor's own name, which is written nowhere.
        .filter(({ value, at }) => compareRanges(at, call.at) !== 0 && !options.allow.includes(value))
        .map(({ value, at }): Site => ({ name: value, at, call })),
    );
    for (const [name, group] of groupBy(sites, (site) => site.name)) {
      const renamed = nameProblems(name, group, { named, plan, strict });
      if (renamed.length === 0) yield* payloadProblems(name, group, named, plan);
      else yield* renamed;
    }
  },
});

/** A name that a call sends. */
interface Site {
  readonly name: string;
  /** Where it is written. */
  readonly at: Range;
  readonly call: TrackingCall;
}

interface Given {
  readonly named: readonly ChosenVocabulary[];
  readonly plan: Plan | undefined;
  readonly strict: boolean;
}

/**
 * Said where the name is defined: in the plan, else where it is first written. Where two tools have a standard of their
 * own for it, and each gets it from a place of its own, each is told.
 */
function nameProblems(name: string, sites: readonly Site[], given: Given): Problem<MessageId>[] {
  const wrong = sites.flatMap(({ call, at }) => {
    const found = standardOf(call, name, given);
    return found === undefined ? [] : [{ call, at, ...found }];
  });
  const sorted = wrong.toSorted((a, b) => compareRanges(a.at, b.at));
  const first = sorted[0];
  if (first === undefined) return [];
  const planned = given.plan === undefined ? undefined : plannedEvent(given.plan, first.call, name);
  if (planned !== undefined && isSettled(planned, name, first.standard)) return [];
  const groups = planned === undefined ? [...groupBy(sorted, ({ standard }) => standard.name).values()] : [sorted];
  const told = new Set<string>();
  return groups.flatMap((group): Problem<MessageId>[] => {
    const here = group.filter(({ at }) => !told.has(JSON.stringify(at)));
    for (const { at } of here) told.add(JSON.stringify(at));
    const [one] = here;
    return one === undefined ? [] : [nameProblem(name, one, here, planned, given)];
  });
}

interface Homemade extends Pick<Site, "call" | "at"> {
  readonly standard: StandardEvent;
  readonly vocabulary: ChosenVocabulary;
}

function nameProblem(
  name: string,
  { at: written, standard, vocabulary }: Homemade,
  group: readonly Homemade[],
  planned: PlanEvent | undefined,
  { plan }: Given,
): Problem<MessageId> {
  const at = planned?.at ?? written;
  const keep = plan === undefined ? "" : `, and keep \`${name}\` among its \`aliases\` in the plan`;
  return {
    at,
    messageId: isExactOnly(vocabulary, standard, name) ? "spelling" : "homemade",
    data: { name, standard: standard.name, vocabulary: vocabulary.name },
    help: `Send \`${standard.name}\`${keep}: reports and destinations that know it work without mapping.`,
    related: placesOf([...new Set(group.map(({ call }) => call))], at, "sent here"),
    plan: planned?.at,
    subject: name,
    rename: { from: name, to: standard.name, kind: "track" },
  };
}

/** The standard event that a call means by a home-made name. Vocabularies that the plan names stand for all others. */
function standardOf(
  call: TrackingCall,
  name: string,
  { named, strict }: Given,
): { readonly standard: StandardEvent; readonly vocabulary: ChosenVocabulary } | undefined {
  if (isStandardEvent(call, name) || isVendorName(call, name)) return undefined;
  const vocabularies = named.length > 0 ? named : ownVocabularies(call);
  if (vocabularies.some(({ events }) => events.some((event) => event.name === name))) return undefined;
  for (const vocabulary of vocabularies) {
    const standard = standardFor(vocabulary, name);
    // What is an account, a member or a trial differs too much between products to ask for these names unasked.
    if (standard !== undefined && (strict || standard.family !== "b2b-saas")) return { standard, vocabulary };
  }
  return undefined;
}

/** The plan knows both names: the home-made one is an earlier one, or the standard one is sent to its destination. */
function isSettled(planned: PlanEvent, name: string, standard: StandardEvent): boolean {
  return (
    planned.name === standard.name ||
    Object.values(planned.names).includes(standard.name) ||
    planned.name !== name ||
    planned.status === "deprecated" ||
    planned.status === "removed"
  );
}

function isExactOnly({ id }: ChosenVocabulary, standard: StandardEvent, name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return ["ga4", "meta", "tiktok"].includes(id) && plain(standard.name) === plain(name);
}

interface Lack {
  readonly messageId: MessageId;
  readonly data: Readonly<Record<string, string>>;
  readonly help: string;
}

/** Standard events that don't carry what makes them count. */
function* payloadProblems(
  name: string,
  sites: readonly Site[],
  named: readonly ChosenVocabulary[],
  plan: Plan | undefined,
): Iterable<Problem<MessageId>> {
  const calls = [...new Set(sites.map(({ call }) => call))];
  const lacks = calls.flatMap((call) => lacksOf(name, call, named, plan).map((lack) => ({ call, lack })));
  for (const group of groupBy(lacks, ({ lack }) => JSON.stringify(lack)).values()) {
    const wrong = [...new Set(group.map(({ call }) => call))];
    const { messageId, data, help } = group[0]!.lack;
    for (const { at, items } of byWrapper(wrong, calls, (call) => call.at)) {
      yield {
        at,
        messageId,
        data,
        help,
        related: placesOf(items, at, "sent here"),
        plan: plan === undefined ? undefined : plannedEvent(plan, items[0]!, name)?.at,
        subject: `${name}/${data.missing ?? "currency"}`,
      };
    }
  }
}

function lacksOf(
  name: string,
  call: TrackingCall,
  named: readonly ChosenVocabulary[],
  plan: Plan | undefined,
): readonly Lack[] {
  const payload = propertiesOf(call);
  const own = ownVocabularies(call);
  const known = [...own, ...named].flatMap(({ events, name: vocabulary }) =>
    events.filter((event) => event.name === name).map((event) => ({ event, vocabulary })),
  );
  const lacks = known.flatMap(({ event, vocabulary }): Lack[] => {
    const isOwn = own.some(({ events }) => events.includes(event));
    const missing = isOwn ? (event.required ?? []).filter((key) => isCertainlyAbsent(payload, key)) : [];
    const groups = reachesGa4(call, plan) ? missingGroups(event, payload) : [];
    const money = missing.includes("currency") ? undefined : moneyOf(event, payload);
    return [
      ...(missing.length > 0 ? [lack("lacks", { name, vocabulary, missing: andList(missing) })] : []),
      ...(groups.length > 0
        ? [lack("lacksForGa4", { name, standard: event.ga4?.event ?? "", missing: andList(groups) })]
        : []),
      ...(money === undefined ? [] : [lack("currency", { name, money })]),
    ];
  });
  return [...new Map(lacks.map((one) => [one.messageId, one])).values()];
}

function lack(messageId: MessageId, data: Lack["data"]): Lack {
  const help =
    messageId === "currency" ? "Send `currency` with it, as a code of three letters." : `Send ${data.missing}.`;
  return { messageId, data, help };
}

/** The groups of which no property is sent, as a message names them. */
function missingGroups(event: StandardEvent, payload: Payload): string[] {
  return (event.ga4?.requires ?? [])
    .filter((group) => group.every((key) => isCertainlyAbsent(payload, key)))
    .map((group) => group.join("` or `"));
}

/** The amount that is sent though no `currency` is. */
function moneyOf({ money = [] }: StandardEvent, payload: Payload): string | undefined {
  if (!isCertainlyAbsent(payload, "currency")) return undefined;
  return money.find((key) => {
    const amount = findProperty(payload, key);
    return amount !== undefined && !isUndefined(amount.value);
  });
}

/** The plan says that the service which the call goes to feeds Google Analytics. */
function reachesGa4(call: TrackingCall, plan: Plan | undefined): boolean {
  if (plan === undefined) return false;
  const isCdp = call.sinks.some(({ family }) => family === "segment-spec");
  return (
    isCdp && [...plan.destinations.keys()].some((name) => /^(?:ga4|ga4-.+)$/.test(name) && sendsTo(call, name, plan))
  );
}

function andList(names: readonly string[]): string {
  return listOfNames(names, 6);
}
