import { RE2JS } from "re2js";
import type { EventPattern } from "../../calls/types.ts";
import type { Casing, Convention } from "../../plan/model.ts";
import { CASINGS, type CasingOptions, casingsOf, fitsCasing, recase } from "./casing.ts";

/** How names are spelled somewhere, because the plan says so or because most names are. */
export interface NamingConvention {
  /** As a message names it: `Title Case`, `/^[a-z]+$/`. */
  readonly label: string;
  /** Of the names that are there, how many follow it; absent where the plan states it. */
  readonly tally?: { readonly fitting: number; readonly total: number };
  fits(name: string | EventPattern["parts"]): boolean;
  /** The name as it should be spelled; undefined where that can't be told. */
  respell(name: string): string | undefined;
}

/** The convention that the plan states; undefined where it states none. `words` are spellings that fit every casing. */
export function statedConvention(
  stated: Convention | undefined,
  words: readonly string[],
): NamingConvention | undefined {
  const casing = stated?.casing;
  if (stated === undefined || casing === undefined) return undefined;
  if (typeof casing === "string") return ofCasing([casing], { separators: stated.separators, words });
  // A linear-time engine: the plan is not trusted to hold no pattern that runs for ever.
  const pattern = RE2JS.compile(casing.pattern);
  return {
    label: `/${casing.pattern}/`,
    fits: (name) => typeof name !== "string" || pattern.matcher(name).find(),
    respell: () => undefined,
  };
}

export interface MajorityOptions extends CasingOptions {
  /** Per cent of the names that must follow one casing. */
  readonly majority: number;
  /** How many names of more than one word must follow it; names of one word fit several casings and show none. */
  readonly minimumNames: number;
}

/** The convention that most of the names follow, or why there is none, in words that end a sentence. */
export function majorityConvention(
  names: ReadonlySet<string>,
  options: MajorityOptions,
): NamingConvention | { readonly none: string } {
  const total = names.size;
  const readings = [...names].map((name) => casingsOf(name, options));
  const countOf = (casing: Casing) => readings.filter((casings) => casings.includes(casing)).length;
  const counts = CASINGS.map((casing) => ({ casing, fitting: countOf(casing) })).sort((a, b) => b.fitting - a.fitting);
  const [best] = counts;
  if (best === undefined || best.fitting * 100 < options.majority * total) {
    return { none: `no casing is stated, and no ${options.majority} % of its ${total} names share one` };
  }
  const shown = readings.filter((casings) => casings.includes(best.casing) && casings.length <= mostOfTwoWords).length;
  if (shown < options.minimumNames) {
    return { none: "no casing is stated, and too few of its names have more than one word to show one" };
  }
  const shared = counts.filter(({ fitting }) => fitting * 100 >= options.majority * total).map(({ casing }) => casing);
  return { ...ofCasing(shared, options), tally: { fitting: best.fitting, total } };
}

/** A name of two words fits one casing, or two where a hyphen joins them (`sign-up` is kebab-case and lower case). */
const mostOfTwoWords = 2;

/** The first is the one to follow; the others are as common, so that names in them are left alone. */
function ofCasing(casings: readonly Casing[], options: CasingOptions): NamingConvention {
  const [first = "snake_case"] = casings;
  return {
    label: first,
    fits: (name) => casings.some((casing) => fitsCasing(name, casing, options)),
    respell: (name) => recase(name, first, options),
  };
}
