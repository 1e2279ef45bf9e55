import type { EventPattern, TrackingCall } from "../../calls/types.ts";
import type { Related } from "../../diagnostics/finding.ts";
import { compareRanges, type Range } from "../../diagnostics/range.ts";
import type { Convention } from "../../plan/model.ts";
import { groupBy } from "../../util/group-by.ts";
import type { NotJudgedHere } from "../rule.ts";
import { describeParts } from "../static-values.ts";
import { type MajorityOptions, majorityConvention, type NamingConvention, statedConvention } from "./convention.ts";
import { type Vocabulary, vocabularyOf } from "./vendor-names.ts";

/** A name that a call sends, at the place where it is written. */
export interface NameUse {
  /** A name, or a pattern with unknown parts. */
  readonly name: string | EventPattern["parts"];
  /** The name without what a wrapper adds around it; either may follow the convention. */
  readonly written?: string | undefined;
  readonly at: Range;
  readonly call: TrackingCall;
  /** Chosen by somebody else, or said at another place: it counts for the majority and is not reported. */
  readonly exempt: boolean;
}

/** A name of the plan. */
export interface PlanName {
  readonly name: string;
  readonly at: Range;
  readonly exempt: boolean;
  /** Calls that send it. */
  readonly calls: readonly TrackingCall[];
}

/** A name outside its convention: one finding, however often it is written. */
export interface Misnamed {
  readonly name: string;
  /** Further names that the same piece of text gives. */
  readonly others: readonly string[];
  readonly at: Range;
  readonly convention: NamingConvention;
  /** The name as it should be; absent for a pattern, and where it can't be told. */
  readonly expected?: string;
  /** Whose names the tally counts: a source, or undefined for the plan. */
  readonly source?: string;
  readonly related: readonly Related[];
}

export interface JudgeNamesInput {
  readonly uses: readonly NameUse[];
  readonly planNames: readonly PlanName[];
  readonly stated: Convention | undefined;
  readonly options: MajorityOptions;
}

/**
 * Judges names by the convention that the plan states, else by what most names of the same source are. Names for
 * destinations with a vocabulary of their own are judged among themselves.
 */
export function* judgeNames(input: JudgeNamesInput): Iterable<Misnamed | NotJudgedHere> {
  const stated = statedConvention(input.stated, input.options.words ?? []);
  yield* judgePlanNames(input.planNames, stated, input.options);
  const seen = new Set<string>();
  for (const said of judgeUses(input, stated)) {
    // A constant that several sources share is one name, written once.
    const key = "notJudged" in said ? said.source : JSON.stringify([said.name, said.at]);
    if (!seen.has(key)) yield said;
    seen.add(key);
  }
}

function* judgePlanNames(
  names: readonly PlanName[],
  stated: NamingConvention | undefined,
  options: MajorityOptions,
): Iterable<Misnamed> {
  const convention = stated ?? majorityConvention(new Set(names.map(({ name }) => name)), options);
  if ("none" in convention) return;
  for (const { name, at, exempt, calls } of names) {
    if (exempt || convention.fits(name)) continue;
    const related = calls.map((call) => ({ at: call.at, message: "sent here" }));
    yield { name, others: [], at, convention, related, ...expectedOf(name, convention) };
  }
}

function* judgeUses(
  { uses, options }: JudgeNamesInput,
  stated: NamingConvention | undefined,
): Iterable<Misnamed | NotJudgedHere> {
  const vocabularies = groupBy(uses, ({ call }) => vocabularyOf(call));
  // What the plan states is meant for the tools that take any name, where there are such.
  const statedFor: Vocabulary | undefined = vocabularies.has("product") ? "product" : [...vocabularies.keys()][0];
  for (const [vocabulary, ofVocabulary] of vocabularies) {
    for (const [source, group] of groupBy(ofVocabulary, ({ call }) => call.source)) {
      const names = new Set(group.map(({ name }) => name).filter((name) => typeof name === "string"));
      const convention = (vocabulary === statedFor ? stated : undefined) ?? majorityConvention(names, options);
      if (!("none" in convention)) yield* misnamedOf(group, convention, source);
      else if (vocabulary === statedFor) yield { notJudged: convention.none, source };
    }
  }
}

function* misnamedOf(group: readonly NameUse[], convention: NamingConvention, source: string): Iterable<Misnamed> {
  const open = groupBy(
    group.filter(({ exempt }) => !exempt),
    ({ name }) => textOf(name),
  );
  const wrong = [...open.values()]
    .filter(([first]) => !convention.fits(first!.name))
    .flatMap((uses) => uses.filter(({ written }) => written === undefined || !convention.fits(written)));
  const uses = wrong.toSorted((a, b) => compareRanges(a.at, b.at));
  const byName = groupBy(uses, (use) => textOf(use.name));
  // A template or union gives several names at one place: they are one piece of text to mend.
  for (const names of groupBy(byName, ([, [first]]) => JSON.stringify(first!.at)).values()) {
    const [[name, [first]]] = names as [(typeof names)[number]];
    const all = names.flatMap(([, uses]) => uses);
    yield {
      name,
      others: names.slice(1).map(([other]) => other),
      at: first!.at,
      convention,
      source,
      related: relatedPlaces(all, first!.at),
      ...(typeof first!.name === "string" ? expectedOf(name, convention) : {}),
    };
  }
}

function expectedOf(name: string, convention: NamingConvention): { readonly expected?: string } {
  const expected = convention.respell(name);
  return expected === undefined || expected === name ? {} : { expected };
}

/** Where else the name is written, and the calls that take it from a constant. */
function relatedPlaces(uses: readonly NameUse[], at: Range): Related[] {
  const places = new Map<string, Related>();
  for (const use of uses) {
    const inCall =
      use.at.file === use.call.at.file && use.at.line >= use.call.at.line && use.at.line <= use.call.at.endLine;
    const place = inCall ? use.at : use.call.at;
    if (compareRanges(place, at) === 0) continue;
    places.set(JSON.stringify(place), { at: place, message: inCall ? "also written here" : "sent here" });
  }
  return [...places.values()];
}

function textOf(name: NameUse["name"]): string {
  return typeof name === "string" ? name : describeParts(name);
}
