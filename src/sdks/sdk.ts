import type { CallKind } from "../calls/types.ts";

/** Where in the arguments a role stands. `path` descends object keys by dots, `[n]` and `[*]` index arrays; `""` is the argument itself. */
export interface RolePlace {
  readonly arg: number;
  readonly path: string;
  /** The properties are the keys that `except` doesn't name. */
  readonly rest?: boolean;
  readonly except?: readonly string[];
  /** Look inside the call of this builder function (or the `new Identify()` chain). */
  readonly builder?: string;
  /** The argument of the named earlier call in the chain. */
  readonly of?: string;
}

export type WhenClause =
  | { readonly arg: number; readonly is: "string" | "object" | "object-or-absent" }
  | { readonly arg: number; readonly path?: string; readonly equals: string }
  | { readonly arg: number; readonly has: string }
  | { readonly arg: number; readonly builder: string };

export interface SdkLayout {
  readonly form: string;
  /** The first layout all of whose clauses hold is taken. `is: "string"`: anything but an object literal. */
  readonly when?: readonly WhenClause[];
  readonly roles: Readonly<Record<string, RolePlace>>;
  readonly required?: readonly string[];
  readonly requiredOneOf?: readonly string[];
}

export interface SdkMethod {
  /** `track`, dotted `people.set`, or chained `getUser().addAlias`. */
  readonly name: string;
  readonly kind: CallKind;
  readonly subkind?: string;
  /** `function`: called bare; `queue-push`: `dataLayer.push(…)`. */
  readonly call: "method" | "function" | "queue-push" | "decorator-or-hoc";
  /** Only on instances that arise this way (a free text of the catalogue). */
  readonly on?: string;
  /** The event on the wire where the call carries no name. */
  readonly fixedEvent?: string;
  readonly layouts: readonly SdkLayout[];
  /** `memory` is not verified: no error may rest on it. */
  readonly verified: string;
}

export interface SdkImport {
  readonly from: string;
  readonly style: "named" | "default" | "namespace" | "require";
  readonly symbol: string;
  readonly is:
    | "class"
    | "factory"
    | "hook"
    | "component"
    | "module"
    | "instance"
    | "function"
    | "constant"
    | "static-class"
    | "enum"
    | "object"
    | "hoc-or-decorator"
    | "hoc";
}

export interface SdkInstance {
  readonly how: "constructor" | "factory" | "global" | "hook" | "module" | "import" | "static" | "prop";
  readonly symbol: string;
  /** Where the write key stands in the call that makes the instance: `args[0].writeKey`. */
  readonly keyPath?: string;
  readonly promise?: boolean;
  readonly destructurable?: boolean;
  /** The call that starts an instance that an import gives: `init`, `load`, `setup`. */
  readonly init?: string;
}

/** One SDK surface of a vendor. Facts only; how they are used is `link/`'s matter. */
export interface Sdk {
  readonly id: string;
  readonly vendor: string;
  readonly product: string;
  readonly family: string;
  readonly platform: "browser" | "server" | "both" | "react-native" | "build";
  readonly packages: readonly string[];
  readonly imports: readonly SdkImport[];
  readonly instances: readonly SdkInstance[];
  /** Without `window.`. `bare`: the name alone is unmistakable (`gtag`, `fbq`); others count only behind `window`, `globalThis` or `self`. */
  readonly globals: readonly { readonly name: string; readonly bare: boolean }[];
  /** A global that is called like a function with the method's name first: `snowplow('trackPageView')`. */
  readonly queueForm?: string;
  readonly methods: readonly SdkMethod[];
  /** Components that identify or track by their props. */
  readonly jsx?: readonly {
    readonly component: string;
    readonly kind: CallKind;
    readonly roles: Readonly<Record<string, string>>;
  }[];
  /** Keys that start with `$` and that callers are meant to set. */
  readonly settableKeys?: readonly string[];
  /** Whether the vendor reads a consent state that the call carries: `consumed`, `stamped`, `partial`, `own-field`, `ignored`, … */
  readonly contextConsent: string;
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
}
