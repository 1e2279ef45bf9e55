import type { Range } from "../diagnostics/range.ts";
import type { Delivery } from "./delivery.ts";
import type { AttributionRead, ConsentPlatformUse } from "./traces.ts";

export type { AttributionRead, ConsentPlatformUse };

/** What a call does, in the words of the catalogue of SDKs. */
export type CallKind =
  | "track"
  | "identify"
  | "alias"
  | "group"
  | "page"
  | "screen"
  | "reset"
  | "flush"
  | "consent"
  | "consent-optin"
  | "consent-optout"
  | "other";

export type Platform = "browser" | "server" | "react-native" | "unknown";

/** One SDK method that a call reaches. */
export interface Sink {
  /** Id of the SDK descriptor, e.g. `segment-node`. */
  readonly sdk: string;
  /** The vendor behind it, e.g. `segment`. */
  readonly vendor: string;
  /** Surfaces with the same call shapes, e.g. `segment-spec`. */
  readonly family: string;
  /** The method as the descriptor names it, e.g. `track`, `people.set`. */
  readonly method: string;
  /** Refines the kind, e.g. `profile-set`, `super-properties`. */
  readonly subkind?: string;
}

/** An event name that is known statically. `at` is where the text is written, which may be another file. */
export interface EventName {
  readonly value: string;
  readonly at: Range;
  /** The name as written at the call, where a wrapper adds a prefix or suffix. */
  readonly written?: string;
}

/** A name with unknown parts: `["Viewed ", null]` is `Viewed …`. Neighbouring nulls are merged. */
export interface EventPattern {
  readonly parts: readonly (string | null)[];
  readonly at: Range;
}

export type StaticType =
  | "string"
  | "number"
  | "boolean"
  | "null"
  | "undefined"
  | "object"
  | "array"
  | "function"
  | "date";

/** What is known of a value without running the code. */
export type StaticValue =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly at?: Range }
  | { readonly kind: "undefined" }
  | {
      readonly kind: "type";
      readonly type: StaticType /** Where it comes from, as written: `user.email`. */;
      readonly origin?: string;
    }
  | { readonly kind: "union"; readonly of: readonly StaticValue[] }
  /** A string with unknown parts. */
  | { readonly kind: "template"; readonly parts: readonly (string | null)[]; readonly origin?: string }
  | { readonly kind: "object"; readonly shape: Payload }
  /** `items` are the known items in order; undefined means that only the type of an item may be known. */
  | { readonly kind: "array"; readonly items?: readonly StaticValue[]; readonly of?: StaticValue }
  /** Nothing is known; `origin` is the expression as written, shortened, so that a rule can judge where it comes from. */
  | { readonly kind: "unknown"; readonly origin?: string };

export interface Property {
  readonly name: string;
  /** The key where it is written. */
  readonly at: Range;
  readonly value: StaticValue;
  /** True where some path to the call leaves the key out. A value that may be `undefined` is not "optional": see `value`. */
  readonly optional: boolean;
}

/** An object as far as it is known. */
export interface Payload {
  readonly properties: readonly Property[];
  /** False where something unknown is spread in or the object is not known at all: further keys may exist. */
  readonly complete: boolean;
  /** Where the payload is written; absent where the call has none. */
  readonly at?: Range;
  /** Why it is not complete, in a few words: `spread of \`rest\``. */
  readonly openReason?: string;
}

/** A value that identifies somebody, in one of the roles of a call. */
export interface Identifier {
  readonly at: Range;
  readonly value: StaticValue;
  /** The expression as written, shortened to 80 characters. */
  readonly text: string;
  /** The expressions that it may come from, followed out of wrappers; absent where the payload isn't written out. */
  readonly origins?: readonly IdOrigin[];
  /** Conditions that hold whenever there is an id: where one doesn't hold, the id is withheld (undefined, null or empty). */
  readonly guards?: readonly Guard[];
}

/** Where an id comes from, as written where it is first told: `session.user.email`. */
export interface IdOrigin {
  readonly at: Range;
  readonly text: string;
  /** The constant that holds it, where it is the result of a call. */
  readonly name?: string;
}

export type IdentifierRole = "userId" | "anonymousId" | "previousId" | "groupId" | "groupType";

/** A condition as plain data. Names are as written, without optional chaining: `window.analytics`, `user.consent.marketing`. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  /**
   * A call; `opened` is what the function of this repository returns, with its own calls opened (bounded): an `or` over
   * its return statements, each an `and` of the conditions on the way to it and of the value returned. Absent where the
   * body was not understood at all.
   */
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly StaticValue[];
      /** The package that the callee comes from, where it is not of this repository. */
      readonly package?: string;
      readonly awaited: boolean;
      /** The function is async (of this repository) or its package says that it returns a promise. */
      readonly async?: boolean;
      readonly opened?: Condition;
      /** Where the opened function is declared. */
      readonly declaredAt?: Range;
      readonly at: Range;
    }
  /**
   * A name or member read; `opened` is the initialiser of the constant behind it. A state that is set later has none,
   * unless its initialiser computes something (`useState(readChoice())`).
   */
  | {
      readonly kind: "value";
      readonly name: string;
      readonly package?: string;
      readonly opened?: Condition;
      readonly at: Range;
    }
  | {
      readonly kind: "compare";
      readonly op: "===" | "!==" | "<" | "<=" | ">" | ">=" | "in" | "instanceof";
      readonly left: Condition;
      readonly right: Condition;
    }
  | { readonly kind: "typeof"; readonly of: Condition }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: "unknown"; readonly text: string };

/** A condition that holds whenever the call runs. */
export interface Guard {
  readonly condition: Condition;
  /** The value of the condition on the way to the call. */
  readonly holds: boolean;
  readonly at: Range;
  /**
   * How it guards: around the call, by leaving early before it, in a caller or wrapper on the way, around the start of
   * the SDK, by whether the client exists, or by a hook that drops messages (`before_send`, middleware, a plugin).
   */
  readonly how: "around" | "early-exit" | "wrapper" | "only-caller" | "start" | "existence" | "hook";
  /** The condition as written, shortened to 120 characters. */
  readonly text: string;
}

/** A wrapper between the call and the SDK, outermost first. */
export interface Hop {
  readonly name: string;
  readonly at: Range;
}

export interface TrackingCall {
  /** Stable within a run: `file:line:column:kind`. */
  readonly id: string;
  readonly kind: CallKind;
  readonly sinks: readonly Sink[];
  readonly platform: Platform;
  /** The service that sends it. */
  readonly source: string;
  /** The call expression. */
  readonly at: Range;
  readonly events: readonly EventName[];
  readonly patterns: readonly EventPattern[];
  /** Constants of packages that are not here: `pkg#Symbol.member`. */
  readonly unresolved: readonly string[];
  /** True where the name, or one of its alternatives, can't be known. */
  readonly dynamic: boolean;
  /** What stands in the name's place can't be one, whatever it holds: an object, a list, a function. */
  readonly nameIsNone?: true;
  /** The name argument as written, shortened; absent where there is none. */
  readonly eventText?: string;
  readonly eventAt?: Range;
  /** The name is what a function around the call is given, and no caller was found, or one that tells a name. */
  readonly isNameGiven?: true;
  /** Written at the call. */
  readonly properties: Payload;
  /** Added by wrappers on the way. */
  readonly added: Payload;
  readonly traits: Payload;
  readonly context: Payload;
  /** Who the person is to an ad platform, apart from the ids: `user_data`. Absent where the call has none. */
  readonly userData?: Payload;
  /** The consent state that the call carries in a field of its own. Absent where the call has none. */
  readonly consent?: Payload;
  /** What a consent call does with that state, where it is written out: `default`, `update`. */
  readonly consentAction?: string;
  readonly hasTimestamp: boolean;
  /** What tells a message that is sent twice from a second one: `messageId`, `eventID`, `$insert_id`. */
  readonly messageId?: Identifier;
  readonly ids: Readonly<Partial<Record<IdentifierRole, Identifier>>>;
  /** It says which groups the event belongs to. */
  readonly hasGroups?: true;
  /** Outermost first. */
  readonly guards: readonly Guard[];
  readonly via: readonly Hop[];
  /** Id of the innermost enclosing function in `CallGraph`; absent at module level. */
  readonly enclosing?: string;
  /** Id of the innermost function, callbacks without a name included; absent at module level. */
  readonly innermost?: string;
  readonly confidence: "resolved" | "name";
  /**
   * `site`: judged. `forwarder`: its name is a parameter, so its callers are the sites. `relay`: name or payload come
   * from a request. `tenant`: its write key is a customer's data, never judged.
   */
  readonly role: "site" | "forwarder" | "relay" | "tenant";
  /** What becomes of what is sent on a server, for SDKs of which that is known; one entry for each way and SDK. */
  readonly deliveries?: readonly Delivery[];
  /** The SDK promise or call result is awaited, returned, or handed to something that waits. */
  readonly awaited: boolean;
}

/** A function of the codebase whose parameter is what a call inside it sends. */
export interface Wrapper {
  /** `trackEvent`, `AnalyticsService.track`, `useTelemetry → captureEvent`. */
  readonly name: string;
  /** Where its name is written, or where it starts. */
  readonly at: Range;
  readonly source: string;
  readonly kinds: readonly CallKind[];
  /** Every SDK method that it reaches, through other wrappers as well. */
  readonly sinks: readonly Sink[];
  /** The parameters that feed the name, or what a call without a name is about: `event`, `options.type`. */
  readonly feeds: readonly string[];
  /** Properties and traits that it, and the wrappers between it and the SDK, add. */
  readonly adds: readonly string[];
  /** Conditions inside it, and inside the wrappers between it and the SDK. */
  readonly guards: readonly Guard[];
  /** Its calls, sorted by place. */
  readonly callers: readonly WrapperCaller[];
}

export interface WrapperCaller {
  readonly at: Range;
  /** `unread`: what is passed there could not be followed to the SDK. */
  readonly role: TrackingCall["role"] | "unread";
}

/** The start of an SDK: its constructor, init, load, or the mount of its component. */
export interface SdkStart {
  readonly sdk: string;
  readonly vendor: string;
  readonly family: string;
  readonly platform: Platform;
  readonly source: string;
  readonly at: Range;
  readonly how: "constructor" | "init" | "factory" | "component";
  readonly guards: readonly Guard[];
  readonly options: Payload;
  /** Its key is a customer's data: it starts the customer's tracking, not that of this codebase. */
  readonly tenant?: true;
  readonly enclosing?: string;
}

/** A function of the codebase around tracking calls. */
export interface FunctionNode {
  readonly id: string;
  /** `register`, `UserService.create`, `(anonymous)`. */
  readonly name: string;
  readonly at: Range;
  readonly source: string;
  /** Ids of functions of the repository that it calls. */
  readonly callees: readonly string[];
  readonly callers: readonly string[];
}

/** The functions around tracking calls. Not the whole repository: only files that were parsed. */
export type CallGraph = ReadonlyMap<string, FunctionNode>;

/** Where code ends the session of the person: a function that is called `signOut`, `logout` or the like, or a call of one. */
export interface Logout {
  readonly name: string;
  /** Of a function its name. */
  readonly at: Range;
  readonly source: string;
  readonly is: "function" | "call";
}

export interface Source {
  readonly name: string;
  readonly platform: Platform;
  /** False for code that tracks with customers' own keys: never judged. */
  readonly tracked: boolean;
  /** A package that no source of the plan covers and others of the repository depend on: its code runs in theirs. */
  readonly shared?: true;
  /** What proves that all of it runs in processes that live for one call of a handler. */
  readonly serverless?: { readonly platform: string; readonly proof: string };
}

/** All that rules see of the code. */
export interface Inventory {
  /** Sorted by place. */
  readonly calls: readonly TrackingCall[];
  /** Most called first. */
  readonly wrappers: readonly Wrapper[];
  readonly starts: readonly SdkStart[];
  readonly functions: CallGraph;
  readonly consentPlatforms: readonly ConsentPlatformUse[];
  /** In sources whose client names the person to an SDK; sorted by place. Empty for others. */
  readonly logouts: readonly Logout[];
  /** Sorted by place. Of files that track, and of those of a sending server whose text has such a word. */
  readonly attribution: readonly AttributionRead[];
  readonly sources: readonly Source[];
}
