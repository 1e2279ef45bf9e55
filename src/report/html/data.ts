/** What the HTML report holds, as it stands in the file: plain JSON. Files and events are told by their number. */
export interface ReportData {
  readonly version: string;
  /** The plan's file; null where there is none. */
  readonly plan: string | null;
  readonly planIsSound: boolean;
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly fixable: number;
    readonly suppressed: number;
    readonly baselined: number;
    readonly calls: number;
  };
  readonly quiet: boolean;
  readonly files: readonly string[];
  readonly sources: readonly { readonly name: string; readonly platform: string }[];
  /** Sorted by name. Of the plan, and those that only code sends. */
  readonly events: readonly EventData[];
  /** Sorted by place. */
  readonly calls: readonly CallData[];
  /** Sorted by place; what comments switched off comes last. */
  readonly findings: readonly FindingData[];
  /** Addresses of the rules' pages. */
  readonly rules: Readonly<Record<string, string>>;
  readonly notJudged: readonly { readonly rule: string; readonly source: string; readonly reason: string }[];
  /** Properties and guards of calls, each once: calls have their numbers. */
  readonly properties: readonly PropertyData[];
  readonly guards: readonly GuardData[];
  readonly plannedProperties: readonly PlannedPropertyData[];
  /** Lines of code and plan that the report shows, by file and line. */
  readonly lines: readonly Readonly<Record<number, string>>[];
}

export interface PlaceData {
  /** Number in `files`. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

export interface EventData {
  /** `track`, `page` or `screen`. */
  readonly kind: string;
  readonly name: string;
  /** Absent where only code knows it. */
  readonly plan?: PlanData;
}

export interface PlanData {
  readonly at: PlaceData;
  readonly status: "planned" | "active" | "deprecated" | "removed";
  readonly owners: readonly string[];
  /** Null: any source. */
  readonly sources: readonly string[] | null;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** What else the plan says, with the key's name. */
  readonly notes: readonly (readonly [label: string, text: string])[];
  readonly description?: string;
  /** Numbers in `plannedProperties`. */
  readonly properties: readonly number[];
}

export interface PlannedPropertyData {
  readonly name: string;
  readonly required: boolean;
  readonly types: readonly string[];
  readonly description?: string;
  readonly pii?: string;
  readonly deprecated?: true;
}

export interface CallData {
  readonly at: PlaceData & { readonly endLine: number };
  readonly kind: string;
  readonly source: string;
  readonly platform: string;
  readonly sdks: readonly string[];
  /** Numbers of the events that it sends, or one of which it does. */
  readonly sends: readonly number[];
  /** Those that it may send: only a part of the name is known, and others fit as well. */
  readonly maybe?: readonly number[];
  /** The name as written, where it, or one of its alternatives, can't be known. */
  readonly unknownName?: string;
  /** Numbers in `properties` of the report. */
  readonly properties: readonly number[];
  /** False where further properties may exist; the reason, if known, is in `openReason`. */
  readonly complete: boolean;
  readonly openReason?: string;
  /** Numbers in `guards` of the report. */
  readonly guards: readonly number[];
  readonly via: readonly string[];
  readonly ids: readonly (readonly [role: string, text: string])[];
}

export interface PropertyData {
  readonly name: string;
  readonly types: readonly string[];
  readonly values?: readonly string[];
  /** Some path leaves it out, or its value may be undefined. */
  readonly optional?: true;
  /** A wrapper adds it. */
  readonly added?: true;
}

export interface GuardData {
  readonly text: string;
  readonly holds: boolean;
  /** `around`, `early-exit`, `wrapper`, … */
  readonly how: string;
  readonly at: PlaceData;
}

export interface FindingData {
  /** The fingerprint, told apart from equal ones. */
  readonly id: string;
  readonly rule: string;
  readonly severity: "warn" | "error";
  readonly message: string;
  readonly help?: string;
  readonly at: PlaceData & { readonly endLine: number; readonly endColumn: number };
  readonly plan?: PlaceData;
  readonly related: readonly { readonly at: PlaceData; readonly message: string }[];
  /** Null where it belongs to none, such as a finding about the plan. */
  readonly source: string | null;
  /** It stands in the plan. */
  readonly inPlan?: true;
  readonly owners: readonly string[];
  readonly events: readonly number[];
  readonly fix?: "safe" | "suggestion";
  /** The reason that the comment gives, which may be empty; absent for what is reported. */
  readonly suppressed?: string;
}
