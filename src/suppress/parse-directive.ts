import type { DirectiveKind } from "../calls/suppression.ts";
import { DIRECTIVE_WORDS } from "../engine/directive-words.ts";

/** A suppression as a comment says it. Offsets are UTF-16 code units from the start of the file, ends exclusive. */
export interface RawDirective {
  /** `unknown`: starts like a directive and is none, such as `tracklint-disable-nextline`. */
  readonly kind: DirectiveKind;
  /** The word as written, without `tracklint-`. */
  readonly word: string;
  /** As written; may be unknown. Empty where the comment names none. */
  readonly rules: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  /** After ` -- `, without the expiry. */
  readonly reason?: string;
  /** What stands after `until` in `(until 2027-01-31)`; a real ISO date or not. */
  readonly until?: string;
  readonly start: number;
  readonly end: number;
}

const KINDS: ReadonlySet<string> = new Set(DIRECTIVE_WORDS);

/** A directive begins a comment or one of its lines: prose that mentions one is none. */
const DIRECTIVE = /^[ \t]*(?:\/\/+|\/\*+|<!--|#+|\*)?[ \t]*tracklint-((?:disable|enable|ignore)[\w-]*)([^\n\r]*)/gm;
const COMMENT_END = /(?:\*+\/|-->).*$/;
const EXPIRY = /\(\s*until\s+([^)]*?)\s*\)/;
const RULE_ID = /[^\s,]+/g;

/**
 * Finds the directives of one comment: `tracklint-disable-next-line rule-a, rule-b -- reason (until 2027-01-31)`.
 *
 * @param commentText the comment with its delimiters (line and block comments, `#` of YAML, HTML comments)
 * @param commentStart offset of the comment in its file
 */
export function parseDirectives(commentText: string, commentStart: number): RawDirective[] {
  if (!commentText.includes("tracklint-")) return [];
  const found: RawDirective[] = [];
  for (const match of commentText.matchAll(DIRECTIVE)) {
    const word = match[1] ?? "";
    const start = commentStart + match.index + match[0].indexOf("tracklint-");
    const rest = (match[2] ?? "").replace(COMMENT_END, "");
    const restStart = start + "tracklint-".length + word.length;
    const reasonAt = rest.search(/(?:^|\s)--(?:\s|$)/);
    const list = reasonAt < 0 ? rest.replace(EXPIRY, (text) => " ".repeat(text.length)) : rest.slice(0, reasonAt);
    const until = EXPIRY.exec(rest)?.[1];
    const reason = reasonAt < 0 ? "" : rest.slice(reasonAt).trim().slice("--".length).replace(EXPIRY, "").trim();
    found.push({
      kind: KINDS.has(word) ? (word as DirectiveKind) : "unknown",
      word,
      rules: [...list.matchAll(RULE_ID)].map(({ 0: id, index }) => ({
        id,
        start: restStart + index,
        end: restStart + index + id.length,
      })),
      ...(reason === "" ? {} : { reason }),
      ...(until === undefined ? {} : { until }),
      start,
      end: restStart + rest.trimEnd().length,
    });
  }
  return found;
}
