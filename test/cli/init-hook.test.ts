import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { git, temporaryFolder, temporaryRepository } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const SHOP = {
  "package.json": '{ "name": "shop" }',
  "app.ts": 'import posthog from "posthog-js";\nposthog.capture("Signed Up", { plan: "free" });\n',
};
const PLAN = "tracking-plan.yaml";
const HOOK = ".husky/pre-commit";
const text = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");

describe("init --hook", () => {
  it("writes the plan and the hook, and says both", async () => {
    const { code, out, written } = await runIn(temporaryRepository(SHOP), ["init", "--hook", "husky"]);
    expect({ code, files: Object.keys(written) }).toEqual({ code: 0, files: [PLAN, HOOK] });
    expect(written[HOOK]).toBe("npx tracklint --staged\n");
    expect(out).toContain("✔ Wrote tracking-plan.yaml");
    expect(out).toContain("✔ Wrote .husky/pre-commit\n  It runs `tracklint --staged` before each commit. `npm install");
  });

  it("leaves a plan that is there, and the second time the hook too", async () => {
    const folder = temporaryRepository({ ...SHOP, [PLAN]: "events: [", [HOOK]: "npm test\n" });
    const first = await runIn(folder, ["init", "--hook", "husky"]);
    expect(first).toMatchObject({ code: 0, err: "", written: {} });
    expect(text(folder, HOOK)).toBe("npm test\nnpx tracklint --staged\n");
    const second = await runIn(folder, ["init", "--hook", "husky"]);
    expect(second).toMatchObject({
      code: 0,
      out: "`.husky/pre-commit` names tracklint already, and stays as it is.\n",
    });
    expect(text(folder, HOOK)).toBe("npm test\nnpx tracklint --staged\n");
    expect(text(folder, PLAN)).toBe("events: [");
  });

  it("keeps the mode of a hook, and works in a folder of the project", async () => {
    const folder = temporaryRepository({ ...SHOP, [PLAN]: "", "src/a.ts": "", ".git-hooks/pre-commit": "#!/bin/sh\n" });
    git(folder, "config", "core.hooksPath", ".git-hooks");
    chmodSync(join(folder, ".git-hooks/pre-commit"), 0o755);
    const { code, out } = await runIn(join(folder, "src"), ["init", "--hook", "git", "--yes"]);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining("✔ Wrote ../.git-hooks/pre-commit\n"),
    });
    expect(text(folder, ".git-hooks/pre-commit")).toBe("#!/bin/sh\nnpx tracklint --staged || exit 1\n");
    expect(statSync(join(folder, ".git-hooks/pre-commit")).mode & 0o777).toBe(0o755);
  });

  it("writes nothing to hooks that all repositories of a person have", async () => {
    const shared = temporaryFolder();
    const folder = temporaryRepository({ ...SHOP, [PLAN]: "" });
    git(folder, "config", "core.hooksPath", shared);
    const { code, out, written } = await runIn(folder, ["init", "--hook", "git"]);
    expect({ code, written }).toEqual({ code: 0, written: {} });
    expect(out).toMatch(
      /^Add this to `.*pre-commit`, which is left to you, .*:\n {4}npx tracklint --staged \|\| exit 1\n$/,
    );
  });

  it("writes to the hooks of the repository from a worktree of it", async () => {
    const folder = temporaryRepository({ ...SHOP, [PLAN]: "" });
    const tree = join(temporaryFolder(), "tree");
    git(folder, "worktree", "add", "--quiet", tree);
    const { written } = await runIn(tree, ["init", "--hook", "git"]);
    expect(Object.keys(written).map((path) => join(tree, path))).toEqual([join(folder, ".git/hooks/pre-commit")]);
  });

  it("says what to add where it can't write", async () => {
    const folder = temporaryRepository({ ...SHOP, [PLAN]: "", "lefthook.toml": "[pre-commit]\n" });
    const { code, out, written } = await runIn(folder, ["init", "--hook", "lefthook"]);
    expect({ code, written }).toEqual({ code: 0, written: {} });
    expect(out).toContain("Add this to `lefthook.toml`, which is left to you");
    expect(out).toContain("    pre-commit:\n      jobs:\n        - name: tracklint\n");
  });

  it("knows the tools that there are", async () => {
    const { code, err } = await runIn(temporaryFolder(SHOP), ["init", "--hook", "huskey"]);
    expect(code).toBe(2);
    expect(err).toMatch(/husky, lefthook, pre-commit, lint-staged, git/);
  });
});

describe("init --hook on files that can't be edited", () => {
  it.each([
    ["lefthook", "lefthook.yml", "pre-commit:\n  jobs: [\n", "error: `lefthook.yml` can't be read, at 3:1: "],
    ["pre-commit", ".pre-commit-config.yaml", "repos: {}\n", "has something else than expected at `repos`"],
    ["lint-staged", ".lintstagedrc.json", "{ *", "`.lintstagedrc.json` can't be read"],
    ["husky", HOOK, "\0\0", "Can't read `.husky/pre-commit`: looks binary"],
  ])("%s: says why, and writes neither hook nor plan", async (tool, path, before, message) => {
    const folder = temporaryRepository({ ...SHOP, [path]: before });
    const { code, out, err, written } = await runIn(folder, ["init", "--hook", tool]);
    expect({ code, out, written }).toEqual({ code: 2, out: "", written: {} });
    expect(err).toContain(message);
    expect(text(folder, path)).toBe(before);
  });

  it("says that there is no repository", async () => {
    const { code, err, written } = await runIn(temporaryFolder(SHOP), ["init", "--hook", "git"]);
    expect({ code, written }).toEqual({ code: 2, written: {} });
    expect(err).toContain("There is no git repository here");
  });
});

describe("init on a terminal", () => {
  const ask = async (folder: string, ...answers: string[]) =>
    runIn(folder, ["init"], { answers: ["", ...answers], isTTY: true });

  it("offers the tool that the project uses, and takes no answer for yes", async () => {
    const folder = temporaryRepository({ ...SHOP, "lefthook.yml": "pre-push:\n  jobs:\n    - run: test\n" });
    const { out, written } = await ask(folder);
    expect(out).toContain("Run tracklint before each commit, with lefthook? (Y/n) ");
    expect(Object.keys(written)).toEqual([PLAN]);
    expect(text(folder, "lefthook.yml")).toContain("run: npx tracklint --staged");
  });

  it("offers a hook of git where no tool is seen, and takes no answer for no", async () => {
    const folder = temporaryRepository(SHOP);
    const { out, written } = await ask(folder);
    expect(out).toContain("Run tracklint before each commit, with a git hook in this clone? (y/N) ");
    expect(Object.keys(written)).toEqual([PLAN]);
    expect(Object.keys((await ask(folder, "yes")).written)).toEqual([PLAN, ".git/hooks/pre-commit"]);
  });

  it("asks again where an answer is neither, and does as it is told", async () => {
    const folder = temporaryRepository({ ...SHOP, [HOOK]: "npm test\n" });
    expect((await ask(folder, "perhaps", "n")).out).toContain("Answer y or n.\nRun tracklint before");
    expect(text(folder, HOOK)).toBe("npm test\n");
  });

  it("asks nothing with --yes, and outside of git", async () => {
    const terminal = { answers: ["", ""], isTTY: true };
    expect((await runIn(temporaryRepository({ ...SHOP, [HOOK]: "" }), ["init", "--yes"], terminal)).out).not.toContain(
      "?",
    );
    expect((await runIn(temporaryFolder(SHOP), ["init"], terminal)).out).not.toContain("before each commit");
  });
});
