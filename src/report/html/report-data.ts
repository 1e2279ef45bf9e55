import type { Finding } from "../../diagnostics/finding.ts";
import type { Overview, WholeReport } from "../types.ts";
import { callData } from "./call-data.ts";
import type { FindingData, GuardData, PlannedPropertyData, PropertyData, ReportData } from "./data.ts";
import { Distinct } from "./distinct.ts";
import { eventData } from "./event-data.ts";
import { findingLinks, keyOf, type ReportEvent } from "./link-findings.ts";
import { ShownLines } from "./shown-lines.ts";

/** What the HTML report holds: nothing that it doesn't show, so that it stays small. */
export function reportData(report: WholeReport, version: string): ReportData {
  const overview = report.overview();
  const events = reportEvents(overview);
  const numbers = new Map(events.map((event, index) => [keyOf(event), index]));
  const links = findingLinks(overview, events);
  const shown = new ShownLines(report.textOf);
  const ids = new Map<string, number>();
  const planFiles = new Set([report.plan, ...overview.events.map(({ at }) => at.file)]);

  const findingData = (finding: Finding, suppressed?: string): FindingData => {
    const { fingerprint, rule, severity, message, help, at, plan, related, fix } = finding;
    const { source, owners, events: about } = links(finding);
    const seen = (ids.get(fingerprint) ?? 0) + 1;
    ids.set(fingerprint, seen);
    return {
      id: seen === 1 ? fingerprint : `${fingerprint}.${seen}`,
      rule,
      severity,
      message,
      ...(help === undefined ? {} : { help }),
      at: { ...shown.around(at), endLine: at.endLine, endColumn: at.endColumn },
      ...(plan === undefined ? {} : { plan: shown.around(plan) }),
      related: related.map((one) => ({ at: shown.place(one.at), message: one.message })),
      source,
      ...(planFiles.has(at.file) && { inPlan: true }),
      owners,
      events: about.map((event) => numbers.get(keyOf(event))!),
      ...(fix === undefined ? {} : { fix: fix.isSafe ? "safe" : "suggestion" }),
      ...(suppressed === undefined ? {} : { suppressed }),
    };
  };
  const findings = [
    ...report.findings.map((finding) => findingData(finding)),
    ...report.suppressed.map(({ finding, reason = "" }) => findingData(finding, reason)),
  ];
  const properties = new Distinct<PropertyData>();
  const guards = new Distinct<GuardData>();
  const plannedProperties = new Distinct<PlannedPropertyData>();
  const line = shown.line.bind(shown);
  const lines = shown.lines.bind(shown);
  const calls = overview.calls.map((one) => callData(one, { properties, guards, events: numbers, line, lines }));
  const { errors, warnings, fixable, suppressed, baselined, calls: judged } = report.summary;
  return {
    version,
    plan: report.plan ?? null,
    planIsSound: report.planIsSound,
    summary: { errors, warnings, fixable, suppressed, baselined, calls: judged },
    quiet: report.quiet === true,
    files: shown.files,
    sources: overview.sources,
    events: events.map((event) => eventData(event, plannedProperties, line)),
    calls,
    findings,
    rules: Object.fromEntries(report.findings.flatMap(({ rule, url }) => (url === undefined ? [] : [[rule, url]]))),
    notJudged: report.notJudged.map(({ rule, source, reason }) => ({ rule, source, reason })),
    properties: properties.values,
    guards: guards.values,
    plannedProperties: plannedProperties.values,
    lines: shown.texts,
  };
}

function reportEvents({ events, calls }: Overview): readonly ReportEvent[] {
  const found = new Map<string, ReportEvent>(
    events.map((planned) => [keyOf(planned), { kind: planned.kind, name: planned.name, planned }]),
  );
  for (const { kind, name } of calls.flatMap(({ sends }) => sends)) {
    if (!found.has(keyOf({ kind, name }))) found.set(keyOf({ kind, name }), { kind, name });
  }
  const key = ({ kind, name }: ReportEvent) => `${name.toLowerCase()}\0${name}\0${kind}`;
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
