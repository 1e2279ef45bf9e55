import type { Directive, Suppression, SuppressionOutcome } from "../calls/suppression.ts";
import type { Finding } from "../diagnostics/finding.ts";
import { compareRanges } from "../diagnostics/range.ts";
import { nearestName } from "../util/nearest-name.ts";

export interface SuppressionOptions {
  /** ISO date; a suppression `(until …)` an earlier day no longer holds. */
  readonly today: string;
  readonly ruleIds: ReadonlySet<string>;
  /** True for an id that may be that of a rule of a plugin which was not loaded. */
  isUnloaded?(rule: string): boolean;
  /** False where a rule did not run, so that its silence says nothing about a suppression. */
  wasJudged(rule: string, file: string): boolean;
}

/** A finding that a comment switched off. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** The reason that the comment gives. */
  readonly reason?: string;
}

export interface SuppressionResult {
  /** What is left, in the order given. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What came of each comment, by file and place. */
  readonly suppressions: readonly Suppression[];
}

/** One rule of one directive while it is applied: the lines in which it holds, both ends included. */
interface Named {
  readonly directive: Directive;
  readonly id: string;
  readonly lines: { readonly fromLine: number; toLine: number } | undefined;
  outcome: SuppressionOutcome;
}

/** Takes out what comments suppress, and tells what came of each comment. */
export function applyDirectives(
  findings: readonly Finding[],
  directives: ReadonlyMap<string, readonly Directive[]>,
  options: SuppressionOptions,
): SuppressionResult {
  const byFile = new Map<string, FileDirectives>();
  for (const file of [...directives.keys()].sort()) {
    const ordered = [...directives.get(file)!].sort((a, b) => compareRanges(a.at, b.at));
    byFile.set(file, readFile(ordered, options));
  }
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const holding = (byFile.get(finding.at.file)?.named ?? []).filter((one) => holdsFor(one, finding));
    for (const one of holding) one.outcome = "used";
    const reason = holding.map(({ directive }) => directive.reason).find((one) => one !== undefined);
    if (holding.length === 0) kept.push(finding);
    else suppressed.push({ finding, ...(reason === undefined ? {} : { reason }) });
  }
  return {
    findings: kept,
    suppressed,
    suppressions: [...byFile.values()].flatMap((file) => outcomesOf(file, options)),
  };
}

function holdsFor({ id, lines }: Named, { rule, at }: Finding): boolean {
  return rule === id && lines !== undefined && lines.fromLine <= at.line && at.line <= lines.toLine;
}

interface FileDirectives {
  readonly directives: readonly { readonly directive: Directive; readonly fault?: Suppression["fault"] }[];
  readonly named: readonly Named[];
}

function readFile(ordered: readonly Directive[], options: SuppressionOptions): FileDirectives {
  const named: Named[] = [];
  /** The stretch that is open for a rule. */
  const open = new Map<string, Named>();
  const directives = ordered.map((directive) => {
    const fault = faultOf(directive);
    if (fault !== undefined) return { directive, fault };
    if (directive.kind === "enable") named.push(...closeStretches(directive, open, options));
    else named.push(...openSuppressions(directive, open, options));
    return { directive };
  });
  return { directives, named };
}

function faultOf({ kind, rules, until }: Directive): Suppression["fault"] {
  if (kind === "unknown") return "unknown-word";
  if (rules.length === 0 && kind !== "enable") return "no-rule";
  return until !== undefined && !isDate(until) ? "no-date" : undefined;
}

function openSuppressions(directive: Directive, open: Map<string, Named>, options: SuppressionOptions): Named[] {
  return directive.rules.map(({ id }) => {
    const outcome = outcomeAtFirst(id, directive, options);
    const one: Named = { directive, id, lines: outcome === "unused" ? linesOf(directive) : undefined, outcome };
    // Also what doesn't hold may be ended, so that the end of it is not called idle as well.
    if (directive.kind === "disable") {
      end(open, id, directive.at.line);
      open.set(id, one);
    }
    return one;
  });
}

function outcomeAtFirst(id: string, { until }: Directive, options: SuppressionOptions): SuppressionOutcome {
  if (!options.ruleIds.has(id)) return options.isUnloaded?.(id) ? "not-judged" : "unknown-rule";
  return until !== undefined && until < options.today ? "expired" : "unused";
}

/** `enable` ends the stretches of the rules that it names, else all. It is used where it ends one. */
function closeStretches(directive: Directive, open: Map<string, Named>, options: SuppressionOptions): Named[] {
  const close = (id: string): Named => {
    const known = options.ruleIds.has(id) || options.isUnloaded?.(id);
    const outcome = end(open, id, directive.at.line) ? "used" : known ? "unused" : "unknown-rule";
    return { directive, id, lines: undefined, outcome };
  };
  const ids = directive.rules.length === 0 ? [...open.keys()] : directive.rules.map((rule) => rule.id);
  return ids.map(close);
}

function end(open: Map<string, Named>, id: string, line: number): boolean {
  const stretch = open.get(id);
  if (stretch?.lines !== undefined) stretch.lines.toLine = line;
  return open.delete(id);
}

function outcomesOf({ directives, named }: FileDirectives, options: SuppressionOptions): Suppression[] {
  return directives.map(({ directive, fault }) => {
    if (fault !== undefined) return { directive, fault, rules: [] };
    const own = named.filter((one) => one.directive === directive);
    if (directive.rules.length === 0) {
      const outcome = own.length > 0 ? "used" : "unused";
      return { directive, rules: [{ id: directive.word, at: directive.at, outcome }] };
    }
    return {
      directive,
      rules: directive.rules.map(({ id, at }, index) => {
        const { outcome } = own[index]!;
        const nearest = outcome === "unknown-rule" ? nearestName(id, options.ruleIds) : undefined;
        const judged = directive.kind === "enable" || options.wasJudged(id, at.file);
        return {
          id,
          at,
          outcome: outcome === "unused" && !judged ? "not-judged" : outcome,
          ...(nearest === undefined ? {} : { nearest }),
        };
      }),
    };
  });
}

function linesOf({ kind, at, appliesTo }: Directive): { fromLine: number; toLine: number } {
  switch (kind) {
    case "disable-file":
      return { fromLine: 1, toLine: Number.POSITIVE_INFINITY };
    case "disable":
      return { fromLine: at.line, toLine: Number.POSITIVE_INFINITY };
    case "disable-next-line":
      return appliesTo === undefined ? { fromLine: at.endLine + 1, toLine: at.endLine + 1 } : { ...appliesTo };
    default:
      return { fromLine: at.line, toLine: at.line };
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
