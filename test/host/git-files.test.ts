import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { nodeHost } from "../../src/host/node-host.ts";
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from "./temporary-folder.ts";

const filesOf = (root: string) => nodeHost(root).gitFiles()?.toSorted();

afterEach(() => vi.unstubAllEnvs());

test("tracked and untracked files are listed, ignored ones are not", () => {
  const root = temporaryRepository({
    ".gitignore": "dist/\n",
    "src/.gitignore": "*.gen.ts\n!keep.gen.ts\n",
    "src/a.ts": "",
  });
  writeFiles(root, {
    "src/new.ts": "",
    "dist/a.js": "",
    "src/x.gen.ts": "",
    "src/deep/keep.gen.ts": "",
    "x.gen.ts": "",
  });
  expect(filesOf(root)).toEqual([
    ".gitignore",
    "src/.gitignore",
    "src/a.ts",
    "src/deep/keep.gen.ts",
    "src/new.ts",
    "x.gen.ts",
  ]);
});

test("a build folder that git tracks is listed", () => {
  const root = temporaryRepository({ "build/track.ts": "" });
  writeFiles(root, { ".gitignore": "build/\n" });
  expect(filesOf(root)).toEqual([".gitignore", "build/track.ts"]);
});

test("names with spaces, newlines, quotes and letters of any script survive", () => {
  const names = ["a b.ts", "line\nbreak.ts", "quo\"te'.ts", "日本/ü.ts", "tab\t.ts", "? mark.ts"];
  const root = temporaryRepository(Object.fromEntries(names.slice(0, 3).map((name) => [name, ""])));
  writeFiles(root, Object.fromEntries(names.slice(3).map((name) => [name, ""])));
  expect(filesOf(root)).toEqual(names.toSorted());
});

test("a file that was deleted and not yet committed is not listed", () => {
  const root = temporaryRepository({ "a.ts": "", "b.ts": "b", "c.ts": "" });
  rmSync(join(root, "a.ts"));
  renameSync(join(root, "b.ts"), join(root, "moved.ts"));
  expect(filesOf(root)).toEqual(["c.ts", "moved.ts"]);
});

test("files outside a sparse checkout are not listed", () => {
  const root = temporaryRepository({ "apps/web/a.ts": "", "apps/api/b.ts": "" });
  git(root, "sparse-checkout", "set", "apps/web");
  expect(filesOf(root)).toEqual(["apps/web/a.ts"]);
});

test("a file in conflict is listed once", () => {
  const root = temporaryRepository({ "a.ts": "one" });
  git(root, "checkout", "--quiet", "-b", "other");
  writeFiles(root, { "a.ts": "two" });
  commitAll(root);
  git(root, "checkout", "--quiet", "-");
  writeFiles(root, { "a.ts": "three" });
  commitAll(root);
  expect(() => git(root, "merge", "other")).toThrow();
  expect(filesOf(root)).toEqual(["a.ts"]);
});

test("of a sub-folder of a work tree only what lies below is listed, relative to it", () => {
  const root = temporaryRepository({ ".gitignore": "*.log.ts\n", "apps/web/a.ts": "", "apps/api/b.ts": "" });
  writeFiles(root, { "apps/web/x.log.ts": "", "apps/web/src/c.ts": "" });
  expect(filesOf(join(root, "apps/web"))).toEqual(["a.ts", "src/c.ts"]);
});

test("a linked work tree has its own files", () => {
  const root = temporaryRepository({ "a.ts": "" });
  const tree = join(temporaryFolder(), "tree");
  git(root, "worktree", "add", "--quiet", "-b", "other", tree);
  writeFiles(tree, { "b.ts": "" });
  expect(filesOf(tree)).toEqual(["a.ts", "b.ts"]);
  expect(filesOf(root)).toEqual(["a.ts"]);
});

test("a checked-out submodule's files are listed, an absent one's and a nested repository's are not", () => {
  const library = temporaryRepository({ "lib.ts": "", ".gitignore": "out.ts\n" });
  const root = temporaryRepository({ "a.ts": "" });
  git(root, "submodule", "--quiet", "add", library, "vendor/chart.js");
  git(root, "submodule", "--quiet", "add", library, "absent.js");
  commitAll(root);
  writeFiles(root, { "vendor/chart.js/new.ts": "", "vendor/chart.js/out.ts": "", "nested/x.ts": "" });
  rmSync(join(root, "absent.js"), { recursive: true });
  mkdirSync(join(root, "absent.js"));
  git(join(root, "nested"), "init", "--quiet");
  expect(filesOf(root)).toEqual([
    ".gitmodules",
    "a.ts",
    "vendor/chart.js/.gitignore",
    "vendor/chart.js/lib.ts",
    "vendor/chart.js/new.ts",
  ]);
});

test("links to files of the root are left out, those that can't be followed are kept", () => {
  const root = temporaryRepository({ "src/a.ts": "" });
  symlinkSync("src/a.ts", join(root, "same.ts"));
  symlinkSync("src", join(root, "folder"));
  symlinkSync("loop.ts", join(root, "loop.ts"));
  commitAll(root);
  symlinkSync("../outside.ts", join(root, "outside.ts"));
  symlinkSync("src/a.ts", join(root, "untracked.ts"));
  expect(filesOf(root)).toEqual(["loop.ts", "outside.ts", "src/a.ts"]);
});

test("an empty repository has no files", () => {
  const root = temporaryFolder();
  git(root, "init", "--quiet");
  expect(filesOf(root)).toEqual([]);
});

test("a folder that the repository around it ignores is no work tree of its own", () => {
  const root = temporaryRepository({ ".gitignore": "project/\n" });
  writeFiles(root, { "project/a.ts": "" });
  expect(filesOf(join(root, "project"))).toBeUndefined();
});

test("without git, or where git refuses, there is no answer", () => {
  const root = temporaryRepository({ "a.ts": "" });
  writeFiles(root, { ".git/config": "[core]\n\trepositoryformatversion = 99\n" });
  expect(filesOf(root)).toBeUndefined();
  vi.stubEnv("PATH", "");
  expect(filesOf(temporaryFolder({ "a.ts": "" }))).toBeUndefined();
});

test("variables that git sets for its hooks don't lead to another repository", () => {
  const root = temporaryRepository({ "a.ts": "" });
  const other = temporaryRepository({ "other.ts": "" });
  vi.stubEnv("GIT_DIR", join(other, ".git"));
  vi.stubEnv("GIT_INDEX_FILE", join(other, ".git/index"));
  expect(filesOf(root)).toEqual(["a.ts"]);
});

test("a program that the repository's configuration names is not run", () => {
  const root = temporaryRepository({ "a.ts": "" });
  git(root, "config", "core.fsmonitor", "touch executed; false");
  expect(filesOf(root)).toEqual(["a.ts"]);
});
