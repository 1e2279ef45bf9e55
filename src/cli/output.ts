import { relative, resolve, sep } from "node:path";
import type { Finding } from "../diagnostics/finding.ts";
import type { RunStats } from "../lint.ts";
import { briefFindings } from "../report/brief.ts";
import type { ReportContext } from "../report/types.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { lookOf } from "./look.ts";

/** How a report looks where it goes: a file gets no colours. */
export function reportContext(root: string, io: Io, outputFile: string | undefined): ReportContext {
  const look = lookOf(
    outputFile === undefined ? io.stdout : { ...io.stdout, isTTY: false, columns: undefined },
    io.env,
  );
  return {
    ...look,
    ...(outputFile === undefined ? {} : { colour: false }),
    displayPath: (file) => (file === "" ? "." : relative(io.cwd, resolve(root, file)).replaceAll(sep, "/")),
  };
}

/** Hands a report to standard output or to the file that the user named. */
export async function deliver(text: string, outputFile: string | undefined, io: Io): Promise<void> {
  if (outputFile === undefined) await io.stdout.write(text);
  else io.writeFile(outputFile, text);
}

/** What was read and how long each stage took. */
export function statsText(stats: RunStats): string {
  const total = stats.stages.reduce((sum, stage) => sum + stage.milliseconds, 0);
  const rows: (readonly [string, string])[] = [
    ["files listed", String(stats.listed)],
    ["files read", String(stats.read)],
    ["files parsed", String(stats.parsed)],
    ["files with calls", String(stats.withCalls)],
    ["tracking calls", String(stats.calls)],
    ...stats.stages.map(({ name, milliseconds }) => [name, `${milliseconds.toFixed(0)} ms`] as const),
    ["total", `${total.toFixed(0)} ms`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join("");
}

/** What a run read and how long it took, where somebody asks. */
export async function tellTimes(
  stats: RunStats,
  flags: { readonly stats?: boolean; readonly timing?: boolean },
  io: Io,
): Promise<void> {
  if (flags.stats) await io.stderr.write(statsText(stats));
  if (flags.timing) await io.stderr.write(timingText(stats));
}

/** How long each stage and each rule took, the longest first. */
export function timingText({ stages, rules }: RunStats): string {
  const block = (title: string, times: readonly (readonly [string, number])[]) => {
    const total = times.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);
    const width = Math.max(...times.map(([name]) => name.length), title.length);
    const row = (name: string, milliseconds: number) =>
      `${name.padEnd(width)}  ${milliseconds.toFixed(1).padStart(8)} ms  ${share(milliseconds, total).padStart(4)}\n`;
    const sorted = times.toSorted(([a, long], [b, longer]) => longer - long || (a < b ? -1 : 1));
    return row(title, total) + sorted.map(([name, milliseconds]) => row(name, milliseconds)).join("");
  };
  const byStage = block(
    "All stages",
    stages.map(({ name, milliseconds }) => [name, milliseconds]),
  );
  return rules === undefined ? byStage : `${byStage}\n${block("All rules", [...rules])}`;
}

function share(part: number, total: number): string {
  return total === 0 ? "" : `${Math.round((100 * part) / total)}%`;
}

/** What went wrong beside a report that has no place for it, on standard error; 2 where the plan is to blame, 3 for ours. */
export async function tellProblems(
  findings: readonly Finding[],
  displayPath: ReportContext["displayPath"],
  io: Io,
): Promise<ExitCode> {
  await io.stderr.write(briefFindings(findings, displayPath));
  if (findings.some(({ rule }) => rule === "internal-error")) return 3;
  return hasInvalidPlan(findings) ? 2 : 0;
}

export function hasInvalidPlan(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.rule === "plan-invalid" && finding.severity === "error");
}
