/** A replacement of text; offsets are UTF-16 code units from the start of the file, the end exclusive. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Sorted and each once; undefined where two of them touch the same text. */
export function withoutOverlap(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const once = sorted.filter((edit, index) => index === 0 || !isSame(sorted[index - 1]!, edit));
  const clash = once.some((edit, index) => {
    const before = once[index - 1];
    return before !== undefined && (edit.start < before.end || edit.start === before.start);
  });
  return clash ? undefined : once;
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: replacement } of edits) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
