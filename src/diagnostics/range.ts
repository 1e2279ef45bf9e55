/** A stretch of a file. Lines and columns are 1-based, in UTF-16 code units; the end is exclusive. `file` is relative to the root, with `/`. */
export interface Range {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Orders by file, line, column, then end: the order of every list that tracklint prints. */
export function compareRanges(a: Range, b: Range): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn;
}

/** The range as a person writes it: `file:line:column`. */
export function formatPlace(range: Range): string {
  return `${range.file}:${range.line}:${range.column}`;
}

/** True where `inner` lies within `outer`, in the same file; a range contains itself. */
export function contains(outer: Range, inner: Range): boolean {
  if (outer.file !== inner.file) return false;
  const starts = outer.line - inner.line || outer.column - inner.column;
  const ends = inner.endLine - outer.endLine || inner.endColumn - outer.endColumn;
  return starts <= 0 && ends <= 0;
}
