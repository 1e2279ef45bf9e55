import type { NotJudged } from "../diagnostics/finding.ts";
import { groupBy } from "../util/group-by.ts";
import type { Paint } from "./paint.ts";
import type { CheckReport, ReportContext } from "./types.ts";
import { visible } from "./visible.ts";
import { wrapped } from "./wrap.ts";

const NOT_JUDGED_SHOWN = 6;
const FIXED_SHOWN = 6;

/** The end of the pretty report: the tally, what could not be judged, and what a plan would add. */
export function summaryLines(report: CheckReport, context: ReportContext, paint: Paint): string[] {
  return [
    tally(report, paint),
    ...fixedLines(report, context, paint),
    ...notJudgedLines(report.notJudged, context, paint),
    ...(report.plan === undefined
      ? planPointer(report.needPlan, context, paint)
      : [planLine(report.plan, report.planIsSound, context, paint)]),
  ];
}

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

function tally({ summary, findings, quiet }: CheckReport, paint: Paint): string {
  const { errors, warnings } = summary;
  const hidden =
    (summary.suppressed > 0 ? paint.dim(` · ${summary.suppressed} suppressed`) : "") +
    (summary.baselined > 0 ? paint.dim(` · ${summary.baselined} in the baseline`) : "");
  if (findings.length === 0 && summary.calls === 0) {
    return paint.prose("No tracking calls were found. `tracklint --show-files` lists the files that were looked at.");
  }
  if (findings.length === 0) {
    return (
      paint.good(
        `✔ No ${summary.baselined > 0 ? "new " : ""}${quiet ? "errors" : "problems"} in ${count(summary.calls, "tracking call")}`,
      ) + hidden
    );
  }
  const total = errors + warnings;
  const parts = [errors > 0 ? count(errors, "error") : "", warnings > 0 ? count(warnings, "warning") : ""];
  const line = `✖ ${count(total, "problem")} (${parts.filter(Boolean).join(", ")}) in ${count(summary.files, "file")}`;
  const fixable = summary.fixable > 0 ? ` · ${summary.fixable} fixable` : "";
  return (errors > 0 ? paint.error(line) : paint.warn(line)) + fixable + hidden;
}

/** What of the baseline is fixed, so that it can be taken out before the mistake returns unseen. */
function fixedLines({ baseline }: CheckReport, context: ReportContext, paint: Paint): string[] {
  const fixed = baseline?.fixed ?? [];
  if (fixed.length === 0) return [];
  const shown = fixed.slice(0, FIXED_SHOWN).flatMap((entry) => {
    const where = entry.symbol ?? entry.source;
    const text = `${entry.rule}: ${entry.about}${where === undefined ? "" : ` in ${where}`}`;
    const [first = "", ...rest] = wrapped(visible(text), 4, context.width);
    return [first.slice(2), ...rest].map((line) => paint.dim(line));
  });
  const more = fixed.length - FIXED_SHOWN;
  return [
    "",
    paint.prose("Fixed, but still in the baseline (`tracklint check --prune-baseline`):"),
    ...shown,
    ...(more > 0 ? [paint.dim(`  and ${more} more (--format json lists all)`)] : []),
  ];
}

function notJudgedLines(entries: readonly NotJudged[], context: ReportContext, paint: Paint): string[] {
  if (entries.length === 0) return [];
  const groups = [...groupBy(entries, (entry) => `${entry.rule}\0${entry.reason}`).values()];
  const lines = groups.slice(0, NOT_JUDGED_SHOWN).flatMap((group) => {
    const { rule, reason } = group[0]!;
    const sources = group.map((entry) => entry.source).filter((source) => source !== "*");
    const where = sources.length === 0 ? "" : ` in ${sources.join(", ")}`;
    const [first = "", ...rest] = wrapped(visible(`${rule}${where}: ${reason}`), 4, context.width);
    return [first.slice(2), ...rest].map((line) => paint.dim(line));
  });
  const more = groups.length - NOT_JUDGED_SHOWN;
  return [
    "",
    paint.dim("Not judged:"),
    ...lines,
    ...(more > 0 ? [paint.dim(`  and ${more} more (--format json lists all)`)] : []),
  ];
}

function planLine(plan: string, isSound: boolean, context: ReportContext, paint: Paint): string {
  const path = visible(context.displayPath(plan));
  if (isSound) return paint.dim(`Plan: ${path}`);
  return paint.error(`Plan: ${path} has mistakes; the code was not checked against it`);
}

function planPointer(rules: readonly string[], context: ReportContext, paint: Paint): string[] {
  if (rules.length === 0) return [];
  const named = rules.slice(0, 3).join(", ");
  const rest = rules.length > 3 ? ` and ${count(rules.length - 3, "other rule")}` : "";
  const text = `No tracking plan was found. \`tracklint init\` writes one from the code. With a plan, ${named}${rest} check that the code sends what the plan promises.`;
  return ["", ...wrapped(paint.prose(text), 0, context.width)];
}
