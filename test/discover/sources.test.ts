import { expect, test } from "vitest";
import type { Plan, PlanSource } from "../../src/plan/model.ts";
import { discoverIn, type Files } from "./project.ts";

const monorepo: Files = {
  "package.json": { name: "acme-monorepo", workspaces: ["apps/*", "packages/*"] },
  "apps/web/package.json": { name: "@acme/web", dependencies: { next: "15", react: "19" } },
  "apps/api/package.json": { name: "@acme/api", dependencies: { express: "5" } },
  "packages/sdk/package.json": { name: "@acme/sdk" },
  "packages/other/package.json": { name: "@other/sdk" },
  "packages/unnamed/package.json": {},
};

/** A plan of which only its sources matter here. */
function planWith(sources: Readonly<Record<string, Partial<PlanSource>>>): Plan {
  const at = { file: "tracking-plan.yaml", line: 1, column: 1, endLine: 1, endColumn: 1 };
  const entries = Object.entries(sources).map(([name, source]): [string, PlanSource] => [
    name,
    { name, paths: [], external: false, tracked: true, destinations: [], at, ...source },
  ]);
  return { sources: new Map(entries) } as unknown as Plan;
}

test("without a plan a file belongs to the project around it, under the name people use", () => {
  const { sourceOf } = discoverIn(monorepo);
  const name = (file: string) => sourceOf(file).name;
  expect(name("apps/web/src/a.ts")).toBe("web");
  expect(name("apps/api/a.ts")).toBe("api");
  expect(name("scripts/a.ts")).toBe("acme-monorepo");
  expect(name("apps/web-extra/a.ts")).toBe("acme-monorepo");
  expect(name("packages/unnamed/a.ts")).toBe("unnamed");
});

test("two projects of one short name go by their full names, two of one full name by their folders", () => {
  const { sourceOf } = discoverIn(monorepo);
  expect(sourceOf("packages/sdk/a.ts").name).toBe("@acme/sdk");
  expect(sourceOf("packages/other/a.ts").name).toBe("@other/sdk");
  const twins = discoverIn({
    "a/app/package.json": { name: "app", scripts: {} },
    "b/app/package.json": { name: "app", scripts: {} },
  });
  expect(["a/app/x.ts", "b/app/x.ts", "x.ts"].map((file) => twins.sourceOf(file).name)).toEqual([
    "a/app",
    "b/app",
    "app",
  ]);
});

test("a package that others depend on is shared, unless the plan covers it", () => {
  const files: Files = {
    ...monorepo,
    "apps/web/package.json": { name: "@acme/web", dependencies: { "@acme/sdk": "workspace:*" } },
  };
  const isShared = (plan?: Plan) =>
    ["packages/sdk/a.ts", "apps/web/a.ts"].map((file) => discoverIn(files, plan && { plan }).sourceOf(file).shared);
  expect(isShared()).toEqual([true, undefined]);
  expect(isShared(planWith({ sdk: { paths: ["packages/sdk/**"] } }))).toEqual([undefined, undefined]);
});

test("a repository without names is the app", () => {
  expect(discoverIn({ "src/a.ts": "" }).sourceOf("src/a.ts")).toEqual({
    name: "app",
    platform: "unknown",
    tracked: true,
  });
});

test.each([
  [{ react: "19", "react-dom": "19" }, "browser"],
  [{ vue: "3" }, "browser"],
  [{ express: "5", "@types/node": "20" }, "server"],
  [{ "@nestjs/core": "11" }, "server"],
  [{ "react-native": "0.80", react: "19", express: "5" }, "react-native"],
  [{ expo: "53" }, "react-native"],
  [{ next: "15", react: "19" }, "unknown"],
  [{ "@sveltejs/kit": "2", svelte: "5" }, "unknown"],
  [{ react: "19", express: "5" }, "unknown"],
  [{ "@types/node": "20" }, "unknown"],
])("the platform is guessed from the dependencies %j: %s", (dependencies, platform) => {
  expect(discoverIn({ "package.json": { dependencies } }).sourceOf("a.ts").platform).toBe(platform);
});

test("the plan's sources come first, and the most specific path wins, in whatever order they stand", () => {
  const sources = {
    everything: { paths: ["**"] },
    admin: { paths: ["apps/web/src/admin/**"], platform: "browser" },
    web: { paths: ["apps/web/**"] },
    pages: { paths: ["apps/web/**/page.tsx"] },
    hook: { paths: ["apps/web/src/admin/hook.ts"], platform: "server" },
    embeds: { paths: ["packages/sdk"], tracked: false },
  } as const;
  for (const order of [Object.entries(sources), Object.entries(sources).reverse()]) {
    const { sourceOf } = discoverIn(monorepo, { plan: planWith(Object.fromEntries(order)) });
    expect(sourceOf("apps/web/src/a.ts")).toEqual({ name: "web", platform: "unknown", tracked: true });
    expect(sourceOf("apps/web/src/admin/a.ts")).toEqual({ name: "admin", platform: "browser", tracked: true });
    expect(sourceOf("apps/web/src/admin/hook.ts")).toEqual({ name: "hook", platform: "server", tracked: true });
    expect(sourceOf("apps/web/src/page.tsx").name).toBe("pages");
    expect(sourceOf("packages/sdk/src/a.ts")).toEqual({ name: "embeds", platform: "unknown", tracked: false });
    expect(sourceOf("apps/api/a.ts")).toEqual({ name: "everything", platform: "server", tracked: true });
  }
});

test("a source of the plan can give files away, and what none covers keeps its project", () => {
  const { sourceOf } = discoverIn(monorepo, {
    plan: planWith({ shop: { paths: ["apps/*", "!apps/api"] }, mobile: { paths: [], external: true } }),
  });
  expect(sourceOf("apps/web/a.ts").name).toBe("shop");
  expect(sourceOf("apps/api/a.ts").name).toBe("api");
});
