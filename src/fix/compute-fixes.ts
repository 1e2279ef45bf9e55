import type { Change, Finding, Fix } from "../diagnostics/finding.ts";
import { formatPlace } from "../diagnostics/range.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import { dialectOf } from "../facts/dialect.ts";
import { extractFacts } from "../facts/extract-facts.ts";
import { editEvent, type PlanText, parsePlanText, renameInPlan } from "../plan/edit-plan.ts";
import { groupBy } from "../util/group-by.ts";
import { directiveEdit, literalEdit } from "./code-edits.ts";
import { applyEdits, type TextEdit, withoutOverlap } from "./text-edit.ts";
import { type LiteralChange, type ProjectTexts, usedElsewhere } from "./usage.ts";

export interface FixInput extends ProjectTexts {
  readonly findings: readonly Finding[];
  readonly planFiles: readonly string[];
  /** Also what renames a live event. */
  readonly suggestions: boolean;
}

/** A file before and after, both as text. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly TextEdit[];
}

export interface ComputedFixes {
  readonly files: readonly FixedFile[];
  /** Findings that are mended by it. */
  readonly fixed: number;
}

/** One edit of one file. */
interface FileEdit extends TextEdit {
  readonly file: string;
}

/**
 * The files as they are when the findings are mended. A fix is applied as a whole or not at all, and not where it would
 * touch what another one changes: that is for the next round.
 */
export function computeFixes(input: FixInput): ComputedFixes {
  const planOf = plansOf(input);
  const fixes = wantedFixes(input).map(({ fix, literals }) => ({ literals, edits: editsOf(fix, input, planOf) }));
  const isSound = soundnessOf(input);
  // Nearly always all of them can be made. To try each by itself, files are parsed anew for each.
  const all = chooseFixes(fixes, () => true);
  const { edits, fixed } = [...all.edits].every(isSound) ? all : chooseFixes(fixes, isSound);
  const files = [...edits].map(([file, own]) => {
    const before = input.textOf(file) ?? "";
    return { file, before, after: applyEdits(before, own), edits: own };
  });
  return { files: files.toSorted((a, b) => (a.file < b.file ? -1 : 1)), fixed };
}

type EditsOfFile = readonly [file: string, edits: readonly TextEdit[]];

interface ChosenFixes {
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly fixed: number;
}

function chooseFixes(fixes: readonly EditedFix[], isSound: (edits: EditsOfFile) => boolean): ChosenFixes {
  const chosen = new Map<string, readonly TextEdit[]>();
  const renamed = new Set<string>();
  let fixed = 0;
  for (const { literals, edits } of fixes) {
    // Where two fixes rename the same, the first is enough.
    if (literals.length > 0 && literals.every(({ at }) => renamed.has(formatPlace(at)))) continue;
    if (edits === undefined || edits.length === 0) continue;
    const merged = [...groupBy(edits, ({ file }) => file)].map(
      ([file, own]) => [file, withoutOverlap([...(chosen.get(file) ?? []), ...own])] as const,
    );
    if (!merged.every(([file, all]) => all !== undefined && isSound([file, all]))) continue;
    for (const [file, all] of merged) chosen.set(file, all ?? []);
    for (const { at } of literals) renamed.add(formatPlace(at));
    fixed += 1;
  }
  return { edits: chosen, fixed };
}

interface WantedFix {
  readonly fix: Fix;
  readonly literals: readonly LiteralChange[];
}

interface EditedFix {
  readonly literals: readonly LiteralChange[];
  /** Undefined where one of the changes can't be made. */
  readonly edits: readonly FileEdit[] | undefined;
}

/** Safe ones first: a suggestion for the same name does more than is needed. */
function wantedFixes(input: FixInput): readonly WantedFix[] {
  const all = input.findings
    .flatMap(({ fix }) => fix ?? [])
    .map((fix): WantedFix => ({ fix, literals: fix.changes.filter((change) => change.kind === "literal") }));
  const safe = all.filter(({ fix }) => fix.isSafe);
  if (input.suggestions) return [...safe, ...all.filter(({ fix }) => !fix.isSafe)];
  // Nothing is safe that changes a text which serves something else.
  const used = usedElsewhere(
    safe.map(({ literals }) => literals),
    input,
  );
  return safe.filter(({ literals }) => !used.has(literals));
}

type PlanOf = (file: string) => PlanText | undefined;

/** Each file of the plan is parsed once. */
function plansOf({ textOf }: FixInput): PlanOf {
  const plans = new Map<string, PlanText | undefined>();
  return (file) => {
    const text = textOf(file);
    if (text !== undefined && !plans.has(file)) plans.set(file, parsePlanText(text));
    return plans.get(file);
  };
}

function editsOf({ changes }: Fix, input: FixInput, planOf: PlanOf): FileEdit[] | undefined {
  const edits = changes.map((change) => editsOfChange(change, input, planOf));
  return edits.every((some) => some !== undefined) ? edits.flat() : undefined;
}

function editsOfChange(change: Change, { textOf, planFiles }: FixInput, planOf: PlanOf): FileEdit[] | undefined {
  const { file, line, column } = change.at;
  const text = textOf(file);
  if (text === undefined) return undefined;
  if (change.kind !== "plan-event") {
    const edit = change.kind === "literal" ? literalEdit(text, change) : directiveEdit(text, change);
    return edit && [{ file, ...edit }];
  }
  const plan = planOf(file);
  const own = plan && editEvent(plan, new SourceText(text).offsetOf(line, column), change);
  const elsewhere = planFiles.map((path) => {
    if (change.from === change.to) return [];
    const other = planOf(path);
    return other && renameInPlan(other, change).map((edit) => ({ file: path, ...edit }));
  });
  const all = [own?.map((edit) => ({ file, ...edit })), ...elsewhere];
  return all.every((some) => some !== undefined) ? all.flat() : undefined;
}

/** Tells whether a file that could be parsed can be parsed afterwards. */
function soundnessOf({ textOf, planFiles }: FixInput): (edits: EditsOfFile) => boolean {
  const errorsBefore = new Map<string, number>();
  return ([file, edits]) => {
    const before = textOf(file) ?? "";
    const after = applyEdits(before, edits);
    if (planFiles.includes(file)) return parsePlanText(after) !== undefined;
    const dialect = dialectOf(file);
    if (dialect === undefined) return true;
    const allowed = errorsBefore.get(file) ?? extractFacts(before, dialect).errors.length;
    errorsBefore.set(file, allowed);
    return extractFacts(after, dialect).errors.length <= allowed;
  };
}
