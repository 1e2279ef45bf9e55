import { applyBaseline, type BaselineEntry, type BaselineResult } from "./baseline/baseline.ts";
import type { CodeStats } from "./calls/code-result.ts";
import type { AskedPlace, Explanation } from "./calls/explanation.ts";
import type { Inventory, Source } from "./calls/types.ts";
import type { FileConfig } from "./config/file-config.ts";
import type { Finding } from "./diagnostics/finding.ts";
import { compareFindings, sortFindings, tally } from "./diagnostics/finding-list.ts";
import type { Scope } from "./discover/scope.ts";
import type { Discovery } from "./discover/types.ts";
import { wasJudged } from "./engine/heard.ts";
import type { InternalError } from "./errors.ts";
import type { Host } from "./host/host.ts";
import { type Judged, type JudgedOptions, judgeOrRecall } from "./judged.ts";
import { overviewOf } from "./overview.ts";
import { isSound, type ReadPlan } from "./plan/loaded-plan.ts";
import type { Plan } from "./plan/model.ts";
import { asked, coveredBy, makesUntrusted } from "./project/asked.ts";
import { type PlanPlace, planPathFrom, relocatePlan } from "./project/plan-place.ts";
import { type Touching, touchedBy } from "./project/touched.ts";
import { EVERYTHING, findFiles, type ReadOptions, readCode, readPlan, readPlanBefore, scopeOf, stage } from "./read.ts";
import type { CheckReport, Summary } from "./report/types.ts";
import type { RuleSet } from "./rule-set.ts";
import { type StageTime, Stopwatch } from "./util/stopwatch.ts";

export interface CheckOptions extends JudgedOptions {
  /** The revision of git that the plan is compared with; default: the merge base with the default branch. */
  readonly against?: string;
  readonly baseline?: BaselineOptions;
  /** Only findings in which what changed has a part; the whole is judged all the same. */
  readonly touching?: Touching;
}

export interface BaselineOptions {
  /** As it is shown: relative to the root. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
  /** `update`: today's findings become part of it. Both changes take out what is fixed. */
  readonly change?: "update" | "prune";
}

export interface RunStats extends CodeStats {
  readonly calls: number;
  readonly stages: readonly StageTime[];
  /** Milliseconds that each rule took, by its id; absent where none was asked to run. */
  readonly rules?: ReadonlyMap<string, number>;
}

export interface CheckResult extends CheckReport {
  /** Absolute path that all files are relative to. */
  readonly root: string;
  readonly stats: RunStats;
  /** Files of code in scope, and those of the plan: what fixes may change. */
  readonly files: readonly string[];
  readonly planFiles: readonly string[];
  /** Rules that failed; each also has a finding. */
  readonly internalErrors: readonly InternalError[];
  /** The baseline after the change that was asked for; absent where there is none, or the run can't be trusted with it. */
  readonly changedBaseline?: Pick<BaselineResult, "entries" | "added" | "removed">;
}

/** A project of the repository, and the source that its files belong to. */
export interface Project {
  /** Folder relative to the root; `""` for the root. */
  readonly directory: string;
  /** Name in its package.json, else that of the folder. */
  readonly name: string;
  readonly source: Source;
}

export interface ScanResult {
  /** Absolute path that all files are relative to. */
  readonly root: string;
  readonly code: Inventory;
  /** The projects of the repository: one for each package.json of a workspace, and the root. */
  readonly projects: readonly Project[];
  /** What could not be read of code and plan; sorted. */
  readonly findings: readonly Finding[];
  readonly stats: RunStats;
}

/**
 * From a codebase and a plan to findings. Code and plan can't make it fail: what is wrong with them is a finding.
 *
 * @throws UserError for a rule flag that names no rule
 * @throws InternalError where a whole stage fails
 */
export async function check(options: CheckOptions, host: Host): Promise<CheckResult> {
  const watch = new Stopwatch(options.progress);
  const loaded = await readPlan(options, watch);
  const sound = isSound(loaded) ? loaded : undefined;
  // Before the code: a wrong revision is told at once, and git starts fast while little is in memory.
  const before = await readPlanBefore(options, sound, watch);
  // A rule that isn't there is told at once.
  const ruleSet = options.ruleFlags?.length
    ? await rulesOf(options, (await loaded?.load())?.plan, host, watch)
    : undefined;
  const code = await readCode(options, loaded, host, watch);
  const judgement = await judgeOrRecall(code, loaded, before, options, host, watch, ruleSet);

  const prefix = options.plan?.prefix ?? "";
  const planFiles = new Set(loaded?.texts.keys());
  const scope = scopeOf(options, host);
  const covers = coveredBy(scope);
  const isAsked = isToldWith(options, scope, planFiles, code.inventory);
  const baseline =
    options.baseline &&
    withBaseline(options.baseline, judgement, { isAsked, planFiles, discovery: await code.discovery() });
  const relocate = (some: readonly Finding[]) => relocatePlan(some, planFiles, prefix);
  const told = (baseline?.fresh ?? judgement.findings).filter(isAsked);
  const findings = sortFindings(relocate(told));
  const suppressed = suppressedFindings(judgement, isAsked, relocate);
  const hidden = relocate(baseline?.hidden.filter(isAsked) ?? []).toSorted(compareFindings);
  const calls = code.inventory.calls.filter((call) => covers(call.at.file));
  const judged = calls.filter((call) => call.role === "site" || call.role === "relay");
  const summary: Summary = {
    ...tally(findings),
    suppressed: suppressed.length,
    baselined: hidden.length,
    calls: judged.length,
  };
  const planTexts = new Map([...(loaded?.texts ?? [])].map(([file, text]) => [planPathFrom(prefix, file), text]));
  return {
    root: host.root,
    findings,
    suppressed,
    notJudged: judgement.notJudged,
    summary,
    ...(options.plan === undefined ? {} : { plan: planPathFrom(prefix, options.plan.path) }),
    planIsSound: isSound(loaded),
    needPlan: options.plan === undefined ? judgement.needPlan : [],
    files: code.files,
    planFiles: [...planTexts.keys()],
    textOf: (file) => planTexts.get(file) ?? code.textOf(file),
    overview: async () => overviewOf(code.inventory, (await sound?.load())?.plan, (file) => planPathFrom(prefix, file)),
    stats: {
      ...code.stats,
      calls: calls.length,
      stages: stagesOf(watch, code.stats),
      ...(judgement.ruleTimes.size > 0 && { rules: judgement.ruleTimes }),
    },
    internalErrors: judgement.internalErrors,
    ...baselineReport(options, baseline, hidden),
  };
}

/** The findings that the user wants to hear of: by what was named, and by what changed. */
function isToldWith(
  { touching, plan }: CheckOptions,
  scope: readonly Scope[],
  planFiles: ReadonlySet<string>,
  { calls }: Inventory,
): (finding: Finding) => boolean {
  const isNamed = asked(scope, planFiles);
  if (touching === undefined) return isNamed;
  const prefix = plan?.prefix ?? "";
  const isTouched = touchedBy(touching, calls, new Set([...planFiles].map((file) => planPathFrom(prefix, file))));
  return (finding) => isNamed(finding) && isTouched(relocatePlan([finding], planFiles, prefix)[0]!);
}

/** What was asked for and comments switched off, in the order of places. */
function suppressedFindings(
  { suppressed }: Judged,
  isAsked: (finding: Finding) => boolean,
  relocate: (findings: readonly Finding[]) => readonly Finding[],
): CheckReport["suppressed"] {
  return suppressed
    .filter(({ finding }) => isAsked(finding))
    .toSorted((a, b) => compareFindings(a.finding, b.finding))
    .map((one) => ({ ...one, finding: relocate([one.finding])[0]! }));
}

interface Sorting {
  readonly isAsked: (finding: Finding) => boolean;
  readonly planFiles: ReadonlySet<string>;
  readonly discovery: Discovery;
}

/** What is new and what the baseline hides. A run that can't be trusted changes nothing of it. */
function withBaseline(baseline: BaselineOptions, judgement: Judged, sorting: Sorting): BaselineResult {
  const { isAsked, planFiles, discovery } = sorting;
  const { change, entries } = baseline;
  const canChange = change !== undefined && !judgement.findings.some(makesUntrusted);
  return applyBaseline({
    entries,
    findings: judgement.findings,
    isAsked,
    wasJudged: ({ rule, source }) => !judgement.isUnloaded(rule) && wasJudged(judgement, rule, source),
    sourceOf: (file) => (planFiles.has(file) ? undefined : discovery.sourceOf(file).name),
    ...(canChange ? { change } : {}),
  });
}

/** A run on a part is not asked what else is fixed. */
function baselineReport(
  { baseline, scope = EVERYTHING }: CheckOptions,
  result: BaselineResult | undefined,
  hidden: readonly Finding[],
): Pick<CheckResult, "baseline" | "changedBaseline"> {
  if (baseline === undefined || result === undefined) return {};
  const { fixed, entries, added, removed } = result;
  return {
    baseline: { file: baseline.file, fixed: scope.includes("") ? fixed : [], hidden },
    ...(result.isChanged ? { changedBaseline: { entries, added, removed } } : {}),
  };
}

/**
 * The inventory of a codebase: every tracking call, whether a plan knows it or not.
 *
 * @throws InternalError where a whole stage fails
 */
export async function scan(options: ReadOptions, host: Host): Promise<ScanResult> {
  const watch = new Stopwatch(options.progress);
  const loaded = await readPlan(options, watch);
  const code = await readCode(options, loaded, host, watch);
  const covers = coveredBy(scopeOf(options, host));
  const calls = code.inventory.calls.filter((call) => covers(call.at.file));
  const wrappers = code.inventory.wrappers.filter((wrapper) => covers(wrapper.at.file));
  const ofCode = code.findings.filter((finding) => covers(finding.at.file));
  return {
    root: host.root,
    code: { ...code.inventory, calls, wrappers },
    projects: projectsOf(await code.discovery()),
    findings: sortFindings([...planFindings(loaded, options.plan), ...ofCode]),
    stats: { ...code.stats, calls: calls.length, stages: stagesOf(watch, code.stats) },
  };
}

/** Why a line is or isn't a tracking call. */
export interface ExplainResult extends Pick<ScanResult, "root" | "findings" | "stats"> {
  readonly explanation: Explanation;
  /** Text of a file of code, for code frames. */
  textOf(file: string): string | undefined;
}

/**
 * Why a line is or isn't a tracking call: the chain to the SDK, or the point where it breaks.
 *
 * @throws UserError where the file has no such line
 * @throws InternalError where a whole stage fails
 */
export async function explain(asked: AskedPlace, options: ReadOptions, host: Host): Promise<ExplainResult> {
  const watch = new Stopwatch(options.progress);
  const loaded = await readPlan(options, watch);
  const code = await readCode(options, loaded, host, watch);
  const explanation = await stage(watch, "explain", () => code.explain(asked));
  const ofFile = code.findings.filter((finding) => finding.at.file === asked.file);
  return {
    root: host.root,
    explanation,
    findings: sortFindings([...planFindings(loaded, options.plan), ...ofFile]),
    stats: { ...code.stats, calls: code.inventory.calls.length, stages: stagesOf(watch, code.stats) },
    textOf: code.textOf,
  };
}

/** The files in scope, sorted, and what is wrong with the plan that decides about them. */
export async function filesInScope(
  options: ReadOptions,
  host: Host,
): Promise<{ readonly files: readonly string[]; readonly findings: readonly Finding[] }> {
  const watch = new Stopwatch(options.progress);
  const loaded = await readPlan(options, watch);
  const { files } = await findFiles(options, (await loaded?.load())?.plan, host, watch);
  return { files: files.filter(coveredBy(scopeOf(options, host))), findings: planFindings(loaded, options.plan) };
}

/** What holds for one file, relative to the root: `--print-config`. */
export async function configOf(
  file: string,
  options: CheckOptions,
  host: Host,
): Promise<{ readonly config: FileConfig; readonly findings: readonly Finding[] }> {
  const watch = new Stopwatch(options.progress);
  const loaded = await readPlan(options, watch);
  const plan = (await loaded?.load())?.plan;
  const { rules, isUnloaded, findings: ofPlugins } = await rulesOf(options, plan, host, watch);
  const { resolveSettings } = await import("./config/resolve-settings.ts");
  const { ruleConfigs } = await import("./config/file-config.ts");
  const { settings, findings } = resolveSettings(rules, plan, options.ruleFlags ?? [], isUnloaded);
  const discovery = await findFiles({ ...options, scope: EVERYTHING }, plan, host, watch);
  const config: FileConfig = {
    file,
    inScope: discovery.files.includes(file),
    source: discovery.sourceOf(file).name,
    plan: options.plan === undefined ? null : planPathFrom(options.plan.prefix, options.plan.path),
    rules: ruleConfigs(rules, plan, settings, file),
  };
  const ofSettings = relocatePlan(
    [...ofPlugins, ...findings],
    new Set(loaded?.texts.keys()),
    options.plan?.prefix ?? "",
  );
  return { config, findings: [...planFindings(loaded, options.plan), ...ofSettings] };
}

async function rulesOf(options: CheckOptions, plan: Plan | undefined, host: Host, watch: Stopwatch): Promise<RuleSet> {
  const { loadRules } = await import("./rule-set.ts");
  return loadRules(options, plan, options.plan?.prefix === "", host, watch);
}

function planFindings(loaded: ReadPlan | undefined, place: PlanPlace | undefined): readonly Finding[] {
  return relocatePlan(loaded?.findings ?? [], new Set(loaded?.texts.keys()), place?.prefix ?? "");
}

/** The stages of a run; reading the code is told by its parts. */
function stagesOf(watch: Stopwatch, code: CodeStats): StageTime[] {
  return watch.stages.flatMap((stage) => (stage.name === "code" ? code.stages : [stage]));
}

function projectsOf({ workspaces, sourceOf }: Discovery): Project[] {
  return workspaces.map(({ directory, name }) => ({
    directory,
    name,
    source: sourceOf(directory === "" ? "package.json" : `${directory}/package.json`),
  }));
}
