import type { Inventory } from "../calls/types.ts";
import { CASINGS, fitsCasing } from "../engine/naming/casing.ts";
import { majorityConvention } from "../engine/naming/convention.ts";
import { isStandardEvent, isStandardProperty, vocabularyOf } from "../engine/naming/vendor-names.ts";
import { judgedCalls } from "../engine/selectors.ts";
import { isVendorName } from "../engine/vendors.ts";
import type { CasingDraft } from "./draft.ts";

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
  const stated = "none" in convention ? undefined : CASINGS.find((casing) => casing === convention.label);
  // A name of one word fits most casings and shows none.
  const telling = [...names].filter((name) => /\p{L}\p{N}*(?:[^\p{L}\p{N}]+\p{L}|(?<=\p{Ll})\p{Lu})/u.test(name));
  return {
    ...(stated === undefined ? {} : { casing: stated }),
    tally: tallyOf(telling).filter(({ fitting }) => fitting > 0),
    telling: telling.length,
    total: names.size,
    outside: stated === undefined ? 0 : [...names].filter((name) => !fitsCasing(name, stated)).length,
  };
}

function tallyOf(names: readonly string[]): CasingDraft["tally"] {
  return CASINGS.map((casing) => ({ casing, fitting: names.filter((name) => fitsCasing(name, casing)).length })).sort(
    (a, b) => b.fitting - a.fitting,
  );
}
