import stringWidth from "fast-string-width";
import type { Range } from "../diagnostics/range.ts";
import type { SourceText } from "../diagnostics/source-text.ts";
import { visible } from "./visible.ts";

export interface FrameLine {
  readonly line: number;
  /** The line as it may be printed, cropped to the width. */
  readonly text: string;
  /** Where the caret goes, in columns of the terminal; only for the line that is meant. */
  readonly caret?: { readonly start: number; readonly length: number };
}

const TAB = "  ";
const ELLIPSIS = "…";
/** Columns kept before the caret of a cropped line. */
const LEAD = 12;

/**
 * The lines around the start of a range, cropped around the caret where they are longer than `width` columns. A range
 * over several lines is marked to the end of its first one.
 */
export function codeFrame(source: SourceText, at: Range, width: number): FrameLine[] {
  if (at.line > source.lineCount) return [];
  const text = source.lineAt(at.line).trimEnd();
  const end = at.endLine === at.line ? at.endColumn - 1 : text.length;
  const caretLine = cropAround(text, at.column - 1, Math.max(end, at.column), width);
  const neighbour = (line: number): FrameLine[] => {
    const content = line < 1 || line > source.lineCount ? "" : source.lineAt(line).trimEnd();
    if (content.length <= caretLine.from) return [];
    return [{ line, text: cut(content, caretLine.from, width) }];
  };
  return [
    ...neighbour(at.line - 1),
    { line: at.line, text: caretLine.text, caret: caretLine.caret },
    ...neighbour(at.line + 1),
  ];
}

interface Cropped {
  readonly text: string;
  readonly caret: { readonly start: number; readonly length: number };
  /** Index of the first character kept. */
  readonly from: number;
}

function cropAround(text: string, start: number, end: number, width: number): Cropped {
  // A line far longer than the terminal is not measured: it may have megabytes.
  const fits = end <= 2 * width && columns(text.slice(0, end)) <= width;
  const from = fits ? 0 : firstWithin(text, start);
  const shown = cut(text, from, width);
  const caretStart = columns(text.slice(from, start)) + (from > 0 ? 1 : 0);
  const room = Math.max(1, stringWidth(shown) - caretStart);
  // A place at the end of a line has no character of its own, but still gets a caret.
  const length = Math.max(1, Math.min(columns(text.slice(start, Math.min(end, start + width))), room));
  return { text: shown, caret: { start: caretStart, length }, from };
}

/** Index from which at most `LEAD` columns are left before `start`, not inside a surrogate pair. */
function firstWithin(text: string, start: number): number {
  let from = Math.max(0, start - LEAD);
  while (from < start && (isLowSurrogate(text, from) || columns(text.slice(from, start)) > LEAD)) from += 1;
  return from;
}

/** At most `width` columns of the text from an index on, with an ellipsis where something is left out. */
function cut(text: string, from: number, width: number): string {
  // Twice the width in code units is enough to fill it, and bounds the work on a line of megabytes.
  const head = from > 0 ? ELLIPSIS : "";
  const rest = printable(text.slice(from, from + 2 * width));
  const room = width - head.length;
  if (stringWidth(rest) <= room && from + 2 * width >= text.length) return head + rest;
  let kept = "";
  let taken = 0;
  for (const character of rest) {
    const size = stringWidth(character);
    if (taken + size > room - 1) break;
    kept += character;
    taken += size;
  }
  return head + kept + ELLIPSIS;
}

function columns(text: string): number {
  return stringWidth(printable(text));
}

function printable(text: string): string {
  return visible(text.replaceAll("\t", TAB));
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
