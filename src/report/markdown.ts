import type { Finding } from "../diagnostics/finding.ts";
import type { Range } from "../diagnostics/range.ts";
import { groupBy } from "../util/group-by.ts";
import { markdownCode, markdownProse, markdownText } from "./escape.ts";
import { levelWord } from "./level-word.ts";
import { count } from "./pretty-summary.ts";
import { planState, problemCount } from "./summary-words.ts";
import type { CheckContext, CheckReport } from "./types.ts";

/** A comment on GitHub holds 65,536 characters; the rest is for what stands around the list. */
const LIST_LENGTH = 50_000;

/** For a job summary or a comment: a table by rule, and the findings of each file, folded. */
export function markdownReport(report: CheckReport, context: CheckContext): string {
  const { findings } = report;
  const blocks = [`### tracklint: ${problemCount(report)}`, summaryLine(report, context)];
  if (findings.length > 0) blocks.push(ruleTable(findings, context), ...fileBlocks(findings, context));
  return `${blocks.join("\n\n")}\n`;
}

function summaryLine(report: CheckReport, context: CheckContext): string {
  const { calls, fixable, suppressed, baselined } = report.summary;
  const parts = [
    count(calls, "tracking call"),
    markdownText(planState(report, context.repositoryPath)),
    ...(fixable > 0 ? [`${fixable} fixable with ${markdownCode("npx tracklint check --fix")}`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
  ];
  return parts.join(" · ");
}

function ruleTable(findings: readonly Finding[], context: CheckContext): string {
  const rows = [...groupBy(findings, ({ rule }) => rule)]
    .map(([rule, ofRule]) => ({ rule, ofRule, errors: ofRule.filter(({ severity }) => severity === "error").length }))
    .sort((a, b) => b.errors - a.errors || b.ofRule.length - a.ofRule.length || (a.rule < b.rule ? -1 : 1))
    .map(({ rule, ofRule, errors }) => {
      const summary = context.aboutRule(rule)?.summary ?? "";
      return [linked(markdownCode(rule), ofRule[0]?.url), errors, ofRule.length - errors, markdownProse(summary)];
    });
  return table(["rule", "errors", "warnings", ""], rows);
}

/** The findings of each file, as long as they fit; then how many are left. */
function fileBlocks(findings: readonly Finding[], context: CheckContext): string[] {
  const byFile = groupBy(findings, ({ at }) => at.file);
  const blocks: string[] = [];
  let length = 0;
  let shown = 0;
  for (const [file, ofFile] of byFile) {
    const block = fileBlock(file, ofFile, context);
    length += block.length;
    if (length > LIST_LENGTH) break;
    shown += ofFile.length;
    blocks.push(block);
  }
  const left = findings.length - shown;
  return left === 0
    ? blocks
    : [...blocks, `${count(left, "problem")} more in ${count(byFile.size - blocks.length, "file")}`];
}

function fileBlock(file: string, findings: readonly Finding[], context: CheckContext): string {
  const rows = findings.map(({ at, severity, rule, message, help, plan }) => [
    placed(at, `${at.line}:${at.column}`, context),
    levelWord(severity),
    markdownCode(rule),
    [
      markdownProse(message),
      ...(help === undefined ? [] : [markdownProse(help)]),
      ...(plan === undefined
        ? []
        : [`Plan: ${placed(plan, `${context.repositoryPath(plan.file)}:${plan.line}:${plan.column}`, context)}`]),
    ].join("<br>"),
  ]);
  const title = `${markdownCode(context.repositoryPath(file))} · ${count(findings.length, "problem")}`;
  return `<details><summary>${title}</summary>\n\n${table(["place", "level", "rule", "problem"], rows)}\n\n</details>`;
}

function placed(at: Range, text: string, context: CheckContext): string {
  return linked(markdownCode(text), context.sourceUrl(at.file, at.line));
}

function linked(markdown: string, url: string | undefined): string {
  return url === undefined ? markdown : `<a href="${markdownText(url)}">${markdown}</a>`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}
