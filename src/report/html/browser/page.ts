import type { Filter } from "./address.ts";
import type { Child } from "./dom.ts";

/** What one address shows. */
export interface Page {
  /** For the window and for those who are told that the page has changed. */
  readonly title: string;
  /** Begins with its `h1`, which takes the focus. */
  readonly content: readonly Child[];
}

/** Writes the filter into the address, without a new entry in the history. */
export type Remember = (filter: Filter) => void;
