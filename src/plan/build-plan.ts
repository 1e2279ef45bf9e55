import { checkVersionText, distinctEvents } from "./check-events.ts";
import { checkPlan, type PlanChecks } from "./check-plan.ts";
import { EventIndex } from "./event-index.ts";
import type { Plan, PlanPayload } from "./model.ts";
import { childOf, type Entry, entriesOf, flagOf, rangeOf, textOf, textsOf, versionOf } from "./node.ts";
import { listEvents, readEvent } from "./read-event.ts";
import type { ReadFile } from "./read-files.ts";
import { readLint } from "./read-lint.ts";
import {
  readAttribution,
  readConsent,
  readConventions,
  readDestinations,
  readIdentity,
  readSources,
  readVersioning,
  readWrappers,
} from "./read-sections.ts";
import { Sections } from "./sections.ts";
import { SharedParts } from "./shared-parts.ts";

/** Builds the plan from its files, which need not be valid. `files` are not empty. */
export function buildPlan(path: string, files: readonly ReadFile[], checks: PlanChecks): Plan {
  const { problems } = checks;
  const sections = new Sections(files, problems);
  const shared = new SharedParts(sections, problems);
  const entries = distinctEvents(
    sections.all("events").flatMap(({ value }) => listEvents(value)),
    problems,
  );
  const events = entries.map((entry) => readEvent(entry, shared));
  const index = new EventIndex(events);
  const plan: Plan = {
    file: path,
    files: files.map(({ file }) => file.path),
    at: { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    ...readName(sections, files, checks),
    dialect: shared.dialect,
    hasEvents: sections.all("events").length > 0,
    events,
    find: (name, kind) => index.find(name, kind),
    conventions: readConventions(sections.single("conventions")),
    ...present("versioning", readVersioning(sections.single("versioning"))),
    destinations: readDestinations(sections.named("destinations")),
    vocabularies: sections.all("vocabularies").flatMap(({ value }) => textsOf(value)),
    sources: readSources(sections.named("sources")),
    ...present("identity", readIdentity(sections.single("identity"))),
    ...present("attribution", readAttribution(sections.single("attribution"))),
    ...present("consent", readConsent(sections.single("consent"))),
    ...readTraits(sections, shared),
    ...present("pages", readPages(sections.single("pages"), shared)),
    wrappers: readWrappers(sections.all("wrappers")),
    lint: readLint(sections.single("lint")),
  };
  checkPlan(plan, entries, sections, shared, checks);
  return plan;
}

function readName(sections: Sections, files: readonly ReadFile[], { problems }: PlanChecks) {
  for (const { root } of files) checkVersionText(root, "version", problems);
  const name = textOf(sections.single("name")?.value);
  const entry = sections.single("version");
  const version = versionOf(entry?.value);
  return {
    ...present("name", name),
    ...(entry === undefined || version === undefined ? {} : { version, versionAt: rangeOf(entry.value) }),
  };
}

function readTraits(sections: Sections, { payloads }: SharedParts): Pick<Plan, "users" | "usersAt" | "groups"> {
  const users = sections.single("users");
  return {
    users: payloads.properties(childOf(users?.value, "traits"), "trait"),
    ...present("usersAt", users && rangeOf(users.key)),
    groups: new Map(
      Array.from(sections.named("groups").values(), ({ name, value }) => [
        name,
        payloads.properties(childOf(value, "traits"), "trait"),
      ]),
    ),
  };
}

function readPages(entry: Entry | undefined, shared: SharedParts): PlanPayload | undefined {
  if (entry === undefined) return undefined;
  const properties = childOf(entry.value, "properties");
  const additionalProperties = flagOf(childOf(entry.value, "additionalProperties"));
  const isOpen = shared.additionalProperties ?? entriesOf(properties).length === 0;
  const page = { origin: "page", properties, additionalProperties } as const;
  return shared.payloads.build(rangeOf(entry.key), [...shared.commonLayers("*", "unknown"), page], isOpen);
}

/** The key with its value where there is one; under exactOptionalPropertyTypes an absent key is not an undefined one. */
function present<const Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [key in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in Key]?: Value });
}
