import type { EventPattern, Inventory, Payload, StaticValue } from "../calls/types.ts";
import { CASINGS, fitsCasing } from "../engine/naming/casing.ts";
import { majorityConvention } from "../engine/naming/convention.ts";
import { isStandardEvent, isStandardProperty } from "../engine/naming/vendor-names.ts";
import { judgedCalls } from "../engine/selectors.ts";
import { alternativesOf } from "../engine/static-values.ts";
import { isVendorName } from "../engine/vendors.ts";
import type { Casing } from "../plan/model.ts";
import type { CasingDraft, CasingTally } from "./draft.ts";

/**
 * A convention is stated where every name follows it, so that `check` has nothing to say of names that are sent today: a
 * stated one makes an error of each that doesn't, and whether it is to be renamed is a decision. A majority is told in a
 * comment; without a stated one the rules go by it, as warnings.
 */
const ALL_NAMES = { majority: 100, minimumNames: 5 };

type Name = string | EventPattern["parts"];

/** How the events are spelled whose names this code has chosen. */
export function draftEventCasing(code: Inventory): CasingDraft {
  const calls = judgedCalls(code, { kinds: ["track"] });
  const names = calls.flatMap((call): Name[] => [
    ...call.events
      .map(({ value }) => value)
      .filter((name) => !isVendorName(call, name) && !isStandardEvent(call, name)),
    ...call.patterns.map(({ parts }) => parts),
  ]);
  return draftCasing(names);
}

/** How properties and traits are spelled, those of nested objects too. */
export function draftPropertyCasing(code: Inventory): CasingDraft {
  const names = judgedCalls(code).flatMap((call) =>
    [call.properties, call.added, call.traits]
      .flatMap((payload) => [...namesIn(payload)])
      .filter((name) => !name.startsWith("$") && /\p{L}/u.test(name) && !isStandardProperty(call, name)),
  );
  return draftCasing(names);
}

function* namesIn(payload: Payload): Iterable<string> {
  for (const { name, value } of payload.properties) {
    yield name;
    yield* namesInValue(value);
  }
}

function* namesInValue(value: StaticValue): Iterable<string> {
  for (const one of alternativesOf(value)) {
    if (one.kind === "object") yield* namesIn(one.shape);
    if (one.kind !== "array") continue;
    for (const item of [...(one.items ?? []), ...(one.of === undefined ? [] : [one.of])]) yield* namesInValue(item);
  }
}

function draftCasing(all: readonly Name[]): CasingDraft {
  const names = new Set(all.filter((name) => typeof name === "string"));
  const patterns = all.filter((name) => typeof name !== "string");
  const convention = majorityConvention(names, ALL_NAMES);
  // A name of one word fits most casings and shows none.
  const telling = [...names].filter((name) => /\p{L}\p{N}*(?:[^\p{L}\p{N}]+\p{L}|(?<=\p{Ll})\p{Lu})/u.test(name));
  const tallies = CASINGS.map((casing): CasingTally => {
    const fitting = telling.filter((name) => fitsCasing(name, casing)).length;
    return { casing, fitting, outside: [...names].filter((name) => !fitsCasing(name, casing)).length };
  });
  const tally = tallies.filter(({ fitting }) => fitting > 0).sort((a, b) => b.fitting - a.fitting);
  const followed = "none" in convention ? undefined : CASINGS.find((one) => one === convention.label);
  const casing =
    followed !== undefined && patterns.every((parts) => fitsCasing(parts, followed)) ? followed : undefined;
  return stateCasing({ tally, telling: telling.length, total: names.size, outside: 0 }, casing);
}

/** The convention that a person has chosen, or that all names show. */
export function stateCasing(draft: CasingDraft, casing: Casing | undefined): CasingDraft {
  if (casing === undefined) return draft;
  return { ...draft, casing, outside: draft.tally.find((one) => one.casing === casing)?.outside ?? draft.total };
}
