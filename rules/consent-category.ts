import {
  byWrittenPlace,
  type CategoryCheck,
  categoryChecks,
  defineRule,
  groupBy,
  judgedCalls,
  listOf,
  type Plan,
  type Range,
  type TrackingCall,
} from "../src/plugin.ts";

/** A call after a check of categories that its event doesn't belong to. */
interface Wrong {
  readonly call: TrackingCall;
  readonly event: string;
  readonly category: string;
  readonly check: CategoryCheck;
  readonly plan: Range | undefined;
}

export default defineRule({
  meta: {
    id: "consent-category",
    category: "consent",
    summary: "A check of the user's choice asks about the category that the plan gives the event",
    default: { withoutPlan: "off", withPlan: "error" },
    messages: {
      other: "{{of}} belongs to the consent category `{{category}}`, but is sent after a check of `{{checked}}`",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    if (plan?.consent === undefined || plan.consent.categories.size === 0) return;
    const wrong = judgedCalls(code, { kinds: ["track", "page", "screen"] }).flatMap((call) => wrongChecks(call, plan));
    for (const group of groupBy(wrong, ({ category }) => category).values()) {
      for (const { items } of byWrittenPlace(group, ({ check }) => check.guard.at)) {
        const { call, event, category, check, plan: place } = items[0]!;
        const at = items.length > 1 ? check.guard.at : call.at;
        const events = [...new Set(items.map((one) => one.event))];
        yield {
          at,
          messageId: "other",
          data: {
            of: events.length === 1 ? `\`${event}\`` : `Each of ${events.length} events`,
            category,
            checked: listOf([...check.categories].sort(), 3),
          },
          help: `Check \`${category}\` there, or give the event the category that is checked in the plan.`,
          plan: place,
          related:
            items.length > 1
              ? items.map((one) => ({ at: one.call.at, message: "sent here" }))
              : [{ at: check.guard.at, message: "checked here" }],
          subject: `${events.join()}/${category}`,
        };
      }
    }
  },
});

function wrongChecks(call: TrackingCall, plan: Plan): Wrong[] {
  const { consent } = plan;
  if (consent === undefined || call.dynamic) return [];
  const checks = categoryChecks(call.guards, consent);
  return call.events.flatMap(({ value }): Wrong[] => {
    const event = plan.find(value);
    const category = event?.consent ?? consent.default;
    if (category === undefined || consent.exempt.includes(category)) return [];
    const [check] = checks;
    if (check === undefined || checks.some(({ categories }) => categories.has(category))) return [];
    const place = event?.at ?? consent.at;
    return [{ call, event: value, category, check, plan: place }];
  });
}
