import module from "node:module";
import type { Rule } from "../engine/rule.ts";
import { packageRoot } from "../version.ts";
import { readPlugin } from "./read-plugin.ts";

/** The rules of a module, what is wrong with what it exports, or what it threw. */
export type ImportedPlugin = { readonly rules: readonly Rule[] | string } | { readonly failure: unknown };

let readsTypeScript = false;

/** Runs a module. Whatever it throws, and whatever its exports throw when they are looked at, is caught. */
export async function importPlugin(url: URL): Promise<ImportedPlugin> {
  try {
    return { rules: readPlugin(await importModule(url)) };
  } catch (failure) {
    return { failure };
  }
}

async function importModule(url: URL): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ url.href);
  } catch (error) {
    if (!isUnknownExtension(error) || readsTypeScript) throw error;
    // Node before 22.18 knows no TypeScript.
    module.register(new URL("dist/typescript-hooks.js", packageRoot).href);
    readsTypeScript = true;
    return import(/* @vite-ignore */ `${url.href}?typescript`);
  }
}

function isUnknownExtension(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION";
}
