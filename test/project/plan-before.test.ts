import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { planBefore } from "../../src/project/plan-before.ts";
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";

const plan = (version: string) => `tracklint: 1\nevents:\n  Order Completed: { version: ${version} }\n`;
const PATH = "plans/tracking-plan.yaml";
const before = (root: string, against?: string, text = plan("2.0.0")) =>
  planBefore({ host: nodeHost(root), path: PATH, prefix: "" }, against, new Map([[PATH, text]]));
const versionOf = (found: ReturnType<typeof before>) =>
  found && "plan" in found ? found.plan.find("Order Completed")?.version : found;

function repository(): string {
  const root = temporaryRepository({ [PATH]: plan("1.0.0") });
  git(root, "branch", "-M", "main");
  return root;
}

test("the plan at a revision", () => {
  const root = repository();
  writeFiles(root, { [PATH]: plan("2.0.0") });
  expect(versionOf(before(root, "HEAD"))).toBe("1.0.0");
  expect(versionOf(before(root, "main"))).toBe("1.0.0");
});

test("without a revision: where the branch left the default branch", () => {
  const root = repository();
  git(root, "checkout", "--quiet", "-b", "feature");
  writeFiles(root, { [PATH]: plan("2.0.0") });
  commitAll(root);
  git(root, "checkout", "--quiet", "main");
  writeFiles(root, { [PATH]: plan("9.0.0") });
  commitAll(root);
  git(root, "checkout", "--quiet", "feature");
  expect(versionOf(before(root))).toBe("1.0.0");
});

test("nothing, where the plan is the same, is new, or there is no git", () => {
  expect(before(repository(), "HEAD", plan("1.0.0"))).toBeUndefined();
  expect(before(temporaryRepository({ "a.txt": "" }))).toBeUndefined();
  expect(before(temporaryFolder({ [PATH]: plan("2.0.0") }))).toBeUndefined();
});

test("not known, where git doesn't say where the branch began, as in the checkout of a pull request", () => {
  const root = repository();
  git(root, "checkout", "--quiet", "--detach");
  git(root, "branch", "-D", "main");
  expect(before(root)).toEqual({ notKnown: "git doesn't know where the branch began, as in a shallow clone" });
});

test.each(["nowhere", "--output=stolen", "-h", "a b", "", "HEAD^{tree}"])("%j is no revision", (name) => {
  const root = repository();
  expect(() => before(root, name)).toThrow(UserError);
  expect(() => before(root, name)).toThrow(`There is no revision \`${name}\``);
});

test("not known, where the plan had mistakes where the branch began", () => {
  const root = repository();
  writeFiles(root, { [PATH]: "tracklint: 1\nevent: {}\n" });
  commitAll(root);
  git(root, "checkout", "--quiet", "-b", "feature");
  const commit = git(root, "rev-parse", "main").slice(0, 10);
  expect(before(root)).toEqual({ notKnown: `the plan had mistakes at ${commit}, where the branch began` });
});

test("a revision at which there was no plan, or one with mistakes", () => {
  const root = temporaryRepository({ "a.txt": "" });
  git(root, "tag", "empty");
  writeFiles(root, { [PATH]: "tracklint: 1\nevent: {}\n" });
  commitAll(root);
  expect(() => before(root, "empty")).toThrow("did not exist at `empty`");
  expect(() => before(root, "HEAD")).toThrow("has mistakes at `HEAD`");
});

test("a shallow clone says what to do", () => {
  const root = repository();
  git(root, "tag", "first");
  writeFiles(root, { [PATH]: plan("2.0.0") });
  commitAll(root);
  const clone = temporaryFolder();
  git(clone, "clone", "--quiet", "--depth", "1", "--no-tags", `file://${root}`, ".");
  try {
    before(clone, "first");
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect(error instanceof UserError && error.help).toContain("git fetch --unshallow");
  }
});
