import { checkNames, type DefinedNames, nouns } from "./check-sections.ts";
import type { Plan, PlanEvent } from "./model.ts";
import { childOf, entriesOf, entryOf, type Place, type PlanNode, textNodesOf, valuePlace, versionOf } from "./node.ts";
import type { Problems } from "./problems.ts";
import type { EventEntry } from "./read-event.ts";

/** Reports events that share a name and kind, and aliases that are another event's name. Answers the events without the repeated ones. */
export function distinctEvents(events: readonly EventEntry[], problems: Problems): readonly EventEntry[] {
  const byName = new Map<string, EventEntry>();
  for (const event of events) {
    const key = keyOf(event.kind, event.name);
    const first = byName.get(key);
    if (first === undefined) {
      byName.set(key, event);
      continue;
    }
    problems.add(event.at, `The ${event.kind} event \`${event.name}\` is in the plan twice`, {
      help: "Merge the two, or give one another `kind`",
      related: [{ at: first.at, message: "the first one" }],
    });
  }
  const aliases = new Map<string, Place>();
  for (const event of byName.values()) checkAliases(event, byName, aliases, problems);
  return [...byName.values()];
}

function checkAliases(
  event: EventEntry,
  byName: ReadonlyMap<string, EventEntry>,
  aliases: Map<string, Place>,
  problems: Problems,
): void {
  for (const alias of textNodesOf(childOf(event.node, "aliases"))) {
    const key = keyOf(event.kind, alias.value);
    const owner = byName.get(key);
    const other = aliases.get(key);
    if (owner !== undefined) {
      const whose = owner === event ? "this event's own name" : "the name of another event";
      problems.add(alias, `The alias \`${alias.value}\` is ${whose}`, {
        help: "An alias is a name that only this event had before",
        related: [{ at: owner.at, message: "the name" }],
      });
    } else if (other !== undefined) {
      problems.add(alias, `The alias \`${alias.value}\` stands twice`, {
        help: "An alias belongs to one event",
        related: [{ at: other, message: "the first one" }],
      });
    } else aliases.set(key, alias);
  }
}

function keyOf(kind: string, name: string): string {
  return `${kind}\n${name}`;
}

/** Reports what an event names and nothing defines. */
export function checkEventNames({ node }: EventEntry, defined: DefinedNames, problems: Problems): void {
  if (node === undefined) return;
  const sources = childOf(node, "sources");
  checkNames(textNodesOf(sources), nouns.source, defined.sources, problems);
  for (const { name, key } of entriesOf(sources)) checkKey(name, key, nouns.source, defined.sources, problems);
  for (const { name, key } of entriesOf(childOf(node, "names"))) {
    checkKey(name, key, nouns.destination, defined.destinations, problems);
  }
  checkNames(textNodesOf(childOf(node, "consent")), nouns.category, defined.categories, problems);
  const versions = entriesOf(childOf(node, "versions"));
  const ownVersions = new Set([...versions.map(({ name }) => name), versionOf(childOf(node, "version")) ?? ""]);
  for (const part of [node, ...versions.map(({ value }) => value)]) {
    checkNames(textNodesOf(childOf(part, "bundles")), nouns.bundle, defined.bundles, problems);
    checkReplacement(part, ownVersions, defined.events ?? new Set(), problems);
  }
}

function checkKey(
  name: string,
  key: Place,
  noun: string,
  defined: ReadonlySet<string> | undefined,
  problems: Problems,
): void {
  if (defined !== undefined && !defined.has(name)) problems.addUndefined(key, name, noun, [...defined]);
}

function checkReplacement(
  part: PlanNode,
  versions: ReadonlySet<string>,
  events: ReadonlySet<string>,
  problems: Problems,
): void {
  const entry = entryOf(part, "replacedBy");
  const name = versionOf(entry?.value);
  if (entry === undefined || name === undefined || versions.has(name) || events.has(name)) return;
  const known = [...versions].filter((version) => version !== "");
  problems.addUndefined(valuePlace(entry), name, "event of this plan and no version of this event", [
    ...known,
    ...events,
  ]);
}

const schemes: Readonly<
  Record<NonNullable<Plan["versioning"]>["scheme"], { readonly pattern: RegExp; readonly example: string }>
> = {
  semver: { pattern: /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/, example: "2.0.0" },
  schemaver: { pattern: /^\d+-\d+-\d+$/, example: "2-0-0" },
  integer: { pattern: /^\d+$/, example: "2" },
};

/** Reports versions that YAML reads as numbers, that don't fit the scheme, or that stand twice. */
export function checkEventVersions({ node }: EventEntry, versioning: Plan["versioning"], problems: Problems): void {
  checkVersionText(node, "version", problems);
  checkVersionText(node, "replacedBy", problems);
  const current = entryOf(node, "version");
  const currentVersion = versionOf(current?.value);
  if (current !== undefined && currentVersion !== undefined) {
    checkScheme(currentVersion, valuePlace(current), versioning, problems);
  }
  for (const { name, key, value } of entriesOf(childOf(node, "versions"))) {
    checkVersionText(value, "replacedBy", problems);
    if (name === currentVersion) {
      problems.add(key, `\`${name}\` is the event's current version already`, {
        help: "`versions` lists the other live versions",
        related: current === undefined ? [] : [{ at: valuePlace(current), message: "the current version" }],
      });
    } else checkScheme(name, key, versioning, problems);
  }
}

/** Reports a version such as `1.10` that YAML reads as the number 1.1. */
export function checkVersionText(node: PlanNode | undefined, key: string, problems: Problems): void {
  const entry = entryOf(node, key);
  if (entry?.value.kind !== "scalar" || typeof entry.value.value !== "number" || versionOf(entry.value) !== undefined)
    return;
  problems.add(valuePlace(entry), `\`${key}\` reads as the number ${entry.value.value} in YAML`, {
    help: `Put it in quotes: ${JSON.stringify(entry.value.text)}`,
  });
}

function checkScheme(version: string, at: Place, versioning: Plan["versioning"], problems: Problems): void {
  if (versioning === undefined) return;
  const { pattern, example } = schemes[versioning.scheme];
  if (pattern.test(version)) return;
  problems.add(at, `The version \`${version}\` is not of the scheme ${versioning.scheme}`, {
    help: `Write it like \`${example}\`, or change \`versioning.scheme\``,
  });
}

/** Reports variants by a property that the event doesn't have, and cases that the property can't take. */
export function checkVariants(
  { node }: EventEntry,
  event: PlanEvent,
  commonNames: ReadonlySet<string>,
  problems: Problems,
): void {
  const variants = childOf(node, "variants");
  const [by] = textNodesOf(childOf(variants, "by"));
  if (by === undefined) return;
  const { properties, additionalProperties } = event.payloadFor("*", "unknown");
  const property = properties.get(by.value);
  if (property === undefined) {
    if (additionalProperties || commonNames.has(by.value)) return;
    problems.addUndefined(by, by.value, `property of \`${event.name}\``, [...properties.keys()]);
    return;
  }
  const values = property.schema.enum;
  if (!Array.isArray(values)) return;
  const allowed = values.map(String);
  for (const { name, key } of entriesOf(childOf(variants, "cases"))) {
    if (!allowed.includes(name)) problems.addUndefined(key, name, `value of \`${by.value}\``, allowed);
  }
}
