import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { discover } from "../../src/discover/discover.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { discoverIn, resolverIn } from "./project.ts";

const empty = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, ""]));

test("relative imports leave out extensions and index files", () => {
  const resolve = resolverIn(
    empty("src/a.ts", "src/b/index.tsx", "src/c.vue", "src/d.svelte", "src/b.js/x.ts", "lib.cjs", "x.json"),
  );
  const from = "src/main.ts";
  expect(resolve("./a", from)).toBe("src/a.ts");
  expect(resolve("./b", from)).toBe("src/b/index.tsx");
  expect(resolve("./b/", from)).toBe("src/b/index.tsx");
  expect(resolve("./c.vue", from)).toBe("src/c.vue");
  expect(resolve("./c", from)).toBe("src/c.vue");
  expect(resolve("./d.svelte", from)).toBe("src/d.svelte");
  expect(resolve("../lib", from)).toBe("lib.cjs");
  expect(resolve("../x.json", from)).toBe("x.json");
  expect(resolve("./a?raw", from)).toBe("src/a.ts");
  expect(resolve(".", "src/b/deep.ts")).toBe("src/b/index.tsx");
  expect(resolve("..", "src/b/deep/x.ts")).toBe("src/b/index.tsx");
  expect(resolve("./missing", from)).toBeUndefined();
  expect(resolve("../../outside", from)).toBeUndefined();
});

test("code comes before declarations, TypeScript before JavaScript, a file before a folder", () => {
  const resolve = resolverIn(empty("a.js", "a.d.ts", "b.js", "b.ts", "c.ts", "c/index.ts", "d.d.ts", "e.tsx", "e.ts"));
  expect(["./a", "./b", "./c", "./d", "./e"].map((specifier) => resolve(specifier, "main.ts"))).toEqual([
    "a.js",
    "b.ts",
    "c.ts",
    "d.d.ts",
    "e.ts",
  ]);
});

test("names of output stand for their TypeScript source", () => {
  const resolve = resolverIn(empty("a.ts", "b.tsx", "c.mts", "d.cts", "e.js", "f.tsx", "store.events.ts"));
  expect(
    ["./a.js", "./b.js", "./c.mjs", "./d.cjs", "./e.js", "./f.jsx"].map((file) => resolve(file, "main.ts")),
  ).toEqual(["a.ts", "b.tsx", "c.mts", "d.cts", "e.js", "f.tsx"]);
  expect(resolve("./store.events", "main.ts")).toBe("store.events.ts");
});

test("React Native's variants stand in where there is no common file", () => {
  const resolve = resolverIn(empty("analytics.web.ts", "analytics.native.ts", "log.ios.tsx", "log.ts"));
  expect(resolve("./analytics", "app.ts")).toBe("analytics.native.ts");
  expect(resolve("./analytics.web", "app.ts")).toBe("analytics.web.ts");
  expect(resolve("./log", "app.ts")).toBe("log.ts");
});

test("a folder's package.json names its entry", () => {
  const resolve = resolverIn({ "a/package.json": { main: "./lib/start.js" }, "a/lib/start.js": "", "a/index.ts": "" });
  expect(resolve("./a", "main.ts")).toBe("a/lib/start.js");
});

test("a relative path into output that isn't built leads to its source", () => {
  const resolve = resolverIn({ "package.json": { name: "cli" }, "src/cli.ts": "", "bin/run.js": "" });
  expect(resolve("../dist/cli.js", "bin/run.js")).toBe("src/cli.ts");
});

test("packages from elsewhere are named with their subpath", () => {
  const resolve = resolverIn({ "package.json": {} });
  expect(resolve("posthog-js", "a.ts")).toBe("package:posthog-js");
  expect(resolve("posthog-js/react", "a.ts")).toBe("package:posthog-js/react");
  expect(resolve("@segment/analytics-node", "a.ts")).toBe("package:@segment/analytics-node");
  expect(resolve("@segment/analytics-node/dist/x.js", "a.ts")).toBe("package:@segment/analytics-node/dist/x.js");
  expect(resolve("node:fs", "a.ts")).toBe("package:node:fs");
  expect(resolve("fs/promises", "a.ts")).toBe("package:fs/promises");
});

test("packages by registry and version are the same packages", () => {
  const resolve = resolverIn({ "package.json": {} });
  expect(resolve("npm:posthog-node@4.2.0", "a.ts")).toBe("package:posthog-node");
  expect(resolve("npm:@segment/analytics-node@2/dist", "a.ts")).toBe("package:@segment/analytics-node/dist");
  expect(resolve("https://esm.sh/posthog-js@1.2.3?target=deno", "a.ts")).toBe("package:posthog-js");
  expect(resolve("https://example.com/a.js", "a.ts")).toBe("package:https://example.com/a.js");
});

test("what no package can be called and no alias explains leads nowhere", () => {
  const resolve = resolverIn({ "package.json": {} });
  expect(["@/a", "~/a", "~icons/copy", "$app/state", "#a", "/a", ""].map((name) => resolve(name, "a.ts"))).toEqual(
    Array(7).fill(undefined),
  );
});

test("a path from the served root is looked for in the project and its public folder", () => {
  const resolve = resolverIn({
    "app/package.json": { scripts: {} },
    ...empty("app/src/main.ts", "app/public/track.js"),
  });
  expect(resolve("/src/main.ts", "app/index.ts")).toBe("app/src/main.ts");
  expect(resolve("/track.js", "app/index.ts")).toBe("app/public/track.js");
});

test("package imports lead to source under the conditions that there are, or to another package", () => {
  const resolve = resolverIn({
    "package.json": {
      name: "api",
      imports: {
        "#analytics": { types: "./dist/analytics.d.ts", default: "./dist/analytics.js" },
        "#lib/*": "./src/lib/*.ts",
        "#again": "#analytics",
        "#vendor": "posthog-node",
        "#absent": null,
      },
    },
    "src/package.json": { type: "module" },
    ...empty("src/analytics.ts", "src/lib/log.ts"),
  });
  expect(resolve("#analytics", "src/a.ts")).toBe("src/analytics.ts");
  expect(resolve("#lib/log", "src/a.ts")).toBe("src/lib/log.ts");
  expect(resolve("#again", "src/a.ts")).toBe("src/analytics.ts");
  expect(resolve("#vendor", "src/a.ts")).toBe("package:posthog-node");
  expect(resolve("#absent", "src/a.ts")).toBeUndefined();
});

test("frameworks' conventional aliases hold where the file exists, for the project around the importing file", () => {
  const resolve = resolverIn({
    "package.json": { name: "acme" },
    "apps/kit/package.json": { name: "kit" },
    "apps/kit/tsconfig.json": { extends: "./.svelte-kit/tsconfig.json" },
    "apps/nuxt/package.json": { name: "nuxt-app" },
    "apps/nuxt/tsconfig.json": { extends: "./.nuxt/tsconfig.json" },
    ...empty(
      "apps/kit/src/lib/index.ts",
      "apps/kit/src/lib/analytics.ts",
      "apps/nuxt/composables/track.ts",
      "apps/nuxt/app/x.ts",
    ),
    ...empty("shared/events.ts", "apps/nuxt/src/track.ts"),
  });
  const kit = "apps/kit/src/routes/+page.svelte";
  const nuxt = "apps/nuxt/pages/index.vue";
  expect(resolve("$lib", kit)).toBe("apps/kit/src/lib/index.ts");
  expect(resolve("$lib/analytics", kit)).toBe("apps/kit/src/lib/analytics.ts");
  expect(resolve("$lib/analytics", nuxt)).toBeUndefined();
  expect(resolve("~/composables/track", nuxt)).toBe("apps/nuxt/composables/track.ts");
  expect(resolve("@/composables/track.js", nuxt)).toBe("apps/nuxt/composables/track.ts");
  expect(resolve("~/x", nuxt)).toBe("apps/nuxt/app/x.ts");
  expect(resolve("~~/src/track", nuxt)).toBe("apps/nuxt/src/track.ts");
  expect(resolve("@/shared/events", nuxt)).toBe("shared/events.ts");
  expect(resolve("src/track", nuxt)).toBe("apps/nuxt/src/track.ts");
});

test("aliases in a bundler's configuration are read, not run", () => {
  const resolve = resolverIn({
    "package.json": {},
    "vite.config.ts": `
      import { resolve } from "node:path";
      export default defineConfig({
        plugins: [vue({ template: { x: 1 } })],
        resolve: {
          alias: {
            // "@gone": "nowhere",
            "@functional": path.resolve(__dirname, "./src/helpers", "functional"),
            shared: fileURLToPath(new URL("./common/shared", import.meta.url)),
            '@/': \`\${__dirname}/web/\`,
            "@events": require.resolve("./src/events.ts"),
          },
        },
      });`,
    "svelte.config.js": `export default { kit: { alias: { $routes: './src/routes', '$deep/*': 'src/deep/*' } } };`,
    "webpack.config.js": `module.exports = { resolve: { alias: [{ find: "~core", replacement: "/src/core" }, { find: /^x/, replacement: "./y" }] } };`,
    ...empty("src/helpers/functional/pipe.ts", "common/shared/index.ts", "web/app.ts", "src/events.ts"),
    ...empty("src/routes/a.ts", "src/deep/b.ts", "src/core/c.ts"),
  });
  const from = "src/main.ts";
  expect(resolve("@functional/pipe", from)).toBe("src/helpers/functional/pipe.ts");
  expect(resolve("shared", from)).toBe("common/shared/index.ts");
  expect(resolve("@/app", from)).toBe("web/app.ts");
  expect(resolve("@events", from)).toBe("src/events.ts");
  expect(resolve("$routes/a", from)).toBe("src/routes/a.ts");
  expect(resolve("$deep/b", from)).toBe("src/deep/b.ts");
  expect(resolve("~core/c", from)).toBe("src/core/c.ts");
  expect(resolve("shared-ui", from)).toBe("package:shared-ui");
});

test("a file that is reached through a linked folder has the name of the real one", () => {
  const root = temporaryFolder({ "shared/events.ts": "", "apps/web/src/a.ts": "", "package.json": "{}" });
  symlinkSync("../../../shared", join(root, "apps/web/src/shared"));
  const { resolver } = discover(nodeHost(root));
  expect(resolver.resolve("./shared/events", "apps/web/src/a.ts")).toEqual({ kind: "file", path: "shared/events.ts" });
});

test("what is installed is found from the importing file upwards, declarations first", () => {
  const { resolver } = discoverIn({
    "package.json": {},
    "node_modules/events/package.json": {
      exports: { ".": { types: "./types/index.d.ts", import: "./index.mjs" }, "./names": "./names.js" },
    },
    ...empty("node_modules/events/types/index.d.ts", "node_modules/events/index.mjs", "node_modules/events/names.js"),
    ...empty("node_modules/events/names.d.ts", "node_modules/events/deep/x.js"),
    "node_modules/legacy/package.json": { main: "lib/main.js" },
    "node_modules/legacy/lib/main.js": "",
    "node_modules/@types/legacy/package.json": { types: "index.d.ts" },
    "node_modules/@types/legacy/index.d.ts": "",
    "node_modules/@acme/plain/package.json": {},
    "node_modules/@acme/plain/index.js": "",
    "apps/web/node_modules/events/package.json": { types: "own.d.ts" },
    "apps/web/node_modules/events/own.d.ts": "",
  });
  const file = (name: string, subpath = "", from = "src/a.ts") => resolver.packageFile(name, subpath, from);
  expect(file("events")).toBe("node_modules/events/types/index.d.ts");
  expect(file("events", "names")).toBe("node_modules/events/names.d.ts");
  expect(file("events", "deep/x")).toBe("node_modules/events/deep/x.js");
  expect(file("events", "", "apps/web/src/a.ts")).toBe("apps/web/node_modules/events/own.d.ts");
  expect(file("legacy")).toBe("node_modules/@types/legacy/index.d.ts");
  expect(file("@acme/plain")).toBe("node_modules/@acme/plain/index.js");
  expect(file("absent")).toBeUndefined();
  expect(file("events", "", "node_modules/legacy/lib/main.js")).toBe("node_modules/events/types/index.d.ts");
});

test("packages that pnpm links are found with what stands beside them", () => {
  const root = temporaryFolder({
    "package.json": "{}",
    "node_modules/.pnpm/a@1/node_modules/a/package.json": '{"types":"a.d.ts"}',
    "node_modules/.pnpm/a@1/node_modules/a/a.d.ts": "",
    "node_modules/.pnpm/b@1/node_modules/b/package.json": '{"types":"b.d.ts"}',
    "node_modules/.pnpm/b@1/node_modules/b/b.d.ts": "",
  });
  symlinkSync(".pnpm/a@1/node_modules/a", join(root, "node_modules/a"));
  symlinkSync("../../b@1/node_modules/b", join(root, "node_modules/.pnpm/a@1/node_modules/b"));
  const { resolver } = discover(nodeHost(root));
  const a = resolver.packageFile("a", "", "src/x.ts");
  expect(a).toBe("node_modules/.pnpm/a@1/node_modules/a/a.d.ts");
  expect(resolver.packageFile("b", "", a ?? "")).toBe("node_modules/.pnpm/b@1/node_modules/b/b.d.ts");
});

test("twenty thousand imports of a large repository resolve in a fraction of a second", () => {
  const folders = [...Array(200).keys()].map((n) => `src/feature-${n}`);
  const files = folders.flatMap((folder) => [...Array(20).keys()].map((n) => `${folder}/file-${n}.ts`));
  const resolve = resolverIn({
    "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
    ...empty(...files),
  });
  const start = performance.now();
  for (const file of files) {
    for (const n of [1, 2, 3]) expect(resolve(`./file-${n}`, file)).toBeDefined();
    expect(resolve("@/feature-7/file-7", file)).toBe("src/feature-7/file-7.ts");
    expect(resolve("posthog-js", file)).toBe("package:posthog-js");
  }
  expect(performance.now() - start).toBeLessThan(2000);
});
