import { expect, test } from "vitest";
import { hasWord } from "../../src/util/has-word.ts";

test("A name counts where it stands alone, at the ends of the text too", () => {
  expect(hasWord("track", "track")).toBe(true);
  expect(hasWord("export { track as send }", "track")).toBe(true);
  expect(hasWord("backtrack(); track()", "track")).toBe(true);
});

test("A part of a longer name does not count", () => {
  for (const text of ["tracker", "backtrack", "$track", "track_all", "track1", ""])
    expect(hasWord(text, "track")).toBe(false);
});
