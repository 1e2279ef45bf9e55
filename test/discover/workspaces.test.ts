import { expect, test } from "vitest";
import { discoverIn, type Files } from "./project.ts";

const foldersOf = (files: Files) => discoverIn(files).workspaces.map((workspace) => workspace.directory);
const manifest = (name: string) => ({ name });

test("npm, yarn and bun workspaces are declared in package.json, nested globs and negations included", () => {
  const files = {
    "package.json": {
      name: "acme",
      workspaces: ["apps/*", "packages/**", "./tools/cli/", "!packages/old", "!**/templates/*"],
    },
    "apps/web/package.json": manifest("@acme/web"),
    "apps/web/nested/package.json": manifest("nested"),
    "packages/ui/package.json": manifest("@acme/ui"),
    "packages/deep/er/package.json": manifest("er"),
    "packages/old/package.json": manifest("old"),
    "packages/cli/templates/app/package.json": manifest("template"),
    "tools/cli/package.json": manifest("cli"),
  };
  expect(foldersOf(files)).toEqual(["", "apps/web", "packages/deep/er", "packages/ui", "tools/cli"]);
});

test("yarn's object form, lerna and pnpm declare workspaces too", () => {
  expect(
    foldersOf({
      "package.json": { workspaces: { packages: ["a/*"], nohoist: ["**"] } },
      "a/one/package.json": {},
    }),
  ).toEqual(["", "a/one"]);
  expect(foldersOf({ "package.json": {}, "lerna.json": { packages: ["b/*"] }, "b/two/package.json": {} })).toEqual([
    "",
    "b/two",
  ]);
  expect(
    foldersOf({
      "package.json": {},
      "pnpm-workspace.yaml": "packages:\n  - 'c/*' # all\n  - '!c/four'\ncatalog:\n  react: 19\n",
      "c/three/package.json": {},
      "c/four/package.json": {},
    }),
  ).toEqual(["", "c/three"]);
});

test("a workspace inside the repository has workspaces of its own", () => {
  expect(
    foldersOf({
      "package.json": {},
      "examples/shop/package.json": { name: "shop", workspaces: ["packages/*"] },
      "examples/shop/packages/events/package.json": {},
    }),
  ).toEqual(["", "examples/shop/packages/events"]);
});

test("a project with dependencies or scripts counts without being declared; markers and test data don't", () => {
  expect(
    foldersOf({
      "client/package.json": { dependencies: { react: "19" } },
      "server/package.json": { scripts: { start: "node ." } },
      "lib/esm/package.json": { type: "module" },
      "test/app/package.json": { dependencies: { react: "19" } },
      "client/node_modules/x/package.json": { dependencies: { y: "1" } },
    }),
  ).toEqual(["", "client", "server"]);
});

test("Nx projects count by their project.json, known by their executors", () => {
  const { workspaces, sourceOf } = discoverIn({
    "package.json": { name: "acme", dependencies: { react: "19", express: "5" } },
    "nx.json": {},
    "apps/web/project.json": { name: "storefront", targets: { build: { executor: "@nx/react:webpack" } } },
    "apps/api/project.json": { projectType: "application", targets: { build: { executor: "@nx/node:build" } } },
    "src/data/project.json": { title: "not of Nx" },
  });
  expect(workspaces.map(({ name, directory }) => `${directory}=${name}`)).toEqual([
    "=acme",
    "apps/api=api",
    "apps/web=storefront",
  ]);
  expect(sourceOf("apps/web/src/a.ts")).toEqual({ name: "storefront", platform: "browser", tracked: true });
  expect(sourceOf("apps/api/src/a.ts")).toEqual({ name: "api", platform: "server", tracked: true });
});

test("dependencies of every kind are known", () => {
  const { workspaces } = discoverIn({
    "package.json": {
      dependencies: { a: "1" },
      devDependencies: { b: "1" },
      peerDependencies: { c: "1" },
      optionalDependencies: { d: "1" },
    },
  });
  expect([...(workspaces[0]?.dependencies ?? [])]).toEqual(["a", "b", "c", "d"]);
});

test("a broken pnpm-workspace.yaml is noted", () => {
  const { workspaces, problems } = discoverIn({ "package.json": {}, "pnpm-workspace.yaml": "packages: [a\n- b" });
  expect(workspaces).toHaveLength(1);
  expect(problems.map((problem) => problem.path)).toEqual(["pnpm-workspace.yaml"]);
  expect(problems[0]?.message).toMatch(/^is not valid YAML: /);
});

test.each(["packages: *l39", "packages: [*l39, a/*]", `packages: ${"[".repeat(50_000)}`])(
  "hostile YAML in pnpm-workspace.yaml is no way to stop a run: %.30s",
  (packages) => {
    const levels = [...Array(40).keys()].slice(1).map((n) => `l${n}: &l${n} [*l${n - 1}, *l${n - 1}, *l${n - 1}]`);
    const text = ["l0: &l0 [x, x, x]", ...levels, packages].join("\n");
    const { workspaces } = discoverIn({ "package.json": {}, "pnpm-workspace.yaml": text });
    expect(workspaces.map((workspace) => workspace.directory)).toEqual([""]);
  },
);
