import type { Host } from "./host/host.ts";
import type { Judgement } from "./judge.ts";
import type { ReadPlan } from "./plan/loaded-plan.ts";
import type { PlanBefore } from "./plan/model.ts";
import type { ReadCode, ReadOptions } from "./read.ts";
import { stage } from "./read.ts";
import type { RuleOptions, RuleSet } from "./rule-set.ts";
import type { Stopwatch } from "./util/stopwatch.ts";
import { today as now } from "./util/today.ts";

export interface JudgedOptions extends ReadOptions, RuleOptions {
  /** ISO date against which suppressions expire and sunsets are held; default: today. */
  readonly today?: string;
}

export interface Judged extends Judgement {
  /** The rules that only a plan would turn on. */
  readonly needPlan: readonly string[];
  /** True for an id that may be that of a rule of a plugin which was not loaded. */
  isUnloaded(id: string): boolean;
}

/** All of it that is plain data: what follows from what was read, the flags and the day. */
type Kept = Omit<Judged, "isUnloaded" | "internalErrors" | "ruleTimes">;

/**
 * Judges what was read, or recalls how the same was judged before, which spares loading the rules.
 *
 * @param ruleSet the rules, where they are loaded already
 */
export async function judgeOrRecall(
  code: ReadCode,
  read: ReadPlan | undefined,
  before: PlanBefore | undefined,
  options: JudgedOptions,
  host: Host,
  watch: Stopwatch,
  ruleSet?: RuleSet,
): Promise<Judged> {
  const { rules: own = [], ruleFlags = [], today = now() } = options;
  const isKept = own.length === 0 && before === undefined && read?.hasPlugins !== true;
  const question = [ruleFlags, today];
  const known = isKept ? code.kept?.recall<Kept>(question) : undefined;
  if (known !== undefined) return { ...known, internalErrors: [], ruleTimes: new Map(), isUnloaded: () => false };
  const { loadRules, idsThatNeedPlan } = await import("./rule-set.ts");
  const { judge } = await import("./judge.ts");
  const loaded = await read?.load();
  const { rules, isUnloaded, findings, internalErrors } =
    ruleSet ?? (await loadRules(options, loaded?.plan, options.plan?.prefix === "", host, watch));
  const input = { rules, isUnloaded, findings, ruleFlags, today, before };
  const judgement = await stage(watch, "rules", () => judge(code, loaded, input));
  const needPlan = idsThatNeedPlan(rules);
  const errors = [...internalErrors, ...judgement.internalErrors];
  if (isKept && errors.length === 0) {
    const { findings: said, notJudged, suppressed, heard } = judgement;
    code.kept?.keep(question, { findings: said, notJudged, suppressed, heard, needPlan } satisfies Kept);
  }
  return { ...judgement, internalErrors: errors, needPlan, isUnloaded };
}
