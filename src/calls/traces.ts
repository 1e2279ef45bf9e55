import type { Range } from "../diagnostics/range.ts";

/** A trace of a consent platform: an import of its package or a read of its global. */
export interface ConsentPlatformUse {
  readonly platform: string;
  readonly source: string;
  readonly at: Range;
}

/** A place where the code asks what brought a visitor: a utm parameter, a referrer, a click id. */
export interface AttributionRead {
  readonly kind: "campaign" | "referrer" | "click-id";
  /** `utm_source`, `referer`, `gclid`. */
  readonly name: string;
  /** The expression as written, shortened. */
  readonly text: string;
  /** What is asked. `page`: the browser's own address or document. `other`: an object of the code, of which no more is known. */
  readonly from: "query" | "header" | "cookie" | "body" | "page" | "storage" | "other";
  readonly source: string;
  readonly at: Range;
  /** Nothing is done with it but to test or to log it. */
  readonly isDropped: boolean;
}
