import type { TrackingCall } from "../../calls/types.ts";
import type { Plan } from "../../plan/model.ts";
import {
  concepts,
  type StandardEvent,
  type StandardVocabulary,
  standardVocabularies,
} from "../../sdks/vocabularies.ts";
import { vocabularyOf } from "./vendor-names.ts";
import { normaliseName } from "./words.ts";

export type { StandardEvent };

/** A vocabulary, or the part of it that a plan names. */
export interface ChosenVocabulary {
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  readonly events: readonly StandardEvent[];
  /** The plan names it; else it is the one of the call's destination. */
  readonly named: boolean;
}

/** What a plan's `vocabularies` name: `segment/ecommerce`, `ga4`. `unknown` are entries that mean none of ours. */
export function namedVocabularies(plan: Plan | undefined): {
  readonly chosen: readonly ChosenVocabulary[];
  readonly unknown: readonly string[];
} {
  const read = (plan?.vocabularies ?? []).map((entry) => {
    const [id = "", family] = entry.split("/");
    const whole = standardVocabularies.find(({ vocabulary }) => vocabulary === id);
    const events = whole?.events.filter((event) => family === undefined || event.family === family) ?? [];
    return { entry, chosen: whole === undefined || events.length === 0 ? undefined : choose(whole, events, true) };
  });
  return {
    chosen: read.flatMap(({ chosen }) => chosen ?? []),
    unknown: read.filter(({ chosen }) => chosen === undefined).map(({ entry }) => entry),
  };
}

/**
 * The vocabularies of a call's own destinations. Google's and the ad platforms' count only where no other tool gets the
 * same name; tools without a specification (PostHog, Mixpanel, Amplitude, …) have none.
 */
export function ownVocabularies(call: TrackingCall): readonly ChosenVocabulary[] {
  const ids = new Set(
    call.sinks
      .map(({ vendor, family }) => (family === "segment-spec" ? vendor : family))
      .filter((id) => id !== "posthog"),
  );
  const isProduct = vocabularyOf(call) === "product";
  return standardVocabularies
    .filter(({ vocabulary }) => ids.has(vocabulary) && (!isProduct || cdps.has(vocabulary)))
    .map((whole) => choose(whole, whole.events, false));
}

/** Customer data platforms: they take any name, and translate the standard ones for each destination. */
const cdps: ReadonlySet<string> = new Set(["segment", "rudderstack"]);

/** The event of a vocabulary for which a name is a home-made one; undefined where it is the standard one, or another. */
export function standardFor({ events, id, named }: ChosenVocabulary, name: string): StandardEvent | undefined {
  const normal = normaliseName(name);
  const same = events.find((event) => normaliseName(event.name) === normal);
  // A spelling of a CDP's own name is event-casing's; Google and the ad platforms know only the exact one.
  if (same !== undefined) return cdps.has(id) || same.name === name || name.startsWith("$") ? undefined : same;
  const meant = synonyms(named).get(normal);
  return meant === undefined ? undefined : events.find((event) => event.concepts?.includes(meant));
}

/** Concepts by home-made names, spelt as `normaliseName` spells them. */
const conceptByName = { sure: new Map<string, string>(), all: new Map<string, string>() };

function synonyms(named: boolean): ReadonlyMap<string, string> {
  if (conceptByName.all.size === 0) {
    // Segment's own names, for the vocabularies that call the same thing otherwise.
    for (const event of standardVocabularies[0]?.events ?? []) {
      const [concept] = event.concepts ?? [];
      if (concept === undefined) continue;
      conceptByName.sure.set(normaliseName(event.name), concept);
      conceptByName.all.set(normaliseName(event.name), concept);
    }
    for (const { concept, synonyms: sure, vague = [] } of concepts) {
      for (const name of sure) conceptByName.sure.set(name, concept);
      for (const name of [...sure, ...vague]) conceptByName.all.set(name, concept);
    }
  }
  return named ? conceptByName.all : conceptByName.sure;
}

function choose(whole: StandardVocabulary, events: readonly StandardEvent[], named: boolean): ChosenVocabulary {
  return { id: whole.vocabulary, name: whole.name, events, named };
}
