import { type Filter, type FilterKey, NONE, PLAN } from "./address.ts";
import type { EventModel, EventState, FindingModel } from "./model.ts";

/** What stands in a list of choices, with how many there are of it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface Group {
  readonly value: string;
  readonly label: string;
  readonly findings: readonly FindingModel[];
  readonly errors: number;
  readonly warnings: number;
}

type Values = (one: FindingModel) => readonly string[];

const VALUES: Partial<Record<FilterKey, Values>> = {
  rule: ({ finding }) => [finding.rule],
  severity: ({ finding }) => [finding.severity],
  source: ({ finding }) => [sourceValue(finding)],
  owner: ({ finding }) => (finding.owners.length === 0 ? [NONE] : finding.owners),
};

/** The source of a finding as a filter has it. */
export function sourceValue({ source, inPlan }: FindingModel["finding"]): string {
  return source ?? (inPlan ? PLAN : NONE);
}

/** What findings can be put in groups by; the first is the usual one. */
export const GROUPINGS = ["rule", "source", "owner", "severity"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export function findingsFor(findings: readonly FindingModel[], filter: Filter): readonly FindingModel[] {
  const words = wordsOf(filter.q);
  const isSuppressed = filter.state === "suppressed";
  return findings.filter((one) => {
    if ((one.finding.suppressed !== undefined) !== isSuppressed) return false;
    for (const [key, valuesOf] of Object.entries(VALUES)) {
      const asked = filter[key as FilterKey];
      if (asked !== undefined && !valuesOf(one).includes(asked)) return false;
    }
    return words.every((word) => one.text.includes(word));
  });
}

export function groupingOf({ group }: Filter): Grouping {
  return GROUPINGS.find((one) => one === group) ?? "rule";
}

/** In groups, those with most errors first, then those with most warnings. A finding of two owners is with both. */
export function groupFindings(findings: readonly FindingModel[], by: Grouping): readonly Group[] {
  const groups = new Map<string, FindingModel[]>();
  for (const one of findings) {
    for (const value of VALUES[by]?.(one) ?? []) {
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [one]);
      else group.push(one);
    }
  }
  return [...groups]
    .map(([value, members]): Group => {
      const errors = members.filter(({ finding }) => finding.severity === "error").length;
      const warnings = members.length - errors;
      return { value, label: labelOf(by, value), findings: members, errors, warnings };
    })
    .sort(
      (a, b) => b.errors - a.errors || b.warnings - a.warnings || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0),
    );
}

/** The values that findings have for a key, most frequent first. */
export function choicesOf(findings: readonly FindingModel[], key: Grouping): readonly Choice[] {
  return groupFindings(findings, key)
    .map(({ value, label, findings: members }) => ({ value, label, count: members.length }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

export function labelOf(key: FilterKey, value: string): string {
  if (value === PLAN && key === "source") return "The plan";
  if (value === NONE) return key === "owner" ? "No owner" : "No source";
  if (key === "severity") return value === "error" ? "Errors" : "Warnings";
  return value;
}

export const STATES: Readonly<Record<EventState, string>> = {
  kept: "Planned and sent",
  unsent: "Planned, not sent",
  unplanned: "Sent, not planned",
  waiting: "Planned or deprecated, not sent",
  removed: "Removed from the plan",
};

export function eventsFor(events: readonly EventModel[], filter: Filter): readonly EventModel[] {
  const words = wordsOf(filter.q);
  const { source, owner, state } = filter;
  return events.filter(
    (one) =>
      (state === undefined || one.state === state) &&
      (source === undefined || one.cells.has(source)) &&
      (owner === undefined || ownersOf(one).includes(owner)) &&
      words.every((word) => one.text.includes(word)),
  );
}

export function ownersOf({ event }: EventModel): readonly string[] {
  const owners = event.plan?.owners ?? [];
  return owners.length === 0 ? [NONE] : owners;
}

function wordsOf(text = ""): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
