import type { Casing, Convention, Plan, PlanConsent, PlanId, PlanIdentity, PlanSource, PlanWrapper } from "./model.ts";
import {
  childOf,
  type Entry,
  entriesOf,
  entryOf,
  flagOf,
  itemPlace,
  itemsOf,
  optionalTexts,
  type PlanNode,
  plainOf,
  rangeOf,
  textOf,
  textsOf,
  wordOf,
} from "./node.ts";

const casings = [
  "Title Case",
  "Sentence case",
  "snake_case",
  "camelCase",
  "PascalCase",
  "kebab-case",
  "lower case",
  "SCREAMING_SNAKE_CASE",
] as const satisfies readonly Casing[];

export const platforms = ["browser", "server", "react-native"] as const;

export function readConventions(entry: Entry | undefined): Plan["conventions"] {
  const node = entry?.value;
  const requireEntry = entryOf(node, "require");
  const require = requireEntry?.value;
  const events = readConvention(entryOf(node, "events"));
  const properties = readConvention(entryOf(node, "properties"));
  return {
    ...(events === undefined ? {} : { events }),
    ...(properties === undefined ? {} : { properties }),
    requireEvent: textsOf(childOf(require, "event")),
    requireProperty: textsOf(childOf(require, "property")),
    ...(requireEntry === undefined ? {} : { requireAt: rangeOf(requireEntry.key) }),
  };
}

function readConvention(entry: Entry | undefined): Convention | undefined {
  if (entry === undefined) return undefined;
  const casingNode = childOf(entry.value, "casing");
  const pattern = textOf(childOf(casingNode, "pattern"));
  const casing = pattern === undefined ? wordOf(casingNode, casings) : { pattern };
  return {
    ...(casing === undefined ? {} : { casing }),
    ...optionalTexts(entry.value, ["structure"]),
    separators: textsOf(childOf(entry.value, "separators")),
    at: rangeOf(entry.key),
  };
}

export function readVersioning(entry: Entry | undefined): Plan["versioning"] {
  const scheme = wordOf(childOf(entry?.value, "scheme"), ["semver", "schemaver", "integer"]);
  if (entry === undefined || scheme === undefined) return undefined;
  return { scheme, ...optionalTexts(entry.value, ["property", "context", "sends"]), at: rangeOf(entry.key) };
}

export function readDestinations(section: ReadonlyMap<string, Entry>): Plan["destinations"] {
  return new Map(
    Array.from(section.values(), ({ name, key, value }) => [
      name,
      { ...optionalTexts(value, ["via", "merge", "dedupe"]), at: rangeOf(key) },
    ]),
  );
}

export function readSources(section: ReadonlyMap<string, Entry>): ReadonlyMap<string, PlanSource> {
  return new Map(Array.from(section.values(), (entry) => [entry.name, readSource(entry)]));
}

function readSource({ name, key, value }: Entry): PlanSource {
  const platform = wordOf(childOf(value, "platform"), platforms);
  const runtime = wordOf(childOf(value, "runtime"), ["long-lived", "serverless", "edge", "worker", "cli"]);
  return {
    name,
    paths: textsOf(childOf(value, "paths")),
    ...(platform === undefined ? {} : { platform }),
    ...(runtime === undefined ? {} : { runtime }),
    external: flagOf(childOf(value, "external")) ?? false,
    tracked: flagOf(childOf(value, "tracked")) ?? true,
    destinations: textsOf(childOf(value, "destinations")),
    at: rangeOf(key),
  };
}

export function readIdentity(entry: Entry | undefined): PlanIdentity | undefined {
  if (entry === undefined) return undefined;
  const node = entry.value;
  const mergeNode = childOf(node, "merge");
  const merge = wordOf(mergeNode, ["identify", "alias"]);
  const signup = entryOf(node, "signup");
  return {
    at: rangeOf(entry.key),
    ids: new Map(entriesOf(childOf(node, "ids")).map((id) => [id.name, readId(id)])),
    ...(merge === undefined || mergeNode === undefined ? {} : { merge, mergeAt: rangeOf(mergeNode) }),
    signup: textsOf(signup?.value),
    login: textsOf(childOf(node, "login")),
    logout: textsOf(childOf(node, "logout")),
    ...(signup === undefined ? {} : { signupAt: rangeOf(signup.key) }),
  };
}

function readId({ name, key, value }: Entry): PlanId {
  const path = textOf(childOf(value, "at"));
  const sources = childOf(value, "sources");
  return {
    role: textOf(childOf(value, "role")) ?? name,
    ...(path === undefined ? {} : { path }),
    ...(sources === undefined ? {} : { sources: textsOf(sources) }),
    at: rangeOf(key),
  };
}

export function readAttribution(entry: Entry | undefined): Plan["attribution"] {
  if (entry === undefined) return undefined;
  const keys = entriesOf(childOf(entry.value, "keys"));
  return {
    at: rangeOf(entry.key),
    conversions: textsOf(childOf(entry.value, "conversions")),
    requires: wordOf(childOf(entry.value, "requires"), ["any", "all"]) ?? "any",
    keys: Object.fromEntries(keys.map(({ name, value }) => [name, textsOf(value)])),
  };
}

export function readConsent(entry: Entry | undefined): PlanConsent | undefined {
  if (entry === undefined) return undefined;
  const node = entry.value;
  return {
    at: rangeOf(entry.key),
    model: wordOf(childOf(node, "model"), ["opt-in", "opt-out"]) ?? "opt-in",
    ...optionalTexts(node, ["default", "payload"]),
    exempt: textsOf(childOf(node, "exempt")),
    withoutConsent: wordOf(childOf(node, "withoutConsent"), ["drop", "anonymous"]) ?? "drop",
    operator: flagOf(childOf(node, "operator")) ?? false,
    categories: new Map(
      entriesOf(childOf(node, "categories")).map(({ name, key, value }) => [
        name,
        { at: rangeOf(key), mapping: plainMap(value) },
      ]),
    ),
    guards: itemsOf(childOf(node, "guards")).map(readGuard),
  };
}

function readGuard(node: PlanNode): PlanConsent["guards"][number] {
  const categoryNode = childOf(node, "category");
  const argument = wholeNumberOf(childOf(categoryNode, "argument"));
  const category = argument === undefined ? textOf(categoryNode) : { argument };
  return {
    ...optionalTexts(node, ["call", "value"]),
    ...(category === undefined ? {} : { category }),
    at: rangeOf(itemPlace(node)),
  };
}

/** The arguments of a wrapper that play a role, by its name in a call. */
const wrapperRoles = [
  "event",
  "properties",
  "traits",
  "userId",
  "anonymousId",
  "previousId",
  "groupId",
  "context",
  "timestamp",
] as const;

export function readWrappers(sections: readonly Entry[]): readonly PlanWrapper[] {
  return sections
    .flatMap(({ value }) => itemsOf(value))
    .flatMap((node) => {
      const name = textOf(childOf(node, "name"));
      const kind = textOf(childOf(node, "kind"));
      if (name === undefined || kind === undefined) return [];
      const roles = wrapperRoles.flatMap((role) => {
        const place = childOf(node, role);
        const arg = wholeNumberOf(childOf(place, "arg"));
        return arg === undefined ? [] : [[role, { arg, path: textOf(childOf(place, "path")) ?? "" }] as const];
      });
      const at = rangeOf(itemPlace(node));
      return [{ ...optionalTexts(node, ["module"]), name, kind, roles: Object.fromEntries(roles), at }];
    });
}

function wholeNumberOf(node: PlanNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

function plainMap(node: PlanNode): Readonly<Record<string, unknown>> {
  return node.kind === "map" ? (plainOf(node) as Readonly<Record<string, unknown>>) : {};
}
