import type { Pair } from "yaml";
import { formatPlace } from "../diagnostics/range.ts";
import { normaliseName } from "../engine/naming/words.ts";
import { groupBy } from "../util/group-by.ts";
import type {
  BundleDraft,
  CasingDraft,
  ConsentDraft,
  EventDraft,
  GroupDraft,
  PayloadDraft,
  PlanDraft,
  SourceDraft,
} from "./draft.ts";
import { printProperties } from "./print-schema.ts";
import { block, entry, type Fields, flow, lines, list, printYaml, remarked } from "./yaml-nodes.ts";

export interface PrintOptions {
  /** Where an editor finds the schema of the plan, relative to the plan. */
  readonly schema: string;
}

/** The first version of everything that `init` writes down. */
const FIRST_VERSION = "1.0.0";
const MOST_UNNAMED = 30;

/** The plan file: YAML that `check` reads, with a comment wherever a person must decide. */
export function printPlan(draft: PlanDraft, { schema }: PrintOptions): string {
  const head = [
    `yaml-language-server: $schema=${schema}`,
    "",
    "The tracking plan as the code has it, written by `tracklint init`. It is yours now: describe the events, correct what",
    "the code got wrong, and decide what the code can't say, which is marked with `Decide:`.",
  ].join("\n");
  const sections = [
    entry("tracklint", 1),
    ...(draft.name === undefined ? [] : [entry("name", draft.name)]),
    entry("version", remarked(FIRST_VERSION, "of the plan; each event has its own below")),
    ...conventionsSection(draft),
    entry("defaults", flow({ additionalProperties: false }), {
      apart: true,
      above: openLegend(draft),
    }),
    ...sourcesSection(draft.sources),
    ...identitySection(draft),
    ...conversionsSection(draft.conversions),
    ...activeConsent(draft.consent),
    ...bundlesSection(draft.bundles),
    ...usersSection(draft.users),
    ...groupsSection(draft.groups),
    ...pagesSection(draft.pages),
    ...eventsSection(draft),
  ];
  return printYaml(block(sections), head, footOf(draft));
}

function openLegend({ events }: PlanDraft): string {
  const closed = "Only what an event lists may be sent with it.";
  if (!events.some(isOpen)) return closed;
  return `${closed}\nDecide: what else events carry that say \`additionalProperties: true\`; the code doesn't tell.`;
}

/** True for an event of which the code doesn't tell all that it carries. */
export function isOpen({ open, sources }: EventDraft): boolean {
  return open || sources.some((source) => source.open);
}

function conventionsSection({ eventNames, propertyNames }: PlanDraft): Pair[] {
  const stated = [
    ...conventionEntry("events", "event names", eventNames),
    ...conventionEntry("properties", "property names", propertyNames),
  ];
  const undecided = [undecidedCasing("event names", eventNames), undecidedCasing("property names", propertyNames)];
  const open = undecided.filter((line) => line !== undefined);
  if (stated.length === 0) return [];
  const above = ["How names are spelled.", ...open].join("\n");
  return [entry("conventions", block(stated), { apart: true, above })];
}

function conventionEntry(key: string, what: string, { casing, total, outside }: CasingDraft): Pair[] {
  if (casing === undefined) return [];
  const remark = outside === 0 ? `as all ${total} ${what} are` : `as ${total - outside} of ${total} ${what} are`;
  return [entry(key, block({ casing: remarked(casing, remark) }))];
}

/** The question that names without a majority ask; undefined where there is none, or nothing to ask about. */
export function undecidedCasing(what: string, { casing, tally, telling }: CasingDraft): string | undefined {
  if (casing !== undefined || telling < 5) return undefined;
  const found = tally.slice(0, 3).map((one) => `${one.fitting} ${one.fitting === 1 ? "is" : "are"} ${one.casing}`);
  const tallied = found.length === 0 ? "none fits a casing" : found.join(", ");
  return `Decide: how ${what} are spelled; of ${telling} with several words ${tallied}.`;
}

function sourcesSection(sources: readonly SourceDraft[]): Pair[] {
  if (sources.length === 0) return [];
  const entries = sources.map(({ name, paths, platform, tracked }) =>
    entry(
      name,
      flow({
        paths: paths === undefined ? undefined : list(paths),
        platform,
        tracked: tracked ? undefined : false,
      }),
      tracked ? {} : { above: "Left out when the plan was written: its calls are not judged." },
    ),
  );
  return [entry("sources", block(entries), { apart: true, above: "The services that send." })];
}

function identitySection({ signup, login, logout }: PlanDraft): Pair[] {
  const names = (found: readonly string[]) => (found.length === 0 ? undefined : list(found));
  const found = { signup: names(signup), login: names(login), logout: names(logout) };
  if (signup.length + login.length + logout.length === 0) return [];
  const above = [
    "What happens to a person's account, by the names of the events.",
    "Decide: add `merge: identify`, or `merge: alias` where a destination needs it, to have every signup checked.",
  ].join("\n");
  return [entry("identity", block(found), { apart: true, above })];
}

function conversionsSection(conversions: readonly string[]): Pair[] {
  if (conversions.length === 0) return [];
  const above = "Decide: which events count as conversions. By their names these do.";
  return [entry("attribution", block({ conversions: list(conversions) }), { apart: true, above })];
}

function activeConsent(consent: ConsentDraft | undefined): Pair[] {
  if (consent === undefined || !consent.coversAll) return [];
  const guards = consent.guards.map(({ kind, name }) => flow({ [kind]: name }));
  const section = block({
    model: remarked("opt-in", "Decide: or opt-out"),
    guards: guards.length === 0 ? undefined : lines(guards),
  });
  const above = "Everything that is sent is behind a check of the user's choice. These are the checks.";
  return [entry("consent", section, { apart: true, above })];
}

function bundlesSection(bundles: readonly BundleDraft[]): Pair[] {
  if (bundles.length === 0) return [];
  const entries = bundles.map(({ name, properties }) => entry(name, printProperties(properties)));
  const above = "What wrappers add to every event that they send, by the name of the wrapper.";
  return [entry("bundles", block(entries), { apart: true, above })];
}

function usersSection(users: PayloadDraft | undefined): Pair[] {
  if (users === undefined) return [];
  const above = "What is known of a person.\nDecide: mark personal data, as in `pii: email`.";
  return [entry("users", block({ traits: printProperties(users.properties) }), { apart: true, above })];
}

function groupsSection(groups: readonly GroupDraft[]): Pair[] {
  if (groups.length === 0) return [];
  const entries = groups.map(({ name, isUnnamed, properties }) =>
    entry(
      name,
      block({ traits: properties.length === 0 ? undefined : printProperties(properties) }),
      isUnnamed ? { above: "Decide: what a group is: an organization, a workspace, a team …" } : {},
    ),
  );
  return [entry("groups", block(entries), { apart: true })];
}

function pagesSection(pages: PayloadDraft | undefined): Pair[] {
  if (pages === undefined) return [];
  const section = block({ ...openness(pages.open), properties: printProperties(pages.properties) });
  return [entry("pages", section, { apart: true, above: "What calls of `page` carry." })];
}

function eventsSection({ events }: PlanDraft): Pair[] {
  if (events.length === 0) return [];
  const keys = new Set<string>();
  const twins = twinsOf(events);
  const entries = events.map((event, index) => {
    const key = freeKey(event, keys);
    keys.add(key);
    const twin = twins.get(event)?.find((other) => other !== event);
    return entry(key, eventBody(key, event), {
      apart: index > 0,
      ...(twin === undefined
        ? {}
        : { above: `Decide: is it \`${twin.name}\`? Then keep one and list the other as its alias.` }),
    });
  });
  return [entry("events", block(entries), { apart: true })];
}

/** Events whose names differ in spelling only, each with all of these. */
export function twinsOf(events: readonly EventDraft[]): ReadonlyMap<EventDraft, readonly EventDraft[]> {
  const worded = events.filter(({ name }) => normaliseName(name) !== "");
  const alike = groupBy(worded, ({ name, kind }) => `${kind} ${normaliseName(name)}`);
  const several = [...alike.values()].filter((group) => group.length > 1);
  return new Map(several.flatMap((group) => group.map((event) => [event, group])));
}

/** Two kinds may share a name; the second then has a key of its own. */
function freeKey({ name, kind }: EventDraft, taken: ReadonlySet<string>): string {
  let key = name;
  while (taken.has(key)) key = `${key} (${kind})`;
  return key;
}

function eventBody(key: string, { name, kind, bundles, properties, open, sources }: EventDraft) {
  return block({
    name: key === name ? undefined : name,
    kind: kind === "track" ? undefined : kind,
    version: FIRST_VERSION,
    sources: sourcesOf(sources),
    bundles: bundles.length === 0 ? undefined : list(bundles),
    ...openness(open),
    properties: properties.length === 0 ? undefined : printProperties(properties),
  });
}

function sourcesOf(sources: EventDraft["sources"]) {
  const differ = sources.some(({ properties, open }) => properties.length > 0 || open);
  if (!differ) return list(sources.map(({ source }) => source));
  return block(
    sources.map(({ source, properties, open }) =>
      entry(
        source,
        block({ ...openness(open), properties: properties.length === 0 ? undefined : printProperties(properties) }),
      ),
    ),
  );
}

function openness(open: boolean): Fields {
  return open ? { additionalProperties: true } : {};
}

/** What the code shows and the plan doesn't state, since it would promise more than is known. */
function footOf({ unnamed, consent, eventNames, propertyNames }: PlanDraft): string | undefined {
  const parts = [];
  if (eventNames.casing === undefined && propertyNames.casing === undefined) {
    const open = [undecidedCasing("event names", eventNames), undecidedCasing("property names", propertyNames)];
    const asked = open.filter((line) => line !== undefined);
    if (asked.length > 0) parts.push([...asked, "conventions:", "  events: { casing: … }"].join("\n"));
  }
  if (consent !== undefined && !consent.coversAll) {
    const guards = consent.guards.map(({ kind, name }) => `    - { ${kind}: ${name} }`);
    const section = ["consent:", "  model: opt-in", ...(guards.length === 0 ? [] : ["  guards:", ...guards])];
    const why =
      "Decide: some of what is sent is behind a check of the user's choice. With this section all of it must be:";
    parts.push([why, ...section].join("\n"));
  }
  if (unnamed.length > 0) {
    const places = unnamed.slice(0, MOST_UNNAMED).map(({ at, text }) => {
      return `  ${formatPlace(at)}${text === undefined ? "" : `  ${text}`}`;
    });
    const more = unnamed.length > MOST_UNNAMED ? [`  and ${unnamed.length - MOST_UNNAMED} more`] : [];
    const why = "Decide: which events these calls send; their names can't be known without running the code:";
    parts.push([why, ...places, ...more].join("\n"));
  }
  return parts.length === 0 ? undefined : parts.join("\n\n");
}
