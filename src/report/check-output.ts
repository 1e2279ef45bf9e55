import type { Range } from "../diagnostics/range.ts";
import type { CheckOutput, PlaceOutput, SpanOutput } from "./output-types.ts";
import type { CheckReport } from "./types.ts";

export function checkOutput(report: CheckReport): CheckOutput {
  return {
    version: 1,
    findings: report.findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      ...span(finding.at),
      message: finding.message,
      ...(finding.help === undefined ? {} : { help: finding.help }),
      ...(finding.plan === undefined ? {} : { plan: place(finding.plan) }),
      related: finding.related.map(({ at, message }) => ({ ...place(at), message })),
      fixable: finding.fix?.isSafe === true,
      suggestion: finding.fix?.isSafe === false,
      fingerprint: finding.fingerprint,
      ...(finding.url === undefined ? {} : { url: finding.url }),
    })),
    suppressed: report.suppressed.map(({ finding: { rule, at, message }, reason = null }) => ({
      rule,
      ...place(at),
      message,
      reason,
    })),
    notJudged: report.notJudged.map(({ rule, source, reason }) => ({ rule, source, reason })),
    baseline: report.baseline === undefined ? null : { file: report.baseline.file, fixed: [...report.baseline.fixed] },
    summary: { ...report.summary, plan: report.plan ?? null },
  };
}

/** What JSON allows in a string, and a terminal must not get. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Pretty-printed JSON that ends with a line break. */
export function toJson(output: unknown): string {
  const text = JSON.stringify(output, null, 2).replace(
    UNSAFE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${text}\n`;
}

export function place({ file, line, column }: Range): PlaceOutput {
  return { file, line, column };
}

export function span({ file, line, column, endLine, endColumn }: Range): SpanOutput {
  return { file, line, column, endLine, endColumn };
}
