import { describe, expect, test } from "vitest";
import { readBaseline } from "../../src/baseline/read-baseline.ts";
import { UserError } from "../../src/errors.ts";

const HEAD = '{\n  "tracklintBaseline": 1,\n  "findings": [\n';
const ENTRY = '    { "rule": "unknown-event", "about": "x" }';

async function refusal(text: string): Promise<string> {
  const error: unknown = await readBaseline(text, "tracklint-baseline.json").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return `${(error as UserError).message} ${(error as UserError).help}`;
}

describe("a baseline that can't be read is refused with its place", () => {
  test.each([
    ["an empty file", "", "tracklint-baseline.json:1:1: the file is empty"],
    ["no JSON", "findings: []\n", "tracklint-baseline.json:1:1: it is not JSON"],
    ["cut off", `${HEAD}${ENTRY},\n`, "tracklint-baseline.json:5:1: it is not JSON"],
    ["a comma too few", `${HEAD}${ENTRY}\n${ENTRY}\n  ]\n}\n`, "tracklint-baseline.json:5:5: it is not JSON"],
    ["a comma too many", `${HEAD}${ENTRY},\n  ]\n}\n`, "tracklint-baseline.json:4:46: it is not JSON"],
    [
      "a merge conflict",
      `${HEAD}<<<<<<< HEAD\n${ENTRY}\n=======\n${ENTRY}\n>>>>>>> side\n  ]\n}\n`,
      "tracklint-baseline.json:4:1: a merge conflict was not resolved. Keep the lines of both sides",
    ],
    ["another version", '{\n  "tracklintBaseline": 2,\n  "findings": []\n}\n', "json:2:24: its version is not 1"],
    ["no list", '{\n  "tracklintBaseline": 1,\n  "findings": {}\n}\n', "json:3:15: `findings` is not a list"],
    ["an entry without a rule", `${HEAD}${ENTRY},\n    { "about": "x" }\n  ]\n}\n`, "json:5:5: an entry has `rule`"],
    ["an entry with a line", `${HEAD}    { "rule": "a", "about": "x", "line": 3 }\n  ]\n}\n`, "json:4:5: an entry has"],
  ])("%s", async (_, text, says) => {
    expect(await refusal(text)).toContain(says);
  });

  test.each([
    ["the suppressions of ESLint", '{ "src/a.js": { "no-undef": { "count": 2 } } }'],
    ["a list", "[]"],
    ["a text", '"baseline"'],
    ["null", "null"],
  ])("%s", async (_, text) => {
    expect(await refusal(text)).toContain("`tracklint-baseline.json` is not a baseline of tracklint");
  });
});
