import type { Directive, DirectiveKind } from "../calls/code-result.ts";
import type { EngineCode } from "../diagnostics/engine-codes.ts";
import type { Finding } from "../diagnostics/finding.ts";
import { type FindingDraft, withFingerprints } from "../diagnostics/fingerprint.ts";
import { compareRanges, type Range } from "../diagnostics/range.ts";
import { unknownRule } from "../engine/unknown-rule.ts";
import { nearestName } from "../util/nearest-name.ts";

export interface SuppressionOptions {
  /** ISO date; a suppression `(until …)` an earlier day no longer holds. */
  readonly today: string;
  readonly ruleIds: ReadonlySet<string>;
  /** False where a rule did not run, so that its silence says nothing about a suppression. */
  wasJudged(rule: string, file: string): boolean;
}

export interface SuppressionResult {
  /** What is left, with what is to be said of the suppressions themselves; in no particular order. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
}

/** One rule of one directive, and the lines in which it holds, both ends included. */
interface Suppression {
  readonly rule: string;
  readonly at: Range;
  readonly fromLine: number;
  readonly toLine: number;
  used: boolean;
}

const DISABLING: readonly DirectiveKind[] = ["disable-next-line", "disable-line", "disable", "disable-file"];
const WORDS: readonly string[] = [...DISABLING, "enable"];

/** Takes out what comments suppress, and reports comments that suppress nothing or can't be understood. */
export function applyDirectives(
  findings: readonly Finding[],
  directives: ReadonlyMap<string, readonly Directive[]>,
  options: SuppressionOptions,
): SuppressionResult {
  const said: FindingDraft[] = [];
  const byFile = new Map<string, Suppression[]>();
  for (const [file, inFile] of directives) {
    const ordered = [...inFile].sort((a, b) => compareRanges(a.at, b.at));
    const valid = ordered.filter((directive) => checkForm(directive, options, said));
    byFile.set(file, suppressionsOf(valid, options, said));
  }
  const isSuppressed = (finding: Finding) => {
    const holding = (byFile.get(finding.at.file) ?? []).filter(
      (one) => one.rule === finding.rule && one.fromLine <= finding.at.line && finding.at.line <= one.toLine,
    );
    for (const suppression of holding) suppression.used = true;
    return holding.length > 0;
  };
  const kept: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) (isSuppressed(finding) ? suppressed : kept).push(finding);
  for (const [file, suppressions] of byFile) {
    for (const { rule, at, used } of suppressions) {
      if (used || !options.wasJudged(rule, file)) continue;
      said.push(draft("unused-suppression", at, rule, `Nothing is reported by \`${rule}\` here`, "Remove it."));
    }
  }
  return { findings: [...kept, ...withFingerprints(said)], suppressed };
}

/** Says what is wrong with a comment as such; false where nothing of it can hold. */
function checkForm(directive: Directive, options: SuppressionOptions, said: FindingDraft[]): boolean {
  const invalid = (at: Range, message: string, help: string) => {
    said.push(draft("invalid-suppression", at, directive.word, message, help));
    return false;
  };
  if (directive.kind === "unknown") {
    const near = nearestName(directive.word, WORDS);
    return invalid(
      directive.at,
      `\`tracklint-${directive.word}\` is no directive`,
      near
        ? `Did you mean \`tracklint-${near}\`?`
        : `Use one of ${WORDS.map((word) => `tracklint-${word}`).join(", ")}.`,
    );
  }
  if (directive.rules.length === 0 && directive.kind !== "enable") {
    return invalid(
      directive.at,
      "The suppression names no rule",
      `Name each rule: \`tracklint-${directive.word} rule-id -- reason\`.`,
    );
  }
  if (directive.until !== undefined && !isDate(directive.until)) {
    return invalid(
      directive.at,
      `\`${directive.until}\` is not a date, so the suppression does not hold`,
      "Write the date as `(until 2027-01-31)`.",
    );
  }
  for (const { id, at } of directive.rules) {
    if (options.ruleIds.has(id)) continue;
    const { message, help } = unknownRule(id, options.ruleIds);
    invalid(at, message, help);
  }
  return true;
}

function suppressionsOf(
  directives: readonly Directive[],
  options: SuppressionOptions,
  said: FindingDraft[],
): Suppression[] {
  const suppressions: Suppression[] = [];
  /** Index of the stretch that is open for a rule. */
  const open = new Map<string, number>();
  const close = (rule: string, line: number) => {
    const index = open.get(rule);
    if (index === undefined) return false;
    suppressions[index] = { ...suppressions[index]!, toLine: line };
    return open.delete(rule);
  };
  for (const directive of directives) {
    if (directive.kind === "enable") {
      const rules = directive.rules.length === 0 ? [...open.keys()] : directive.rules.map((rule) => rule.id);
      const ended = rules.filter((rule) => close(rule, directive.at.line));
      if (ended.length === 0 && rules.every((rule) => options.ruleIds.has(rule))) {
        said.push(
          draft(
            "unused-suppression",
            directive.at,
            directive.word,
            "No suppression is open that this could end",
            "Remove it.",
          ),
        );
      }
      continue;
    }
    for (const { id, at } of directive.rules) {
      if (!options.ruleIds.has(id)) continue;
      if (directive.until !== undefined && directive.until < options.today) {
        said.push(
          draft(
            "unused-suppression",
            at,
            id,
            `The suppression of \`${id}\` expired on ${directive.until}`,
            "Mend what it hides, or set a later date.",
          ),
        );
        continue;
      }
      if (directive.kind === "disable") {
        close(id, directive.at.line);
        open.set(id, suppressions.length);
      }
      suppressions.push({ rule: id, at, ...linesOf(directive), used: false });
    }
  }
  return suppressions;
}

function linesOf(directive: Directive): { fromLine: number; toLine: number } {
  switch (directive.kind) {
    case "disable-file":
      return { fromLine: 1, toLine: Number.POSITIVE_INFINITY };
    case "disable":
      return { fromLine: directive.at.line, toLine: Number.POSITIVE_INFINITY };
    case "disable-next-line": {
      const line = directive.appliesTo ?? directive.at.endLine + 1;
      return { fromLine: line, toLine: line };
    }
    default:
      return { fromLine: directive.at.line, toLine: directive.at.line };
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function draft(rule: EngineCode, at: Range, subject: string, message: string, help: string): FindingDraft {
  return { rule, severity: "warn", at, message, help, related: [], subject };
}
