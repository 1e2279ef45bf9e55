import type { Finding } from "./finding.ts";
import { compareRanges } from "./range.ts";

type Place = Pick<Finding, "at" | "rule" | "message">;

/** Orders by place, then rule and message: the order in which findings are printed. */
export function compareFindings(a: Place, b: Place): number {
  return compareRanges(a.at, b.at) || compareText(a.rule, b.rule) || compareText(a.message, b.message);
}

/** Sorted, and without findings that say the same of the same place. */
export function sortFindings(findings: Iterable<Finding>): Finding[] {
  const sorted = [...findings].sort(compareFindings);
  return sorted.filter((finding, index) => index === 0 || compareFindings(sorted[index - 1]!, finding) !== 0);
}

/** What a summary counts of findings. */
export interface Tally {
  readonly errors: number;
  readonly warnings: number;
  /** Files with at least one. */
  readonly files: number;
  /** Those that `--fix` would take out. */
  readonly fixable: number;
}

export function tally(findings: readonly Finding[]): Tally {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return {
    errors,
    warnings: findings.length - errors,
    files: new Set(findings.map((finding) => finding.at.file)).size,
    fixable: findings.filter((finding) => finding.fix?.isSafe).length,
  };
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
