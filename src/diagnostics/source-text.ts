import type { Range } from "./range.ts";

/** A text with its lines; the only place where offsets become lines and columns. Line breaks are LF, CRLF and CR. */
export class SourceText {
  readonly text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Offset at which each line starts. */
  get #lineStarts(): readonly number[] {
    if (this.#starts === undefined) {
      this.#starts = [0];
      for (const { 0: newline, index } of this.text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(index + newline.length);
    }
    return this.#starts;
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** 1-based line and column of an offset in UTF-16 code units; an offset outside the text is moved to its edge. */
  positionAt(offset: number): { readonly line: number; readonly column: number } {
    const at = Math.min(Math.max(offset, 0), this.text.length);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }

  /** The range between two offsets; `end` is exclusive. */
  rangeOf(file: string, start: number, end: number): Range {
    const from = this.positionAt(start);
    const to = this.positionAt(end);
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  /** Offset of a 1-based line and column. */
  offsetOf(line: number, column: number): number {
    const start = this.#lineStarts[line - 1] ?? this.text.length;
    return Math.min(start + column - 1, this.text.length);
  }

  /** The text of a 1-based line without its line break; `""` for a line that is not there. */
  lineAt(line: number): string {
    const start = this.#lineStarts[line - 1];
    if (start === undefined) return "";
    return this.text.slice(start, this.#lineStarts[line] ?? this.text.length).replace(/[\r\n]+$/, "");
  }
}
