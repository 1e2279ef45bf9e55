import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckOutput } from "../../src/report/output-types.ts";
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { runIn, type Terminal } from "./run-cli.ts";

const WRAPPER = 'import posthog from "posthog-js";\nexport const report = (name: string) => posthog.capture(name);\n';
const calls = (...names: readonly string[]) =>
  `import { report } from "./report";\n${names.map((name) => `report("${name}");\n`).join("")}`;
const PLAN = "tracklint: 1\nevents:\n  Cart Opened: {}\n  Cart Emptied: {}\n";
const SHOP = {
  "package.json": "{}",
  "tracking-plan.yaml": PLAN,
  "src/report.ts": WRAPPER,
  "src/cart.ts": calls("Cart Opened", "Cart Lost"),
  "src/shelf.ts": calls("Shelf Seen"),
};

function shop(): string {
  const folder = temporaryRepository(SHOP);
  git(folder, "branch", "-M", "main");
  return folder;
}

async function found(folder: string, argv: readonly string[], terminal: Terminal = {}) {
  const { code, out, err } = await runIn(
    folder,
    ["--format", "json", "--rule", "consent-check:off", ...argv],
    terminal,
  );
  expect(err).toBe("");
  const { findings }: CheckOutput = JSON.parse(out);
  return { code, said: findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`) };
}
const said = async (folder: string, ...argv: readonly string[]) => (await found(folder, argv)).said;

describe("--staged", () => {
  test("reports what stands in staged files, and nothing where none is staged", async () => {
    const folder = shop();
    expect(await found(folder, ["--staged"])).toEqual({ code: 0, said: [] });
    writeFiles(folder, { "src/cart.ts": calls("Cart Opened", "Cart Lost", "Cart Found") });
    expect(await said(folder, "--staged"), "changed, not staged").toEqual([]);
    git(folder, "add", ".");
    expect(await found(folder, ["--staged"])).toEqual({
      code: 1,
      said: ["unknown-event src/cart.ts:3", "unknown-event src/cart.ts:4"],
    });
    expect(await said(folder, "--staged", "--only-changed-lines")).toEqual(["unknown-event src/cart.ts:4"]);
    expect(await said(folder, "--staged", "src/shelf.ts"), "of what is named").toEqual([]);
  });

  test("reads what is staged, not what the work tree holds", async () => {
    const folder = shop();
    writeFiles(folder, { "src/cart.ts": calls("Cart Opened", "Cart Emptied", "Cart Staged") });
    git(folder, "add", ".");
    writeFiles(folder, { "src/cart.ts": calls("Cart Opened", "Cart Emptied"), "src/new.ts": calls("Never Added") });
    rmSync(join(folder, "src/report.ts"));
    expect(await said(folder, "--staged")).toEqual(["unknown-event src/cart.ts:4"]);
  });

  test("reads the plan that is staged", async () => {
    const folder = shop();
    writeFiles(folder, { "src/shelf.ts": calls("Shelf Seen", "Cart Opened") });
    git(folder, "add", ".");
    writeFiles(folder, { "tracking-plan.yaml": `${PLAN}  Shelf Seen: {}\n` });
    expect(await said(folder, "--staged")).toEqual(["unknown-event src/shelf.ts:2"]);
    git(folder, "add", ".");
    expect(await said(folder, "--staged")).toEqual([]);
  });

  test("a wrapper that changed shows its effect on callers that did not", async () => {
    const folder = shop();
    writeFiles(folder, { "src/report.ts": WRAPPER.replace("capture(name)", "capture(`App ${name}`)") });
    git(folder, "add", ".");
    const effect = ["unknown-event src/cart.ts:2", "unknown-event src/cart.ts:3", "unknown-event src/shelf.ts:2"];
    expect((await said(folder, "--staged")).filter((one) => one.startsWith("unknown-event"))).toEqual(effect);
    expect(await said(folder, "--staged", "--only-changed-lines")).not.toContain(effect[0]);
  });

  test("a line of the plan that changed shows the calls that disagree with it", async () => {
    const plan = (type: string) =>
      `tracklint: 1\nevents:\n  Cart Opened: { properties: { items: { type: ${type} } } }\n`;
    const code = 'import posthog from "posthog-js";\nposthog.capture("Cart Opened", { items: 3 });\n';
    const folder = temporaryRepository({
      "package.json": "{}",
      "tracking-plan.yaml": plan("integer"),
      "src/a.ts": code,
    });
    writeFiles(folder, { "tracking-plan.yaml": plan("string") });
    git(folder, "add", ".");
    expect(await said(folder, "--staged")).toEqual(["property-type src/a.ts:2"]);
  });

  test("before the first commit, all that is staged has changed", async () => {
    const folder = temporaryFolder(SHOP);
    git(folder, "init", "--quiet");
    git(folder, "add", "src/cart.ts", "src/report.ts", "tracking-plan.yaml");
    expect((await said(folder, "--staged")).filter((one) => one.startsWith("unknown-event"))).toEqual([
      "unknown-event src/cart.ts:3",
    ]);
  });

  test("of tests, of what is no code and of what is deleted it says nothing, whoever names them", async () => {
    const folder = shop();
    writeFiles(folder, { "src/cart.test.ts": calls("Test Ran"), "README.md": "report()" });
    rmSync(join(folder, "src/shelf.ts"));
    git(folder, "add", "--all");
    const names = ["src/cart.test.ts", "README.md", "src/shelf.ts", "src/none.ts"];
    expect(await found(folder, ["--staged", ...names])).toEqual({ code: 0, said: [] });
  });

  test("knows files by any name, and lines whatever they look like", async () => {
    const odd = 'src/o "d\td\n--- a\u00e9.ts';
    const folder = shop();
    writeFiles(folder, {
      [odd]: `${calls("Odd One")}// +++ b/x\n// diff --git a/x b/x\ndiff = "@@ -1 +1 @@";\n`,
      "src/shelf.ts": calls("Shelf Seen", "Shelf Left"),
    });
    git(folder, "add", ".");
    const of = (await said(folder, "--staged", "--only-changed-lines")).filter((one) => one.startsWith("unknown"));
    expect(of).toEqual([`unknown-event ${odd}:2`, "unknown-event src/shelf.ts:3"]);
  });

  test("`commit -a` and `commit FILE` have an index of their own", async () => {
    const folder = shop();
    writeFiles(folder, { "src/cart.ts": calls("Cart Opened", "Cart Taken"), "src/shelf.ts": calls("Shelf Taken") });
    const index = join(folder, ".git/index.lock");
    const { execFileSync } = await import("node:child_process");
    execFileSync("git", ["read-tree", "HEAD"], { cwd: folder, env: { ...process.env, GIT_INDEX_FILE: index } });
    execFileSync("git", ["add", "src/cart.ts"], { cwd: folder, env: { ...process.env, GIT_INDEX_FILE: index } });
    expect(await said(folder, "--staged"), "of the usual index").toEqual([]);
    process.env.GIT_INDEX_FILE = index;
    try {
      expect(await said(folder, "--staged")).toEqual(["unknown-event src/cart.ts:3"]);
      process.env.GIT_INDEX_FILE = join(temporaryFolder(), "index");
      expect(await said(folder, "--staged"), "an index of another repository").toEqual([]);
    } finally {
      delete process.env.GIT_INDEX_FILE;
    }
  });
});

describe("--since", () => {
  function branch(): string {
    const folder = shop();
    git(folder, "checkout", "--quiet", "-b", "feature");
    writeFiles(folder, { "src/cart.ts": calls("Cart Opened", "Cart Lost", "Cart Found") });
    commitAll(folder);
    git(folder, "checkout", "--quiet", "main");
    writeFiles(folder, { "src/shelf.ts": calls("Shelf Moved") });
    commitAll(folder);
    git(folder, "checkout", "--quiet", "feature");
    return folder;
  }

  test("reports what the branch changed, not what others did meanwhile, and what isn't committed yet", async () => {
    const folder = branch();
    expect(await said(folder, "--since", "main")).toEqual([
      "unknown-event src/cart.ts:3",
      "unknown-event src/cart.ts:4",
    ]);
    expect(await said(folder, "--since", "main", "--only-changed-lines")).toEqual(["unknown-event src/cart.ts:4"]);
    writeFiles(folder, { "src/new.ts": calls("Brand New") });
    expect(await said(folder, "--since", "main", "--only-changed-lines")).toEqual([
      "unknown-event src/cart.ts:4",
      "unknown-event src/new.ts:2",
    ]);
  });

  test("works in a work tree beside the clone", async () => {
    const folder = branch();
    git(folder, "checkout", "--quiet", "main");
    const beside = join(temporaryFolder(), "beside");
    git(folder, "worktree", "add", "--quiet", beside, "feature");
    expect(await said(beside, "--since", "main", "--only-changed-lines")).toEqual(["unknown-event src/cart.ts:4"]);
    writeFiles(beside, { "src/cart.ts": calls("Cart Kept") });
    git(beside, "add", ".");
    expect(await said(beside, "--staged")).toEqual(["unknown-event src/cart.ts:2"]);
  });

  test("sees into submodules", async () => {
    const inner = temporaryRepository({ "package.json": "{}", "cart.ts": calls("Inner Seen"), "report.ts": WRAPPER });
    const folder = shop();
    git(folder, "submodule", "add", "--quiet", inner, "inner");
    commitAll(folder);
    git(folder, "tag", "before");
    writeFiles(folder, { "inner/cart.ts": calls("Inner Seen", "Inner Left") });
    commitAll(join(folder, "inner"));
    const now = ["unknown-event inner/cart.ts:3"];
    expect(await said(folder, "--since", "before", "--only-changed-lines")).toEqual(now);
    git(folder, "add", ".");
    expect(await said(folder, "--staged", "--only-changed-lines")).toEqual(now);
  });
});

test("what is reported is part of what the whole run reports", async () => {
  const names = fc.array(fc.constantFrom("Cart Opened", "Cart Lost", "cart lost", "Shelf Seen"), { maxLength: 4 });
  const file = fc.constantFrom("src/cart.ts", "src/shelf.ts", "src/cart.test.ts", "src/more/far.ts");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(file, names, fc.boolean()), { minLength: 1, maxLength: 4 }), async (edits) => {
      const folder = shop();
      for (const [path, list, isStaged] of edits) {
        writeFiles(folder, { [path]: calls(...list).replace("./report", "@/report") });
        if (isStaged) git(folder, "add", path);
      }
      const all = await said(folder);
      for (const flags of [[], ["--only-changed-lines"]]) {
        expect(all).toEqual(expect.arrayContaining(await said(folder, "--since", "main", ...flags)));
      }
      git(folder, "add", "--all");
      expect(all).toEqual(expect.arrayContaining(await said(folder, "--staged")));
    }),
    { numRuns: 6 },
  );
});

describe("--stdin", () => {
  test("takes the text of one file, as an editor has it", async () => {
    const folder = shop();
    const stdin = calls("Cart Opened", "Cart Typed");
    expect(await found(folder, ["--stdin", "--stdin-filename", "src/cart.ts"], { stdin })).toEqual({
      code: 1,
      said: ["unknown-event src/cart.ts:3"],
    });
    const fresh = await found(folder, ["--stdin", "--stdin-filename", "src/deep/new.ts"], { stdin });
    expect(fresh.said, "not on the disk yet, and its import leads nowhere").toEqual([]);
  });

  test("of a file that is left out it says nothing", async () => {
    const stdin = calls("Test Ran");
    for (const name of ["src/cart.test.ts", "README.md"]) {
      expect((await found(shop(), ["--stdin", "--stdin-filename", name], { stdin })).said).toEqual([]);
    }
  });
});

describe("a clear error", () => {
  const errorOf = async (folder: string, ...argv: readonly string[]) => {
    const { code, err } = await runIn(folder, argv);
    expect(code).toBe(2);
    return err;
  };
  test("outside of git", async () => {
    const folder = temporaryFolder(SHOP);
    expect(await errorOf(folder, "--staged")).toContain("is not in a git work tree, so `--staged` has nothing to ask");
    expect(await errorOf(folder, "--since", "main")).toContain("`--since` has nothing to ask");
  });

  test("for a revision that isn't there, or has nothing in common", async () => {
    const folder = shop();
    expect(await errorOf(folder, "--since", "nowhere")).toContain("There is no revision `nowhere`");
    expect(await errorOf(folder, "--since", "--output=x")).toContain("There is no revision");
    git(folder, "checkout", "--quiet", "--orphan", "alone");
    // Equal commits of one second are one commit.
    writeFiles(folder, { "src/alone.ts": "" });
    commitAll(folder);
    expect(await errorOf(folder, "--since", "main")).toContain("have no commit in common");
  });

  test("in a shallow clone", async () => {
    const folder = shop();
    git(folder, "tag", "first");
    writeFiles(folder, { "src/cart.ts": calls() });
    commitAll(folder);
    const clone = temporaryFolder();
    git(clone, "clone", "--quiet", "--depth", "1", "--no-tags", `file://${folder}`, ".");
    expect(await errorOf(clone, "--since", "first")).toContain("git fetch --unshallow");
  });

  test("for flags that don't go together", async () => {
    const folder = shop();
    expect(await errorOf(folder, "--staged", "--since", "main")).toContain("cannot be used with");
    expect(await errorOf(folder, "--staged", "--fix")).toContain("cannot be used with");
    expect(await errorOf(folder, "--only-changed-lines")).toContain("needs to know since when");
    expect(await errorOf(folder, "--stdin")).toContain("belong together");
    expect(await errorOf(folder, "--stdin-filename", "a.ts")).toContain("belong together");
    expect(await errorOf(folder, "--stdin", "--stdin-filename", "../a.ts")).toContain("lies outside of");
    expect(await errorOf(folder, "--stdin", "--stdin-filename", "a.ts", "src")).toContain("takes one text");
  });
});
