import type { Range } from "../diagnostics/range.ts";
import type { CallKind, Sink, TrackingCall, WrapperCaller } from "./types.ts";

/** A place that somebody asks about. */
export interface AskedPlace {
  /** Relative to the root. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A sentence, the place that it speaks of, and what it rests on. */
export interface Statement {
  readonly text: string;
  readonly at?: Range;
  readonly because?: readonly Statement[];
}

/** A wrapper on the way from a call to the SDK. */
export interface ChainStep {
  readonly name: string;
  /** Where its name is written. */
  readonly at: Range;
  /** The call that enters it. */
  readonly calledAt: Range;
  /** Its parameters that the name, or what a call without a name is about, comes from. */
  readonly feeds: readonly string[];
  readonly adds: readonly string[];
}

/** One way from a call to the SDK. */
export interface Chain {
  /** Outermost first; none where the call is the SDK's own. */
  readonly steps: readonly ChainStep[];
  readonly sink: Sink;
  readonly vendorName: string;
  /** The SDK's call. */
  readonly at: Range;
  readonly kind: CallKind;
  readonly confidence: TrackingCall["confidence"];
}

/** What is known of one call in the code. */
export interface ExplainedCall {
  readonly at: Range;
  /** What is called, as written. */
  readonly callee: string;
  readonly verdict: TrackingCall["role"] | "not-tracking";
  /** What it tracks: several where it reaches SDK methods of several kinds. */
  readonly calls: readonly TrackingCall[];
  readonly chains: readonly Chain[];
  /** Of a forwarder: the calls of the wrapper around it. */
  readonly callers: readonly WrapperCaller[];
  /** Why it is, or isn't, what the verdict says. */
  readonly reasons: readonly Statement[];
}

/** Why a line of code is or isn't a tracking call. */
export interface Explanation {
  readonly asked: AskedPlace;
  /** What holds for the file or the line as a whole. */
  readonly notes: readonly Statement[];
  readonly calls: readonly ExplainedCall[];
  /** Further calls that stand on the line, as written: a column asks about them. */
  readonly others: readonly { readonly callee: string; readonly at: Range }[];
}
