import type { Span } from "./types.ts";

/** The text with every character but its line breaks blanked. */
export function blanked(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]+/g, (run) => " ".repeat(run.length));
}

/** Expressions that would be read as something else at the start of a statement. */
const NEEDS_PARENTHESES =
  /^(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*\n)*(?:\{|(?:function|class)\b|async\s+function\b|@)/;

/**
 * A text as long as the source and with its line breaks, blank at first, onto which code is kept at its own offset.
 * Punctuation goes where markup stood, so no line break is ever written over.
 */
export class ScriptCanvas {
  readonly source: string;
  readonly #units: string[];

  constructor(source: string) {
    this.source = source;
    this.#units = blanked(source).split("");
  }

  toString(): string {
    return this.#units.join("");
  }

  /** Writes `code` from `offset` on, passing over line breaks and the end of the text. */
  put(offset: number, code: string): void {
    for (let index = 0; index < code.length; index++) {
      const unit = this.#units[offset + index];
      if (unit === undefined || isLineBreak(unit)) continue;
      const written = code.charAt(index);
      this.#units[offset + index] = isLineBreak(written) ? " " : written;
    }
  }

  keep(span: Span): void {
    this.put(span.start, this.source.slice(span.start, span.end));
  }

  blank(span: Span): void {
    this.put(span.start, " ".repeat(span.end - span.start));
  }

  /** The first blank offset of `[from, to)` that is no line break. */
  firstBlank(from: number, to: number): number | undefined {
    for (let offset = from; offset < to; offset++) if (this.#units[offset] === " ") return offset;
    return undefined;
  }

  isBlank(span: Span): boolean {
    for (let offset = span.start; offset < span.end; offset++) {
      const unit = this.#units[offset];
      if (unit !== " " && unit !== undefined && !isLineBreak(unit)) return false;
    }
    return true;
  }

  /** Ends a statement at `offset` unless code or other punctuation stands there. */
  separate(offset: number): void {
    if (this.#units[offset] === " ") this.#units[offset] = ";";
  }

  /** Keeps a stretch of statements apart from what stands around it. */
  statements(span: Span): void {
    this.separate(span.start - 1);
    this.keep(span);
    this.separate(span.end);
  }

  /** Keeps the stretch, or `code` in its place, as a statement of its own; tells where its code begins and ends. */
  expression(span: Span, code: string = this.source.slice(span.start, span.end)): Span {
    if (NEEDS_PARENTHESES.test(code)) {
      // `{#if a}{{ b }.c}`: a body was opened where the parenthesis would go, and such a text is no call.
      if (this.#units[span.start - 1] === "{") return trimmed(span.start, code);
      this.separate(span.start - 2);
      this.put(span.start - 1, "(");
      this.put(span.end, ")");
      this.separate(span.end + 1);
    } else {
      this.separate(span.start - 1);
      this.separate(span.end);
    }
    this.put(span.start, code);
    return trimmed(span.start, code);
  }

  /** Keeps the stretch as an element of the array literal that it stands in; tells where its code begins and ends. */
  listItem(span: Span): Span {
    this.put(span.start - 1, ",");
    this.keep(span);
    this.put(span.end, ",");
    return trimmed(span.start, this.source.slice(span.start, span.end));
  }

  /**
   * Opens the body of an `if` or `else` at the first blank of `[from, close)` and closes it at `close`; where no blank
   * is left there is nothing to guard, and the statement ends empty.
   */
  body(from: number, close: number): void {
    const open = this.firstBlank(from, close);
    if (open === undefined) {
      this.put(close, ";");
    } else {
      this.put(open, "{");
      this.put(close, "}");
    }
  }
}

function trimmed(start: number, code: string): Span {
  return { start: start + code.length - code.trimStart().length, end: start + code.trimEnd().length };
}

function isLineBreak(unit: string): boolean {
  return unit === "\n" || unit === "\r" || unit === "\u2028" || unit === "\u2029";
}
