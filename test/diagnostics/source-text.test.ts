import { describe, expect, test } from "vitest";
import { SourceText } from "../../src/diagnostics/source-text.ts";

describe("SourceText", () => {
  const source = new SourceText("one\r\ntwo\n\nfour\rfive");

  test("turns offsets into 1-based lines and columns over every kind of line break", () => {
    expect(source.lineCount).toBe(5);
    expect(source.positionAt(0)).toEqual({ line: 1, column: 1 });
    expect(source.positionAt(5)).toEqual({ line: 2, column: 1 });
    expect(source.positionAt(9)).toEqual({ line: 3, column: 1 });
    expect(source.positionAt(source.text.length)).toEqual({ line: 5, column: 5 });
  });

  test("moves an offset outside the text to its edge", () => {
    expect(source.positionAt(-3)).toEqual({ line: 1, column: 1 });
    expect(source.positionAt(999)).toEqual({ line: 5, column: 5 });
  });

  test("offsetOf is the inverse of positionAt", () => {
    for (let offset = 0; offset <= source.text.length; offset += 1) {
      const { line, column } = source.positionAt(offset);
      expect(source.offsetOf(line, column)).toBe(offset);
    }
  });

  test("gives a line without its line break", () => {
    expect([1, 2, 3, 4, 5, 6].map((line) => source.lineAt(line))).toEqual(["one", "two", "", "four", "five", ""]);
  });
});
