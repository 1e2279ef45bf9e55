import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import { runIn } from "../cli/run-cli.ts";
import { temporaryRepository } from "../host/temporary-folder.ts";
import { hookedRepository, installHook, missingTool, posthog, RECIPES } from "./hooked-repository.ts";

const TOOLS = ["git", "husky", "lefthook", "lint-staged", "pre-commit", "pre-commit, from this repository"];
const REFUSED = "`Cart Emptied` is not in the tracking plan";

/** A repository whose commits a tool looks at. */
function hooked(tool: string, { skip }: TestContext) {
  const reason = missingTool(tool);
  if (reason !== undefined) skip(reason);
  const repository = hookedRepository();
  installHook(tool, repository);
  const commit = (...args: string[]) => repository.run("git", ["commit", "--message", "Change", ...args]);
  return { ...repository, commit, add: () => repository.run("git", ["add", "--all"]) };
}

describe.each(TOOLS)("a commit with %s", (tool) => {
  test("is refused for what is staged, and accepted once that is mended", (context) => {
    const { folder, write, add, commit, commits } = hooked(tool, context);

    write({ "src/cart.ts": posthog("Cart Opened", "Cart Emptied") });
    add();
    // Mended, but not staged.
    write({ "src/cart.ts": posthog("Cart Opened", "Cart Closed") });
    const refused = commit();
    expect(refused.output).toContain(REFUSED);
    expect({ code: refused.code, commits: commits() }).toEqual({ code: 1, commits: 1 });

    add();
    // What isn't staged holds up nobody, and stays as it is.
    const unstaged = posthog("Cart Opened", "Cart Closed", "Cart Emptied");
    write({ "src/cart.ts": unstaged });
    const accepted = commit();
    expect(accepted.output).not.toContain("Cart Emptied");
    expect({ code: accepted.code, commits: commits() }).toEqual({ code: 0, commits: 2 });
    expect(readFileSync(join(folder, "src/cart.ts"), "utf8")).toBe(unstaged);

    const all = commit("--all");
    expect(all.output).toContain(REFUSED);
    expect({ code: all.code, commits: commits() }).toEqual({ code: 1, commits: 2 });
  });
});

describe.each(["git", "husky"])("with %s", (tool) => {
  test("a commit of other files says nothing of tracking, though the plan is broken", (context) => {
    const { write, add, commit, run } = hooked(tool, context);
    write({ "tracking-plan.yaml": "tracklint: 1\nevents: [Cart Opened]\nevent: []\n" });
    add();
    expect(commit().code).toBe(1);
    run("git", ["reset", "--quiet"]);
    write({ "notes.md": "# More notes\n" });
    run("git", ["add", "notes.md"]);
    const { code, output } = commit("--quiet");
    expect({ code, output }).toEqual({ code: 0, output: "" });
  });

  test("a commit in a worktree is refused and accepted as any other", (context) => {
    const { worktree, run, write, commits } = hooked(tool, context);
    write({ "src/elsewhere.ts": posthog("Only In The Other Tree") });
    run("git", ["add", ".husky"]);
    run("git", ["commit", "--quiet", "--no-verify", "--message", "Hook"]);
    const tree = worktree();
    // As the script `prepare` does in each worktree whose packages are installed.
    if (tool === "husky") run("npx", ["husky"], tree);
    const before = commits(tree);
    const commitOf = (event: string) => {
      run("node", ["-e", "fs.writeFileSync(process.argv[1], process.argv[2])", "src/cart.ts", posthog(event)], tree);
      return run("git", ["commit", "--all", "--message", "Change"], tree);
    };
    const refused = commitOf("Cart Emptied");
    expect(refused.output).toContain(REFUSED);
    expect(refused.output).not.toContain("Other Tree");
    expect({ code: refused.code, commits: commits(tree) }).toEqual({ code: 1, commits: before });
    expect(commitOf("Cart Closed").code).toBe(0);
    expect(commits(tree)).toBe(before + 1);
  });
});

describe("the recipes", () => {
  test("are what `init --hook` writes where there is nothing yet", async () => {
    const folder = temporaryRepository({ "tracking-plan.yaml": "" });
    const written: Record<string, string> = {};
    for (const tool of ["husky", "lefthook", "pre-commit", "lint-staged", "git"]) {
      Object.assign(written, (await runIn(folder, ["init", "--hook", tool])).written);
    }
    expect(written).toEqual(RECIPES);
  });
});
