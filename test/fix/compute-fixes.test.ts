import { expect, test } from "vitest";
import type { Change, Finding } from "../../src/diagnostics/finding.ts";
import { computeFixes } from "../../src/fix/compute-fixes.ts";

const TEXT = 'f("a");\ng("b");\n';
const on = (line: number, column: number, endColumn: number) => ({
  file: "a.ts",
  line,
  column,
  endLine: line,
  endColumn,
});
const finding = (change: Change): Finding => ({
  rule: "a",
  severity: "warn",
  at: change.at,
  message: "",
  related: [],
  fingerprint: "",
  fix: { isSafe: true, changes: [change] },
});

test("a fix after which a file can't be parsed is not made; the others are", () => {
  const rename = finding({ kind: "literal", at: on(1, 3, 6), from: "a", to: "c" });
  const broken = finding({ kind: "directive", at: on(2, 1, 8), rule: on(2, 2, 3) });
  const input = { planFiles: [], suggestions: true, files: ["a.ts"], textOf: () => TEXT };
  const { files, fixed } = computeFixes({ ...input, findings: [broken, rename] });
  expect(files.map(({ after }) => after)).toEqual(['f("c");\ng("b");\n']);
  expect(fixed).toBe(1);
});
