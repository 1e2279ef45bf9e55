import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "../../src/host/node-host.ts";
import { check } from "../../src/lint.ts";
import { openCache } from "../../src/project/open-cache.ts";
import { checkOutput } from "../../src/report/check-output.ts";
import { writeFiles } from "../host/temporary-folder.ts";

export const PLAN = "tracking-plan.yaml";

/** A small shop: a wrapper, names in a file of their own, an alias of the tsconfig, a package of a workspace. */
export const SHOP: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ name: "shop", workspaces: ["packages/*"] }),
  "tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "@lib/*": ["./src/lib/*"] } } }),
  "packages/tracking/package.json": JSON.stringify({ name: "@shop/tracking", main: "index.ts" }),
  "packages/tracking/index.ts":
    'import posthog from "posthog-js";\nexport const report = (name: string, more: object) => posthog.capture(name, more);\n',
  "src/lib/names.ts": 'export const CART = "Cart Emptied";\n',
  "src/cart.ts":
    'import { report } from "@shop/tracking";\nimport { CART } from "@lib/names";\nexport const empty = () => report(CART, { items: 3 });\n',
  "src/signup.ts":
    'import posthog from "posthog-js";\nexport const signUp = (user) => { posthog.identify(user.email); posthog.capture("user signed up"); };\n',
  [PLAN]: "tracklint: 1\nevents:\n  Cart Emptied: { properties: { items: { type: integer } } }\n",
};

/** What a file may become. */
export const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  "package.json": [JSON.stringify({ name: "shop" }), "{"],
  "tsconfig.json": [
    JSON.stringify({ compilerOptions: { paths: { "@lib/*": ["./src/other/*"] } } }),
    JSON.stringify({ extends: "./base.json" }),
    "{}",
  ],
  "base.json": [JSON.stringify({ compilerOptions: { paths: { "@lib/*": ["./src/other/*"] } } })],
  "packages/tracking/index.ts": [
    'import posthog from "posthog-js";\nexport const report = (name: string, more: object) => posthog.capture(`Shop ${name}`, more);\n',
    "export const report = (name: string, more: object) => undefined;\n",
    'import posthog from "posthog-js";\nexport const report = (name: string, more: object) => posthog.capture(name, { ...more, id: 1 });\n',
  ],
  "src/lib/names.ts": [
    'export const CART = "cart_emptied";\n',
    'export { CART } from "./more";\n',
    "export const CART = ;\n",
  ],
  "src/lib/more.ts": ['export const CART = "Cart Left";\n'],
  "src/other/names.ts": ['export const CART = "Other Cart";\n'],
  /** Stands before `names.ts` where a specifier is looked up. */
  "src/lib/names.tsx": ['export const CART = "Never";\n'],
  "src/lib/names/index.ts": ['export const CART = "Shadow";\n'],
  "src/cart.ts": [
    'import { report } from "@shop/tracking";\nexport const empty = () => report("Cart Emptied", { items: "3" });\n',
    'import { report } from "@shop/tracking";\nimport { CART } from "./lib/names";\n// tracklint-disable-next-line unknown-event -- tried out\nreport(CART, {});\n',
  ],
  "src/more.vue": [
    '<script setup>\nimport { report } from "@shop/tracking";\n</script>\n<template><a @click="report(\'Link Followed\', {})">x</a></template>\n',
  ],
  ".gitignore": ["src/signup.ts\n"],
  ".gitattributes": ["src/cart.ts linguist-generated\n"],
  [PLAN]: [
    "tracklint: 1\nevents:\n  cart_emptied: {}\n",
    "tracklint: 1\nlint: { exclude: [src/signup.ts] }\nevents: {}\n",
    "tracklint: 1\nwrappers: [{ name: signUp, kind: track }]\nevents: {}\n",
    "events: [\n",
  ],
};

export type Edit =
  | { readonly kind: "write"; readonly path: string; readonly text: string }
  | { readonly kind: "delete"; readonly path: string }
  | { readonly kind: "rename"; readonly path: string; readonly to: string };

export function apply(folder: string, edit: Edit): void {
  const file = join(folder, edit.path);
  if (edit.kind === "write") writeFiles(folder, { [edit.path]: edit.text });
  else if (existsSync(file)) {
    if (edit.kind === "delete") rmSync(file);
    else renameSync(file, join(folder, edit.to));
  }
}

/** Files that were written before so many milliseconds count as old enough to be known by their marks. */
const LATER = 60_000;

/** The report of a run, with or without a cache in `folder/.kept`, and what the run had to do. */
export async function reportOf(folder: string, kept?: string) {
  const host = nodeHost(folder);
  const cache =
    kept === undefined ? undefined : openCache(host, { folder: kept, build: "test", now: Date.now() + LATER });
  const hasPlan = existsSync(join(folder, PLAN));
  const plan = hasPlan ? { plan: { host, path: PLAN, prefix: "" } } : {};
  const result = await check({ ...plan, ...(cache && { cache }), today: "2026-11-25" }, host);
  return {
    text: JSON.stringify([checkOutput(result), result.files, result.planFiles]),
    parsed: result.stats.parsed,
    stages: result.stats.stages.map(({ name }) => name),
  };
}
