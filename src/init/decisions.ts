import type { CasingDraft, PlanDraft, PropertyDraft } from "./draft.ts";
import { isOpen, twinsOf, undecidedCasing } from "./print-plan.ts";
import { isMixed } from "./print-schema.ts";

/** What the code can't say and a person must decide, each as a line. The plan says the same where it belongs. */
export function decisionsOf(draft: PlanDraft): readonly string[] {
  const { unnamed, events, consent, groups, users, signup } = draft;
  const open = events.filter(isOpen).length;
  const twins = twinsOf(events).size;
  const mixed = allProperties(draft).filter(({ schema }) => schema !== undefined && isMixed(schema)).length;
  return [
    ...casingDecision("event names", draft.eventNames),
    ...casingDecision("property names", draft.propertyNames),
    unnamed.length > 0 && `Which events ${calls(unnamed.length)}: their names can't be known without running the code.`,
    twins > 0 && `Which of ${twins} events are one: their names differ in spelling only.`,
    open > 0 && `What else ${count(open, "event carries", "events carry")}: the code spreads in what can't be read.`,
    mixed > 0 && `Which type ${count(mixed, "property has, which is", "properties have that are")} sent with several.`,
    signup.length > 0 && "How a visitor becomes the user at a signup: `identity.merge`.",
    consent !== undefined &&
      !consent.coversAll &&
      "Whether all that is sent must be behind a check of the user's choice, as some of it is: the `consent` section.",
    users !== undefined && "Which traits are personal data: `pii`.",
    groups.some(({ isUnnamed }) => isUnnamed) && "What a group is.",
    "What each event means and who answers for it: `description`, `owner`.",
  ].filter((line) => line !== false);
}

function casingDecision(what: string, draft: CasingDraft): readonly string[] {
  const undecided = undecidedCasing(what, draft);
  if (undecided !== undefined) return [undecided.replace("Decide: how", "How")];
  const { casing, outside, total } = draft;
  if (casing === undefined || outside === 0) return [];
  return [`What becomes of ${what} that are not ${casing}, ${outside} of ${total}: \`check\` reports them.`];
}

/** Every property of the plan, nested ones left out. */
export function allProperties({ bundles, users, groups, pages, events }: PlanDraft): readonly PropertyDraft[] {
  const payloads = [
    ...bundles,
    ...(users === undefined ? [] : [users]),
    ...groups,
    ...(pages === undefined ? [] : [pages]),
  ];
  return [...payloads, ...events, ...events.flatMap(({ sources }) => sources)].flatMap(({ properties }) =>
    properties.filter(({ schema }) => schema !== undefined),
  );
}

function calls(number: number): string {
  return count(number, "call sends", "calls send");
}

function count(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}
