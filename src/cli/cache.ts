import { resolve } from "node:path";
import type { Cache } from "../cache/cache.ts";
import type { Host } from "../host/host.ts";
import { openCache } from "../project/open-cache.ts";
import type { Io } from "./io.ts";

export interface CacheFlags {
  readonly cache: boolean;
  readonly cacheLocation?: string;
}

/** What earlier runs left, unless the user wants none of it. */
export function cacheOf(host: Host, flags: CacheFlags, io: Io): { readonly cache?: Cache } {
  const folder = flags.cacheLocation === undefined ? undefined : resolve(io.cwd, flags.cacheLocation);
  const cache = flags.cache ? openCache(host, { folder, build: io.build, now: io.now() }) : undefined;
  return cache === undefined ? {} : { cache };
}
