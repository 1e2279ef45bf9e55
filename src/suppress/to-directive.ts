import type { Directive } from "../calls/suppression.ts";
import type { SourceText } from "../diagnostics/source-text.ts";
import type { RawDirective } from "./parse-directive.ts";

/** A line that holds nothing, or a comment and nothing else: JavaScript, JSX and HTML. */
const CODE_COMMENT = /^\s*(?:$|\/\/|\/\*|\*|\{\s*\/\*|<!--)/;

const TAG_START = /[ \t]*<[A-Za-z]/y;
/** What stands between them, or between braces, may hold a `>`. */
const QUOTES: ReadonlySet<string> = new Set(['"', "'"]);

/**
 * Gives a directive its places in `file`.
 *
 * @param isComment matches lines that `disable-next-line` skips on its way to the line that it speaks of
 */
export function toDirective(
  raw: RawDirective,
  source: SourceText,
  file: string,
  isComment: RegExp = CODE_COMMENT,
): Directive {
  const at = source.rangeOf(file, raw.start, raw.end);
  return {
    kind: raw.kind,
    word: raw.word,
    rules: raw.rules.map((rule) => ({ id: rule.id, at: source.rangeOf(file, rule.start, rule.end) })),
    ...(raw.reason === undefined ? {} : { reason: raw.reason }),
    ...(raw.until === undefined ? {} : { until: raw.until }),
    at,
    ...(raw.kind === "disable-next-line" ? { appliesTo: nextLines(raw, source, isComment) } : {}),
  };
}

function nextLines(raw: RawDirective, source: SourceText, isComment: RegExp): NonNullable<Directive["appliesTo"]> {
  let line = source.positionAt(raw.end).line + 1;
  while (line < source.lineCount && isComment.test(source.lineAt(line))) line += 1;
  if (!isInMarkup(raw, source)) return { fromLine: line, toLine: line };
  return { fromLine: line, toLine: source.positionAt(endOfTag(source.text, source.offsetOf(line, 1))).line };
}

function isInMarkup({ start }: RawDirective, { text }: SourceText): boolean {
  const opened = text.lastIndexOf("<!--", start);
  return opened >= 0 && text.lastIndexOf("-->", start) < opened;
}

/** The end of the opening tag that begins a line; where none begins, or it doesn't end, the start of the line. */
function endOfTag(text: string, lineStart: number): number {
  TAG_START.lastIndex = lineStart;
  if (!TAG_START.test(text)) return lineStart;
  let depth = 0;
  for (let at = TAG_START.lastIndex; at < text.length; at += 1) {
    const char = text[at]!;
    if (QUOTES.has(char)) {
      const close = text.indexOf(char, at + 1);
      if (close < 0) return lineStart;
      at = close;
    } else if (char === "{") depth += 1;
    else if (char === "}") depth -= 1;
    else if (char === ">" && depth <= 0) return at;
  }
  return lineStart;
}
