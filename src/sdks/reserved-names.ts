import type { Platform } from "../calls/types.ts";
import data from "./names/reserved.json" with { type: "json" };
import type { Verified } from "./sdk.ts";

/** Names that a vendor doesn't leave to those who send, and what becomes of one that is sent nevertheless. */
export interface ReservedNames {
  readonly families: readonly string[];
  /** Only these of the families. */
  readonly vendors?: readonly string[];
  readonly sdks?: readonly string[];
  readonly notSdks?: readonly string[];
  readonly platforms?: readonly Platform[];
  /** As people know it. */
  readonly vendor: string;
  readonly on: "event" | "property" | "trait";
  /**
   * `rejects`, `drops`, `overwrites`: what the vendor does with it. `reserves`: it is the vendor's, and means something
   * else there. `unknown`: the vendor keeps the beginning for its own names, and this is none of them.
   */
  readonly effect: "rejects" | "drops" | "overwrites" | "reserves" | "unknown";
  readonly names?: readonly string[];
  readonly prefixes?: readonly string[];
  readonly except?: readonly string[];
  readonly exceptPrefixes?: readonly string[];
  /** Only where the call's context certainly lacks what stands at this path. */
  readonly needsContext?: string;
  readonly why?: string;
  readonly source: string;
  readonly verified: Verified;
}

/** What an event's name may look like. */
export interface NameShape {
  readonly families: readonly string[];
  readonly vendor: string;
  /** Of a Unicode regular expression. */
  readonly pattern: string;
  /** The pattern in words. */
  readonly says: string;
  readonly longest: number;
  readonly source: string;
  readonly verified: Verified;
}

export const reservedNames = data.names as readonly ReservedNames[];
export const nameShapes = data.shapes as readonly NameShape[];
