/** The API of tracklint: what the command line does, as data. */
import { resolve } from "node:path";
import { BASELINE_FILE } from "./baseline/baseline.ts";
import { readBaseline } from "./baseline/read-baseline.ts";
import type { Finding } from "./diagnostics/finding.ts";
import type { Rule, RuleLevel } from "./engine/rule.ts";
import { UserError } from "./errors.ts";
import * as lint from "./lint.ts";
import type { Plan } from "./plan/model.ts";
import { openBaseline } from "./project/baseline-file.ts";
import { locatePlan, openProject } from "./project/open-project.ts";

export type * from "./calls/delivery.ts";
export type * from "./calls/types.ts";
export type { Change, Finding, Fix, NotJudged, Related, Severity } from "./diagnostics/finding.ts";
export type { Range } from "./diagnostics/range.ts";
export type { NotJudgedHere, Problem, Rule, RuleCategory, RuleContext, RuleLevel, RuleMeta } from "./engine/rule.ts";
export { defineRule } from "./engine/rule.ts";
export { InternalError, UserError } from "./errors.ts";
export type { CheckResult, RunStats, ScanResult } from "./lint.ts";
export type * from "./plan/model.ts";
export type { Plugin } from "./plugins/read-plugin.ts";
export type * from "./report/output-types.ts";
export type { Summary } from "./report/types.ts";
export { type Example, readExamples } from "./testing/page.ts";
export { type RuleCases, type TestFunction, testRule } from "./testing/test-rule.ts";

export interface ReadRequest {
  /** The folder that relative paths start from; default: the working directory. */
  readonly cwd?: string;
  /** Files, folders and globs to judge; default: `cwd`. */
  readonly paths?: readonly string[];
  /** The plan file; default: the nearest `tracking-plan.yaml` from `cwd` up to the repository's root. */
  readonly plan?: string;
}

export interface CheckRequest extends ReadRequest {
  /** The revision of git that the plan is compared with; default: where the branch left the default branch. */
  readonly against?: string;
  /** Severities by rule id, as `--rule` sets them: they win over the plan's `lint` section. */
  readonly severities?: Readonly<Record<string, RuleLevel>>;
  /** Rules of your own, beside the built-in ones. */
  readonly rules?: readonly Rule[];
  /** The baseline, whose findings are left out; false: none. Default: `tracklint-baseline.json` at the root, if there. */
  readonly baseline?: string | false;
  /** False: the plugins that the plan names are not run. */
  readonly plugins?: boolean;
}

/**
 * Lints the tracking calls of a codebase. What is wrong with code or plan is a finding, never an exception.
 *
 * @example
 * const { findings, summary } = await check({ cwd: "/repos/shop", plan: "tracking-plan.yaml" });
 * for (const { rule, at, message } of findings) console.log(`${at.file}:${at.line} ${message} (${rule})`);
 * if (summary.errors > 0) process.exitCode = 1;
 *
 * @throws UserError for a path or a rule that isn't there, and for a baseline that can't be read
 * @throws InternalError for a bug of tracklint; one in a rule is in `internalErrors` instead
 */
export async function check(request: CheckRequest = {}): Promise<lint.CheckResult> {
  const project = openProject(request);
  const ruleFlags = Object.entries(request.severities ?? {}).map(([id, severity]) => ({ id, severity }));
  const baseline = await loadBaseline(request, project.host.root);
  const options = {
    ...project,
    rules: request.rules ?? [],
    ruleFlags,
    plugins: request.plugins ?? true,
    ...(request.against !== undefined && { against: request.against }),
  };
  return lint.check(baseline === undefined ? options : { ...options, baseline }, project.host);
}

async function loadBaseline({ baseline: named, cwd = "." }: CheckRequest, root: string) {
  if (named === false) return undefined;
  const { file, text } = openBaseline(root, BASELINE_FILE, resolve(cwd), named);
  if (text !== undefined) return { file, entries: await readBaseline(text, file) };
  if (named === undefined) return undefined;
  throw new UserError(`There is no baseline \`${named}\`.`);
}

/**
 * Finds every tracking call of a codebase, without judging it.
 *
 * @example
 * const { code } = await scan({ cwd: "/repos/shop", paths: ["apps/web"] });
 * const names = new Set(code.calls.flatMap((call) => call.events.map((event) => event.value)));
 *
 * @throws UserError for a path that isn't there
 */
export async function scan(request: ReadRequest = {}): Promise<lint.ScanResult> {
  const project = openProject(request);
  return lint.scan(project, project.host);
}

/** A plan as it was read. */
export interface LoadedPlan {
  /** Absent where the file is too wrong to be a plan. */
  readonly plan?: Plan | undefined;
  /** What is wrong with it, with its place. */
  readonly findings: readonly Finding[];
}

/**
 * Reads and validates a tracking plan, with all that it includes.
 *
 * @example
 * const { plan, findings } = await loadPlan("tracking-plan.yaml");
 * console.log(plan?.find("Order Completed")?.version, findings.length);
 *
 * @param path relative to `cwd`, which defaults to the working directory
 * @throws UserError where there is no such file
 */
export async function loadPlan(path: string, { cwd = "." }: { readonly cwd?: string } = {}): Promise<LoadedPlan> {
  const place = locatePlan(cwd, path);
  const { loadPlan: load } = await import("./plan/load-plan.ts");
  const { plan, findings } = load(place.host, place.path);
  return { ...(plan === undefined ? {} : { plan }), findings };
}
