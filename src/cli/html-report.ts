import { htmlReport } from "../report/html.ts";
import type { CheckReport } from "../report/types.ts";
import { readBuilt, readVersion } from "../version.ts";

/** The HTML report, with what the build made for the browser. */
export async function printHtml(report: CheckReport): Promise<string> {
  const overview = await report.overview();
  const assets = { script: readBuilt("report-html.js"), style: readBuilt("report-html.css") };
  return htmlReport({ ...report, overview: () => overview }, assets, readVersion());
}
