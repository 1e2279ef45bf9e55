import { tally } from "../diagnostics/finding-list.ts";
import type { CheckReport } from "./types.ts";

/** The report of `--quiet`: warnings are not told, but still counted by `--max-warnings`. */
export function errorsOnly(report: CheckReport): CheckReport {
  const findings = report.findings.filter((finding) => finding.severity === "error");
  return {
    ...report,
    quiet: true,
    findings,
    notJudged: [],
    summary: { ...report.summary, ...tally(findings) },
  };
}
