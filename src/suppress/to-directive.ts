import type { Directive } from "../calls/code-result.ts";
import type { SourceText } from "../diagnostics/source-text.ts";
import type { RawDirective } from "./parse-directive.ts";

/** A line that holds nothing, or a comment and nothing else: JavaScript, JSX and HTML. */
const CODE_COMMENT = /^\s*(?:$|\/\/|\/\*|\*|\{\s*\/\*|<!--)/;

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
    ...(raw.kind === "disable-next-line" ? { appliesTo: nextLine(source, at.endLine, isComment) } : {}),
  };
}

function nextLine(source: SourceText, line: number, isComment: RegExp): number {
  let next = line + 1;
  while (next < source.lineCount && isComment.test(source.lineAt(next))) next += 1;
  return next;
}
