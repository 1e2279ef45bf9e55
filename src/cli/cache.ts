import { resolve } from "node:path";
import { Cache } from "../cache/cache.ts";
import type { Store } from "../cache/store.ts";
import type { Host } from "../host/host.ts";
import { openCache } from "../project/open-cache.ts";
import type { Io } from "./io.ts";

export interface CacheFlags {
  readonly cache: boolean;
  readonly cacheLocation?: string;
}

/**
 * What earlier runs left, unless the user wants none of it.
 *
 * @param kept what the earlier runs of this process left
 */
export function cacheOf(host: Host, flags: CacheFlags, io: Io, kept?: Store): { readonly cache?: Cache } {
  if (kept !== undefined) return { cache: new Cache(kept, host, io.now()) };
  const folder = flags.cacheLocation === undefined ? undefined : resolve(io.cwd, flags.cacheLocation);
  const cache = flags.cache ? openCache(host, { folder, build: io.build(), now: io.now() }) : undefined;
  return cache === undefined ? {} : { cache };
}
