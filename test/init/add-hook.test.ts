import { describe, expect, it } from "vitest";
import { sourceExtensions } from "../../src/discover/extensions.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { addHook, type GitHook, type HookEdit } from "../../src/init/add-hook.ts";
import { HOOK_GLOB, HOOK_PATTERN, type HookTool, hookToolOf } from "../../src/init/hook-tools.ts";

type Files = Readonly<Record<string, string>>;

const edit = (tool: HookTool, files: Files): HookEdit => addHook(tool, memoryHost(files));

/** The text that a file gets. */
function made(tool: HookTool, files: Files): string {
  const change = edit(tool, files);
  if (change.kind !== "write") throw new Error(`${change.kind}: ${change.path}`);
  expect(change.before).toBe(files[change.path]);
  // Once is enough.
  expect(edit(tool, { ...files, [change.path]: change.after })).toEqual({ kind: "there", path: change.path });
  return change.after;
}

describe("the tool that a project uses", () => {
  it.each<[string, Files, HookTool | undefined]>([
    ["husky's folder", { ".husky/pre-push": "npm test\n" }, "husky"],
    ["lefthook's file, by each of its names", { ".config/lefthook.yaml": "" }, "lefthook"],
    ["pre-commit's file", { ".pre-commit-config.yaml": "" }, "pre-commit"],
    ["a file of lint-staged", { ".lintstagedrc": "{}" }, "lint-staged"],
    ["lint-staged in package.json", { "package.json": '{ "lint-staged": { "*.ts": "eslint" } }' }, "lint-staged"],
    ["husky that starts lint-staged", { ".husky/pre-commit": "npx lint-staged\n", ".lintstagedrc": "{}" }, "husky"],
    [
      "none, though lint-staged is installed",
      { "package.json": '{ "devDependencies": { "lint-staged": "16" } }' },
      undefined,
    ],
  ])("%s", (_, files, tool) => expect(hookToolOf(memoryHost(files))).toBe(tool));

  it("is asked to look at code in every language, and at plans", () => {
    const endings = HOOK_GLOB.slice("*.{".length, -1).split(",");
    expect(endings.toSorted()).toEqual([...sourceExtensions.map((one) => one.slice(1)), "yaml", "yml"].toSorted());
    const pattern = new RegExp(HOOK_PATTERN);
    expect(endings.filter((ending) => !pattern.test(`src/a.${ending}`))).toEqual([]);
    expect(["a.md", "a.css", "yml", "a.json", "a.tsy"].filter((name) => pattern.test(name))).toEqual([]);
  });
});

describe("husky", () => {
  it("gets a line more", () => {
    expect(made("husky", { ".husky/pre-commit": "npx lint-staged" })).toBe("npx lint-staged\nnpx tracklint --staged\n");
  });
  it("gets a file, with the project's package manager", () => {
    expect(made("husky", { "pnpm-lock.yaml": "" })).toBe("pnpm exec tracklint --staged\n");
    expect(made("husky", { "yarn.lock": "" })).toBe("yarn tracklint --staged\n");
    expect(made("husky", { "bun.lock": "" })).toBe("bunx tracklint --staged\n");
  });
  it("is left to a person where a line more would never run", () => {
    const byHand = { kind: "by hand", path: ".husky/pre-commit", add: "npx tracklint --staged" };
    expect(edit("husky", { ".husky/pre-commit": "exec npm test\n" })).toEqual(byHand);
  });
  it("does not take a comment for a command", () => {
    expect(made("husky", { ".husky/pre-commit": "# tracklint: later\n" })).toContain("\nnpx tracklint --staged\n");
  });
});

const JOB = `- name: tracklint
  glob: "${HOOK_GLOB}"
  run: npx tracklint --staged
`;
const at = (column: number, text: string) => text.replace(/^(?=.)/gm, " ".repeat(column));

describe("lefthook", () => {
  it("gets a job more, and every other byte stays", () => {
    const text = `# ours\npre-commit:\n    parallel: true\n    jobs:\n        - run:   eslint   # slow\n        - name: 'types'\n          run: |\n            tsc\n\n# last words\npre-push:\n    jobs: [{ run: test }]\n`;
    const [head = "", tail = ""] = text.split("\n\n# last");
    expect(made("lefthook", { ".lefthook.yml": text })).toBe(`${head}\n${at(8, JOB)}\n# last${tail}`);
  });
  it("gets a command more where the file has commands", () => {
    const text = "pre-commit:\n  commands:\n    lint:\n      run: eslint {staged_files} # all\n";
    const [, ...how] = JOB.split("\n");
    expect(made("lefthook", { "lefthook.yml": text })).toBe(`${text}    tracklint:\n${at(4, how.join("\n"))}`);
  });
  it("gets the first job, of a hook that has other settings or of none", () => {
    expect(made("lefthook", { "lefthook.yml": "pre-commit:\n  parallel: true\n" })).toBe(
      `pre-commit:\n  parallel: true\n  jobs:\n${at(4, JOB)}`,
    );
    const more = `pre-commit:\n  jobs:\n${at(4, JOB)}`;
    expect(made("lefthook", { "lefthook.yml": "pre-push:\n  jobs:\n    - run: test" })).toBe(
      `pre-push:\n  jobs:\n    - run: test\n${more}`,
    );
    expect(made("lefthook", { "lefthook.yml": "# nothing yet\n" })).toBe(`# nothing yet\n${more}`);
  });
  it("keeps the ends of lines", () => {
    const text = made("lefthook", { "lefthook.yml": "pre-commit:\r\n  jobs:\r\n    - run: lint\r\n" });
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });
  it.each([
    ["in braces", "lefthook.yml", "pre-commit: { jobs: [{ run: lint }] }\n"],
    ["with a hook that says nothing", "lefthook.yml", "pre-commit:\n"],
    ["in TOML", "lefthook.toml", "[pre-commit]\n"],
    ["in JSON", "lefthook.json", "{}"],
  ])("is left to a person %s", (_, path, text) => {
    const change = edit("lefthook", { [path]: text });
    expect(change).toMatchObject({ kind: "by hand", path });
  });
  it.each([
    ["broken YAML", "pre-commit:\n  jobs: [\n", /^`lefthook\.yml` can't be read, at 3:1: /],
    ["something else in the place", "pre-commit:\n  jobs:\n    lint: { run: eslint }\n", /at `pre-commit\.jobs`/],
    ["a text", "hello\n", /at its top/],
  ])("is not written to when it holds %s", (_, text, message) => {
    expect(() => edit("lefthook", { "lefthook.yml": text })).toThrow(message);
  });
});

describe("pre-commit", () => {
  it("gets a repository more, at the column of the others", () => {
    const text =
      "fail_fast: true\nrepos:\n- repo: https://example.com/hooks # pinned\n  rev: v1\n  hooks:\n  - id: tidy\n";
    const whole = made("pre-commit", { ".pre-commit-config.yaml": `${text}\n# the end\n` });
    expect(whole.startsWith(`${text}- repo: local\n  hooks:\n    - id: tracklint\n`)).toBe(true);
    expect(whole.endsWith("      pass_filenames: false\n\n# the end\n")).toBe(true);
  });
  it("gets a list of repositories where there is none", () => {
    expect(made("pre-commit", { ".pre-commit-config.yaml": "fail_fast: true\n" })).toMatch(
      /^fail_fast: true\nrepos:\n {2}- repo: local\n/,
    );
  });
});

const RULE = `"${HOOK_GLOB}": "tracklint --staged"`;

describe("lint-staged", () => {
  it.each([
    ["a rule more", '{\n\t"*.ts": ["eslint --fix"]\n}\n', `{\n\t"*.ts": ["eslint --fix"],\n\t${RULE}\n}\n`],
    ["the first rule", "{}\n", `{ ${RULE} }\n`],
    ["one more in one line", '{ "*.ts": "eslint" }', `{ "*.ts": "eslint", ${RULE} }`],
    [
      "a list of what was and this",
      `{ "${HOOK_GLOB}": "eslint" }`,
      `{ "${HOOK_GLOB}": ["eslint", "tracklint --staged"] }`,
    ],
    ["one more of a list", `{ "${HOOK_GLOB}": ["a", "b"] }`, `{ "${HOOK_GLOB}": ["a", "b", "tracklint --staged"] }`],
  ])("gets %s", (_, text, expected) => {
    expect(made("lint-staged", { ".lintstagedrc.json": text })).toBe(expected);
  });
  it("gets a line more in YAML", () => {
    expect(made("lint-staged", { ".lintstagedrc": '"*.ts": eslint # quick\n' })).toBe(
      `"*.ts": eslint # quick\n${RULE}\n`,
    );
  });
  it("gets its section of package.json, which may name tracklint elsewhere", () => {
    const text =
      '{\n  "name": "shop",\n  "lint-staged": {\n    "*.md": "prettier"\n  },\n  "scripts": { "x": "tracklint --staged" }\n}\n';
    expect(made("lint-staged", { "package.json": text })).toBe(text.replace('"prettier"', `"prettier",\n    ${RULE}`));
    const bare = '{\n  "devDependencies": {\n    "tracklint": "1"\n  }\n}\n';
    expect(made("lint-staged", { "package.json": bare })).toBe(
      `{\n  "devDependencies": {\n    "tracklint": "1"\n  },\n  "lint-staged": {\n    ${RULE}\n  }\n}\n`,
    );
  });
  it("is left to a person in JavaScript", () => {
    const change = edit("lint-staged", { "lint-staged.config.mjs": "export default {};\n" });
    expect(change).toEqual({ kind: "by hand", path: "lint-staged.config.mjs", add: RULE });
  });
  it("is not written to when it is broken", () => {
    expect(() => edit("lint-staged", { ".lintstagedrc.json": '{ "a": "b"' })).toThrow(/can't be read/);
  });
});

describe("git's own hook", () => {
  const hook = (more: Partial<GitHook>): HookEdit =>
    addHook("git", memoryHost({}), {
      path: ".git/hooks/pre-commit",
      text: undefined,
      isOwn: true,
      folder: "",
      ...more,
    });

  it("is written, to be executed", () => {
    expect(hook({})).toMatchObject({ after: "#!/bin/sh\nnpx tracklint --staged || exit 1\n", executable: true });
  });
  it("runs tracklint first, since it ends as its last command does", () => {
    const made = hook({ text: "#!/usr/bin/env bash\n# ours\nnpm test\n" });
    expect(made).toMatchObject({ after: "#!/usr/bin/env bash\nnpx tracklint --staged || exit 1\n# ours\nnpm test\n" });
  });
  it("goes to the project where that is not the top of the work tree", () => {
    expect(hook({ folder: "web's" })).toMatchObject({
      after: "#!/bin/sh\n(cd 'web'\\''s' && npx tracklint --staged) || exit 1\n",
    });
  });
  it("is left to a person in another language, and where all repositories have it", () => {
    expect(hook({ text: "#!/usr/bin/env python3\n" })).toMatchObject({ kind: "by hand" });
    expect(hook({ isOwn: false })).toMatchObject({ kind: "by hand" });
  });
  it("can't be where there is no repository", () => expect(() => edit("git", {})).toThrow(/no git repository/));
});
