import conceptData from "./names/concepts.json" with { type: "json" };
import ga4 from "./names/vocabularies/ga4.json" with { type: "json" };
import meta from "./names/vocabularies/meta.json" with { type: "json" };
import posthog from "./names/vocabularies/posthog.json" with { type: "json" };
import rudderstack from "./names/vocabularies/rudderstack.json" with { type: "json" };
import segment from "./names/vocabularies/segment.json" with { type: "json" };
import tiktok from "./names/vocabularies/tiktok.json" with { type: "json" };
import type { Verified } from "./sdk.ts";

/** An event that a vendor's specification has, as far as rules ask for it. */
export interface StandardEvent {
  readonly name: string;
  /** The part of the vocabulary: `ecommerce` of `segment/ecommerce`. */
  readonly family: string;
  /** What happened, in words that vocabularies share; see `Concept`. */
  readonly concepts?: readonly string[];
  /** Properties that the vendor requires. */
  readonly required?: readonly string[];
  /** Amounts that mean nothing without the event's `currency`. */
  readonly money?: readonly string[];
  /** What it becomes in Google Analytics behind a CDP, and what is needed for it: of each group one. */
  readonly ga4?: { readonly event: string; readonly requires: readonly (readonly string[])[]; readonly source: string };
  readonly source: string;
  readonly verified: Verified;
}

export interface StandardVocabulary {
  /** `segment`: what a plan names under `vocabularies`, alone or with a family. */
  readonly vocabulary: string;
  /** As people know it. */
  readonly name: string;
  readonly events: readonly StandardEvent[];
}

/** Home-made names for one thing, in snake case. */
export interface Concept {
  readonly concept: string;
  readonly synonyms: readonly string[];
  /** Those that also mean something else. */
  readonly vague?: readonly string[];
}

export const standardVocabularies = [segment, rudderstack, ga4, meta, tiktok, posthog] as readonly StandardVocabulary[];
export const concepts: readonly Concept[] = conceptData.concepts;
