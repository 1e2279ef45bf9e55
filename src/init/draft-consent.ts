import type { Condition, Inventory, TrackingCall } from "../calls/types.ts";
import { saysConsentChoice } from "../engine/flow/choice-words.ts";
import { consentCauses } from "../engine/flow/consent-causes.ts";
import { consentCoverage, consentKinds } from "../engine/flow/consent-coverage.ts";
import { judgeGuard } from "../engine/flow/judge-guards.ts";
import { judgedCalls } from "../engine/selectors.ts";
import type { ConsentDraft, GuardDraft } from "./draft.ts";

const PERSONAL: readonly TrackingCall["kind"][] = ["track", "identify", "alias", "group", "page", "screen"];
const MOST_GUARDS = 8;

/** The checks of the user's choice that the code makes; undefined where it makes none. */
export function draftConsent(code: Inventory): ConsentDraft | undefined {
  const guarded = [...judgedCalls(code, { relays: true }), ...code.starts];
  const checks = guarded.flatMap(({ guards }) => guards.filter((guard) => judgeGuard(guard).decider === "user"));
  const found = new Map<string, GuardDraft>();
  for (const { condition } of checks) {
    for (const guard of choicesIn(condition)) found.set(`${guard.kind} ${guard.name}`, guard);
  }
  if (found.size === 0) return undefined;
  const guards = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MOST_GUARDS);
  return { guards, coversAll: coversAll(code) };
}

/** The calls and values in a condition that speak of the user's choice. */
function choicesIn(condition: Condition): readonly GuardDraft[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap(choicesIn);
    case "not":
      return choicesIn(condition.of);
    case "compare":
      return [condition.left, condition.right].flatMap(choicesIn);
    case "call":
    case "value": {
      const { kind, name, at } = condition;
      const allows = { condition, holds: true, at, how: "around", text: name } as const;
      // What allows tracking when it is false (`optedOut`) can't be declared: the plan has no word for it.
      const isCheck = judgeGuard(allows).decider === "user" && /^[\w$.]+$/.test(name);
      return isCheck ? [{ kind, name }] : [];
    }
    default:
      return [];
  }
}

function coversAll(code: Inventory): boolean {
  const untracked = new Set(code.sources.filter(({ tracked }) => !tracked).map(({ name }) => name));
  const calls = judgedCalls(code, { kinds: PERSONAL, relays: true }).filter((call) => !isChoice(call));
  const starts = code.starts.filter((start) => !untracked.has(start.source));
  const coverage = consentCoverage(code, { guards: [], operator: false, withoutConsent: "drop", model: "opt-in" });
  return consentCauses({ code, coverage, calls, starts }).length === 0;
}

function isChoice(call: TrackingCall): boolean {
  const names = call.events.map(({ value }) => value);
  return consentKinds.has(call.kind) || (names.length > 0 && names.every(saysConsentChoice));
}
