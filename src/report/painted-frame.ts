import type { Range } from "../diagnostics/range.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import { codeFrame } from "./code-frame.ts";
import type { Paint } from "./paint.ts";

export interface FrameLook {
  readonly paint: Paint;
  /** Paints the carets. */
  readonly mark: (text: string) => string;
  /** Columns of the terminal. */
  readonly width: number;
  readonly indent: number;
  /** Without the lines before and after. */
  readonly alone?: boolean;
}

/** Code around a place with line numbers and carets; nothing where the text is not known. */
export function paintedFrame(source: SourceText | undefined, at: Range, look: FrameLook): string[] {
  if (source === undefined) return [];
  const { paint, mark, width, indent, alone = false } = look;
  const gutter = String(alone ? at.line : at.line + 1).length;
  const margin = indent + gutter + " │ ".length;
  const pad = " ".repeat(indent);
  return codeFrame(source, at, Math.max(20, width - margin)).flatMap(({ line, text, caret }) => {
    const number = String(line).padStart(gutter);
    if (caret === undefined) return alone ? [] : [paint.dim(`${pad}${number} │ ${text}`.trimEnd())];
    const marks = " ".repeat(caret.start) + mark("^".repeat(caret.length));
    return [`${pad}${paint.dim(`${number} │`)} ${text}`, `${pad}${paint.dim(`${" ".repeat(gutter)} │`)} ${marks}`];
  });
}

/** Texts of files with their lines, each split once. */
export function sourceTexts(textOf: (file: string) => string | undefined): (file: string) => SourceText | undefined {
  const sources = new Map<string, SourceText | undefined>();
  return (file) => {
    if (!sources.has(file)) {
      const text = textOf(file);
      sources.set(file, text === undefined ? undefined : new SourceText(text));
    }
    return sources.get(file);
  };
}
