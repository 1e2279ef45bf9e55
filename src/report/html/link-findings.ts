import type { Finding } from "../../diagnostics/finding.ts";
import { contains } from "../../diagnostics/range.ts";
import { groupBy } from "../../util/group-by.ts";
import type { EventKind, Overview, OverviewCall, PlannedEvent } from "../types.ts";

/** An event of the report: of the plan, or one that only code sends. */
export interface ReportEvent {
  readonly kind: EventKind;
  readonly name: string;
  readonly planned?: PlannedEvent;
}

/** What a finding belongs to. */
export interface FindingLinks {
  readonly source: string | null;
  readonly events: readonly ReportEvent[];
  readonly owners: readonly string[];
}

/** Finds the source, the events and their owners that findings belong to. */
export function findingLinks(overview: Overview, events: readonly ReportEvent[]): (finding: Finding) => FindingLinks {
  const byName = eventsByName(events);
  const byKey = new Map(events.map((event) => [keyOf(event), event]));
  const callsOf = groupBy(overview.calls, ({ call }) => call.at.file);
  const planned = groupBy(
    events.flatMap((event) => (event.planned === undefined ? [] : [{ event, at: event.planned.at }])),
    ({ at }) => at.file,
  );

  const callsAt = ({ at }: Finding): readonly OverviewCall[] =>
    (callsOf.get(at.file) ?? []).filter(({ call }) => contains(call.at, at) || contains(at, call.at));
  const named = ({ identity }: Finding): readonly ReportEvent[] => {
    // `event`, `event/property`: either part may have a stroke in it.
    for (let about = identity?.about ?? ""; about !== ""; about = about.slice(0, Math.max(0, about.lastIndexOf("/")))) {
      const found = byName.get(about);
      if (found !== undefined) return found;
    }
    return [];
  };
  /** The event of the plan that a place lies in: the last name above it that stands further left. */
  const enclosing = ({ at }: Finding): readonly ReportEvent[] => {
    const above = (planned.get(at.file) ?? []).filter(({ at: name }) => name.line <= at.line);
    const nearest = above.reduce<(typeof above)[number] | undefined>(
      (best, one) => (best === undefined || one.at.line >= best.at.line ? one : best),
      undefined,
    );
    const isInside = nearest !== undefined && (nearest.at.line === at.line || nearest.at.column < at.column);
    return isInside ? [nearest.event] : [];
  };
  const sent = (calls: readonly OverviewCall[]) =>
    calls.flatMap(({ sends }) => sends.filter((one) => one.isCertain).map((one) => byKey.get(keyOf(one))!));

  return (finding) => {
    const calls = callsAt(finding);
    const found = [named(finding), sent(calls), enclosing(finding)].find((some) => some.length > 0) ?? [];
    const ofFile = overview.sourceOfFile.get(finding.at.file);
    return {
      source: finding.identity?.source ?? calls[0]?.call.source ?? ofFile ?? null,
      events: [...new Set(found)],
      owners: [...new Set(found.flatMap(({ planned: plan }) => plan?.owners ?? []))],
    };
  };
}

export function keyOf({ kind, name }: Pick<ReportEvent, "kind" | "name">): string {
  return `${kind} ${name}`;
}

/** By their own names first, then by earlier ones. */
function eventsByName(events: readonly ReportEvent[]): ReadonlyMap<string, readonly ReportEvent[]> {
  const byName = new Map<string, ReportEvent[]>(groupBy(events, ({ name }) => name));
  for (const event of events) {
    for (const alias of event.planned?.aliases ?? []) if (!byName.has(alias)) byName.set(alias, [event]);
  }
  return byName;
}
