import { type ReportAssets, reportPage } from "./html/page.ts";
import { reportData } from "./html/report-data.ts";
import type { WholeReport } from "./types.ts";

/** A page to explore: findings, coverage, and each event with its calls. One file, which needs no other. */
export function htmlReport(report: WholeReport, assets: ReportAssets, version: string): string {
  return reportPage(reportData(report, version), assets);
}
