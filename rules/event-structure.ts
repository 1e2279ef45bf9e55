import {
  defineRule,
  type GrammarBreak,
  grammarBreak,
  groupBy,
  isStandardEvent,
  isStandardInPlan,
  isVendorName,
  judgedCalls,
  type NameGrammar,
  ownPlaceOf,
  type Plan,
  placesOf,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = GrammarBreak["kind"];

interface Options {
  /** In which tense the action stands, where the plan states a structure. */
  readonly tense: "past" | "any";
  /** The only actions that names may have; empty: all. */
  readonly verbs: readonly string[];
  /** One of these begins each name; empty: none is asked. */
  readonly prefixes: readonly string[];
  /** The most characters that a name may have; 0: any number. */
  readonly maxLength: number;
}

const ORDERS: Readonly<Record<string, string>> = {
  "object-action": "an object and then what was done with it, such as `Project Created`",
  "action-object": "what was done and then the object, such as `Created Project`",
};

export default defineRule<MessageId, Options>({
  meta: {
    id: "event-structure",
    category: "naming",
    summary: "Event names follow the grammar that the plan states",
    default: { withoutPlan: "off", withPlan: "warn" },
    messages: {
      order: "`{{name}}` has its action `{{word}}` in the wrong place: the plan asks for {{structure}}",
      tense: "`{{name}}` says `{{word}}`, which is not in the past tense: the plan asks for {{structure}}",
      noAction: "`{{name}}` says of `{{word}}` not what was done with it: the plan asks for {{structure}}",
      noObject: "`{{name}}` says only what was done, not with what: the plan asks for {{structure}}",
      verb: "`{{name}}` has the action `{{word}}`, which is none of those that are allowed: {{verbs}}",
      prefix: "`{{name}}` does not begin with `{{word}}`, as every name should",
      length: "`{{name}}` has {{word}} characters; at most {{max}} are allowed",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: {
        tense: { enum: ["past", "any"], default: "past" },
        verbs: { type: "array", items: { type: "string", minLength: 1 }, default: [] },
        prefixes: { type: "array", items: { type: "string", minLength: 1 }, default: [] },
        maxLength: { type: "integer", minimum: 0, default: 0 },
      },
    },
  },
  defaultOptions: { tense: "past", verbs: [], prefixes: [], maxLength: 0 },
  *check({ code, plan, options }) {
    if (plan === undefined) return;
    const stated = plan.conventions.events;
    const { maxLength, ...rest } = options;
    const grammar: NameGrammar = {
      ...rest,
      separators: stated?.separators ?? [],
      ...(stated?.structure === undefined ? {} : { structure: stated.structure }),
      ...(maxLength > 0 ? { maxLength } : {}),
    };
    if (stated?.structure === undefined && options.prefixes.length === 0 && maxLength === 0) {
      if (stated !== undefined) yield { notJudged: "`conventions.events` states no `structure`", source: "*" };
      return;
    }
    const calls = judgedCalls(code, { kinds: ["track"] });
    const sent = sentNames(calls, plan);
    const names = [
      ...plannedNames(plan, standardsOf(calls)),
      ...[...groupBy(sent, ({ name }) => name).values()].map((uses) => ({
        name: uses[0]!.name,
        at: uses[0]!.at,
        calls: uses.map(({ call }) => call),
      })),
    ];
    for (const { name, at, calls: uses } of names) {
      const broken = grammarBreak(name, grammar);
      if (broken === undefined) continue;
      yield {
        at,
        messageId: broken.kind,
        data: {
          name,
          word: broken.word,
          structure: ORDERS[stated?.structure ?? ""] ?? "",
          verbs: options.verbs.map((verb) => `\`${verb}\``).join(", "),
          max: maxLength,
        },
        help: "Rename it; if it has been sent already, keep the old name in the plan under `aliases`, since charts and exports know it by that.",
        plan: stated?.at,
        related: uses.length > 0 ? placesOf(uses, at, "sent here") : [],
        subject: name,
      };
    }
  },
});

interface Named {
  readonly name: string;
  readonly at: TrackingCall["at"];
  readonly calls: readonly TrackingCall[];
}

/** Names that are not the product's own: `add_to_cart` of Google, `InitiateCheckout` of Meta. */
function standardsOf(calls: readonly TrackingCall[]): ReadonlySet<string> {
  return new Set(
    calls.flatMap((call) => call.events.map(({ value }) => value).filter((name) => isStandardEvent(call, name))),
  );
}

/** Names that may still change: what is deprecated or removed stays as it was. */
function plannedNames(plan: Plan, standards: ReadonlySet<string>): Named[] {
  return plan.events
    .filter(({ kind, status }) => kind === "track" && (status === "active" || status === "planned"))
    .filter(({ name }) => !name.startsWith("$") && !standards.has(name) && !isStandardInPlan(plan, name))
    .map(({ name, at }) => ({ name, at, calls: [] }));
}

/** What calls send that the plan doesn't name: its own names are judged where the plan has them. */
function sentNames(calls: readonly TrackingCall[], plan: Plan) {
  return calls.flatMap((call) =>
    call.events
      .filter(({ value }) => plan.find(value, "track") === undefined && !isStandardInPlan(plan, value))
      .filter(({ value }) => !isVendorName(call, value) && !isStandardEvent(call, value))
      .map(({ value, written, at }) => ({ name: written ?? value, at: ownPlaceOf(call, at), call })),
  );
}
