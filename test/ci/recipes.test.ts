import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { formatFlag } from "../../src/cli/reports.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
const recipes = new Map(
  blocks.flatMap((block) => {
    const [, file] = /^# (\S+\.yml)\n/.exec(block) ?? [];
    return file === undefined ? [] : [[file, block] as const];
  }),
);

interface Workflow {
  readonly jobs: {
    readonly tracklint: { readonly steps: readonly { readonly uses?: string; readonly with?: object }[] };
  };
}

test("every YAML block of the README can be parsed", () => {
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) expect(() => parse(block), block).not.toThrow();
});

test("there is a recipe for each CI system", () => {
  expect([...recipes.keys()]).toEqual(
    expect.arrayContaining([
      ".github/workflows/tracking.yml",
      ".gitlab-ci.yml",
      ".circleci/config.yml",
      "azure-pipelines.yml",
      "bitbucket-pipelines.yml",
    ]),
  );
});

test("recipes name formats that there are, and inputs that the action has", () => {
  const named = [...readme.matchAll(/--format (\w+(?:=[\w./-]+)?)/g)].map(([, format]) => format!);
  for (const format of named.filter((one) => one !== "NAME" && one !== "NAME=FILE")) {
    expect(() => formatFlag(format), format).not.toThrow();
  }
  const workflow: Workflow = parse(recipes.get(".github/workflows/tracking.yml")!);
  const step = workflow.jobs.tracklint.steps.find(({ uses }) => uses?.includes("/tracklint@"));
  const action: { inputs: object } = parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8"));
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step!.with!)));
});
