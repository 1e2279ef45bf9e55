import {
  canRead,
  compareRanges,
  defineRule,
  EVENT_KINDS,
  type EventKind,
  eventKindOf,
  formatPlace,
  groupBy,
  isStandardEvent,
  isVendorName,
  judgedCalls,
  listOf,
  type NameDifference,
  normaliseName,
  type Plan,
  type PlanEvent,
  type Problem,
  placesOf,
  propertiesOf,
  type Range,
  similarPairs,
  splitWords,
  type TrackingCall,
  type Vocabulary,
  vocabularyOf,
  wildcardParts,
} from "../src/plugin.ts";

interface Options {
  /** Names, `*` for any text, that are meant to be as they are. */
  readonly allow: readonly string[];
}

export default defineRule<"similar", Options>({
  meta: {
    id: "similar-events",
    category: "naming",
    summary: "Two event names that are one but for case, separators, word order, tense or plural",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      similar:
        "`{{name}}` and `{{other}}`, {{where}}, are one name but for {{differences}}: a report counts them as two events",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { allow: { type: "array", items: { type: "string", minLength: 1 }, default: [] } },
    },
  },
  defaultOptions: { allow: [] },
  *check({ code, plan, options }) {
    const calls = judgedCalls(code, { kinds: EVENT_KINDS });
    const isAllowed = ({ name }: Named) => options.allow.some((pattern) => canRead(wildcardParts(pattern), name));
    for (const names of comparableNames(calls, plan)) {
      yield* problemsAmong(
        names.filter((named) => !isAllowed(named)),
        plan,
      );
    }
  },
});

/** A name with all its uses; `planned` where the plan has it as a name, an alias or a name on the wire. */
interface Named {
  readonly name: string;
  readonly kind: EventKind;
  readonly uses: readonly { readonly call: TrackingCall; readonly at: Range }[];
  readonly planned?: PlanEvent;
}

/**
 * The names that stand side by side in one report: of one kind, and for tools that take any name or for one with a
 * vocabulary of its own. `sign_up` for Google is not another spelling of `Signed Up` for Segment. What the plan names and
 * nobody sends is meant for the former, where there are such calls.
 */
function comparableNames(calls: readonly TrackingCall[], plan: Plan | undefined): Named[][] {
  const byVocabulary = groupBy(calls, vocabularyOf);
  const ofPlan: Vocabulary = byVocabulary.has("product") ? "product" : ([...byVocabulary.keys()][0] ?? "product");
  if (!byVocabulary.has(ofPlan)) byVocabulary.set(ofPlan, []);
  return (["track", "page", "screen"] as const).flatMap((kind) => {
    const known = new Set(calls.filter((call) => eventKindOf(call) === kind).flatMap(namesSent));
    const unsent = (plan?.events ?? []).filter((event) => event.kind === kind && !known.has(event.name));
    return [...byVocabulary].map(([vocabulary, ofVocabulary]) => {
      const sent = sentNames(
        ofVocabulary.filter((call) => eventKindOf(call) === kind),
        kind,
        plan,
      );
      const added = unsent.map((event) => ({ name: event.name, kind, uses: [], planned: event }));
      return vocabulary === ofPlan ? [...sent, ...added] : sent;
    });
  });
}

function namesSent({ events }: TrackingCall): readonly string[] {
  return events.map(({ value }) => value);
}

function sentNames(calls: readonly TrackingCall[], kind: EventKind, plan: Plan | undefined): Named[] {
  const uses = calls.flatMap((call) =>
    call.events
      .filter(({ value }) => !isVendorName(call, value))
      .map(({ value, at }) => ({ name: value, call, at: at.file.includes("node_modules/") ? call.at : at })),
  );
  return [...groupBy(uses, ({ name }) => name)].map(([name, ofName]) => {
    const planned = plan?.find(name, kind);
    const sorted = ofName.toSorted((a, b) => compareRanges(a.at, b.at));
    return { name, kind, uses: sorted, ...(planned === undefined ? {} : { planned }) };
  });
}

/** One problem for each name that is another spelling of one that goes before it. */
function* problemsAmong(names: readonly Named[], plan: Plan | undefined): Iterable<Problem<"similar">> {
  const ranked = names.toSorted(byStanding);
  const rank = new Map(ranked.map(({ name }, index) => [name, index]));
  const pairs = similarPairs(ranked.map(({ name }) => name)).map(({ first, second, differences }) => {
    const [better, worse] = [rank.get(first)!, rank.get(second)!].toSorted((a, b) => a - b) as [number, number];
    return { better, worse, differences };
  });
  const slips = pairs.filter(({ better, worse, differences }) => {
    const [a, b] = [ranked[better]!, ranked[worse]!];
    return (
      !isKnownToPlan(a, b) && meetSomewhere(a, b, plan) && !(differences.includes("plural") && areOneAndMany(a, b))
    );
  });
  for (const [worse, ofName] of groupBy(slips, (pair) => pair.worse)) {
    const [best] = ofName.toSorted((a, b) => a.better - b.better);
    const [named, other] = [ranked[worse]!, ranked[best!.better]!];
    if (!isMisspelt(other, named, best!.differences)) yield problem(named, other, best!.differences);
  }
}

/** The name to keep goes first: the plan's own, one of a specification, the one most often sent, the one written first. */
function byStanding(a: Named, b: Named): number {
  const standing = ({ name, planned, uses }: Named) =>
    planned?.name === name
      ? 0
      : planned !== undefined
        ? 1
        : uses.some(({ call }) => isStandardEvent(call, name))
          ? 2
          : 3;
  return standing(a) - standing(b) || b.uses.length - a.uses.length || compareRanges(placeOf(a), placeOf(b));
}

/** One event by two names, or one on its way out: the plan says so. */
function isKnownToPlan(a: Named, b: Named): boolean {
  if (a.planned !== undefined && a.planned === b.planned) return true;
  return [a, b].some(({ planned }) => planned?.status === "deprecated" || planned?.status === "removed");
}

/** The plan has the one, and the other is it but for its spelling: unknown-event says so, and what was meant. */
function isMisspelt(a: Named, b: Named, differences: readonly NameDifference[]): boolean {
  const isPlanned = (named: Named) => named.planned?.name === named.name;
  return isPlanned(a) && b.planned === undefined && differences.every((one) => one === "case" || one === "separators");
}

/** With a plan all names are of one list; else they meet in the tools of one vendor. */
function meetSomewhere(a: Named, b: Named, plan: Plan | undefined): boolean {
  const vendors = (named: Named) => new Set(named.uses.flatMap(({ call }) => call.sinks.map(({ vendor }) => vendor)));
  const ofB = vendors(b);
  if ([...vendors(a)].some((vendor) => ofB.has(vendor))) return true;
  if (plan?.hasEvents !== true) return false;
  // One function that tells two vendors of one thing, each in its own spelling.
  const functions = new Set(a.uses.map(({ call }) => call.enclosing).filter((id) => id !== undefined));
  return !b.uses.some(({ call }) => call.enclosing !== undefined && functions.has(call.enclosing));
}

const looks = new Set(
  "view viewed views open opened visit visited load loaded list listed show shown see seen page screen".split(" "),
);

/** A list and one of its items, or one thing and many at a time: two things that differ by a plural. */
function areOneAndMany(a: Named, b: Named): boolean {
  if (a.kind !== "track" || splitWords(a.name).some((word) => looks.has(word.toLowerCase()))) return true;
  const [ofA, ofB] = [keysOf(a), keysOf(b)];
  const only = (own: readonly string[], other: readonly string[]) => own.filter((key) => !other.includes(key));
  return [...only(ofA, ofB), ...only(ofB, ofA)].some((key) =>
    /(?:^|_)(?:ids?|count|total|number|size|length)$/.test(normaliseName(key)),
  );
}

function keysOf({ uses, planned }: Named): string[] {
  const sent = uses.flatMap(({ call }) => propertiesOf(call).properties.map(({ name }) => name));
  return [...sent, ...(planned?.payloadFor("*", "unknown").properties.keys() ?? [])];
}

function problem(named: Named, other: Named, differences: readonly NameDifference[]): Problem<"similar"> {
  const at = placeOf(named);
  const there = placeOf(other);
  const isPlanned = other.planned?.name === other.name;
  const sentHere = placesOf(callsOf(named), at, "sent here");
  const written = isPlanned ? [] : [{ at: there, message: `\`${other.name}\` is written here` }];
  return {
    at,
    messageId: "similar",
    data: {
      name: named.name,
      other: other.name,
      where: isPlanned ? "which the plan has" : `at ${formatPlace(there)}`,
      differences: listOf(
        differences.map((difference) => words[difference]),
        differences.length,
      ),
    },
    help: `Send \`${other.name}\` alone; ${isPlanned ? `if \`${named.name}\` has been sent already, add it to the event's \`aliases\`` : "what has been sent keeps the old name: note it in the plan under `aliases`"}.`,
    plan: isPlanned ? other.planned?.at : undefined,
    related: [...written, ...sentHere],
    subject: named.name,
    rename: { from: named.name, to: other.name, kind: named.kind },
  };
}

const words: Readonly<Record<NameDifference, string>> = {
  case: "case",
  separators: "separators",
  order: "the order of words",
  tense: "tense",
  plural: "plural",
};

/** Where a name is defined: in the plan, else where it is first written. */
function placeOf({ name, planned, uses }: Named): Range {
  return planned !== undefined && (planned.name === name || uses.length === 0) ? planned.at : uses[0]!.at;
}

function callsOf({ uses }: Named): TrackingCall[] {
  return [...new Set(uses.map(({ call }) => call))];
}
