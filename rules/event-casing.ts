import {
  type CasingMessageId,
  type CasingRuleOptions,
  casingMeta,
  casingProblems,
  defineRule,
  groupBy,
  isStandardEvent,
  isStandardInPlan,
  isVendorName,
  judgedCalls,
  type NameUse,
  type Plan,
  type PlanName,
  type TrackingCall,
} from "../src/plugin.ts";

const majority = 80;

export default defineRule<CasingMessageId, CasingRuleOptions>({
  meta: {
    id: "event-casing",
    category: "naming",
    summary: "Event names follow the stated casing, or the one that most names have",
    default: { withoutPlan: "warn", withPlan: "warn" },
    fixable: true,
    ...casingMeta("event name", majority),
  },
  defaultOptions: { majority, minimumNames: 5, words: [] },
  *check({ code, plan, options }) {
    const calls = judgedCalls(code, { kinds: ["track"] });
    const uses = calls.flatMap((call) => usesOf(call, plan));
    yield* casingProblems(
      { uses, planNames: planNames(plan, calls), stated: plan?.conventions.events, options },
      "if it has been sent already, keep the old name in the plan under `aliases`, since charts and exports know it by that",
      "track",
    );
  },
});

function usesOf(call: TrackingCall, plan: Plan | undefined): NameUse[] {
  const known = call.events
    .filter(({ value }) => !isVendorName(call, value))
    .map(({ value, written, at }) => {
      const exempt = isStandardEvent(call, value) || isNamedByPlan(plan, value);
      return { name: value, written, at, call, exempt };
    });
  const patterns = call.patterns.map(({ parts, at }) => ({ name: parts, at, call, exempt: false }));
  return [...known, ...patterns];
}

/** The plan's own names are judged where the plan has them; aliases and wire names are as they have to be. */
function isNamedByPlan(plan: Plan | undefined, name: string): boolean {
  return plan?.find(name, "track") !== undefined || isStandardInPlan(plan, name);
}

/** Names that may still change: what is deprecated or removed stays as it was. */
function planNames(plan: Plan | undefined, calls: readonly TrackingCall[]): PlanName[] {
  const sent = groupBy(
    calls.flatMap((call) => call.events.map(({ value }) => ({ value, call }))),
    ({ value }) => value,
  );
  const live = (plan?.events ?? []).filter(
    ({ kind, status }) => kind === "track" && (status === "active" || status === "planned"),
  );
  return live.map(({ name, at }) => {
    const senders = (sent.get(name) ?? []).map(({ call }) => call);
    const isStandard = isStandardInPlan(plan, name) || senders.some((call) => isStandardEvent(call, name));
    return { name, at, calls: senders, exempt: name.startsWith("$") || isStandard };
  });
}
