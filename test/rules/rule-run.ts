import type { Inventory } from "../../src/calls/types.ts";
import type { NotJudged } from "../../src/diagnostics/finding.ts";
import { formatPlace } from "../../src/diagnostics/range.ts";
import type { Rule } from "../../src/engine/rule.ts";
import { runRules } from "../../src/engine/run-rules.ts";
import { defaultSettings } from "../../src/engine/settings.ts";
import type { Plan, PlanEvent } from "../../src/plan/model.ts";
import { inventory, payload, place } from "../../src/testing/inventory-builder.ts";

export interface RuleRun {
  /** `src/app.ts:3:1 warn the message`, in order. */
  readonly said: readonly string[];
  readonly related: readonly (readonly string[])[];
  readonly help: readonly (string | undefined)[];
  readonly notJudged: readonly NotJudged[];
}

/** Runs a rule over plain data. */
export function runRule(
  rule: Rule,
  given: Partial<Inventory>,
  options: { readonly plan?: Plan; readonly options?: Readonly<Record<string, unknown>> } = {},
): RuleRun {
  const { findings, notJudged, crashes } = runRules({
    rules: [rule],
    code: inventory(given),
    plan: options.plan,
    settings: { ...defaultSettings, optionsOf: () => options.options },
    today: "2026-11-24",
  });
  for (const crash of crashes) throw crash;
  return {
    said: findings.map(({ at, severity, message }) => `${formatPlace(at)} ${severity} ${message}`),
    related: findings.map(({ related }) => related.map(({ at, message }) => `${formatPlace(at)} ${message}`)),
    help: findings.map(({ help }) => help),
    notJudged,
  };
}

/** An event of a plan; its place is line `line` of the plan's file. */
export function planEvent(name: string, line: number, given: Partial<PlanEvent> = {}): PlanEvent {
  const at = place("tracking-plan.yaml", line);
  return {
    name,
    kind: "track",
    at,
    status: "active",
    aliases: [],
    names: {},
    owner: [],
    tags: [],
    consumers: [],
    payloadFor: () => ({ properties: new Map(), additionalProperties: true, schema: {}, at }),
    versions: [],
    sets: new Map(),
    has: () => false,
    ...given,
  };
}

/** A plan of what is given. */
export function planOf(given: Partial<Plan>): Plan {
  const at = place("tracking-plan.yaml");
  const events = given.events ?? [];
  return {
    file: "tracking-plan.yaml",
    files: ["tracking-plan.yaml"],
    at,
    hasEvents: events.length > 0,
    dialect: "2020-12",
    find: (name) =>
      events.find(
        (event) =>
          event.name === name ||
          event.aliases.some((alias) => alias.name === name) ||
          Object.values(event.names).includes(name),
      ),
    conventions: { requireEvent: [], requireProperty: [] },
    destinations: new Map(),
    vocabularies: [],
    sources: new Map(),
    users: new Map(),
    groups: new Map(),
    wrappers: [],
    lint: { extends: [], include: [], exclude: [], rules: new Map(), overrides: [], plugins: [] },
    ...given,
    events,
  };
}

export { payload, place };
