import { checkPattern } from "./check-properties.ts";
import { childOf, type Entry, entriesOf, entryOf, itemsOf, type PlanNode, type TextNode, textNodesOf } from "./node.ts";
import type { Problems } from "./problems.ts";
import { platforms } from "./read-sections.ts";
import type { Sections } from "./sections.ts";

/** The names that a plan defines, for holding references against. Undefined where the plan has no such section: any name will do. */
export interface DefinedNames {
  readonly sources: ReadonlySet<string> | undefined;
  readonly destinations: ReadonlySet<string> | undefined;
  readonly bundles: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
  /** Names and aliases of events; undefined for a file that is lint configuration only. */
  readonly events: ReadonlySet<string> | undefined;
}

/** Reports each name that is not defined. `noun` reads like `source of this plan`. */
export function checkNames(
  names: readonly TextNode[],
  noun: string,
  defined: ReadonlySet<string> | undefined,
  problems: Problems,
): void {
  for (const name of names) {
    if (defined !== undefined && !defined.has(name.value)) {
      problems.addUndefined(name, name.value, noun, [...defined]);
    }
  }
}

export const nouns = {
  source: "source of this plan",
  destination: "destination of this plan",
  bundle: "bundle of this plan",
  category: "consent category of this plan",
  event: "event of this plan",
} as const;

/** Reports what sections other than `events` name and nothing defines. */
export function checkSectionNames(sections: Sections, defined: DefinedNames, problems: Problems): void {
  for (const { value } of sections.all("sources").flatMap(({ value }) => entriesOf(value))) {
    checkNames(textNodesOf(childOf(value, "destinations")), nouns.destination, defined.destinations, problems);
  }
  for (const scope of sections.all("common").flatMap(({ value }) => entriesOf(value))) {
    checkCommonScope(scope, defined, problems);
  }
  const consent = sections.all("consent")[0]?.value;
  const guards = itemsOf(childOf(consent, "guards"));
  for (const node of [
    childOf(consent, "default"),
    childOf(consent, "exempt"),
    ...guards.map((guard) => childOf(guard, "category")),
  ]) {
    checkNames(textNodesOf(node), nouns.category, defined.categories, problems);
  }
  const identity = sections.all("identity")[0]?.value;
  for (const { value } of entriesOf(childOf(identity, "ids"))) {
    checkNames(textNodesOf(childOf(value, "sources")), nouns.source, defined.sources, problems);
  }
  const conversions = childOf(sections.all("attribution")[0]?.value, "conversions");
  for (const node of [...["signup", "login", "logout"].map((key) => childOf(identity, key)), conversions]) {
    checkNames(textNodesOf(node), nouns.event, defined.events, problems);
  }
}

function checkCommonScope({ name, key }: Entry, { sources }: DefinedNames, problems: Problems): void {
  const fixed = ["all", ...platforms];
  if (sources === undefined || fixed.includes(name) || sources.has(name)) return;
  problems.addUndefined(key, name, "platform and no source of this plan", [...fixed, ...sources]);
}

/** Reports patterns of conventions that can't be run in linear time. */
export function checkConventions(conventions: PlanNode | undefined, problems: Problems): void {
  for (const { value } of entriesOf(conventions)) {
    const pattern = entryOf(childOf(value, "casing"), "pattern");
    if (pattern !== undefined) checkPattern(pattern, problems);
  }
}
