import type { BaselineEntry } from "../baseline/baseline.ts";
import type { Explanation } from "../calls/explanation.ts";
import type { Platform, TrackingCall } from "../calls/types.ts";
import type { Finding, NotJudged, Severity } from "../diagnostics/finding.ts";
import type { Tally } from "../diagnostics/finding-list.ts";
import type { Range } from "../diagnostics/range.ts";

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
    /** Findings that it hides, in the order of places. */
    readonly hidden: readonly Finding[];
  };
  /** Warnings were left out. */
  readonly quiet?: boolean;
  /** Text of a file of code or of the plan, for code frames. */
  textOf(file: string): string | undefined;
  /** Code and plan side by side, for reports of the whole; worked out when asked for. */
  overview(): Overview | Promise<Overview>;
}

/** With what it shows of the whole worked out. */
export interface WholeReport extends CheckReport {
  overview(): Overview;
}

/** What the code sends, side by side with what the plan says of it. Of the whole, whatever part was checked. */
export interface Overview {
  /** Those of the code and those of the plan; sorted by name. */
  readonly sources: readonly { readonly name: string; readonly platform: Platform }[];
  /** In the order of the plan; empty where there is none, or it has mistakes. */
  readonly events: readonly PlannedEvent[];
  /** The calls that are judged; sorted by place. */
  readonly calls: readonly OverviewCall[];
  /** The source of each file with something of tracking in it. */
  readonly sourceOfFile: ReadonlyMap<string, string>;
}

export type EventKind = "track" | "page" | "screen";

/** An event of the plan as its readers know it. */
export interface PlannedEvent {
  readonly name: string;
  readonly kind: EventKind;
  readonly at: Range;
  readonly status: "planned" | "active" | "deprecated" | "removed";
  readonly aliases: readonly string[];
  readonly owners: readonly string[];
  /** Undefined: any source. */
  readonly sources?: readonly string[];
  readonly properties: readonly PlannedProperty[];
  readonly description?: string;
  readonly trigger?: string;
  readonly category?: string;
  readonly version?: string;
  /** The consent category that it needs. */
  readonly consent?: string;
  readonly replacedBy?: string;
  readonly sunset?: string;
  readonly tags: readonly string[];
}

export interface PlannedProperty {
  readonly name: string;
  /** From any of its sources. */
  readonly required: boolean;
  /** Of JSON Schema; empty where the plan doesn't say. */
  readonly types: readonly string[];
  readonly description?: string;
  readonly pii?: string;
  readonly deprecated: boolean;
}

export interface OverviewCall {
  readonly call: TrackingCall;
  /** What it sends, each event once. */
  readonly sends: readonly SentName[];
}

export interface SentName {
  readonly kind: EventKind;
  /** As the plan has it, whichever name the call uses; else as sent. */
  readonly name: string;
  readonly inPlan: boolean;
  /** False where only a part of the name is known, and others fit as well. */
  readonly isCertain: boolean;
}

/** What the reports of a check are told beside the findings. */
export interface CheckContext extends ReportContext {
  /** Of tracklint. */
  readonly version: string;
  /** A path as those take it that read reports: relative to the top of the repository. */
  repositoryPath(file: string): string;
  /** Address of a line in the browser; undefined where nobody told where the repository is. */
  sourceUrl(file: string, line: number): string | undefined;
  /** What a built-in rule says of itself. */
  aboutRule(id: string): AboutRule | undefined;
}

export interface AboutRule {
  readonly summary: string;
  readonly category: string;
  /** With a plan, where nothing else is configured. */
  readonly level: Severity | "off";
  readonly url?: string;
  /** Its page, in Markdown. */
  readonly page: string;
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
