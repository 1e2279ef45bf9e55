import {
  defineRule,
  isStandardEvent,
  isStandardIn,
  isVendorName,
  judgedCalls,
  judgeNames,
  type NameUse,
  type Plan,
  type PlanName,
  type TrackingCall,
} from "../src/plugin.ts";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    majority: { type: "number", minimum: 50, maximum: 100, default: 80 },
    minimumNames: { type: "integer", minimum: 2, default: 5 },
    words: { type: "array", items: { type: "string", minLength: 1 }, default: [] },
  },
} as const;

interface Options {
  /** Per cent of a source's names that make a convention where the plan states none. */
  readonly majority: number;
  /** How many names of more than one word must show it. */
  readonly minimumNames: number;
  /** Spellings that fit every casing: names of products and acronyms. */
  readonly words: readonly string[];
}

export default defineRule<"stated" | "majority" | "planMajority", Options>({
  meta: {
    id: "event-casing",
    category: "naming",
    summary: "Event names follow the stated casing, or the one that most names have",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      stated: "The event name `{{name}}` is not {{convention}}, the convention that the plan states",
      majority:
        "The event name `{{name}}` is not {{convention}}, as {{fitting}} of {{total}} names of `{{source}}` are",
      planMajority:
        "The event name `{{name}}` is not {{convention}}, as {{fitting}} of {{total}} names of the plan are",
    },
    options,
  },
  defaultOptions: { majority: 80, minimumNames: 5, words: [] },
  *check({ code, plan, options }) {
    const calls = judgedCalls(code, { kinds: ["track"] });
    const stated = plan?.conventions.events;
    const uses = calls.flatMap((call) => usesOf(call, plan));
    for (const said of judgeNames({ uses, planNames: planNames(plan, calls), stated, options })) {
      if ("notJudged" in said) {
        yield said;
        continue;
      }
      const { name, convention, expected, source, at, related } = said;
      const tally = convention.tally;
      yield {
        at,
        messageId: tally === undefined ? "stated" : source === undefined ? "planMajority" : "majority",
        data: { name, convention: convention.label, source: source ?? "", fitting: 0, total: 0, ...tally },
        help: helpFor(expected),
        plan: stated?.casing === undefined || tally !== undefined ? undefined : stated.at,
        related,
        subject: name,
        ...(tally === undefined ? { severity: "error" as const } : {}),
      };
    }
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
  if (plan === undefined) return false;
  return (
    plan.find(name, "track") !== undefined || plan.vocabularies.some((vocabulary) => isStandardIn(vocabulary, name))
  );
}

function planNames(plan: Plan | undefined, calls: readonly TrackingCall[]): PlanName[] {
  const live = plan?.events.filter(
    ({ kind, status }) => kind === "track" && (status === "active" || status === "planned"),
  );
  return (live ?? []).map(({ name, at }) => {
    const senders = calls.filter((call) => call.events.some(({ value }) => value === name));
    const isStandard =
      senders.some((call) => isStandardEvent(call, name)) ||
      plan?.vocabularies.some((vocabulary) => isStandardIn(vocabulary, name)) === true;
    return { name, at, calls: senders, exempt: name.startsWith("$") || isStandard };
  });
}

function helpFor(expected: string | undefined): string {
  const spelling = expected === undefined ? "Spell it like the others" : `Spell it \`${expected}\``;
  return `${spelling}; if it has been sent already, keep the old name in the plan under \`aliases\`, since charts and exports know it by that.`;
}
