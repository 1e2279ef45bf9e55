import type { Range } from "./range.ts";

export type Severity = "warn" | "error";

export interface Related {
  readonly at: Range;
  readonly message: string;
}

/** One thing that a fix changes, without its text: files are read only where fixes are applied. */
export type Change =
  /** The literal of an event's name, where it is written in code. */
  | {
      readonly kind: "literal";
      readonly at: Range;
      readonly from: string;
      readonly to: string;
      /** The calls that name it, where it is a constant and stands in none of them. */
      readonly usedAt?: readonly Range[];
    }
  /** An event of the plan gets another name, wherever the plan speaks of it, or an earlier name among its aliases. */
  | {
      readonly kind: "plan-event";
      /** Where its name stands. */
      readonly at: Range;
      readonly from: string;
      readonly to: string;
      readonly alias?: string;
    }
  /** A rule of a suppression, or the whole comment where it names no other. */
  | { readonly kind: "directive"; readonly at: Range; readonly rule?: Range };

export interface Fix {
  /** `--fix` applies it: it can't change what is sent, or only what was never right. Others are for `--fix-suggestions`. */
  readonly isSafe: boolean;
  /** All of them, or none. */
  readonly changes: readonly Change[];
}

/** What a finding is about, wherever its code stands. */
export interface FindingIdentity {
  /** An event, `event/property`, a vendor, a plan pointer. */
  readonly about: string;
  /** The innermost named function around its place. */
  readonly symbol?: string;
  /** The service, where it is about that as a whole. */
  readonly source?: string;
}

/** What tracklint reports: by a rule, or by itself (`parse-error`, `plan-invalid`, …). */
export interface Finding {
  /** Rule id, or one of the codes of `engine-codes.ts`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly at: Range;
  /** One sentence: what was found and what was expected. Event and property names in backticks. */
  readonly message: string;
  /** What to do. */
  readonly help?: string;
  /** The place in the plan that the code disagrees with. */
  readonly plan?: Range;
  readonly related: readonly Related[];
  readonly fix?: Fix;
  /** Stable id over moved lines: rule, file, subject, enclosing function, ordinal. */
  readonly fingerprint: string;
  /** What a baseline knows it by; absent for what is not reported by a rule. */
  readonly identity?: FindingIdentity;
  /** Address of the rule's page. */
  readonly url?: string;
}

/** A rule that could not be judged in a source, with the reason. */
export interface NotJudged {
  readonly rule: string;
  /** Name of the source; `*` for all. */
  readonly source: string;
  readonly reason: string;
}
