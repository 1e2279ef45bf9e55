import module from "node:module";
import type { Rule } from "../engine/rule.ts";
import { UserError } from "../errors.ts";
import { packageRoot } from "../version.ts";
import { readPlugin } from "./read-plugin.ts";

/** The rules of a module, what is wrong with what it exports, or what it threw. */
export type ImportedPlugin = { readonly rules: readonly Rule[] | string } | { readonly failure: unknown };

/** A module that waits for ever would end the process without a word. */
const LIMIT_SECONDS = 30;

let readsTypeScript = false;

/** Runs a module. Whatever it throws, and whatever its exports throw when they are looked at, is caught. */
export async function importPlugin(url: URL): Promise<ImportedPlugin> {
  try {
    return { rules: readPlugin(await inTime(importModule(url))) };
  } catch (failure) {
    return { failure };
  }
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const late = new UserError(`it was not loaded after ${LIMIT_SECONDS} seconds`);
    timer = setTimeout(() => reject(late), LIMIT_SECONDS * 1000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
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
