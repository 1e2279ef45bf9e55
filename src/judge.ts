import type { CodeResult } from "./calls/code-result.ts";
import type { Inventory } from "./calls/types.ts";
import { type RuleFlag, resolveSettings } from "./config/resolve-settings.ts";
import type { Finding, NotJudged } from "./diagnostics/finding.ts";
import type { Heard } from "./engine/heard.ts";
import { ruleLevel } from "./engine/level.ts";
import type { Rule } from "./engine/rule.ts";
import { runRules } from "./engine/run-rules.ts";
import type { InternalError } from "./errors.ts";
import { isSound, type LoadedPlan } from "./plan/loaded-plan.ts";
import type { PlanBefore } from "./plan/model.ts";
import { applyDirectives, type SuppressedFinding, type SuppressionOptions } from "./suppress/apply-directives.ts";
import { readPlanDirectives } from "./suppress/plan-directives.ts";

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  readonly ruleFlags?: readonly RuleFlag[];
  /** The plan as it was. */
  readonly before?: PlanBefore | undefined;
  /** What was found on the way to the rules. */
  readonly findings?: readonly Finding[];
  /** True for an id that may be that of a rule of a plugin which was not loaded. */
  isUnloaded?(id: string): boolean;
  /** ISO date against which suppressions expire and sunsets are held. */
  readonly today: string;
}

export interface Judgement {
  /** All that is to be said of code, plan, rules and suppressions; in no particular order. */
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
  /** What comments switched off; in no particular order. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly internalErrors: readonly InternalError[];
  /** Milliseconds that each rule took. */
  readonly ruleTimes: ReadonlyMap<string, number>;
  readonly heard: Heard;
}

/** Judges what was read: settings, rules, suppressions. Reads nothing itself. */
export function judge(code: CodeResult, loaded: LoadedPlan | undefined, options: JudgeOptions): Judgement {
  const { rules, today, isUnloaded = () => false } = options;
  // What is left of a plan with mistakes says how to lint, but the code is not held against it.
  const plan = isSound(loaded) ? loaded?.plan : undefined;
  const { settings, findings: ofSettings } = resolveSettings(rules, loaded?.plan, options.ruleFlags ?? [], isUnloaded);
  const input = { code: code.inventory, plan, before: options.before, settings, today };
  const [last, first] = partition(rules, (rule) => rule.meta.judgesSuppressions === true);
  const ran = runRules({ ...input, rules: first });
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]));
  const crashed = new Set(ran.crashes.map((crash) => crash.stage));
  const isUnjudged = unjudged(ran.notJudged, code.inventory);
  const directives = new Map(code.directives);
  for (const [file, text] of loaded?.texts ?? []) directives.set(file, readPlanDirectives(file, text));
  const suppression: SuppressionOptions = {
    today,
    ruleIds: new Set(byId.keys()),
    isUnloaded,
    wasJudged: (id, file) => {
      const rule = byId.get(id);
      // Without the plan that it has, a rule may be silent where it would have spoken.
      if (rule === undefined || last.includes(rule) || (loaded !== undefined && plan === undefined)) return false;
      const runs = ruleLevel(rule, file, plan, settings) !== "off";
      return runs && !crashed.has(`rule ${id}`) && !isUnjudged(id, file);
    },
  };
  const said = [
    ...(loaded?.findings ?? []),
    ...(options.findings ?? []),
    ...ofSettings,
    ...code.findings,
    ...ran.findings,
  ];
  const applied = applyDirectives(said, directives, suppression);
  const ranLast = runRules({ ...input, rules: last, suppressions: applied.suppressions });
  const appliedLast = applyDirectives(ranLast.findings, directives, suppression);
  return {
    findings: [...applied.findings, ...appliedLast.findings],
    suppressed: [...applied.suppressed, ...appliedLast.suppressed],
    notJudged: ran.notJudged,
    internalErrors: [...ran.crashes, ...ranLast.crashes],
    ruleTimes: new Map([...ran.times, ...ranLast.times]),
    heard: {
      lacksPlan: loaded !== undefined && plan === undefined,
      known: new Set(byId.keys()),
      ran: new Set([...ran.ran, ...ranLast.ran]),
    },
  };
}

function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

/** Tells whether a rule could not be judged in the source of a file. */
function unjudged(notJudged: readonly NotJudged[], code: Inventory): (rule: string, file: string) => boolean {
  const pairs = new Set(notJudged.map(({ rule, source }) => `${rule}\0${source}`));
  const sourceOf = new Map([...code.calls, ...code.starts].map(({ at, source }) => [at.file, source]));
  return (rule, file) => pairs.has(`${rule}\0*`) || pairs.has(`${rule}\0${sourceOf.get(file) ?? "*"}`);
}
