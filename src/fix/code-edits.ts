import type { Change } from "../diagnostics/finding.ts";
import type { Range } from "../diagnostics/range.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import type { TextEdit } from "./text-edit.ts";
import type { LiteralChange } from "./usage.ts";

type DirectiveChange = Extract<Change, { kind: "directive" }>;

const LITERAL = /^(["'`])([\s\S]*)\1$/;
/** What would need an escape, or means something in a template. */
const SPECIAL = /["'`\\\n\r$<>{}&]/;

/** Another text between the same quotes; undefined where no plain literal with the old text stands there. */
export function literalEdit(text: string, { at, from, to }: LiteralChange): TextEdit | undefined {
  const { start, end } = offsetsOf(text, at);
  const [, quote, content] = LITERAL.exec(text.slice(start, end)) ?? [];
  if (quote === undefined || content !== from || SPECIAL.test(to)) return undefined;
  return { start: start + 1, end: end - 1, text: to };
}

/** The openings of comments in code, markup and YAML, and what closes them. */
const OPENINGS: readonly { readonly opening: RegExp; readonly closing?: string }[] = [
  { opening: /\{\s*\/\*+\s*$/, closing: "*/}" },
  { opening: /\/\*+\s*$/, closing: "*/" },
  { opening: /<!--\s*$/, closing: "-->" },
  { opening: /\/\/+\s*$/ },
  { opening: /#+\s*$/ },
];

/** Takes out one rule of a suppression, or its whole comment; undefined where other text stands in the comment. */
export function directiveEdit(text: string, { at, rule }: DirectiveChange): TextEdit | undefined {
  const { start, end } = offsetsOf(text, at);
  if (rule !== undefined) return ruleEdit(text, offsetsOf(text, rule), end);
  const lineStart = lineStartAt(text, start);
  const before = text.slice(lineStart, start);
  for (const { opening, closing } of OPENINGS) {
    const opened = opening.exec(before);
    if (opened === null) continue;
    const open = lineStart + opened.index;
    const close = closing === undefined ? lineEndAt(text, start) : closedAt(text, start, closing);
    return close === undefined ? undefined : whole(text, open, close);
  }
  return undefined;
}

/** With the comma and the space on one side of it. */
function ruleEdit(text: string, { start, end }: { start: number; end: number }, limit: number): TextEdit {
  const after = /^\s*,\s*|^\s+(?!--|\(|\*\/|-->)/.exec(text.slice(end, limit))?.[0];
  if (after !== undefined) return { start, end: end + after.length, text: "" };
  const before = /(?:\s*,\s*|\s+)$/.exec(text.slice(0, start))?.[0] ?? "";
  return { start: start - before.length, end, text: "" };
}

/** A comment that is alone on its line goes with the line. */
function whole(text: string, start: number, end: number): TextEdit {
  const lineStart = lineStartAt(text, start);
  const lineEnd = lineEndAt(text, end);
  const isAlone = text.slice(lineStart, start).trim() === "" && text.slice(end, lineEnd).trim() === "";
  if (isAlone)
    return {
      start: lineStart,
      end: lineEnd + (/^(?:\r\n|\n|\r)/.exec(text.slice(lineEnd))?.[0].length ?? 0),
      text: "",
    };
  const isLast = text.slice(end, lineEnd).trim() === "";
  const space = /[ \t]*$/.exec(text.slice(lineStart, start))?.[0].length ?? 0;
  return { start: isLast ? start - space : start, end, text: "" };
}

/** Where a comment of one line closes; undefined where it goes on, or says more. */
function closedAt(text: string, from: number, closing: string): number | undefined {
  const line = text.slice(from, lineEndAt(text, from));
  const tail = closing === "*/}" ? /\*\/\s*\}/ : closing === "*/" ? /\*\// : /-->/;
  const found = tail.exec(line);
  return found === null ? undefined : from + found.index + found[0].length;
}

function lineStartAt(text: string, from: number): number {
  return Math.max(text.lastIndexOf("\n", from - 1), text.lastIndexOf("\r", from - 1)) + 1;
}

function lineEndAt(text: string, from: number): number {
  const found = /\r\n|\n|\r/.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}

function offsetsOf(text: string, { line, column, endLine, endColumn }: Range): { start: number; end: number } {
  const source = new SourceText(text);
  return { start: source.offsetOf(line, column), end: source.offsetOf(endLine, endColumn) };
}
