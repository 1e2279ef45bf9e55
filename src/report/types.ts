import type { BaselineEntry } from "../baseline/baseline.ts";
import type { Explanation } from "../calls/explanation.ts";
import type { Finding, NotJudged } from "../diagnostics/finding.ts";
import type { Tally } from "../diagnostics/finding-list.ts";

export interface Summary extends Tally {
  /** Findings that comments switched off. */
  readonly suppressed: number;
  /** Findings that the baseline hides. */
  readonly baselined: number;
  /** Tracking calls that were judged. */
  readonly calls: number;
}

/** What a check found, ready for any report. */
export interface CheckReport {
  /** Sorted, without duplicates. */
  readonly findings: readonly Finding[];
  /** Findings that comments switched off, with the reason given there; sorted. */
  readonly suppressed: readonly { readonly finding: Finding; readonly reason?: string }[];
  readonly notJudged: readonly NotJudged[];
  readonly summary: Summary;
  /** The plan file, relative to the root; absent where there is none. */
  readonly plan?: string;
  /** False where the plan has mistakes, so that the code was not held against it. */
  readonly planIsSound: boolean;
  /** Rules that would have had a question, had there been a plan. */
  readonly needPlan: readonly string[];
  /** The baseline; absent where there is none. */
  readonly baseline?: {
    /** Relative to the root. */
    readonly file: string;
    /** What it holds that is no longer found. */
    readonly fixed: readonly BaselineEntry[];
  };
  /** Warnings were left out. */
  readonly quiet?: boolean;
  /** Text of a file of code or of the plan, for code frames. */
  textOf(file: string): string | undefined;
}

/** The account of one line, ready for any report. */
export interface Explained {
  readonly explanation: Explanation;
  /** Text of a file of code, for code frames. */
  textOf(file: string): string | undefined;
}

/** How a report for people is to look; nothing in a report asks the environment itself. */
export interface ReportContext {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** A path as the reader may open it: relative to the folder in which the command runs. */
  displayPath(file: string): string;
}
