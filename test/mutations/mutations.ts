import { changedCalls } from "./change-calls.ts";
import { changedConditions } from "./change-conditions.ts";
import { changedIds } from "./change-ids.ts";
import { changedNames } from "./change-names.ts";
import { changedPayloads } from "./change-payloads.ts";
import type { Mutation } from "./mutation.ts";
import type { Codebase } from "./sites.ts";

/** Every change, in the order of places; two that write the same text are one. */
export function mutationsOf(code: Codebase): Mutation[] {
  const all = [changedNames, changedPayloads, changedIds, changedCalls, changedConditions].flatMap((change) => [
    ...change(code),
  ]);
  const byText = new Map<string, Mutation>();
  for (const one of all) {
    const { file, start, end, text } = one.change;
    const key = JSON.stringify([file, start, end, text]);
    // A property of two calls is a mistake if it is one in either.
    if (byText.get(key)?.isMistake !== true) byText.set(key, one);
  }
  return [...byText.values()].sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

function placeOf({ change, operator }: Mutation): string {
  return `${change.file}:${String(change.start).padStart(8, "0")} ${operator}`;
}
