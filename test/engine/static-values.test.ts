import { expect, test } from "vitest";
import { canRead, wildcardParts } from "../../src/engine/static-values.ts";

test.each([
  [["Viewed ", null], "Viewed Page", true],
  [["Viewed ", null], "Clicked Page", false],
  [[null, " Viewed"], "Page Viewed", true],
  [["a", null, "a"], "a", false],
  [["a", null, "a"], "aa", true],
  [["Viewed ", null, " in ", null], "Viewed Page in App", true],
  [["Viewed ", null, " in ", null], "Viewed Page", false],
  [["x", null, "ab", null, "b"], "xab", false],
  [[null], "anything", true],
  [["exact"], "exact", true],
  [["exact"], "exactly", false],
] as const)("the pattern %j against %j: %s", (parts, text, expected) => {
  expect(canRead(parts, text)).toBe(expected);
});

test("a star in a name stands for any text", () => {
  expect(["app:a", "app:", "web:a"].map((name) => canRead(wildcardParts("app:*"), name))).toEqual([true, true, false]);
  expect(canRead(wildcardParts("*"), "anything")).toBe(true);
  expect(canRead(wildcardParts("plain"), "plain text")).toBe(false);
});

test("many unknown parts against a long text take no long time", () => {
  const parts = Array.from({ length: 2001 }, (_, index) => (index % 2 === 0 ? null : "a"));
  expect(canRead([...parts, "b"], "a".repeat(50_000))).toBe(false);
});
