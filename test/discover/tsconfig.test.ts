import { expect, test } from "vitest";
import { resolverIn } from "./project.ts";

const empty = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, ""]));

test("paths map exact names and wildcards, the longest prefix first, several targets in turn", () => {
  const resolve = resolverIn({
    "tsconfig.json": `{
      // comments and trailing commas are allowed
      "compilerOptions": { "paths": {
        "*": ["./types/*", "./fallback/*"],
        "@/*": ["./src/*"],
        "@/lib/*": ["./missing/*", "./library/*"],
        "~analytics": ["./src/analytics"],
        "@feature/*/events": ["./features/*/events.ts"],
      } },
    }`,
    ...empty(
      "src/a.ts",
      "src/lib/a.ts",
      "library/b.ts",
      "src/analytics/index.ts",
      "features/cart/events.ts",
      "fallback/x.ts",
    ),
  });
  expect(resolve("@/a", "main.ts")).toBe("src/a.ts");
  expect(resolve("@/lib/b", "main.ts")).toBe("library/b.ts");
  expect(resolve("~analytics", "main.ts")).toBe("src/analytics/index.ts");
  expect(resolve("@feature/cart/events", "main.ts")).toBe("features/cart/events.ts");
  expect(resolve("x", "main.ts")).toBe("fallback/x.ts");
  expect(resolve("posthog-js", "main.ts")).toBe("package:posthog-js");
});

test("a specifier is taken as written: `$` has no meaning in it", () => {
  const resolve = resolverIn({
    "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
    ...empty("src/$&.ts"),
  });
  expect(resolve("@/$&", "main.ts")).toBe("src/$&.ts");
});

test("paths are relative to baseUrl, else to the config that holds them; baseUrl serves bare names", () => {
  const resolve = resolverIn({
    "web/tsconfig.json": { compilerOptions: { baseUrl: "./src", paths: { "@ui/*": ["ui/*"] } } },
    "api/jsconfig.json": { compilerOptions: { baseUrl: "." } },
    ...empty("web/src/ui/button.tsx", "web/src/helpers/track.ts", "api/lib/track.js"),
  });
  expect(resolve("@ui/button", "web/src/a.ts")).toBe("web/src/ui/button.tsx");
  expect(resolve("helpers/track", "web/src/a.ts")).toBe("web/src/helpers/track.ts");
  expect(resolve("lib/track", "api/index.js")).toBe("api/lib/track.js");
  expect(resolve("lodash/track", "api/index.js")).toBe("package:lodash/track");
});

test("extends is followed: relative, without extension, several, by package, in any depth", () => {
  const resolve = resolverIn({
    "package.json": { workspaces: ["packages/*"] },
    "packages/config/package.json": { name: "@acme/config" },
    "packages/config/base.json": { compilerOptions: { paths: { "@base/*": ["../../base/*"] } } },
    "packages/config/tsconfig.json": { extends: "./base" },
    "node_modules/@tsconfig/node20/package.json": { name: "@tsconfig/node20" },
    "node_modules/@tsconfig/node20/tsconfig.json": { compilerOptions: { baseUrl: "../../../vendored" } },
    "a/tsconfig.json": { extends: "@acme/config/base.json" },
    "b/tsconfig.json": { extends: "@acme/config" },
    "c/tsconfig.json": { extends: ["../tsconfig.one", "../tsconfig.two.json"] },
    "tsconfig.one.json": { compilerOptions: { paths: { "@/*": ["./one/*"] } } },
    "tsconfig.two.json": { compilerOptions: { paths: { "@/*": ["./two/*"] } } },
    "d/tsconfig.json": { extends: "@tsconfig/node20/tsconfig.json" },
    ...empty("base/x.ts", "one/x.ts", "two/x.ts", "vendored/x.ts"),
  });
  expect(resolve("@base/x", "a/m.ts")).toBe("base/x.ts");
  expect(resolve("@base/x", "b/m.ts")).toBe("base/x.ts");
  expect(resolve("@/x", "c/m.ts")).toBe("two/x.ts");
  expect(resolve("x", "d/m.ts")).toBe("vendored/x.ts");
});

test("a config that extends itself, or something that isn't there, still counts", () => {
  const resolve = resolverIn({
    "tsconfig.json": { extends: "./other.json", compilerOptions: { paths: { "@/*": ["./src/*"] } } },
    "other.json": { extends: "./tsconfig.json" },
    "web/tsconfig.json": { extends: "./.nuxt/tsconfig.json", compilerOptions: { paths: { "@/*": ["./lib/*"] } } },
    ...empty("src/a.ts", "web/lib/a.ts"),
  });
  expect(resolve("@/a", "main.ts")).toBe("src/a.ts");
  expect(resolve("@/a", "web/main.ts")).toBe("web/lib/a.ts");
});

test("configDir is the folder of the config in force", () => {
  const resolve = resolverIn({
    "tsconfig.base.json": { compilerOptions: { paths: { "@/*": ["${configDir}/src/*"] } } },
    "apps/web/tsconfig.json": { extends: "../../tsconfig.base.json" },
    ...empty("apps/web/src/a.ts", "src/a.ts"),
  });
  expect(resolve("@/a", "apps/web/main.ts")).toBe("apps/web/src/a.ts");
});

test("the nearest config governs a file", () => {
  const resolve = resolverIn({
    "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./root/*"] } } },
    "apps/web/tsconfig.json": { compilerOptions: { paths: { "@/*": ["./web/*"] } } },
    ...empty("root/a.ts", "apps/web/web/a.ts"),
  });
  expect(resolve("@/a", "apps/web/deep/er/m.ts")).toBe("apps/web/web/a.ts");
  expect(resolve("@/a", "apps/api/m.ts")).toBe("root/a.ts");
});

test("a solution refers to the project that includes the file", () => {
  const resolve = resolverIn({
    "tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./tools" }] },
    "tsconfig.app.json": {
      include: ["src"],
      exclude: ["src/**/*.server.ts"],
      compilerOptions: { paths: { "@/*": ["./src/*"] } },
    },
    "tools/tsconfig.json": {
      include: ["**/*", "../*.config.ts", "../src/*.server.ts"],
      compilerOptions: { paths: { "@/*": ["./lib/*"] } },
    },
    ...empty("src/a.ts", "tools/lib/a.ts"),
  });
  expect(resolve("@/a", "src/components/b.vue")).toBe("src/a.ts");
  expect(resolve("@/a", "tools/run.ts")).toBe("tools/lib/a.ts");
  expect(resolve("@/a", "vite.config.ts")).toBe("tools/lib/a.ts");
  expect(resolve("@/a", "src/b.server.ts")).toBe("tools/lib/a.ts");
});

test("a project without a config has the repository's base config", () => {
  const resolve = resolverIn({
    "tsconfig.base.json": { compilerOptions: { paths: { "@acme/events": ["libs/events/src/index.ts"] } } },
    ...empty("libs/events/src/index.ts"),
  });
  expect(resolve("@acme/events", "apps/web/src/a.js")).toBe("libs/events/src/index.ts");
});

test("paths that point at output lead to its source", () => {
  const resolve = resolverIn({
    "tsconfig.json": { compilerOptions: { paths: { "@acme/events": ["./libs/events/dist"] } } },
    "libs/events/package.json": { name: "@acme/events" },
    ...empty("libs/events/src/index.ts"),
  });
  expect(resolve("@acme/events", "apps/web/a.ts")).toBe("libs/events/src/index.ts");
});
