import type { Finding } from "../diagnostics/finding.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import { groupBy } from "../util/group-by.ts";
import { codeFrame } from "./code-frame.ts";
import { createPaint, type Paint } from "./paint.ts";
import { summaryLines } from "./pretty-summary.ts";
import type { CheckReport, ReportContext } from "./types.ts";
import { visible } from "./visible.ts";
import { wrapped } from "./wrap.ts";

const INDENT = "  ";
const RELATED_SHOWN = 5;

/** Findings for people: by file, each with its code, what was expected and what to do; ends with a summary. */
export function prettyReport(report: CheckReport, context: ReportContext): string {
  const paint = createPaint(context.colour);
  const sources = new Map<string, SourceText | undefined>();
  const sourceOf = (file: string) => {
    if (!sources.has(file)) {
      const text = report.textOf(file);
      sources.set(file, text === undefined ? undefined : new SourceText(text));
    }
    return sources.get(file);
  };
  const blocks: string[] = [];
  for (const [file, findings] of groupBy(report.findings, (finding) => finding.at.file)) {
    blocks.push(paint.file(visible(context.displayPath(file))));
    for (const finding of findings) blocks.push(findingBlock(finding, sourceOf, paint, context).join("\n"));
  }
  return `${[...blocks, summaryLines(report, context, paint).join("\n")].join("\n\n")}\n`;
}

function findingBlock(
  finding: Finding,
  sourceOf: (file: string) => SourceText | undefined,
  paint: Paint,
  context: ReportContext,
): string[] {
  const { at } = finding;
  const level = finding.severity === "error" ? paint.error("error") : paint.warn("warning");
  const place = `${at.line}:${at.column}`;
  const head = `${INDENT}${paint.dim(place)}  ${level}  ${paint.strong(finding.rule)}`;
  const message = wrapped(paint.prose(visible(finding.message)), INDENT.length * 2, context.width);
  return [
    head,
    ...message,
    ...frameLines(finding, sourceOf(at.file), paint, context.width),
    ...notes(finding, sourceOf, paint, context),
  ];
}

function frameLines(finding: Finding, source: SourceText | undefined, paint: Paint, width: number): string[] {
  if (source === undefined) return [];
  const gutter = String(finding.at.line + 1).length;
  const margin = INDENT.length * 2 + gutter + " │ ".length;
  const mark = finding.severity === "error" ? paint.error : paint.warn;
  const pad = INDENT.repeat(2);
  return codeFrame(source, finding.at, Math.max(20, width - margin)).flatMap(({ line, text, caret }) => {
    const number = String(line).padStart(gutter);
    if (caret === undefined) return [paint.dim(`${pad}${number} │ ${text}`.trimEnd())];
    const marks = " ".repeat(caret.start) + mark("^".repeat(caret.length));
    return [`${pad}${paint.dim(`${number} │`)} ${text}`, `${pad}${paint.dim(`${" ".repeat(gutter)} │`)} ${marks}`];
  });
}

/** What to do, the plan's place, related places and the rule's page, one label each. */
function notes(
  finding: Finding,
  sourceOf: (file: string) => SourceText | undefined,
  paint: Paint,
  context: ReportContext,
): string[] {
  const lines: string[] = [];
  const say = (label: string, text: string) => {
    const [first = "", ...rest] = wrapped(text, INDENT.length * 2 + "help: ".length, context.width);
    lines.push(`${INDENT.repeat(2)}${paint.strong(`${label}:`)} ${first.trimStart()}`, ...rest);
  };
  const place = (at: Finding["at"]) => `${visible(context.displayPath(at.file))}:${at.line}:${at.column}`;
  if (finding.help !== undefined) say("help", paint.prose(visible(finding.help)));
  if (finding.plan !== undefined) {
    const content = sourceOf(finding.plan.file)?.lineAt(finding.plan.line).trim().slice(0, context.width) ?? "";
    say("plan", content === "" ? place(finding.plan) : `${place(finding.plan)}  ${paint.dim(visible(content))}`);
  }
  for (const { at, message } of finding.related.slice(0, RELATED_SHOWN)) {
    say("also", `${place(at)}  ${paint.prose(visible(message))}`);
  }
  const more = finding.related.length - RELATED_SHOWN;
  if (more > 0) say("also", `${more} more ${more === 1 ? "place" : "places"} (--format json lists all)`);
  if (finding.url !== undefined) say("docs", paint.dim(finding.url));
  return lines;
}
