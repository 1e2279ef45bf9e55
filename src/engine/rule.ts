import type { Suppression } from "../calls/suppression.ts";
import type { Inventory } from "../calls/types.ts";
import type { Fix, Related } from "../diagnostics/finding.ts";
import type { Range } from "../diagnostics/range.ts";
import type { EventKind, JsonSchema, Plan, PlanBefore } from "../plan/model.ts";

export type RuleCategory = "schema" | "naming" | "identity" | "attribution" | "consent" | "delivery" | "housekeeping";
export type RuleLevel = "off" | "warn" | "error";

export interface RuleMeta<MessageId extends string> {
  readonly id: string;
  readonly category: RuleCategory;
  /** One line for the table of rules, without a full stop. */
  readonly summary: string;
  /** Under `recommended`: without a plan, and with one. `strict` turns on what is off here. */
  readonly default: { readonly withoutPlan: RuleLevel; readonly withPlan: RuleLevel };
  /** Belongs to the `migration` preset: does the code send what the plan says? */
  readonly conformance?: boolean;
  readonly fixable?: boolean;
  /** Runs after all others, and sees what came of the suppressions. */
  readonly judgesSuppressions?: boolean;
  /** Templates with `{{name}}`; one sentence, what was found and what was expected. */
  readonly messages: Readonly<Record<MessageId, string>>;
  /** Address of its page; a built-in rule has one by its id. */
  readonly url?: string;
  /** JSON Schema of the options object. */
  readonly options?: JsonSchema;
}

export interface Rename {
  readonly from: string;
  readonly to: string;
  readonly kind: EventKind;
  /** `to` is in the plan, and no other name of the plan is near. */
  readonly isOnlyNear?: boolean;
}

export interface Problem<MessageId extends string> {
  readonly at: Range;
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string | number>>;
  /** What to do. */
  readonly help?: string;
  readonly plan?: Range | undefined;
  readonly related?: readonly Related[];
  /** What the finding is about, for its fingerprint: an event, `event/property`, a vendor, a plan pointer. */
  readonly subject: string;
  /**
   * The source, where the problem is one of the source as a whole, so that `at` is only an example of it: a baseline
   * then knows it by rule, source and subject.
   */
  readonly ofSource?: string;
  /** Overrides the rule's default severity; a severity that the user set wins. */
  readonly severity?: "warn" | "error";
  /** A better name for an event: the engine finds all places that write it, and says whether the change is safe. */
  readonly rename?: Rename;
  readonly fix?: Fix;
}

/** Said once a source where the rule's question could not be judged there. */
export interface NotJudgedHere {
  readonly notJudged: string;
  /** Name of the source; `*` for all. */
  readonly source: string;
}

export interface RuleContext<Options> {
  readonly code: Inventory;
  readonly plan: Plan | undefined;
  /** The plan at the revision that it is compared with; absent where there is none, or nothing has changed. */
  readonly before?: PlanBefore | undefined;
  readonly options: Options;
  /** By file and place; empty but for rules that judge them. */
  readonly suppressions: readonly Suppression[];
  /** True under the `strict` preset: rows marked S speak. */
  readonly strict: boolean;
  /** ISO date of the run, against which sunsets are held. */
  readonly today: string;
}

export interface Rule<MessageId extends string = string, Options = unknown> {
  readonly meta: RuleMeta<MessageId>;
  readonly defaultOptions: Options;
  check(context: RuleContext<Options>): Iterable<Problem<NoInfer<MessageId>> | NotJudgedHere>;
}

/**
 * Types a rule; returns it as it is.
 *
 * @example
 * const noClicks = defineRule({
 *   meta: {
 *     id: "no-clicks",
 *     category: "naming",
 *     summary: "An event that is named after a click",
 *     default: { withoutPlan: "warn", withPlan: "warn" },
 *     messages: { found: "`{{name}}` says what was clicked, not what happened" },
 *   },
 *   defaultOptions: {},
 *   *check({ code }) {
 *     for (const { value, at } of code.calls.flatMap((call) => call.events)) {
 *       if (/click/i.test(value)) yield { at, messageId: "found", data: { name: value }, subject: value };
 *     }
 *   },
 * });
 * const { findings } = await check({ rules: [noClicks] });
 */
export function defineRule<const MessageId extends string, Options = Record<string, never>>(
  rule: Rule<MessageId, Options>,
): Rule<MessageId, Options> {
  return rule;
}
