import type { Finding } from "../diagnostics/finding.ts";
import { compareRanges, type Range } from "../diagnostics/range.ts";
import { levelWord } from "./level-word.ts";
import { sourceTexts } from "./painted-frame.ts";
import { count } from "./pretty-summary.ts";
import { planState, problemCount } from "./summary-words.ts";
import type { CheckReport, ReportContext } from "./types.ts";
import { visible } from "./visible.ts";

/** What fits in an agent's head beside the code it then reads; it asks again when these are mended. */
const SHOWN = 40;
const RELATED_SHOWN = 3;
const PLAN_LINE = 100;

/** For coding agents: what is wrong where, what was expected and how to mend it; errors first, no decoration, and not all. */
export function agentReport(report: CheckReport, context: ReportContext): string {
  const { findings, summary } = report;
  const sourceOf = sourceTexts(report.textOf);
  const place = ({ file, line, column }: Range) => `${context.displayPath(file)}:${line}:${column}`;
  const planLine = (at: Range) => sourceOf(at.file)?.lineAt(at.line).trim().slice(0, PLAN_LINE) ?? "";
  const errors = findings.filter(({ severity }) => severity === "error");
  const inOrder = [...errors, ...findings.filter(({ severity }) => severity !== "error")];
  const block = ({ at, severity, rule, message, help, plan, related: all, fix }: Finding): string[] => {
    const related = all.filter((one) => compareRanges(one.at, at) !== 0);
    return [
      `${place(at)} ${levelWord(severity)} ${rule}`,
      `  ${message}`,
      ...(help === undefined ? [] : [`  mend: ${help}`]),
      ...(fix === undefined ? [] : [`  fix: npx tracklint check ${fix.isSafe ? "--fix" : "--fix-suggestions"}`]),
      ...(plan === undefined ? [] : [`  plan: ${place(plan)} ${planLine(plan)}`.trimEnd()]),
      ...related.slice(0, RELATED_SHOWN).map((one) => `  also: ${place(one.at)} ${one.message}`),
      ...(related.length > RELATED_SHOWN ? [`  also: ${related.length - RELATED_SHOWN} more places`] : []),
    ];
  };
  const lines = [
    `tracklint: ${problemCount(report)}; ${count(summary.calls, "tracking call")}; ${planState(report, context.displayPath)}`,
    ...inOrder.slice(0, SHOWN).flatMap(block),
    ...rest(inOrder.slice(SHOWN)),
    ...(findings.length > 0 ? ["why: npx tracklint explain RULE"] : []),
  ];
  return lines.map((line) => `${visible(line)}\n`).join("");
}

function rest(left: readonly Finding[]): string[] {
  if (left.length === 0) return [];
  const errors = left.filter(({ severity }) => severity === "error").length;
  return [
    `${left.length} more not shown (${count(errors, "error")}): mend these and run again, or name files: npx tracklint check --format agent FILE`,
  ];
}
