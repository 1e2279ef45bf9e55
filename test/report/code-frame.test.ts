import stringWidth from "fast-string-width";
import { describe, expect, test } from "vitest";
import { SourceText } from "../../src/diagnostics/source-text.ts";
import { codeFrame } from "../../src/report/code-frame.ts";
import { range } from "./canonical-report.ts";

/** The frame as text, the caret line below the line that is meant. */
function frame(
  text: string,
  at: { line?: number; column: number; endColumn: number; endLine?: number },
  width = 60,
): string {
  const line = at.line ?? 1;
  return codeFrame(new SourceText(text), range("a.ts", line, at.column, at.endColumn, at.endLine ?? line), width)
    .map((row) => row.text + (row.caret ? `\n${" ".repeat(row.caret.start)}${"^".repeat(row.caret.length)}` : ""))
    .join("\n");
}

describe("codeFrame", () => {
  test("puts the caret under the place, with the lines around", () => {
    expect(frame("a()\ntrack('x')\nb()\nc()", { line: 2, column: 7, endColumn: 10 })).toBe(
      "a()\ntrack('x')\n      ^^^\nb()",
    );
  });

  test("leaves out blank neighbours", () => {
    expect(frame("  \ntrack('x')\n", { line: 2, column: 1, endColumn: 6 })).toBe("track('x')\n^^^^^");
  });

  test("counts tabs as they are printed", () => {
    expect(frame("\t\ttrack('x')", { column: 3, endColumn: 8 })).toBe("    track('x')\n    ^^^^^");
  });

  test("counts wide characters as two columns", () => {
    expect(frame("t('購入', x)", { column: 3, endColumn: 7 })).toBe("t('購入', x)\n  ^^^^^^");
    expect(frame("t('🎉', x)", { column: 3, endColumn: 7 })).toBe("t('🎉', x)\n  ^^^^");
  });

  test("marks a range over several lines to the end of its first one", () => {
    expect(frame("  track('x', {  \n  a })", { column: 3, endLine: 2, endColumn: 5 })).toBe(
      "  track('x', {\n  ^^^^^^^^^^^^\n  a })",
    );
  });

  test("crops a long line around the caret", () => {
    const text = `${"a".repeat(200)}track('x')${"b".repeat(200)}`;
    const shown = frame(text, { column: 201, endColumn: 211 }, 40);
    expect(shown).toBe(`…${"a".repeat(12)}track('x')${"b".repeat(16)}…\n${" ".repeat(13)}^^^^^^^^^^`);
  });

  test.each([20, 33, 60])("never exceeds a width of %i", (width) => {
    const line = "購入".repeat(40) + "\tx".repeat(30);
    for (const column of [1, 17, 79, 81, 120, line.length + 1]) {
      for (const row of codeFrame(new SourceText(line), range("a.ts", 1, column, column + 9), width)) {
        expect(stringWidth(row.text)).toBeLessThanOrEqual(width);
        expect((row.caret?.start ?? 0) + (row.caret?.length ?? 0)).toBeLessThanOrEqual(width + 1);
        expect(row.caret?.length).toBeGreaterThan(0);
      }
    }
  });

  test("a line of five megabytes is cropped without being measured", () => {
    const source = new SourceText("x".repeat(5_000_000));
    const [row] = codeFrame(source, range("a.ts", 1, 4_000_000, 4_000_010), 80);
    expect(row?.text).toHaveLength(80);
    expect(row?.caret).toEqual({ start: 13, length: 10 });
  });

  test("a place past the end of the file has no frame", () => {
    expect(codeFrame(new SourceText("a"), range("a.ts", 7, 1, 2), 80)).toEqual([]);
  });
});
