import type { Range } from "../diagnostics/range.ts";

/** `unknown`: a comment that starts like a directive and is none, such as `tracklint-disable-nextline`. */
export type DirectiveKind = "disable-next-line" | "disable-line" | "disable" | "enable" | "disable-file" | "unknown";

/** A comment that switches rules off, as written in code or plan. */
export interface Directive {
  readonly kind: DirectiveKind;
  /** The word as written, without `tracklint-`. */
  readonly word: string;
  /** Exact rule ids as written; may be unknown. */
  readonly rules: readonly { readonly id: string; readonly at: Range }[];
  /** After ` -- `, without the expiry. */
  readonly reason?: string;
  /** What stands after `until` in `(until 2027-01-31)`: an ISO date, or not. */
  readonly until?: string;
  readonly at: Range;
  /**
   * For `disable-next-line`: the lines that it speaks of, past further comments and blank lines. One line, but for a
   * comment of markup before an element: no comment can stand inside a tag, so it speaks of the whole opening tag.
   */
  readonly appliesTo?: { readonly fromLine: number; readonly toLine: number };
}

/** What came of one rule that a directive names. `not-judged`: nobody can tell whether it would have reported. */
export type SuppressionOutcome = "used" | "unused" | "expired" | "unknown-rule" | "not-judged";

/** A directive after the rules have run. */
export interface Suppression {
  readonly directive: Directive;
  /** Why the whole of it can't be understood, so that it doesn't hold. */
  readonly fault?: "unknown-word" | "no-rule" | "no-date";
  /** Each rule that it names, in the order written; empty where the whole has a fault. */
  readonly rules: readonly {
    readonly id: string;
    readonly at: Range;
    readonly outcome: SuppressionOutcome;
    /** For an unknown rule: the rule that was probably meant. */
    readonly nearest?: string;
  }[];
}
