import type { CodeResult } from "./calls/code-result.ts";
import type { Inventory } from "./calls/types.ts";
import { type RuleFlag, resolveSettings } from "./config/resolve-settings.ts";
import type { Finding, NotJudged } from "./diagnostics/finding.ts";
import { ruleLevel } from "./engine/level.ts";
import type { Rule } from "./engine/rule.ts";
import { runRules } from "./engine/run-rules.ts";
import type { InternalError } from "./errors.ts";
import type { Plan } from "./plan/model.ts";
import { applyDirectives } from "./suppress/apply-directives.ts";
import { readPlanDirectives } from "./suppress/plan-directives.ts";

/** A plan as it was read. With findings it is incomplete, or absent. */
export interface LoadedPlan {
  readonly plan?: Plan | undefined;
  readonly findings: readonly Finding[];
  /** Texts of its files. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  readonly ruleFlags?: readonly RuleFlag[];
  /** ISO date against which suppressions expire and sunsets are held; default: today. */
  readonly today?: string;
}

export interface Judgement {
  /** All that is to be said of code, plan, rules and suppressions; in no particular order. */
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
  /** What comments switched off. */
  readonly suppressed: readonly Finding[];
  readonly internalErrors: readonly InternalError[];
}

/** Judges what was read: settings, rules, suppressions. Reads nothing itself. */
export function judge(code: CodeResult, loaded: LoadedPlan | undefined, options: JudgeOptions): Judgement {
  const { rules } = options;
  const today = options.today ?? new Date().toISOString().slice(0, "2027-01-31".length);
  // What is left of a plan with mistakes says how to lint, but the code is not held against it.
  const plan = isSound(loaded) ? loaded?.plan : undefined;
  const { settings, findings: ofSettings } = resolveSettings(rules, loaded?.plan, options.ruleFlags ?? []);
  const ran = runRules({ rules, code: code.inventory, plan, settings, today });
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]));
  const crashed = new Set(ran.crashes.map((crash) => crash.stage));
  const isUnjudged = unjudged(ran.notJudged, code.inventory);
  const directives = new Map(code.directives);
  for (const [file, text] of loaded?.texts ?? []) directives.set(file, readPlanDirectives(file, text));
  const { findings, suppressed } = applyDirectives(
    [...(loaded?.findings ?? []), ...ofSettings, ...code.findings, ...ran.findings],
    directives,
    {
      today,
      ruleIds: new Set(byId.keys()),
      wasJudged: (id, file) => {
        const rule = byId.get(id);
        const runs = rule !== undefined && ruleLevel(rule, file, plan, settings) !== "off";
        return runs && !crashed.has(`rule ${id}`) && !isUnjudged(id, file);
      },
    },
  );
  return { findings, suppressed, notJudged: ran.notJudged, internalErrors: ran.crashes };
}

/** True where the code can be held against the plan. */
export function isSound(loaded: LoadedPlan | undefined): boolean {
  return loaded?.findings.length === 0;
}

/** Tells whether a rule could not be judged in the source of a file. */
function unjudged(notJudged: readonly NotJudged[], code: Inventory): (rule: string, file: string) => boolean {
  const pairs = new Set(notJudged.map(({ rule, source }) => `${rule}\0${source}`));
  const sourceOf = new Map([...code.calls, ...code.starts].map(({ at, source }) => [at.file, source]));
  return (rule, file) => pairs.has(`${rule}\0*`) || pairs.has(`${rule}\0${sourceOf.get(file) ?? "*"}`);
}
