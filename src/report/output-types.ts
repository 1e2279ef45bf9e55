/**
 * The JSON that `check` and `scan` print: a public format, versioned by `version`. Keys may be added within a version;
 * none is removed, renamed or given another meaning. Lines and columns are 1-based, in UTF-16 code units, ends
 * exclusive. Files are relative to the root, with `/`.
 */

export interface PlaceOutput {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface SpanOutput extends PlaceOutput {
  readonly endLine: number;
  readonly endColumn: number;
}

/** `tracklint check --format json` */
export interface CheckOutput {
  readonly version: 1;
  /** Sorted by place; each said once. */
  readonly findings: readonly FindingOutput[];
  /** Findings that comments switched off; the reason is null where the comment gives none. */
  readonly suppressed: readonly (PlaceOutput & {
    readonly rule: string;
    readonly message: string;
    readonly reason: string | null;
  })[];
  /** Rules whose question could not be judged in a source (`*`: in all), with the reason. */
  readonly notJudged: readonly { readonly rule: string; readonly source: string; readonly reason: string }[];
  /** The baseline; null where there is none. */
  readonly baseline: BaselineOutput | null;
  readonly summary: SummaryOutput;
}

export interface BaselineOutput {
  readonly file: string;
  /** Entries that no finding answers to any more; empty in a run on a part of the project. */
  readonly fixed: readonly BaselineEntryOutput[];
}

/** What findings are known by: the rule, what it speaks of, and the function or the service around it. */
export interface BaselineEntryOutput {
  readonly rule: string;
  readonly about: string;
  readonly symbol?: string;
  readonly source?: string;
}

export interface FindingOutput extends SpanOutput {
  /** Rule id, or a code of tracklint itself such as `parse-error` or `plan-invalid`. */
  readonly rule: string;
  readonly severity: "warn" | "error";
  readonly message: string;
  /** What to do. */
  readonly help?: string;
  /** The place in the plan that the code disagrees with. */
  readonly plan?: PlaceOutput;
  readonly related: readonly (PlaceOutput & { readonly message: string })[];
  /** `--fix` mends it, unless a text that it would change is used for something else as well. */
  readonly fixable: boolean;
  /** `--fix-suggestions` offers a change. */
  readonly suggestion: boolean;
  /** The same finding has the same fingerprint after edits elsewhere in the file. */
  readonly fingerprint: string;
  /** Address of the rule's page. */
  readonly url?: string;
}

export interface SummaryOutput {
  readonly errors: number;
  readonly warnings: number;
  /** Files with at least one finding. */
  readonly files: number;
  readonly fixable: number;
  /** Findings that comments switched off. */
  readonly suppressed: number;
  /** Findings that the baseline hides. */
  readonly baselined: number;
  /** Tracking calls that were judged. */
  readonly calls: number;
  /** The plan file; null where there is none. */
  readonly plan: string | null;
}

/** `tracklint scan --format json` */
export interface ScanOutput {
  readonly version: 1;
  /** Absolute path of the folder that all files are relative to. */
  readonly root: string;
  /** Sorted by place. */
  readonly calls: readonly CallOutput[];
}

export interface CallOutput extends SpanOutput {
  /** `track`, `identify`, `alias`, `group`, `page`, `screen`, `reset`, … */
  readonly kind: string;
  /** Ids of the SDKs that the call reaches. */
  readonly sdks: readonly string[];
  readonly platform: "browser" | "server" | "react-native" | "unknown";
  /** The service that sends it. */
  readonly source: string;
  /**
   * `site`: an event is sent here. `forwarder`: the name is a parameter, so the callers are the sites. `relay`: name or
   * payload come from a request. `tenant`: sent with a customer's key.
   */
  readonly role: "site" | "forwarder" | "relay" | "tenant";
  /** Event names known statically. */
  readonly events: readonly string[];
  /** Event names with unknown parts, each written as `*`: `Viewed *`. */
  readonly patterns: readonly string[];
  /** Names that are constants of packages which are not installed: `pkg#Symbol.member`. */
  readonly unresolved: readonly string[];
  /** True where the name, or one of its alternatives, can't be known. */
  readonly dynamic: boolean;
  /** Written at the call: event properties, or traits of an identify or group call. */
  readonly properties: readonly PropertyOutput[];
  /** Added by wrappers on the way to the SDK. */
  readonly addedProperties: readonly PropertyOutput[];
  /** False where further properties may exist, because something unknown is spread in. */
  readonly propertiesComplete: boolean;
  /** By role: `userId`, `anonymousId`, `previousId`, `groupId`, `groupType`. */
  readonly identifiers: Readonly<Record<string, IdentifierOutput>>;
  /** Conditions that hold whenever the call runs, outermost first. */
  readonly guards: readonly GuardOutput[];
  /** Wrappers between the call and the SDK, outermost first. */
  readonly via: readonly string[];
  /** `name`: the receiver could not be resolved and was recognised by its name. */
  readonly confidence: "resolved" | "name";
}

/** `tracklint scan --wrappers --format json` */
export interface WrappersOutput {
  readonly version: 1;
  /** Absolute path of the folder that all files are relative to. */
  readonly root: string;
  /** Most called first. */
  readonly wrappers: readonly WrapperOutput[];
}

/** A function whose parameter is what a call inside it sends. Its place is that of its name. */
export interface WrapperOutput extends PlaceOutput {
  /** `trackEvent`, `AnalyticsService.track`, `useTelemetry → captureEvent`. */
  readonly name: string;
  readonly source: string;
  readonly kinds: readonly string[];
  /** The SDK methods that it reaches. */
  readonly sinks: readonly SinkOutput[];
  /** The parameters that feed the name, or what a call without a name is about: `event`, `options.type`, `{ name }`. */
  readonly feeds: readonly string[];
  /** Properties and traits that it, and the wrappers between it and the SDK, add. */
  readonly adds: readonly string[];
  /** Conditions inside it, and inside the wrappers between it and the SDK. */
  readonly guards: readonly GuardOutput[];
  /** Sorted by place; empty where nothing calls it. `unread`: what is passed there could not be followed to the SDK. */
  readonly callers: readonly (PlaceOutput & { readonly role: CallOutput["role"] | "unread" })[];
}

export interface SinkOutput {
  readonly sdk: string;
  readonly vendor: string;
  readonly method: string;
}

/** `tracklint scan --explain FILE:LINE --format json` */
export interface ExplanationOutput {
  readonly version: 1;
  /** Absolute path of the folder that all files are relative to. */
  readonly root: string;
  readonly asked: { readonly file: string; readonly line: number; readonly column?: number };
  /** What holds for the file or the line as a whole: out of scope, not searched, no call. */
  readonly notes: readonly StatementOutput[];
  readonly calls: readonly ExplainedCallOutput[];
  /** Further calls on the line, of which nothing is said: a column asks about them. */
  readonly others: readonly (PlaceOutput & { readonly callee: string })[];
}

export interface ExplainedCallOutput extends SpanOutput {
  /** What is called, as written. */
  readonly callee: string;
  readonly verdict: CallOutput["role"] | "not-tracking";
  /** The call as `scan` lists it, once for each kind; `eventPlaces` are where its names are written. */
  readonly sends: readonly (CallOutput & {
    readonly eventPlaces: readonly (PlaceOutput & { readonly event: string })[];
  })[];
  /** The ways to SDKs. */
  readonly chains: readonly ChainOutput[];
  /** Of a forwarder: the calls of the wrapper around it. */
  readonly callers: WrapperOutput["callers"];
  /** Why it is, or isn't, what the verdict says. */
  readonly reasons: readonly StatementOutput[];
}

export interface ChainOutput {
  /** Wrappers on the way, outermost first; the place is that of their name. */
  readonly steps: readonly (PlaceOutput & {
    readonly name: string;
    readonly calledAt: PlaceOutput;
    readonly feeds: readonly string[];
    readonly adds: readonly string[];
  })[];
  /** The SDK's call. */
  readonly sink: SinkOutput & PlaceOutput & { readonly vendorName: string; readonly kind: string };
  readonly confidence: "resolved" | "name";
}

export interface StatementOutput {
  readonly text: string;
  readonly at?: PlaceOutput;
  readonly because?: readonly StatementOutput[];
}

export interface ValueOutput {
  /** `string`, `number`, `boolean`, `null`, `undefined`, `object`, `array`, `function`, `date`, or `unknown`. */
  readonly types: readonly string[];
  /** The literals among the possible values. */
  readonly values: readonly (string | number | boolean | null)[];
}

export interface PropertyOutput extends ValueOutput {
  readonly name: string;
  /** True where some path to the call leaves the property out. */
  readonly optional: boolean;
}

export interface IdentifierOutput extends ValueOutput {
  /** The expression as written, shortened. */
  readonly text: string;
}

export interface GuardOutput {
  /** The condition as written, shortened. */
  readonly text: string;
  /** The value of the condition on the way to the call. */
  readonly holds: boolean;
  readonly file: string;
  readonly line: number;
}
