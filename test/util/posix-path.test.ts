import { expect, test } from "vitest";
import { cleanPath, extensionOf, foldersAbove, isWithin, joinPath, parentOf } from "../../src/util/posix-path.ts";

test.each([
  ["a/b", "./c", "a/b/c"],
  ["a/b", "../c", "a/c"],
  ["a/b", "../../c", "c"],
  ["a/b", "../..", ""],
  ["a/b", "../../..", undefined],
  ["a/b", ".", "a/b"],
  ["a/b", "./", "a/b"],
  ["a/b", "", "a/b"],
  ["a/b", "c/../../d", "a/d"],
  ["a/b", "./.././c//d/", "a/c/d"],
  ["", "./a", "a"],
  ["", "..", undefined],
  ["", "a/../..", undefined],
  ["a", ".hidden", "a/.hidden"],
  ["a", "..hidden", "a/..hidden"],
  ["a", "/b", undefined],
])("%j joined with %j is %j", (folder, relative, joined) => {
  expect(joinPath(folder, relative)).toBe(joined);
});

test("a clean path stays as it is, others are collapsed", () => {
  expect(["a/b.ts", "./a", "a//b/", "a/./b", "a/../b", "", "/a", "../a"].map(cleanPath)).toEqual([
    "a/b.ts",
    "a",
    "a/b",
    "a/b",
    "b",
    "",
    undefined,
    undefined,
  ]);
});

test("parents and extensions", () => {
  expect(["a/b/c.ts", "a", ""].map(parentOf)).toEqual(["a/b", "", ""]);
  expect(["a.test.ts", "a/b", ".ts", "a.b/c", "a/.env"].map(extensionOf)).toEqual([".ts", "", "", "", ""]);
  expect([...foldersAbove("a/b/c.ts")]).toEqual(["a/b", "a", ""]);
});

test("a folder holds itself and what is below, not what only begins alike", () => {
  expect(["apps/web", "apps/web/a", "apps/web-2", "apps"].map((path) => isWithin(path, "apps/web"))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isWithin("a", "")).toBe(true);
});
