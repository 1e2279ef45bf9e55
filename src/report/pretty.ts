import type { Finding } from "../diagnostics/finding.ts";
import type { SourceText } from "../diagnostics/source-text.ts";
import { groupBy } from "../util/group-by.ts";
import { createPaint, type Paint } from "./paint.ts";
import { paintedFrame, sourceTexts } from "./painted-frame.ts";
import { summaryLines } from "./pretty-summary.ts";
import type { CheckReport, ReportContext } from "./types.ts";
import { visible } from "./visible.ts";
import { wrapped } from "./wrap.ts";

const INDENT = "  ";
const RELATED_SHOWN = 5;

/** Findings for people: by file, each with its code, what was expected and what to do; ends with a summary. */
export function prettyReport(report: CheckReport, context: ReportContext): string {
  const paint = createPaint(context.colour);
  const sourceOf = sourceTexts(report.textOf);
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
  const mark = finding.severity === "error" ? paint.error : paint.warn;
  const place = `${at.line}:${at.column}`;
  const head = `${INDENT}${paint.dim(place)}  ${level}  ${paint.strong(finding.rule)}`;
  const message = wrapped(paint.prose(visible(finding.message)), INDENT.length * 2, context.width);
  return [
    head,
    ...message,
    ...paintedFrame(sourceOf(at.file), at, { paint, mark, width: context.width, indent: INDENT.length * 2 }),
    ...notes(finding, sourceOf, paint, context),
  ];
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
