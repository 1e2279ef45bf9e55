import type { Platform } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";
import type { Casing, EventKind } from "../plan/model.ts";

/** A JSON type, in the order in which a plan lists several. */
export const JSON_TYPES = ["string", "number", "boolean", "object", "array", "null"] as const;
export type JsonType = (typeof JSON_TYPES)[number];

/** What the code shows of a value. */
export interface SchemaDraft {
  /** Empty where nothing is known. */
  readonly types: readonly JsonType[];
  readonly enum?: readonly (string | null)[];
  readonly format?: "date-time";
  /** Of an object: the keys that are known. */
  readonly properties?: readonly PropertyDraft[];
  /** Of an object: there may be more keys. */
  readonly open?: boolean;
  /** Of an array. */
  readonly items?: SchemaDraft;
}

export interface PropertyDraft {
  readonly name: string;
  readonly required: boolean;
  /** Absent where a source only makes a property of the event required. */
  readonly schema?: SchemaDraft;
}

/** What calls send as an object. */
export interface PayloadDraft {
  readonly properties: readonly PropertyDraft[];
  /** Further keys may be sent: some call spreads in what can't be known. */
  readonly open: boolean;
}

export interface EventDraft extends PayloadDraft {
  readonly name: string;
  readonly kind: EventKind;
  /** Names of bundles that it carries; its own properties say more of theirs. */
  readonly bundles: readonly string[];
  /** Every source that sends it, with what it sends beside the rest. */
  readonly sources: readonly SourceDifference[];
}

export interface SourceDifference extends PayloadDraft {
  readonly source: string;
}

/** What a wrapper adds to all of its events. */
export interface BundleDraft {
  readonly name: string;
  readonly properties: readonly PropertyDraft[];
}

export interface SourceDraft {
  readonly name: string;
  /** Absent where a glob could not name the folder; its workspace has the same name. */
  readonly paths?: readonly string[];
  readonly platform?: Exclude<Platform, "unknown">;
  /** False for a source that the user left out. */
  readonly tracked: boolean;
}

export interface CasingTally {
  readonly casing: Casing;
  readonly fitting: number;
  /** Of all names, how many don't fit. */
  readonly outside: number;
}

/** How names are spelled. */
export interface CasingDraft {
  /** The convention that the plan states; absent where not all names follow one. */
  readonly casing?: Casing;
  /** Of the names of several words, how many fit each casing; the most common first, none without a name. */
  readonly tally: readonly CasingTally[];
  /** How many names have several words. */
  readonly telling: number;
  readonly total: number;
  /** Names outside the stated convention. */
  readonly outside: number;
}

export interface GroupDraft extends PayloadDraft {
  readonly name: string;
  /** The vendor has one kind of group without a name; this one is ours. */
  readonly isUnnamed: boolean;
}

export interface GuardDraft {
  readonly kind: "call" | "value";
  readonly name: string;
}

export interface ConsentDraft {
  readonly guards: readonly GuardDraft[];
  /** True where everything that is sent is behind a check, so that the section asks for nothing that isn't there. */
  readonly coversAll: boolean;
}

/** A call whose event can't be told from the code. */
export interface UnnamedCall {
  readonly at: Range;
  readonly text?: string;
}

/** A tracking plan as the code has it: plain data. */
export interface PlanDraft {
  readonly name?: string;
  readonly sources: readonly SourceDraft[];
  readonly eventNames: CasingDraft;
  readonly propertyNames: CasingDraft;
  readonly signup: readonly string[];
  readonly login: readonly string[];
  readonly logout: readonly string[];
  readonly conversions: readonly string[];
  readonly consent?: ConsentDraft;
  readonly bundles: readonly BundleDraft[];
  readonly users?: PayloadDraft;
  readonly groups: readonly GroupDraft[];
  readonly pages?: PayloadDraft;
  readonly events: readonly EventDraft[];
  readonly unnamed: readonly UnnamedCall[];
}
