import type { Severity } from "../diagnostics/finding.ts";
import type { Plan } from "../plan/model.ts";
import type { Rule, RuleLevel } from "./rule.ts";
import type { RuleSettings } from "./settings.ts";

/** A rule's level in a file before any problem is seen: what the user set, else its default. `off`: it doesn't run. */
export function ruleLevel(rule: Rule, file: string, plan: Plan | undefined, settings: RuleSettings): RuleLevel {
  return settings.severityOf(rule.meta.id, file) ?? defaultLevel(rule, plan, settings.strict);
}

/**
 * The level of one problem; `off` drops it. What the user set wins, then what the rule says of this problem, then the
 * rule's default. Without a plan nothing is an error unless the user asked for it.
 */
export function problemLevel(
  rule: Rule,
  problem: { readonly file: string; readonly severity?: Severity | undefined },
  plan: Plan | undefined,
  settings: RuleSettings,
): RuleLevel {
  const set = settings.severityOf(rule.meta.id, problem.file);
  if (set !== undefined) return set;
  const byDefault = defaultLevel(rule, plan, settings.strict);
  const level = byDefault === "off" ? "off" : (problem.severity ?? byDefault);
  return level === "error" && plan === undefined ? "warn" : level;
}

/** `strict` turns on what is off by default, as a warning. */
function defaultLevel(rule: Rule, plan: Plan | undefined, strict: boolean): RuleLevel {
  const level = plan?.hasEvents ? rule.meta.default.withPlan : rule.meta.default.withoutPlan;
  return level === "off" && strict ? "warn" : level;
}
