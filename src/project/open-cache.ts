import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { Cache } from "../cache/cache.ts";
import { openStore } from "../cache/store.ts";
import type { Host } from "../host/host.ts";

/** Where tools keep what they can do without, below a folder with a package.json. */
const USUAL = join("node_modules", ".cache", "tracklint");

export interface CacheOptions {
  /** Absolute path of the folder that the user named. */
  readonly folder?: string | undefined;
  /** Names what computes, as `readBuild` tells; without it nothing is kept. */
  readonly build: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What earlier runs left of a project, in the folder that was named, else in its node_modules. Undefined where there is
 * none to keep it in.
 */
export function openCache(host: Host, { folder, build, now }: CacheOptions): Cache | undefined {
  const where = folder ?? usualFolder(host.root);
  return where === undefined || build === undefined ? undefined : new Cache(openStore(where, build), host, now);
}

/** Undefined where nothing is installed, or a link would lead what is written out of the project. */
export function usualFolder(root: string): string | undefined {
  try {
    if (!statSync(join(root, "node_modules")).isDirectory()) return undefined;
    const there = [USUAL, dirname(USUAL), "node_modules"].map((path) => join(root, path)).find(existsSync)!;
    return realpathSync.native(there).startsWith(realpathSync.native(root) + sep) ? join(root, USUAL) : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
