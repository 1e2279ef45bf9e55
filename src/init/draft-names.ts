import type { Inventory } from "../calls/types.ts";
import { CASINGS, fitsCasing } from "../engine/naming/casing.ts";
import { majorityConvention } from "../engine/naming/convention.ts";
import { isStandardEvent, isStandardProperty, vocabularyOf } from "../engine/naming/vendor-names.ts";
import { judgedCalls } from "../engine/selectors.ts";
import { isVendorName } from "../engine/vendors.ts";
import type { Casing } from "../plan/model.ts";
import type { CasingDraft, CasingTally } from "./draft.ts";

/** As the rules of casing ask for it where the plan states none. */
const EVENT_MAJORITY = { majority: 80, minimumNames: 5 };
const PROPERTY_MAJORITY = { majority: 85, minimumNames: 5 };

/** How the events are spelled whose names this code has chosen. */
export function draftEventCasing(code: Inventory): CasingDraft {
  const calls = judgedCalls(code, { kinds: ["track"] }).filter((call) => vocabularyOf(call) === "product");
  const names = calls.flatMap((call) =>
    call.events.map(({ value }) => value).filter((name) => !isVendorName(call, name) && !isStandardEvent(call, name)),
  );
  return draftCasing(new Set(names), EVENT_MAJORITY);
}

/** How properties and traits are spelled. */
export function draftPropertyCasing(code: Inventory): CasingDraft {
  const calls = judgedCalls(code).filter((call) => vocabularyOf(call) === "product");
  const names = calls.flatMap((call) =>
    [call.properties, call.added, call.traits]
      .flatMap(({ properties }) => properties.map(({ name }) => name))
      .filter((name) => !name.startsWith("$") && /\p{L}/u.test(name) && !isStandardProperty(call, name)),
  );
  return draftCasing(new Set(names), PROPERTY_MAJORITY);
}

function draftCasing(names: ReadonlySet<string>, options: { majority: number; minimumNames: number }): CasingDraft {
  const convention = majorityConvention(names, options);
  // A name of one word fits most casings and shows none.
  const telling = [...names].filter((name) => /\p{L}\p{N}*(?:[^\p{L}\p{N}]+\p{L}|(?<=\p{Ll})\p{Lu})/u.test(name));
  const tallies = CASINGS.map((casing): CasingTally => {
    const fitting = telling.filter((name) => fitsCasing(name, casing)).length;
    return { casing, fitting, outside: [...names].filter((name) => !fitsCasing(name, casing)).length };
  });
  const tally = tallies.filter(({ fitting }) => fitting > 0).sort((a, b) => b.fitting - a.fitting);
  const casing = "none" in convention ? undefined : CASINGS.find((one) => one === convention.label);
  return stateCasing({ tally, telling: telling.length, total: names.size, outside: 0 }, casing);
}

/** The convention that a person has chosen, or that the majority shows. */
export function stateCasing(draft: CasingDraft, casing: Casing | undefined): CasingDraft {
  if (casing === undefined) return draft;
  return { ...draft, casing, outside: draft.tally.find((one) => one.casing === casing)?.outside ?? draft.total };
}
