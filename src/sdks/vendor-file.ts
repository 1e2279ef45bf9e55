import type { CallKind } from "../calls/types.ts";
import type {
  Sdk,
  SdkBuilder,
  SdkDelivery,
  SdkEndpoint,
  SdkGlobal,
  SdkImport,
  SdkInstance,
  SdkNeed,
  Verified,
  WhenClause,
} from "./sdk.ts";

/*
 * The shape of `vendors/<vendor>.json`, checked by `vendor.schema.json`. Fields that only explain (`notes`, `note`,
 * `example`, `silent`, `captureNote`, `mechanism`) stay in the files: `compile.ts` drops them, so they are optional here though
 * the schema asks for `example`.
 */

/** `"1.context.ip"`: argument 1, path `context.ip`; `"0[1].name"`: argument 0, path `[1].name`. */
export type PlaceText = string;

export type RoleEntry =
  | PlaceText
  | {
      readonly at: PlaceText;
      readonly except?: readonly string[];
      readonly or?: readonly string[];
      readonly builder?: string;
      readonly of?: string;
      readonly iglu?: true;
    };

export interface LayoutEntry {
  readonly when?: readonly WhenClause[];
  readonly roles?: Readonly<Record<string, RoleEntry>>;
  readonly required?: readonly string[];
  readonly requiredOneOf?: readonly (readonly string[])[];
  /** The call without its receiver; for `function` and `hoc`, and for chains that start with `new`, the whole call. */
  readonly example?: string;
}

interface MethodHead {
  readonly name: string;
  readonly kind: CallKind;
  readonly subkind?: string;
  /** `method` unless said otherwise. */
  readonly call?: "function" | "hoc";
  readonly fixedEvent?: string;
  readonly dispatches?: boolean;
  readonly mergesBothWays?: true;
  readonly forgetsWithNull?: true;
  readonly newVisitor?: true;
  readonly runtimeRequired?: { readonly roles?: readonly string[]; readonly oneOf?: readonly (readonly string[])[] };
  readonly notes?: readonly string[];
  /** `typings` unless said otherwise: the example was compiled against the package's own declarations. */
  readonly verified?: Verified;
}

/** A method with one layout holds it itself. */
export type MethodEntry = MethodHead & (LayoutEntry | { readonly layouts: readonly LayoutEntry[] });

export interface StartEntry {
  readonly how: "constructor" | "factory" | "init" | "component";
  readonly name: string;
  readonly when?: readonly WhenClause[];
  readonly key?: PlaceText;
  readonly options?: readonly PlaceText[];
}

export interface SurfaceEntry {
  readonly id: string;
  readonly product: string;
  readonly family: string;
  readonly platform: Sdk["platform"];
  /** `current` unless said otherwise. */
  readonly status?: "legacy" | "deprecated";
  readonly packages?: readonly string[];
  /** Where a package does much else (`vscode`): words that make a file a candidate, instead of its specifiers. */
  readonly seedWords?: readonly string[];
  /** `symbol: "*"`: a named import of every method that is no path. */
  readonly imports?: readonly (SdkImport & { readonly verified?: string })[];
  readonly instances?: readonly (SdkInstance & { readonly example?: string; readonly note?: string })[];
  readonly starts?: readonly StartEntry[];
  readonly globals?: readonly (Omit<SdkGlobal, "bare"> & { readonly bare?: true })[];
  readonly attributes?: readonly string[];
  readonly jsx?: Sdk["jsx"];
  readonly builders?: readonly SdkBuilder[];
  readonly consent: {
    readonly reads: Sdk["contextConsent"];
    readonly field?: string;
    readonly mechanism?: string;
    readonly note?: string;
  };
  /** See `Sdk.asksPerson`. */
  readonly asksPerson?: true;
  readonly startsCapture?: true;
  readonly capturesWith?: readonly string[];
  readonly quietWith?: Readonly<Record<string, boolean>>;
  readonly holdOptions?: readonly string[];
  /** See `Sdk.withoutId`; `note` says where it is known from. */
  readonly withoutId?: { readonly is: NonNullable<Sdk["withoutId"]>; readonly note?: string };
  readonly groupsNeedNoPerson?: true;
  /** See `Sdk.needs`; `note` says where it is known from. `httpOnly`: the surface's own methods fill it in. */
  readonly needs?: {
    readonly fields: readonly SdkNeed[];
    readonly httpOnly?: true;
    readonly note?: string;
  };
  readonly keepsId?: readonly string[];
  readonly captureNote?: string;
  /** See `SdkDelivery`; `note` says where it is known from. */
  readonly delivery?: SdkDelivery & { readonly note?: string };
  readonly http?: readonly SdkEndpoint[];
  readonly notes?: readonly string[];
  readonly verified?: Verified;
  /** Id of the surface whose methods this one has too, less `without`; `methods` of the same name replace them. */
  readonly methodsOf?: string;
  readonly without?: readonly string[];
  readonly methods?: readonly MethodEntry[];
  /** Calls that look like one of the methods and send nothing: `group()`. They become lines of the fixture. */
  readonly silent?: readonly string[];
}

export interface VendorFile {
  readonly vendor: string;
  readonly name: string;
  /**
   * The vendor's own words: a package whose unscoped name has one as a part is a fork or wrapper of it. A word that also
   * means something else counts only `with` one of these parts.
   */
  readonly words?: readonly (string | { readonly word: string; readonly with: readonly string[] })[];
  /** See `Sdk.settableKeys`; for all surfaces of the vendor. */
  readonly settableKeys?: readonly string[];
  /** See `Sdk.stamps`; for all surfaces of the vendor. */
  readonly stamps?: readonly string[];
  /** See `Sdk.firstTouch`; `note` says where it is known from. */
  readonly firstTouch?: { readonly is: NonNullable<Sdk["firstTouch"]>; readonly note?: string };
  /** See `Sdk.knowsByEmail`; `note` says where it is known from. */
  readonly knowsByEmail?: { readonly note: string };
  readonly sdks: readonly SurfaceEntry[];
}

/** A surface together with what its vendor's file says of all of them; what `decode.ts` reads. */
export interface CompiledSurface extends SurfaceEntry {
  readonly vendor: string;
  readonly vendorName: string;
  readonly settableKeys?: readonly string[];
  readonly stamps?: readonly string[];
  readonly firstTouch?: NonNullable<Sdk["firstTouch"]>;
  readonly knowsByEmail?: true;
}

/** A vendor's own word; see `VendorFile.words`. */
export interface VendorWord {
  readonly word: string;
  readonly vendor: string;
  readonly with?: readonly string[];
}

/** What is known of a surface without decoding it. */
export interface SurfaceName {
  readonly id: string;
  readonly vendor: string;
  readonly family: string;
  readonly packages: readonly string[];
}

/** The names that lead to surfaces, by id. */
export interface KnownNames {
  /** In the order of the compiled surfaces. */
  readonly surfaces: readonly SurfaceName[];
  /** Specifiers of imports, and packages. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  readonly globals: Readonly<Record<string, { readonly bare: boolean; readonly sdks: readonly string[] }>>;
  /** Specifiers that make a file a candidate. */
  readonly seeds: readonly string[];
  /** Words in a text that do. */
  readonly seedWords: readonly string[];
  readonly words: readonly VendorWord[];
  readonly endpoints: readonly KnownEndpoint[];
}

/** An address that takes events: the surface, and which of its endpoints it is. */
export interface KnownEndpoint {
  readonly sdk: string;
  readonly index: number;
  readonly url: string;
}
