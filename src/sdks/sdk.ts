import type { CallKind } from "../calls/types.ts";

/**
 * Where in the arguments a role stands. `path` descends object keys by dots, `[n]` and `[*]` index arrays; `""` is the
 * argument itself. Of a component the props are argument 0.
 */
export interface RolePlace {
  readonly arg: number;
  readonly path: string;
  /** Keys of the object that are no properties: another role takes them, or the SDK does (`hitType`). */
  readonly except?: readonly string[];
  /** Further paths in the same argument, tried in order where the first is certainly absent. */
  readonly or?: readonly string[];
  /**
   * The argument is built. Name of a function (the place is in *its* first argument: `track(buildStructEvent({…}))`), or
   * of a class in `Sdk.builders` (the object is what its setters say).
   */
  readonly builder?: string;
  /** The text is an Iglu URI, and the name part of it is meant: `iglu:com.acme/<name>/jsonschema/1-0-0`. */
  readonly iglu?: boolean;
  /** Argument of another call in the same chain, before or after: `get_group(type, id).set({…})`. */
  readonly of?: string;
}

/**
 * `is: "string"`: there is an argument and it is no object literal; `object`: an object literal; `absent`: no argument.
 * `equals`: the argument, or what stands at `path` in it, is this text. `has`: an object that certainly has the key.
 * `mayHave`: all but what certainly lacks the key (a list, a primitive and `arguments` lack it; dots descend).
 * `builder`: a call of the function of this name.
 */
export type WhenClause =
  | { readonly arg: number; readonly is: "string" | "object" | "object-or-absent" | "absent" }
  | { readonly arg: number; readonly path?: string; readonly equals: string }
  | { readonly arg: number; readonly has: string }
  | { readonly arg: number; readonly mayHave: string }
  | { readonly arg: number; readonly builder: string };

/**
 * Roles that rules read: `event properties traits traitsOnce userId anonymousId previousId groupId groupType groups
 * pageName category timestamp context options consent consentValue`. Others say what else stands there. `userId` is what
 * the vendor uses for the person; in alias calls it is the new or kept id, `previousId` the old one. `dispatch` is a
 * function of the project that is handed the payload.
 */
export interface SdkLayout {
  /** The first layout all of whose clauses hold is taken; where none does, the call does nothing that counts. */
  readonly when?: readonly WhenClause[];
  readonly roles: Readonly<Record<string, RolePlace>>;
  /** Roles without which the call does not type check. */
  readonly required?: readonly string[];
  /** Of each group of roles at least one is needed. */
  readonly requiredOneOf?: readonly (readonly string[])[];
}

export interface SdkMethod {
  /**
   * `track`, dotted `people.set`, or chained `getUser().addAlias` (the receiver is that call's result). A name may stand
   * more than once; the first entry with a layout that fits is taken.
   */
  readonly name: string;
  /**
   * A layout of kind `track` has an event role, or the method has `fixedEvent` or `dispatches`. What only prepares later
   * calls (super properties, timing, a higher-order component with context) is of kind `other`: it sends nothing itself.
   */
  readonly kind: CallKind;
  readonly subkind?: string;
  /**
   * `method`: on an instance (or bare, where it was destructured or imported by name). `function`: a bare function,
   * imported or a global that `calls` it. `hoc`: a decorator, higher-order component or hook that only sets up what its instances send.
   */
  readonly call: "method" | "function" | "hoc";
  /** The event on the wire where the call carries no name. */
  readonly fixedEvent?: string;
  /**
   * No name is part of the SDK's contract: the whole object goes to the project's own `dispatch` function (or, without
   * one, to `window.dataLayer`). The call counts only where that is followed to a sink, or names an event by convention.
   */
  readonly dispatches?: boolean;
  readonly layouts: readonly SdkLayout[];
  /** What the SDK asserts when it runs, where that is stricter than the layouts. */
  readonly runtimeRequired?: { readonly roles?: readonly string[]; readonly oneOf?: readonly (readonly string[])[] };
  /** Alias joins the two ids whichever of them stands first. */
  readonly mergesBothWays?: true;
  /** Called with null in the place of the user's id it forgets the person: the SDK's reset, or one of them. */
  readonly forgetsWithNull?: true;
  /** A reset that also gives the visitor another anonymous id. */
  readonly newVisitor?: true;
  /** `typings`, `source`, `docs`; `memory` is not verified: no error may rest on it. */
  readonly verified: Verified;
}

export type Verified = "typings" | "source" | "docs" | "memory";

export interface SdkImport {
  /** The specifier, with its subpath: `posthog-node/edge`. */
  readonly from: string;
  /** `require`: the value of `require()` itself. A member of a namespace is what an import by that name is. */
  readonly style: "named" | "default" | "namespace" | "require";
  readonly symbol: string;
  /**
   * `instance` and `module` carry methods or factories by name (`instances` says which). `function`: of `methods` or
   * `starts` by its symbol. `queue`: takes one array, `[method, ...arguments]`.
   */
  readonly is:
    | "class"
    | "factory"
    | "hook"
    | "component"
    | "module"
    | "instance"
    | "function"
    | "queue"
    | "constant"
    | "hoc";
}

/** How a value arises on which the methods are called. Globals stand in `Sdk.globals`. */
export interface SdkInstance {
  /**
   * `constructor`: `new symbol(…)`. `factory`, `hook`: `symbol(…)`. `import`, `module`: the imported value itself.
   * `prop`: a member of a component's props.
   */
  readonly how: "constructor" | "factory" | "hook" | "import" | "module" | "prop";
  /** The import's symbol, or a path that starts with it or with a global's name: `AnalyticsBrowser.load`. */
  readonly symbol: string;
  /** The instance is this member of the result: `useJitsu().analytics`. */
  readonly member?: string;
  /** The result is itself called, and performs this method: `usePlausible()("Signup")`. */
  readonly calls?: string;
  /** The result is a promise of the instance. */
  readonly promise?: boolean;
  /** Made to be destructured: the members of the result are bound methods. */
  readonly destructurable?: boolean;
  readonly mayBeUndefined?: boolean;
  /** Options of the call that makes it whose function the SDK calls when it exposes a user to something. */
  readonly callbackOptions?: readonly string[];
}

export interface SdkGlobal {
  /** Without `window.`. */
  readonly name: string;
  /** The name alone is unmistakable (`gtag`, `fbq`); others count only behind `window`, `globalThis` or `self`. */
  readonly bare: boolean;
  /** It is called like a function and performs the method of this name: `fbq(…)`. Else methods are its members. */
  readonly calls?: string;
  /**
   * Besides, `call`: called with a method's name first, `snowplow("trackPageView", …)`; `push`: takes arrays with a
   * method's name first, `_hsq.push(["identify", …])`.
   */
  readonly commands?: "call" | "push";
}

/** What starts the SDK. */
export interface SdkStartForm {
  /** `init`: a method of an instance, or a function, of this name. */
  readonly how: "constructor" | "factory" | "init" | "component";
  readonly name: string;
  /** Only calls like this: `gtag("config", …)`. */
  readonly when?: readonly WhenClause[];
  /** The write key. */
  readonly key?: RolePlace;
  /** The options: the first of these that is an object. */
  readonly options?: readonly RolePlace[];
}

/** A class whose chained setters build an object. */
export interface SdkBuilder {
  readonly class: string;
  /** Setters that take key and value: `.set("plan", "pro")`. */
  readonly entries?: readonly string[];
  /** Setters that take a key only: `.unset("plan")`. */
  readonly keys?: readonly string[];
  /** Setters that take an object whose keys are all meant. */
  readonly objects?: readonly string[];
  /** Setters of one key each: setter to key. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** An address that takes events as JSON. */
export interface SdkEndpoint {
  /** `*` stands for anything but a slash; a leading `*` without a scheme for any origin. */
  readonly url: string;
  /** Absent where the last segment of the path, or `type` in the message, is the kind. */
  readonly kind?: CallKind;
  /** Role to the path in the body. */
  readonly roles: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** A tag server's path on the project's own domain: it counts only together with other evidence. */
  readonly container?: boolean;
}

/** When what a call of an SDK on a server sends has left the process. */
export interface SdkDelivery {
  /**
   * `queued`: once a flush has come to its end. `per-call`: once the call's own promise is fulfilled. `callback`: once
   * the function is called that the call was given.
   */
  readonly is: "queued" | "per-call" | "callback";
  /** Methods of an SDK that queues whose promise is that of their own request. */
  readonly immediate?: readonly string[];
  /** The promise is this member of what methods give. */
  readonly promiseAt?: string;
  /** Options of the start by which the platform waits for what was queued. */
  readonly lifelineOptions?: readonly string[];
  /** What waits in the queue keeps the process alive until it was sent, unless the process is told to exit. */
  readonly holdsProcess?: true;
}

/** One thing that an event needs besides its name and properties. */
export interface SdkNeed {
  /** As the vendor calls it: `event_time`. */
  readonly name: string;
  /** Roles, or keys of the properties (`properties.session_id`), any of which will do. */
  readonly from: readonly string[];
  /** What becomes of the event without it, as the end of a sentence. */
  readonly else: string;
}

/** One SDK surface of a vendor: one kind of receiver, one set of methods. Facts only; how they are used is `link/`'s matter. */
export interface Sdk {
  readonly id: string;
  readonly vendor: string;
  /** As people know it: `PostHog`. */
  readonly vendorName: string;
  readonly product: string;
  /** Surfaces with the same call shapes share it: `segment-spec`. */
  readonly family: string;
  readonly platform: "browser" | "server" | "both" | "react-native";
  readonly status: "current" | "legacy" | "deprecated";
  readonly packages: readonly string[];
  readonly imports: readonly SdkImport[];
  readonly instances: readonly SdkInstance[];
  readonly starts: readonly SdkStartForm[];
  readonly globals: readonly SdkGlobal[];
  readonly methods: readonly SdkMethod[];
  readonly builders?: readonly SdkBuilder[];
  /** Components that identify or track by their props: role to prop. */
  readonly jsx?: readonly {
    readonly component: string;
    readonly kind: CallKind;
    readonly roles: Readonly<Record<string, string>>;
  }[];
  /** HTML attributes whose value is an event name; `*` ends a prefix. */
  readonly attributes?: readonly string[];
  readonly http?: readonly SdkEndpoint[];
  /** Keys that start with `$` and that callers are meant to set. */
  readonly settableKeys?: readonly string[];
  /**
   * What first brought a person (campaign, referrer, click id). `kept`: the vendor's browser SDK leaves it on the person,
   * for every later event. `lost`: what a call doesn't carry is not known. Absent: not this vendor's matter, or not known.
   */
  readonly firstTouch?: "kept" | "lost";
  /** An e-mail address is one of the ids by which the vendor knows a person: it writes to people. */
  readonly knowsByEmail?: true;
  /** What the vendor's SDKs put on every message: `timestamp`, `messageId`. Who sends over HTTP does it alone. */
  readonly stamps?: readonly string[];
  /** What nobody fills in where the sender doesn't, and without which the vendor can't use the event. */
  readonly needs?: readonly SdkNeed[];
  /** `needs` holds for messages over HTTP; the surface's own methods fill it in. */
  readonly needsOverHttp?: true;
  /** Whether the vendor reads a consent state that the call carries. */
  readonly contextConsent: "consumed" | "stamped" | "partial" | "own-field" | "ignored" | "unknown";
  /** Where it reads it: `context.consent.categoryPreferences`. */
  readonly consentField?: string;
  /** Sends nothing unless a setting of the person allows it, which the SDK itself looks up (VS Code's telemetry level). */
  readonly asksPerson: boolean;
  /** Sends by itself as soon as it is started: page views, interactions, recordings. */
  readonly startsCapture: boolean;
  /** Options of the start that make it capture by itself. */
  readonly capturesWith?: readonly string[];
  /** Options of the start that, all set so, keep it from capturing by itself. */
  readonly quietWith?: Readonly<Record<string, boolean>>;
  /**
   * What the vendor makes of a call without any id. `rejected`: its SDK or its API refuses it. `personless`: it is kept,
   * of nobody. `unattributed`: it is counted, and belongs to nobody's history.
   */
  readonly withoutId?: "rejected" | "personless" | "unattributed";
  /** What is sent for a group needs no person: the vendor documents one constant for all of them. */
  readonly groupsNeedNoPerson?: true;
  /** Methods that keep an id on the client, for all calls that follow. */
  readonly keepsId?: readonly string[];
  /** Absent for browsers and apps, and where it is not known. */
  readonly delivery?: SdkDelivery;
  /** Options of the start that hold capture back until, or say, what the user chose. */
  readonly holdOptions?: readonly string[];
}

/** A consent platform: what in the code shows that it is there. */
export interface ConsentPlatform {
  readonly id: string;
  readonly name: string;
  readonly packages: readonly string[];
  /** Globals and members as written, without `window.`: `OnetrustActiveGroups`, `Cookiebot.consent`. */
  readonly globals: readonly string[];
  /** Functions and components of its packages whose result or presence is a user's choice: `getCookieConsentValue`. */
  readonly checks: readonly string[];
  /** The vendor on whose events in the browser it puts the choice. */
  readonly stamps?: string;
}

/** Where processes live for one call of a handler, and what in a repository proves it. */
export interface ServerlessPlatform {
  readonly name: string;
  /** Configuration files in the folder of a project. */
  readonly files?: readonly string[];
  /** Packages that build a project for it. */
  readonly dependencies?: readonly string[];
  /** Files whose exports are handlers by their place alone. */
  readonly paths?: readonly RegExp[];
  readonly pathExports?: readonly ("handler" | "default")[];
  /** A function whose declared type, or that of a parameter, is one of these is a handler. */
  readonly types?: { readonly package: string; readonly names: readonly (string | RegExp)[] };
  /** Packages whose functions are given handlers. */
  readonly around?: readonly string[];
  /**
   * Which exports of a project with such a file or package are handlers. `routes`: of files that their framework makes
   * routes. `api-folder`: of `api/` in the folder of the project. `handler`: those of this name. `worker`: the members
   * `fetch`, `scheduled`, … of a default export.
   */
  readonly exports?: readonly ("routes" | "api-folder" | "handler" | "worker")[];
}
