import { ts } from "ts-morph";
import type { Range } from "../../src/diagnostics/range.ts";
import { SourceText } from "../../src/diagnostics/source-text.ts";

export type Files = Readonly<Record<string, string>>;

/** A piece of a file, and what to put in its place. No change adds or removes a line. */
export interface Change {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Writes another name where an event's name is written; undefined where no text stands there. */
export function renamed(files: Files, at: Range): Change | undefined {
  const { text, start, end } = sliceOf(files, at);
  const close = /(["'`])(?=[^"'`]*$)/.exec(text.slice(start, end));
  if (close === null) return undefined;
  return { file: at.file, start: start + close.index, end: start + close.index, text: NEW_ENDING };
}

export const NEW_ENDING = " Xqz";

/** Takes a key out of the object, type or statement that writes it; undefined where it stands elsewhere. */
export function withoutKey(files: Files, at: Range): Change | undefined {
  const { text, start } = sliceOf(files, at);
  const node = nodeAt(
    at.file,
    text,
    start,
    (one) => isKeyHolder(one) && one.getStart() <= start && start < one.getEnd(),
  );
  if (node === undefined) return undefined;
  return removed(at.file, text, node);
}

/** Takes a node out, with the comma after it, and keeps its lines. */
export function removed(file: string, text: string, node: ts.Node): Change {
  const comma = /^\s*,/.exec(text.slice(node.getEnd()))?.[0].length ?? 0;
  const end = node.getEnd() + comma;
  return { file, start: node.getStart(), end, text: text.slice(node.getStart(), end).replace(/[^\n]/g, " ") };
}

/** Writes a value of another type where a literal is written. */
export function retyped(files: Files, at: Range, other: string): Change | undefined {
  const { text, start, end } = sliceOf(files, at);
  const node = nodeAt(
    at.file,
    text,
    start,
    (one) => one.getStart() === start && one.getEnd() === end && isLiteral(one),
  );
  return node === undefined ? undefined : { file: at.file, start, end, text: other };
}

/** The files with all changes made; of changes that overlap the first is made. */
export function changed(files: Files, changes: readonly Change[]): Files {
  const result: Record<string, string> = { ...files };
  const sorted = [...changes].sort((a, b) => b.start - a.start);
  for (const file of new Set(changes.map((change) => change.file))) {
    let text = files[file] ?? "";
    let before = Number.POSITIVE_INFINITY;
    for (const change of sorted.filter((one) => one.file === file)) {
      if (change.end > before) continue;
      text = text.slice(0, change.start) + change.text + text.slice(change.end);
      before = change.start;
    }
    result[file] = text;
  }
  return result;
}

function sliceOf(files: Files, at: Range) {
  const source = new SourceText(files[at.file] ?? "");
  return {
    text: source.text,
    start: source.offsetOf(at.line, at.column),
    end: source.offsetOf(at.endLine, at.endColumn),
  };
}

function isKeyHolder(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isExpressionStatement(node)
  );
}

function isLiteral(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** The innermost node around an offset that fits. */
function nodeAt(file: string, text: string, offset: number, fits: (node: ts.Node) => boolean): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (offset < node.getFullStart() || offset >= node.getEnd()) return;
    if (fits(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(parse(file, text));
  return found;
}

export function parse(file: string, text: string): ts.SourceFile {
  const kind = /\.[jt]sx$|\.js$/.test(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
}
