import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { discover } from "../../src/discover/discover.ts";
import { UserError } from "../../src/errors.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { discoverIn } from "./project.ts";

const empty = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, ""]));

test("all dialects of JavaScript and the component files are in scope, sorted", () => {
  const paths = ["a.astro", "b.cjs", "c.cts", "d.js", "e.jsx", "f.mjs", "g.mts", "h.svelte", "i.ts", "j.tsx", "k.vue"];
  expect(discoverIn(empty(...paths.toReversed(), "x.css", "y.json", "z.md", "ts", ".ts")).files).toEqual(paths);
});

test("tests, stories, mocks, declarations, minified and vendored files are left out", () => {
  const leftOut = empty(
    "src/cart.test.ts",
    "src/cart.spec.tsx",
    "src/test/render.tsx",
    "src/components/test/setup.ts",
    "src/cart.stories.tsx",
    "src/cart.mock.ts",
    "src/cart.e2e-spec.ts",
    "src/cart.spec.db.ts",
    "src/cart.cy.js",
    "src/__tests__/cart.ts",
    "src/__mocks__/posthog.ts",
    "src/__fixtures__/cart.ts",
    "src/__test-utils__/cart.ts",
    "test/cart.ts",
    "packages/cart/tests/deep/cart.ts",
    "e2e/cart.ts",
    "apps/web-e2e/src/cart.ts",
    "cypress/support/commands.ts",
    "playwright/cart.ts",
    ".storybook/preview.tsx",
    "jest.setup.ts",
    "vitest.config.ts",
    "src/global.d.ts",
    "src/module.d.mts",
    "src/logo.d.svg.ts",
    "public/analytics.min.js",
    "node_modules/left-pad/index.js",
    "packages/web/node_modules/left-pad/index.js",
    "public/vendor/jquery.js",
    "third_party/chart.ts",
    "bower_components/a.js",
    ".yarn/releases/yarn.cjs",
  );
  expect(discoverIn(leftOut).files).toEqual([]);
});

test("names that only look alike are in scope", () => {
  const authored = [
    "app/tests/page.tsx",
    "app/vendor/page.tsx",
    "src/__swaps__/track.ts",
    "src/ab-test.ts",
    "src/admin.ts",
    "src/attest/index.ts",
    "src/build/track.ts",
    "src/components/http/test/Result.vue",
    "src/contest.ts",
    "src/dist/track.ts",
    "src/latest/a.ts",
    "src/stories/story-viewer.tsx",
    "src/testing-tools.ts",
  ];
  expect(discoverIn(empty(...authored)).files).toEqual(authored);
});

test("a file that the user names is in scope whatever it is called", () => {
  const files = empty("src/a.ts", "src/cart.test.ts", "types/global.d.ts");
  expect(discoverIn(files, { paths: ["src/cart.test.ts"] }).files).toEqual(["src/cart.test.ts"]);
  expect(discoverIn(files, { paths: ["./types/global.d.ts", "src/a.ts"] }).files).toEqual([
    "src/a.ts",
    "types/global.d.ts",
  ]);
});

test("a named folder bounds the scope, and only what lies below it decides what is left out", () => {
  const files = empty("fixtures/shop/src/a.ts", "fixtures/shop/src/a.test.ts", "fixtures/shop/tests/b.ts", "src/c.ts");
  expect(discoverIn(files).files).toEqual(["src/c.ts"]);
  expect(discoverIn(files, { paths: ["fixtures/shop"] }).files).toEqual(["fixtures/shop/src/a.ts"]);
  expect(discoverIn(files, { paths: ["fixtures/shop/tests/"] }).files).toEqual(["fixtures/shop/tests/b.ts"]);
  expect(discoverIn(files, { paths: ["fixtures/shop", "src"] }).files).toEqual(["fixtures/shop/src/a.ts", "src/c.ts"]);
  expect(discoverIn(files, { paths: [""] }).files).toEqual(["src/c.ts"]);
  expect(discoverIn(files, { paths: ["."] }).files).toEqual(["src/c.ts"]);
});

test("a glob covers what it says, tests only where it spells them", () => {
  const files = empty("src/a.ts", "src/a.test.ts", "src/deep/b.tsx", "lib/c.ts");
  expect(discoverIn(files, { paths: ["src/**/*.tsx"] }).files).toEqual(["src/deep/b.tsx"]);
  expect(discoverIn(files, { paths: ["{src,lib}/*.ts"] }).files).toEqual(["lib/c.ts", "src/a.ts"]);
  expect(discoverIn(files, { paths: ["**/*.test.ts"] }).files).toEqual(["src/a.test.ts"]);
  expect(discoverIn(files, { paths: ["nothing/**"] }).files).toEqual([]);
});

test("a path with brackets is itself before it is a glob", () => {
  const files = empty("app/[id]/page.tsx", "app/i/page.tsx", "app/(shop)/cart.tsx");
  expect(discoverIn(files, { paths: ["app/[id]/page.tsx"] }).files).toEqual(["app/[id]/page.tsx"]);
  expect(discoverIn(files, { paths: ["app/[id]"] }).files).toEqual(["app/[id]/page.tsx"]);
  expect(discoverIn(files, { paths: ["app/(shop)"] }).files).toEqual(["app/(shop)/cart.tsx"]);
});

test("a named file without code is no mistake", () => {
  expect(discoverIn(empty("README.md", "src/a.ts"), { paths: ["README.md"] }).files).toEqual([]);
});

test("a path that isn't there is the user's mistake, with the nearest one named", () => {
  const mistake = (path: string) => {
    try {
      discoverIn(empty("apps/web/src/cart.ts"), { paths: [path] });
    } catch (error) {
      return error instanceof UserError ? [error.message, error.help] : error;
    }
    return undefined;
  };
  expect(mistake("apps/wbe")).toEqual(["There is no file or folder `apps/wbe`.", "Did you mean `apps/web`?"]);
  expect(mistake("apps/web/src/card.ts")).toEqual([
    "There is no file or folder `apps/web/src/card.ts`.",
    "Did you mean `apps/web/src/cart.ts`?",
  ]);
  expect(mistake("../other")).toEqual([
    "`../other` lies outside of /project.",
    "Start tracklint in a folder that holds everything to be checked.",
  ]);
});

test("an absolute path inside the root is the same as a relative one", () => {
  const files = empty("src/a.ts", "lib/b.ts");
  expect(discoverIn(files, { paths: ["/project/src"] }).files).toEqual(["src/a.ts"]);
  expect(discoverIn(files, { paths: ["/project"] }).files).toEqual(["lib/b.ts", "src/a.ts"]);
});

test("include narrows the scope, and brings in tests where it spells or lies within them", () => {
  const files = empty("apps/web/a.ts", "apps/web/a.test.ts", "scripts/b.ts", "e2e/c.ts");
  expect(discoverIn(files, { include: ["apps/**"] }).files).toEqual(["apps/web/a.ts"]);
  expect(discoverIn(files, { include: ["apps", "e2e"] }).files).toEqual(["apps/web/a.ts", "e2e/c.ts"]);
  expect(discoverIn(files, { include: ["**", "**/*.test.ts"] }).files).toEqual([
    "apps/web/a.test.ts",
    "apps/web/a.ts",
    "scripts/b.ts",
  ]);
  expect(discoverIn(files, { include: ["apps/**"], paths: ["scripts"] }).files).toEqual([]);
  expect(discoverIn(files, { include: ["apps/**"], paths: ["scripts/b.ts"] }).files).toEqual(["scripts/b.ts"]);
});

test("exclude wins over all, also over files that are named, as hooks name them", () => {
  const files = empty("src/a.ts", "src/legacy/b.ts", "src/c.ts");
  expect(discoverIn(files, { exclude: ["**/legacy/**"] }).files).toEqual(["src/a.ts", "src/c.ts"]);
  expect(discoverIn(files, { exclude: ["src/legacy"], paths: ["src/legacy/b.ts"] }).files).toEqual([]);
  expect(discoverIn(files, { include: ["src", "!src/c.ts"] }).files).toEqual(["src/a.ts", "src/legacy/b.ts"]);
});

test("without git, nested ignore files are honoured and dependencies skipped", () => {
  const files = {
    ".gitignore": "dist/\n/build\n*.gen.ts\n",
    "apps/web/.gitignore": "!keep.gen.ts\nlocal/\n",
    ...empty(
      "dist/a.ts",
      "build/b.ts",
      "src/build/c.ts",
      "src/x.gen.ts",
      "apps/web/keep.gen.ts",
      "apps/web/y.gen.ts",
      "apps/web/local/d.ts",
      "apps/api/local/e.ts",
      "node_modules/p/f.ts",
      "apps/web/.next/server/g.js",
    ),
  };
  expect(discoverIn(files).files).toEqual(["apps/api/local/e.ts", "apps/web/keep.gen.ts", "src/build/c.ts"]);
});

test("in a git work tree git decides, and what it tracks is in scope whatever the folder is called", () => {
  const root = temporaryRepository({ "build/track.ts": "", "src/a.ts": "", "src/b.test.ts": "" });
  writeFiles(root, { ".gitignore": "build/\nout/\n", "out/c.ts": "", "src/new.ts": "" });
  expect(discover(nodeHost(root)).files).toEqual(["build/track.ts", "src/a.ts", "src/new.ts"]);
});

test("an ignored file or folder is in scope when the user names it", () => {
  const root = temporaryRepository({ ".gitignore": "out/\ntmp/\n", "src/a.ts": "" });
  writeFiles(root, {
    "out/c.ts": "",
    "out/d.ts": "",
    "tmp/clone/.gitignore": "x.ts",
    "tmp/clone/e.ts": "",
    "tmp/clone/x.ts": "",
  });
  git(join(root, "tmp/clone"), "init", "--quiet");
  const host = nodeHost(root);
  expect(discover(host, { paths: ["out/c.ts"] }).files).toEqual(["out/c.ts"]);
  expect(discover(host, { paths: ["out"] }).files).toEqual(["out/c.ts", "out/d.ts"]);
  expect(discover(host, { paths: ["tmp/clone"] }).files).toEqual(["tmp/clone/e.ts"]);
});

test("what git attributes mark as generated or vendored is left out unless named", () => {
  const files = {
    ".gitattributes": "*.ts text\ngenerated/** linguist-generated=true\ngenerated/own.ts -linguist-generated\n",
    "web/.gitattributes": "/lib.js linguist-vendored\n",
    ...empty("generated/api.ts", "generated/own.ts", "web/lib.js", "web/src/lib.js"),
  };
  expect(discoverIn(files).files).toEqual(["generated/own.ts", "web/src/lib.js"]);
  expect(discoverIn(files, { paths: ["generated/api.ts"] }).files).toEqual(["generated/api.ts"]);
});

test("links without git: the target speaks for itself, a loop stays to be reported", () => {
  const root = temporaryFolder({ "src/a.ts": "" });
  symlinkSync("src/a.ts", join(root, "same.ts"));
  symlinkSync("..", join(root, "src/up"));
  symlinkSync("loop.ts", join(root, "loop.ts"));
  expect(discover(nodeHost(root)).files).toEqual(["loop.ts", "src/a.ts"]);
  expect(discover(nodeHost(root), { paths: ["loop.ts"] }).files).toEqual(["loop.ts"]);
});

test("names with spaces and newlines are files like any other", () => {
  const root = temporaryRepository({ "my app/a b.ts": "", "line\nbreak.ts": "" });
  expect(discover(nodeHost(root)).files).toEqual(["line\nbreak.ts", "my app/a b.ts"]);
});

test("a manifest, config or folder that can't be understood is noted, and the run goes on", () => {
  const found = discover(
    memoryHost(
      { "package.json": "{ broken", "tsconfig.json": "{ also: broken", "src/a.ts": "" },
      { unreadable: { "lib/package.json": "there is no permission to read it" } },
    ),
  );
  expect(found.files).toEqual(["src/a.ts"]);
  expect(found.resolver.resolve("@/b", "src/a.ts")).toBeUndefined();
  expect(found.problems.map((problem) => `${problem.path} ${problem.message}`).toSorted()).toEqual([
    "lib/package.json there is no permission to read it",
    "package.json is not valid JSON",
    "tsconfig.json is not valid JSON",
  ]);
});
