import type { Range } from "../../diagnostics/range.ts";
import type { PlaceData } from "./data.ts";

/** Longer lines are cut: they are of minified code. */
const LONGEST_LINE = 300;
/** Of one place. */
const MOST_LINES = 5;

/** Numbers the files of a report, and keeps those of their lines that it shows, each once. */
export class ShownLines {
  readonly files: string[] = [];
  readonly texts: Record<number, string>[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #texts = new Map<string, readonly string[]>();
  readonly #textOf: (file: string) => string | undefined;

  constructor(textOf: (file: string) => string | undefined) {
    this.#textOf = textOf;
  }

  place({ file, line, column }: Range): PlaceData {
    let number = this.#numbers.get(file);
    if (number === undefined) {
      number = this.files.push(file) - 1;
      this.texts.push({});
      this.#numbers.set(file, number);
    }
    return { file: number, line, column };
  }

  /** A place whose line is shown. */
  line(at: Range): PlaceData {
    return this.#show(at, at.line, at.line);
  }

  /** A place of which the first lines are shown. */
  lines(at: Range): PlaceData {
    return this.#show(at, at.line, Math.min(at.endLine, at.line + MOST_LINES - 1));
  }

  /** A place that is shown with a line above it and one below. */
  around(at: Range): PlaceData {
    return this.#show(at, at.line - 1, Math.min(at.endLine, at.line + MOST_LINES - 1) + 1);
  }

  #show(at: Range, first: number, last: number): PlaceData {
    const place = this.place(at);
    const lines = this.#linesOf(at.file);
    const shown = this.texts[place.file]!;
    for (let line = Math.max(1, first); line <= last; line += 1) {
      const text = lines[line - 1];
      if (text !== undefined) shown[line] = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
    }
    return place;
  }

  #linesOf(file: string): readonly string[] {
    let lines = this.#texts.get(file);
    if (lines === undefined) {
      lines = this.#textOf(file)?.split(/\r\n|[\n\r]/) ?? [];
      this.#texts.set(file, lines);
    }
    return lines;
  }
}
