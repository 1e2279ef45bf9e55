import type { Range } from "../diagnostics/range.ts";
import type { Dialect, JsonSchema } from "../schema/json-schema.ts";

export type { Dialect, JsonSchema };

export type EventStatus = "planned" | "active" | "deprecated" | "removed";
export type EventKind = "track" | "page" | "screen";

/** One property of an event, after `ref`, bundles and `common` were merged in. */
export interface PlanProperty {
  readonly name: string;
  readonly required: boolean;
  /** Without tracklint's own keys: nested `required: true` is a list, `ref` and `$ref` are carried out. */
  readonly schema: JsonSchema;
  readonly pii?: string | false;
  readonly deprecated: boolean;
  readonly description?: string;
  /** The key in the plan, where the property was defined. */
  readonly at: Range;
  /** Where `required: true` stands. */
  readonly requiredAt?: Range;
  /** The shared definition that it takes over with `ref`. */
  readonly ref?: string;
  /** Keys that `conventions.require` may ask for, by whether the property has them. */
  has(key: string): boolean;
  /** Where it came from, for messages. */
  readonly origin: "event" | "bundle" | "common" | "source" | "variant" | "version" | "trait" | "page";
}

/** What a payload must look like. */
export interface PlanPayload {
  readonly properties: ReadonlyMap<string, PlanProperty>;
  /** False where a name that `properties` lacks is certainly refused. */
  readonly additionalProperties: boolean;
  /** The whole payload as one JSON Schema, with its dialect under `$schema`: what `property-type` validates against. */
  readonly schema: JsonSchema;
  readonly at: Range;
}

export interface PlanVersion {
  readonly version: string;
  readonly status: EventStatus;
  readonly sunset?: string;
  readonly replacedBy?: string;
  /** Whatever the source. */
  readonly payload: PlanPayload;
  /** With what `common` asks of the source and its platform. */
  payloadFor(source: string, platform: string): PlanPayload;
  readonly at: Range;
}

export interface PlanEvent {
  readonly name: string;
  readonly kind: EventKind;
  /** The event's name in the plan. */
  readonly at: Range;
  readonly version?: string;
  readonly versionAt?: Range;
  readonly status: EventStatus;
  readonly aliases: readonly { readonly name: string; readonly at: Range }[];
  /** Wire name per destination. */
  readonly names: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly trigger?: string;
  readonly owner: readonly string[];
  readonly category?: string;
  readonly tags: readonly string[];
  readonly consumers: readonly string[];
  readonly consent?: string;
  readonly replacedBy?: string;
  readonly sunset?: string;
  /** Undefined: any source. */
  readonly sources?: ReadonlyMap<string, { readonly at: Range }>;
  /** The payload for calls from a source, `common` of its platform included; `*` stands for any source not listed. */
  payloadFor(source: string, platform: string): PlanPayload;
  readonly variants?: {
    readonly by: string;
    readonly cases: ReadonlyMap<string, (source: string, platform: string) => PlanPayload>;
  };
  readonly versions: readonly PlanVersion[];
  /** Person properties that the event sets. */
  readonly sets: ReadonlyMap<string, PlanProperty>;
  /** Keys that `conventions.require` may ask for, by whether the event has them. */
  has(key: string): boolean;
}

export type Casing =
  | "Title Case"
  | "Sentence case"
  | "snake_case"
  | "camelCase"
  | "PascalCase"
  | "kebab-case"
  | "lower case"
  | "SCREAMING_SNAKE_CASE";

export interface Convention {
  readonly casing?: Casing | { readonly pattern: string };
  readonly structure?: string;
  readonly separators: readonly string[];
  readonly at: Range;
}

export interface PlanSource {
  readonly name: string;
  readonly paths: readonly string[];
  readonly platform?: "browser" | "server" | "react-native";
  readonly runtime?: "long-lived" | "serverless" | "edge" | "worker" | "cli";
  readonly external: boolean;
  readonly tracked: boolean;
  readonly destinations: readonly string[];
  readonly at: Range;
}

export interface PlanConsent {
  readonly at: Range;
  readonly model: "opt-in" | "opt-out";
  readonly default?: string;
  readonly exempt: readonly string[];
  readonly withoutConsent: "drop" | "anonymous";
  readonly operator: boolean;
  readonly categories: ReadonlyMap<string, { readonly at: Range; readonly mapping: Readonly<Record<string, unknown>> }>;
  readonly guards: readonly {
    readonly call?: string;
    readonly value?: string;
    readonly category?: string | { readonly argument: number };
    readonly at: Range;
  }[];
  readonly payload?: string;
}

export interface PlanId {
  readonly role: string;
  /** Where calls carry it: `userId`, `traits.email_sha256`. */
  readonly path?: string;
  /** The sources whose identify and signup must carry it; absent where none is named. */
  readonly sources?: readonly string[];
  readonly at: Range;
}

export interface PlanIdentity {
  readonly at: Range;
  readonly ids: ReadonlyMap<string, PlanId>;
  readonly merge?: "identify" | "alias";
  readonly mergeAt?: Range;
  readonly signup: readonly string[];
  readonly login: readonly string[];
  readonly logout: readonly string[];
  readonly signupAt?: Range;
}

export interface PlanWrapper {
  readonly module?: string;
  readonly name: string;
  readonly kind: string;
  /** Role to place of the argument. */
  readonly roles: Readonly<Record<string, { readonly arg: number; readonly path: string }>>;
  readonly at: Range;
}

export type RuleSetting = "off" | "warn" | "error";

export interface LintSection {
  /** Presets, as written. */
  readonly extends: readonly { readonly name: string; readonly at: Range }[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Rule id to severity and raw options, as written; `config/` validates them. */
  readonly rules: ReadonlyMap<
    string,
    { readonly severity: RuleSetting; readonly options?: unknown; readonly at: Range }
  >;
  readonly overrides: readonly {
    readonly paths: readonly string[];
    readonly rules: ReadonlyMap<
      string,
      { readonly severity: RuleSetting; readonly options?: unknown; readonly at: Range }
    >;
  }[];
  readonly plugins: readonly { readonly specifier: string; readonly at: Range }[];
}

/** A plan as it was at a revision of git, or why that isn't known. */
export type PlanBefore = { readonly plan: Plan; readonly revision: string } | { readonly notKnown: string };

/** A tracking plan, read and validated. Every node carries its place. */
export interface Plan {
  /** The file that was named or found, relative to the root. */
  readonly file: string;
  /** All files, in the order read. */
  readonly files: readonly string[];
  readonly at: Range;
  readonly name?: string;
  readonly version?: string;
  readonly versionAt?: Range;
  /** The JSON Schema dialect of properties. */
  readonly dialect: Dialect;
  /** False for a file that is lint configuration only. */
  readonly hasEvents: boolean;
  readonly events: readonly PlanEvent[];
  /** By name, else alias, else wire name. Names are exact. Without a kind, track comes before page and screen. */
  find(name: string, kind?: EventKind): PlanEvent | undefined;
  readonly conventions: {
    readonly events?: Convention;
    readonly properties?: Convention;
    readonly requireEvent: readonly string[];
    readonly requireProperty: readonly string[];
    /** Where `require` stands. */
    readonly requireAt?: Range;
  };
  readonly versioning?: {
    readonly scheme: "semver" | "schemaver" | "integer";
    readonly property?: string;
    readonly context?: string;
    readonly sends?: string;
    readonly at: Range;
  };
  readonly destinations: ReadonlyMap<
    string,
    { readonly via?: string; readonly merge?: string; readonly dedupe?: string; readonly at: Range }
  >;
  readonly vocabularies: readonly string[];
  readonly sources: ReadonlyMap<string, PlanSource>;
  readonly identity?: PlanIdentity;
  readonly attribution?: {
    readonly at: Range;
    readonly conversions: readonly string[];
    readonly requires: "any" | "all";
    readonly keys: Readonly<Record<string, readonly string[]>>;
  };
  readonly consent?: PlanConsent;
  readonly users: ReadonlyMap<string, PlanProperty>;
  readonly usersAt?: Range;
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, PlanProperty>>;
  /** What page calls carry that no event describes; `common` of all sources included. */
  readonly pages?: PlanPayload;
  readonly wrappers: readonly PlanWrapper[];
  readonly lint: LintSection;
}
