import { checkEventNames, checkEventVersions, checkVariants } from "./check-events.ts";
import { checkProperties, type PropertyChecks } from "./check-properties.ts";
import { checkConventions, checkSectionNames, type DefinedNames } from "./check-sections.ts";
import type { Plan } from "./model.ts";
import { childOf, entriesOf, entryOf, type PlanNode, textsOf } from "./node.ts";
import type { Problems } from "./problems.ts";
import type { EventEntry } from "./read-event.ts";
import type { Sections } from "./sections.ts";
import type { SharedParts } from "./shared-parts.ts";

export interface PlanChecks {
  readonly problems: Problems;
  /** False where a file or a section may be missing for a reason that was reported: undefined names are then no news. */
  readonly isComplete: boolean;
}

/** Reports what the format's schema can't see: names that nothing defines, versions, patterns, invalid JSON Schema. */
export function checkPlan(
  plan: Plan,
  entries: readonly EventEntry[],
  sections: Sections,
  shared: SharedParts,
  { problems, isComplete }: PlanChecks,
): void {
  const propertyChecks: PropertyChecks = {
    definitions: shared.definitions,
    dialect: shared.dialect,
    problems,
    isComplete,
  };
  for (const properties of sharedPropertyMaps(sections)) checkProperties(properties, propertyChecks);
  for (const { value } of sections.all("conventions")) checkConventions(value, problems);
  const defined = definedNames(plan, entries, sections, shared);
  if (isComplete) checkSectionNames(sections, defined, problems);
  const commonNames = new Set(
    [...shared.common.values()].flatMap(({ value }) => entriesOf(value).map(({ name }) => name)),
  );
  for (const [index, entry] of entries.entries()) {
    if (problems.isFull) return;
    for (const properties of eventPropertyMaps(entry.node)) checkProperties(properties, propertyChecks);
    for (const part of [entry.node, ...entriesOf(childOf(entry.node, "versions")).map(({ value }) => value)]) {
      const full = entryOf(part, "schema");
      if (full !== undefined) shared.fullSchema(full).check(problems);
    }
    checkEventVersions(entry, plan.versioning, problems);
    if (!isComplete) continue;
    checkEventNames(entry, defined, problems);
    const event = plan.events[index];
    if (event?.variants !== undefined) checkVariants(entry, event, commonNames, problems);
  }
}

function definedNames(
  plan: Plan,
  entries: readonly EventEntry[],
  sections: Sections,
  shared: SharedParts,
): DefinedNames {
  const eventNames = entries.flatMap(({ name, node }) => [name, ...textsOf(childOf(node, "aliases"))]);
  return {
    sources: sections.all("sources").length === 0 ? undefined : new Set(plan.sources.keys()),
    destinations: sections.all("destinations").length === 0 ? undefined : new Set(plan.destinations.keys()),
    bundles: new Set(shared.bundles.keys()),
    categories: new Set(plan.consent?.categories.keys()),
    events: plan.hasEvents ? new Set(eventNames) : undefined,
  };
}

/** Each map of properties outside of events, as the files have them. */
function* sharedPropertyMaps(sections: Sections): Generator<PlanNode | undefined> {
  for (const { value } of sections.all("properties")) yield value;
  for (const section of ["bundles", "common"]) {
    for (const { value } of sections.all(section)) for (const entry of entriesOf(value)) yield entry.value;
  }
  for (const { value } of sections.all("users")) yield childOf(value, "traits");
  for (const { value } of sections.all("groups")) {
    for (const entry of entriesOf(value)) yield childOf(entry.value, "traits");
  }
  for (const { value } of sections.all("pages")) yield childOf(value, "properties");
}

function* eventPropertyMaps(event: PlanNode | undefined): Generator<PlanNode | undefined> {
  yield childOf(event, "properties");
  yield childOf(childOf(event, "sets"), "user");
  const parts = [childOf(event, "sources"), childOf(childOf(event, "variants"), "cases"), childOf(event, "versions")];
  for (const { value } of parts.flatMap(entriesOf)) yield childOf(value, "properties");
}
