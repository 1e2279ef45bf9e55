import { describe, expect, test } from "vitest";
import { PatternError, patternProblem, safeRegex } from "../../src/schema/safe-regex.ts";

describe("a safe pattern matches what JavaScript's would", () => {
  test.each([
    ["^[a-z_]+$", "order_id", "Order"],
    ["b", "abc", "ac"],
    ["^\\S+@\\S+\\.\\w{2,}$", "me@example.com", "me"],
    ["^\\u0041$", "A", "B"],
    ["^\\p{L}+$", "Größe", "1"],
    ["^(?<year>\\d{4})-\\d\\d$", "2026-01", "26-1"],
    ["^a\\/b$", "a/b", "ab"],
    ["^[^\\]]$", "a", "]"],
    ["^.$", "🛒", "ab"],
  ])("%s", (pattern, matching, other) => {
    expect(safeRegex(pattern).test(matching)).toBe(true);
    expect(safeRegex(pattern).test(other)).toBe(false);
    expect(new RegExp(pattern, "u").test(matching)).toBe(true);
    expect(new RegExp(pattern, "u").test(other)).toBe(false);
  });
});

describe("a pattern that is refused says why", () => {
  test.each([
    ["(?=a)", "looks ahead or behind, which patterns here can't do"],
    ["(?!a)b", "looks ahead or behind, which patterns here can't do"],
    ["(?<=a)b", "looks ahead or behind, which patterns here can't do"],
    ["(?<!a)b", "looks ahead or behind, which patterns here can't do"],
    ["(a)\\1", "refers back to a group, which patterns here can't do"],
    ["(", "is no regular expression: missing closing ): `(`"],
    ["a{2,1}", "is no regular expression: invalid repeat count: `{2,1}`"],
    ["((a{1,1000}){1,1000}){1,1000}", "is too large to be run"],
  ])("%s", (pattern, problem) => {
    expect(patternProblem(pattern)).toEqual(problem);
    expect(() => safeRegex(pattern)).toThrow(PatternError);
  });

  test("one that can be compiled has no problem", () => {
    expect(patternProblem("^a$")).toBeUndefined();
  });
});

test("patterns that make a backtracking engine hang take linear time", () => {
  for (const pattern of ["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "(x+x+)+y"]) {
    expect(safeRegex(pattern).test(`${"a".repeat(20_000)}!${"x".repeat(20_000)}`)).toBe(false);
  }
});

test("a pattern is compiled once", () => {
  expect(safeRegex("^once$")).toBe(safeRegex("^once$"));
});
