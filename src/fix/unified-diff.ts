import type { FixedFile } from "./compute-fixes.ts";
import { applyEdits, type TextEdit } from "./text-edit.ts";

const CONTEXT = 3;

/** Lines of the old text that edits replace, 0-based, the end exclusive. */
interface Segment {
  readonly from: number;
  to: number;
  readonly edits: TextEdit[];
}

/** What `git apply` takes: a file as it is and as it would be. */
export function unifiedDiff({ file, before, edits }: FixedFile): string {
  const starts = lineStarts(before);
  const lineCount = starts.at(-1) === before.length ? starts.length - 1 : starts.length;
  const slice = (from: number, to: number) => before.slice(starts[from] ?? before.length, starts[to] ?? before.length);
  const context = (from: number, to: number) => marked(" ", slice(from, to));
  const segments = segmentsOf(edits, starts);
  let shift = 0;
  let text = `--- a/${file}\n+++ b/${file}\n`;
  for (let index = 0; index < segments.length; ) {
    const first = Math.max(0, segments[index]!.from - CONTEXT);
    const lines: string[] = [];
    let at = first;
    do {
      const { from, to, edits: own } = segments[index]!;
      const offset = starts[from] ?? before.length;
      const moved = own.map((edit) => ({ ...edit, start: edit.start - offset, end: edit.end - offset }));
      const old = slice(from, to);
      lines.push(...context(at, from), ...marked("-", old), ...marked("+", applyEdits(old, moved)));
      at = to;
      index += 1;
    } while (index < segments.length && segments[index]!.from <= at + 2 * CONTEXT);
    const last = Math.min(lineCount, at + CONTEXT);
    lines.push(...context(at, last));
    const size = (sign: string) => lines.filter((line) => line.startsWith(" ") || line.startsWith(sign)).length;
    const [removed, added] = [size("-"), size("+")];
    text += `@@ -${first + 1},${removed} +${first + 1 + shift},${added} @@\n${lines.join("")}`;
    shift += added - removed;
  }
  return text;
}

function segmentsOf(edits: readonly TextEdit[], starts: readonly number[]): Segment[] {
  const segments: Segment[] = [];
  for (const edit of edits) {
    const { from, to } = linesOf(edit, starts);
    const last = segments.at(-1);
    if (last !== undefined && from < last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else segments.push({ from, to, edits: [edit] });
  }
  return segments;
}

/** An edit of whole lines touches no line beside them. */
function linesOf({ start, end, text }: TextEdit, starts: readonly number[]): { from: number; to: number } {
  const lineOf = (offset: number) => starts.findLastIndex((one) => one <= offset);
  const isWhole = starts.includes(start) && starts.includes(end) && (text === "" || text.endsWith("\n"));
  return { from: lineOf(start), to: lineOf(end) + (isWhole ? 0 : 1) };
}

function marked(sign: string, text: string): string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.map((line) => (line.endsWith("\n") ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`));
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
