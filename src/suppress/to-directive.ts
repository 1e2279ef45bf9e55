import type { Directive } from "../calls/code-result.ts";
import type { SourceText } from "../diagnostics/source-text.ts";
import type { RawDirective } from "./parse-directive.ts";

/**
 * Gives a directive its places in `file`.
 *
 * @param appliesTo for `disable-next-line`, the 1-based line that it speaks of; the line below the comment if absent
 */
export function toDirective(raw: RawDirective, source: SourceText, file: string, appliesTo?: number): Directive {
  const at = source.rangeOf(file, raw.start, raw.end);
  return {
    kind: raw.kind,
    word: raw.word,
    rules: raw.rules.map((rule) => ({ id: rule.id, at: source.rangeOf(file, rule.start, rule.end) })),
    ...(raw.reason === undefined ? {} : { reason: raw.reason }),
    ...(raw.until === undefined ? {} : { until: raw.until }),
    at,
    ...(raw.kind === "disable-next-line" ? { appliesTo: appliesTo ?? at.endLine + 1 } : {}),
  };
}
