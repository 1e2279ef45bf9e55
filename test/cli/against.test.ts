import { expect, test } from "vitest";
import type { CheckOutput } from "../../src/report/output-types.ts";
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const plan = (type: string) =>
  `tracklint: 1\nevents:\n  Cart Emptied: { version: 1.0.0, properties: { total: { type: ${type} } } }\n`;
const SHOP = { "package.json": "{}", "tracking-plan.yaml": plan("number") };

/** A branch that changes an event without its version. */
function branch(): string {
  const folder = temporaryRepository(SHOP);
  git(folder, "branch", "-M", "main");
  git(folder, "checkout", "--quiet", "-b", "feature");
  writeFiles(folder, { "tracking-plan.yaml": plan("string") });
  commitAll(folder);
  return folder;
}

async function bumps(folder: string, ...argv: readonly string[]) {
  const { code, out } = await runIn(folder, ["--format", "json", ...argv]);
  const { findings, notJudged }: CheckOutput = JSON.parse(out);
  const own = "schema-version-bump";
  return {
    code,
    said: findings.filter(({ rule }) => rule === own).map(({ message }) => message.split(",")[0]),
    notJudged: notJudged.filter(({ rule }) => rule === own).map(({ reason }) => reason),
  };
}

test("the plan is compared with the plan where the branch began, or at the revision that is named", async () => {
  const folder = branch();
  const base = git(folder, "rev-parse", "main").slice(0, 10);
  expect(await bumps(folder)).toMatchObject({ code: 1, said: [`\`Cart Emptied\` has changed since \`${base}\``] });
  expect((await bumps(folder, "--against", "main")).said).toEqual(["`Cart Emptied` has changed since `main`"]);
  expect(await bumps(folder, "--against", "HEAD")).toMatchObject({ code: 0, said: [], notJudged: [] });
});

test("where git doesn't know where the branch began, the versions are not judged", async () => {
  const folder = branch();
  git(folder, "branch", "-D", "main");
  expect(await bumps(folder)).toEqual({
    code: 0,
    said: [],
    notJudged: ["git doesn't know where the branch began, as in a shallow clone"],
  });
  writeFiles(folder, { "tracking-plan.yaml": plan("string").replace("version: 1.0.0, ", "") });
  expect((await bumps(folder)).notJudged, "of events without versions nothing is asked").toEqual([]);
  expect(await bumps(temporaryFolder(SHOP))).toEqual({ code: 0, said: [], notJudged: [] });
});

test.each([
  [["--against", "nowhere"], "There is no revision `nowhere`"],
  [["--against", "HEAD", "--plan", "none.yaml"], "There is no plan file `none.yaml`"],
])("%j ends with 2", async (argv, says) => {
  const { code, err } = await runIn(branch(), argv);
  expect(code).toBe(2);
  expect(err).toContain(says);
});

test("--against without a plan ends with 2", async () => {
  const { code, err } = await runIn(temporaryFolder({ "package.json": "{}" }), ["--against", "HEAD"]);
  expect({ code, err }).toEqual({
    code: 2,
    err: "error: There is no tracking plan to compare.\nName it with `--plan`.\n",
  });
});
