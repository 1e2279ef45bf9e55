import { expect, test } from "vitest";
import { type Files, resolverIn } from "./project.ts";

const empty = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, ""]));

/** How another workspace imports a package with this manifest and these files. */
function imported(manifest: object, files: Files): (subpath?: string) => string | undefined {
  const inPackage = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [`packages/lib/${path}`, content]),
  );
  const resolve = resolverIn({
    "package.json": { workspaces: ["packages/*", "apps/*"] },
    "packages/lib/package.json": { name: "@acme/lib", ...manifest },
    "apps/web/package.json": { name: "web" },
    ...inPackage,
  });
  return (subpath = "") => resolve(`@acme/lib${subpath}`, "apps/web/src/a.ts")?.replace("packages/lib/", "");
}

test("a package without entry is its index", () => {
  expect(imported({}, empty("src/index.ts"))()).toBe("src/index.ts");
  expect(imported({}, empty("index.js"))()).toBe("index.js");
  expect(imported({}, empty("src/lib.tsx"))()).toBe("src/lib.tsx");
});

test("main, module, types and source lead to source", () => {
  expect(imported({ main: "./dist/index.js" }, empty("src/index.ts"))()).toBe("src/index.ts");
  expect(imported({ main: "dist/cjs/index.js", module: "dist/esm/index.mjs" }, empty("src/index.tsx"))()).toBe(
    "src/index.tsx",
  );
  expect(imported({ main: "build/main.js", types: "build/main.d.ts" }, empty("src/main.ts"))()).toBe("src/main.ts");
  expect(
    imported({ main: "dist/lib.umd.js", source: "source/entry.ts" }, empty("source/entry.ts", "src/index.ts"))(),
  ).toBe("source/entry.ts");
  expect(imported({ main: "src/index.ts" }, empty("src/index.ts", "index.ts"))()).toBe("src/index.ts");
  expect(imported({ main: "lib/index.js" }, empty("lib/index.js", "lib/other.js"))()).toBe("lib/index.js");
  expect(imported({ main: "./dist/lib.es.js" }, empty("src/index.ts"))()).toBe("src/index.ts");
});

test("source wins over output that happens to be built", () => {
  expect(
    imported(
      { main: "dist/index.js", types: "dist/index.d.ts" },
      empty("dist/index.js", "dist/index.d.ts", "src/index.ts"),
    )(),
  ).toBe("src/index.ts");
});

test("exports with subpaths and patterns lead to source", () => {
  const lib = imported(
    {
      exports: {
        ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs", require: "./dist/index.cjs" },
        "./react": { import: { types: "./dist/esm/react.d.ts", default: "./dist/esm/react.js" } },
        "./events/*": "./dist/events/*.js",
        "./styles.css": "./src/styles.css",
        "./internal/*": null,
      },
    },
    empty("src/index.ts", "src/react/index.tsx", "src/events/cart.ts", "src/styles.css", "src/internal/x.ts"),
  );
  expect(lib()).toBe("src/index.ts");
  expect(lib("/react")).toBe("src/react/index.tsx");
  expect(lib("/events/cart")).toBe("src/events/cart.ts");
  expect(lib("/styles.css")).toBe("src/styles.css");
  expect(lib("/missing")).toBe("package:@acme/lib/missing");
});

test("a condition for source is preferred, whatever it is called and wherever it stands", () => {
  const files = empty("code/main.ts", "src/index.ts");
  for (const condition of ["source", "development", "@acme/source", "ts"]) {
    expect(imported({ exports: { ".": { types: "./dist/index.d.ts", [condition]: "./code/main.ts" } } }, files)()).toBe(
      "code/main.ts",
    );
  }
  const custom = { ...files, "tsconfig.json": { compilerOptions: { customConditions: ["live"] } } };
  expect(imported({ exports: { ".": { types: "./dist/index.d.ts", live: "./code/main.ts" } } }, custom)()).toBe(
    "code/main.ts",
  );
});

test("a compiler's output has the layout of its root folder", () => {
  const lib = imported(
    { main: "./generated/js/index.js" },
    {
      "tsconfig.json": {
        extends: "../../tsconfig.base.json",
        compilerOptions: { outDir: "./generated/js", rootDir: "./code" },
      },
      ...empty("code/index.ts", "code/util/log.ts", "src/index.ts"),
    },
  );
  expect(lib()).toBe("code/index.ts");
  expect(lib("/generated/js/util/log")).toBe("code/util/log.ts");
});

test("deep imports into output, the folder itself included, lead to source", () => {
  const lib = imported(
    { main: "lib/index.js" },
    {
      "tsconfig.json": { compilerOptions: { outDir: "lib" }, include: ["src"] },
      ...empty("src/index.ts", "src/util/log.ts"),
    },
  );
  expect(lib("/lib")).toBe("src/index.ts");
  expect(lib("/lib/util/log")).toBe("src/util/log.ts");
  expect(lib("/src/util/log")).toBe("src/util/log.ts");
  expect(lib("/util/log")).toBe("src/util/log.ts");
});

test("a package may import itself by name", () => {
  const resolve = resolverIn({
    "package.json": { name: "tool", exports: { "./events": "./dist/events.js" } },
    "src/events.ts": "",
  });
  expect(resolve("tool/events", "src/a.ts")).toBe("src/events.ts");
});

test("a package that no workspace declares is reached where it is linked to", () => {
  const files = {
    "client/package.json": { name: "client", dependencies: { events: "file:../events" } },
    "server/package.json": { name: "server", dependencies: { events: "^1.0.0" } },
    "events/package.json": { name: "events", scripts: {} },
    ...empty("events/src/index.ts"),
  };
  const resolve = resolverIn(files);
  expect(resolve("events", "client/a.ts")).toBe("events/src/index.ts");
  expect(resolve("events", "server/a.ts")).toBe("package:events");
});

test("of two workspaces with one name the nearer one is meant", () => {
  const resolve = resolverIn({
    "a/package.json": { workspaces: ["*"] },
    "a/events/package.json": { name: "events" },
    "b/package.json": { workspaces: ["*"] },
    "b/events/package.json": { name: "events" },
    ...empty("a/events/index.ts", "b/events/index.ts"),
  });
  expect(resolve("events", "a/app/x.ts")).toBe("a/events/index.ts");
  expect(resolve("events", "b/app/x.ts")).toBe("b/events/index.ts");
});
