import type { Change } from "../diagnostics/finding.ts";
import { SourceText } from "../diagnostics/source-text.ts";

export type LiteralChange = Extract<Change, { kind: "literal" }>;

export interface ProjectTexts {
  readonly files: readonly string[];
  textOf(file: string): string | undefined;
}

/** The name that a literal is given right before it: of a constant, a key, a field or a member. */
const NAMED = /([A-Za-z_$][\w$]*)["']?\s*(?::\s*[\w$<>.[\] |]+)?\s*[:=]\s*$/;
const CLAUSE = /\b(?:import|export)\s+(?:type\s+)?\{[^{}]*\}/g;

/**
 * Whether a text that a fix would change serves something else as well: the same text is written at another place of the
 * project (a comparison, a table), or its constant is named outside of the calls that send it. What can't be told is.
 */
export function isUsedElsewhere(changes: readonly LiteralChange[], project: ProjectTexts): boolean {
  const constants = changes.filter(({ usedAt }) => usedAt !== undefined);
  const names = constants.map((change) => ({ change, name: nameOf(change, project) }));
  if (names.some(({ name }) => name === undefined)) return true;
  const texts = new Set(changes.map(({ from }) => from));
  return project.files.some((file) => {
    const text = project.textOf(file);
    if (text === undefined) return false;
    const isChanged = covering(
      changes.map(({ at }) => at).filter((at) => at.file === file),
      text,
    );
    if ([...texts].some((from) => occurrences(text, from).some((at) => !isChanged(at)))) return true;
    return names.some(({ change, name }) => isNamedElsewhere(text, file, name!, change));
  });
}

function nameOf({ at }: LiteralChange, { textOf }: ProjectTexts): string | undefined {
  const text = textOf(at.file);
  if (text === undefined) return undefined;
  const start = new SourceText(text).offsetOf(at.line, at.column);
  return NAMED.exec(text.slice(Math.max(0, start - 200), start))?.[1];
}

/** Offsets at which the text stands between quotes. */
function occurrences(text: string, content: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(content); at >= 0; at = text.indexOf(content, at + 1)) {
    const quote = text[at - 1];
    if (quote !== undefined && "\"'`".includes(quote) && text[at + content.length] === quote) found.push(at);
  }
  return found;
}

function isNamedElsewhere(text: string, file: string, name: string, { at, usedAt = [] }: LiteralChange): boolean {
  if (!text.includes(name)) return false;
  const word = new RegExp(`(?<![\\w$])${name.replace(/[$]/g, "\\$")}(?![\\w$])`, "g");
  const isInCall = covering(
    usedAt.filter((call) => call.file === file),
    text,
  );
  const clauses = [...text.matchAll(CLAUSE)].map(({ 0: clause, index }) => [index, index + clause.length] as const);
  const declared = at.file === file ? new SourceText(text).offsetOf(at.line, at.column) : undefined;
  return [...text.matchAll(word)].some(({ index }) => {
    const isDeclaration = declared !== undefined && index < declared && NAMED.test(text.slice(index, declared));
    return !isDeclaration && !isInCall(index) && !clauses.some(([start, end]) => start <= index && index < end);
  });
}

function covering(ranges: readonly LiteralChange["at"][], text: string): (offset: number) => boolean {
  const source = new SourceText(text);
  const spans = ranges.map(
    (range) => [source.offsetOf(range.line, range.column), source.offsetOf(range.endLine, range.endColumn)] as const,
  );
  return (offset) => spans.some(([start, end]) => start <= offset && offset < end);
}
