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
 * Of groups of changes, those whose text serves something else as well: the same text is written at another place of the
 * project (a comparison, a table), or its constant is named outside of the calls that send it. What can't be told is.
 * Each file is read once.
 */
export function usedElsewhere<Group extends readonly LiteralChange[]>(
  groups: readonly Group[],
  project: ProjectTexts,
): ReadonlySet<Group> {
  const used = new Set<Group>();
  const open = new Map<Group, readonly Constant[]>();
  for (const changes of groups) {
    const constants = changes.filter(({ usedAt }) => usedAt !== undefined);
    const named = constants.flatMap((change) => nameOf(change, project) ?? []);
    if (named.length < constants.length) used.add(changes);
    else if (changes.length > 0) open.set(changes, named);
  }
  for (const file of open.size === 0 ? [] : project.files) {
    const text = project.textOf(file);
    if (text === undefined) continue;
    for (const [changes, constants] of open) {
      if (!isUsedIn(text, file, changes, constants)) continue;
      used.add(changes);
      open.delete(changes);
    }
  }
  return used;
}

/** A literal of a constant, and the name by which it is known. */
interface Constant {
  readonly change: LiteralChange;
  readonly name: string;
}

function isUsedIn(
  text: string,
  file: string,
  changes: readonly LiteralChange[],
  constants: readonly Constant[],
): boolean {
  const texts = [...new Set(changes.map(({ from }) => from))].filter((from) => text.includes(from));
  if (texts.length > 0) {
    const places = changes.map(({ at }) => at).filter((at) => at.file === file);
    const isChanged = covering(places, text);
    if (texts.some((from) => occurrences(text, from).some((at) => !isChanged(at)))) return true;
  }
  return constants.some(({ change, name }) => isNamedElsewhere(text, file, name, change));
}

function nameOf(change: LiteralChange, { textOf }: ProjectTexts): Constant | undefined {
  const { at } = change;
  const text = textOf(at.file);
  if (text === undefined) return undefined;
  const start = new SourceText(text).offsetOf(at.line, at.column);
  const name = NAMED.exec(text.slice(Math.max(0, start - 200), start))?.[1];
  return name === undefined ? undefined : { change, name };
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
