import {
  type ChangeClass,
  defineRule,
  expectedVersion,
  firstKey,
  heaviest,
  isAtLeast,
  type Plan,
  type PlanEvent,
  type Related,
  type SchemaChange,
  schemaChanges,
  type VersionScheme,
} from "../src/plugin.ts";

const KINDS: Readonly<Record<ChangeClass, string>> = {
  breaking: "a breaking change",
  additive: "an addition",
  annotation: "a change of words",
};

/** As many changes as a message names. */
const NAMED = 2;

export default defineRule({
  meta: {
    id: "schema-version-bump",
    category: "schema",
    summary: "An event that has changed has the version that its change asks for",
    default: { withoutPlan: "off", withPlan: "error" },
    messages: {
      notBumped:
        "`{{event}}` has changed since {{revision}}, and its version is {{version}}: {{changes}}. That is {{kind}}, which asks for {{expected}}",
    },
  },
  defaultOptions: {},
  *check({ plan, before }) {
    if (plan === undefined || before === undefined) return;
    if ("notKnown" in before) {
      yield { notJudged: before.notKnown, source: "*" };
      return;
    }
    for (const event of plan.events) {
      const old = before.plan.find(event.name, event.kind) ?? ownAlias(before.plan, event);
      if (old?.version === undefined || event.version === undefined) continue;
      // What was only planned was never sent, and what is removed is sent no more.
      if (old.status === "planned" || event.status === "removed") continue;
      const changes = changesOf(old, event);
      const kind = heaviest(changes);
      if (kind === undefined) continue;
      const scheme = plan.versioning?.scheme ?? schemeOf(old.version);
      // Between two schemes nothing can be told.
      if (scheme !== (before.plan.versioning?.scheme ?? schemeOf(old.version))) continue;
      const expected = expectedVersion(scheme, old.version, kind);
      if (expected === undefined || isAtLeast(scheme, event.version, expected) !== false) continue;
      const weighty = changes.filter(({ is }) => is === kind);
      yield {
        at: event.versionAt ?? event.at,
        messageId: "notBumped",
        data: {
          event: event.name,
          revision: `\`${before.revision}\``,
          version: event.version === old.version ? `still ${event.version}` : event.version,
          changes:
            weighty.slice(0, NAMED).map(inWords).join("; ") +
            (weighty.length > NAMED ? `; and ${weighty.length - NAMED} more` : ""),
          kind: KINDS[kind],
          expected,
        },
        help: `Set \`version: ${expected}\`, or take the change back.`,
        plan: event.at,
        related: placesOf(event, weighty),
        subject: event.name,
      };
    }
  },
});

/** An event that was renamed has its old name among its aliases. */
function ownAlias(plan: Plan, { aliases, kind }: PlanEvent): PlanEvent | undefined {
  return aliases.map(({ name }) => plan.find(name, kind)).find((event) => event !== undefined);
}

/** What changed in the payload, for any source and with each variant; each change once. */
function changesOf(old: PlanEvent, event: PlanEvent): readonly SchemaChange[] {
  const sources = new Set(["*", ...(old.sources?.keys() ?? []), ...(event.sources?.keys() ?? [])]);
  const cases = new Set([...(old.variants?.cases.keys() ?? [])].filter((name) => event.variants?.cases.has(name)));
  const found = [...sources].flatMap((source) => [
    ...schemaChanges(old.payloadFor(source, "").schema, event.payloadFor(source, "").schema),
    ...[...cases].flatMap((name) => {
      const [was, is] = [old.variants?.cases.get(name), event.variants?.cases.get(name)];
      return was && is ? schemaChanges(was(source, "").schema, is(source, "").schema) : [];
    }),
  ]);
  const gone = [...(old.variants?.cases.keys() ?? [])].filter((name) => !event.variants?.cases.has(name));
  const variants = gone.map((name): SchemaChange => ({ is: "breaking", path: name, what: "is no variant any more" }));
  return [...new Map([...found, ...variants].map((change) => [`${change.path} ${change.what}`, change])).values()];
}

function inWords({ path, what }: SchemaChange): string {
  return path === "" ? `it ${what}` : `\`${path}\` ${what}`;
}

/** Where in the plan the changed properties stand. */
function placesOf(event: PlanEvent, changes: readonly SchemaChange[]): Related[] {
  const { properties } = event.payloadFor("*", "");
  return changes.slice(0, 5).flatMap((change) => {
    const named = change.path === "" ? /`([^`]+)`/.exec(change.what)?.[1] : firstKey(change.path);
    const property = properties.get(named ?? "");
    return property === undefined ? [] : [{ at: property.at, message: `${inWords(change)} (${change.is})` }];
  });
}

function schemeOf(version: string): VersionScheme {
  if (/^\d+-\d+-\d+$/.test(version)) return "schemaver";
  return /^\d+$/.test(version) ? "integer" : "semver";
}
