import type { Suppression } from "../calls/suppression.ts";
import type { Inventory } from "../calls/types.ts";
import type { EngineCode } from "../diagnostics/engine-codes.ts";
import type { Finding, NotJudged } from "../diagnostics/finding.ts";
import { compareFindings } from "../diagnostics/finding-list.ts";
import { type FindingDraft, withFingerprints } from "../diagnostics/fingerprint.ts";
import { compareRanges } from "../diagnostics/range.ts";
import { InternalError } from "../errors.ts";
import type { Plan, PlanBefore } from "../plan/model.ts";
import { enclosingNames } from "./enclosing.ts";
import { interpolate } from "./interpolate.ts";
import { problemLevel, ruleLevel } from "./level.ts";
import { requireShape } from "./problem-shape.ts";
import { renameFix } from "./rename-fix.ts";
import type { NotJudgedHere, Problem, Rule } from "./rule.ts";
import { ruleUrl } from "./rule-url.ts";
import type { RuleSettings } from "./settings.ts";

export interface RunRulesInput {
  readonly rules: readonly Rule[];
  readonly code: Inventory;
  readonly plan: Plan | undefined;
  readonly before?: PlanBefore | undefined;
  readonly settings: RuleSettings;
  /** ISO date. */
  readonly today: string;
  /** For the rules that judge them. */
  readonly suppressions?: readonly Suppression[];
}

export interface RunRulesResult {
  /** In the order of places, then of rule ids; each said once. */
  readonly findings: readonly Finding[];
  /** Ids of the rules that ran to their end. */
  readonly ran: ReadonlySet<string>;
  /** Each rule and source once. */
  readonly notJudged: readonly NotJudged[];
  /** Milliseconds that each rule took. */
  readonly times: ReadonlyMap<string, number>;
  /** Rules that threw. Each also has a finding, `internal-error`, so that no report looks clean. */
  readonly crashes: readonly InternalError[];
}

interface Said {
  readonly drafts: FindingDraft[];
  readonly notJudged: NotJudged[];
}

/** Runs every rule that is on somewhere. A rule that throws loses its own findings only. */
export function runRules(input: RunRulesInput): RunRulesResult {
  const files = filesOf(input);
  const drafts: FindingDraft[] = [];
  const notJudged: NotJudged[] = [];
  const crashes: InternalError[] = [];
  const ran = new Set<string>();
  const times = new Map<string, number>();
  for (const rule of input.rules) {
    if (files.every((file) => ruleLevel(rule, file, input.plan, input.settings) === "off")) continue;
    const started = performance.now();
    try {
      const said = runRule(rule, files, input);
      drafts.push(...said.drafts);
      notJudged.push(...said.notJudged);
      ran.add(rule.meta.id);
    } catch (cause) {
      crashes.push(new InternalError(`rule ${rule.meta.id}`, cause));
      drafts.push(crashDraft(rule, cause, input.plan));
    }
    times.set(rule.meta.id, performance.now() - started);
  }
  return { findings: finish(drafts, input.code), ran, notJudged: sortNotJudged(notJudged), times, crashes };
}

/**
 * Overrides give options by path, while a rule sees the whole project: it runs once for each set of options, and of
 * each run those findings count that lie in files with that set.
 */
function runRule(rule: Rule, files: readonly string[], input: RunRulesInput): Said {
  const { code, plan, before, settings, today, suppressions = [] } = input;
  const said: Said = { drafts: [], notJudged: [] };
  const optionsOf = (file: string) => ({ ...Object(rule.defaultOptions), ...settings.optionsOf(rule.meta.id, file) });
  const keyOf = (file: string) => JSON.stringify(optionsOf(file));
  const sets = new Map(files.map((file) => [keyOf(file), optionsOf(file)]));
  for (const [key, options] of sets) {
    for (const one of rule.check({ code, plan, before, options, strict: settings.strict, today, suppressions })) {
      if (isNotJudged(one)) {
        said.notJudged.push({ rule: rule.meta.id, source: one.source, reason: one.notJudged });
      } else if (keyOf(one.at.file) === key) {
        const draft = toDraft(rule, one, input);
        if (draft !== undefined) said.drafts.push(draft);
      } else if (!sets.has(keyOf(one.at.file))) {
        sets.set(keyOf(one.at.file), optionsOf(one.at.file));
      }
    }
  }
  return said;
}

function toDraft(
  rule: Rule,
  problem: Problem<string>,
  { code, plan, settings }: RunRulesInput,
): FindingDraft | undefined {
  const { id } = rule.meta;
  requireShape(id, problem);
  const severity = problemLevel(rule, { file: problem.at.file, severity: problem.severity }, plan, settings);
  if (severity === "off") return undefined;
  const template = rule.meta.messages[problem.messageId];
  if (template === undefined) throw new InternalError(`rule ${id}`, `no message "${problem.messageId}"`);
  const url = rule.meta.url ?? ruleUrl(id);
  const fix = problem.fix ?? (problem.rename && renameFix(problem.rename, code, plan));
  return {
    rule: id,
    severity,
    at: problem.at,
    message: interpolate(template, problem.data),
    related: [...(problem.related ?? [])].sort((a, b) => compareRanges(a.at, b.at)),
    subject: problem.subject,
    identity: {
      about: problem.subject,
      ...(problem.ofSource === undefined ? {} : { source: problem.ofSource }),
    },
    ...(problem.help === undefined ? {} : { help: problem.help }),
    ...(problem.plan === undefined ? {} : { plan: problem.plan }),
    ...(fix === undefined ? {} : { fix }),
    ...(url === undefined ? {} : { url }),
  };
}

function crashDraft(rule: Rule, cause: unknown, plan: Plan | undefined): FindingDraft {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    rule: "internal-error" satisfies EngineCode,
    severity: "error",
    at: { file: plan?.file ?? "", line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: `The rule \`${rule.meta.id}\` failed: ${reason}`,
    help: "This is a bug of the rule, not of your code. The other rules ran; switch this one off until it is mended.",
    related: [],
    subject: rule.meta.id,
  };
}

function finish(drafts: readonly FindingDraft[], code: Inventory): Finding[] {
  const enclosingOf = enclosingNames(code);
  const sorted = drafts.toSorted((a, b) => compareFindings(a, b));
  const once = sorted.filter((draft, index) => index === 0 || compareFindings(sorted[index - 1]!, draft) !== 0);
  return withFingerprints(
    once.map((draft) => {
      const enclosing = enclosingOf(draft.at);
      if (enclosing === undefined) return draft;
      const identity = draft.identity && { identity: { ...draft.identity, symbol: enclosing } };
      return { ...draft, enclosing, ...identity };
    }),
  );
}

function sortNotJudged(entries: readonly NotJudged[]): NotJudged[] {
  const byKey = new Map(entries.map((entry) => [`${entry.rule}\0${entry.source}`, entry]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key)!);
}

/** Files in which a rule may report, as far as known before it runs. */
function filesOf({ code, plan, suppressions = [] }: RunRulesInput): string[] {
  const files = new Set<string>(plan?.files);
  for (const call of code.calls) {
    files.add(call.at.file);
    for (const event of call.events) files.add(event.at.file);
  }
  for (const start of code.starts) files.add(start.at.file);
  for (const node of code.functions.values()) files.add(node.at.file);
  for (const { directive } of suppressions) files.add(directive.at.file);
  return files.size === 0 ? [""] : [...files].sort();
}

function isNotJudged(said: Problem<string> | NotJudgedHere): said is NotJudgedHere {
  return "notJudged" in said;
}
