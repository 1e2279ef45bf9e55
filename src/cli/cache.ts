import { resolve } from "node:path";
import { Cache } from "../cache/cache.ts";
import type { Host } from "../host/host.ts";
import type { KeptRuns } from "../project/kept-runs.ts";
import { openCache } from "../project/open-cache.ts";
import type { ReadOptions } from "../read.ts";
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
export function cacheOf(
  host: Host,
  flags: CacheFlags,
  io: Io,
  kept?: KeptRuns,
): Pick<ReadOptions, "cache" | "keptLinking"> {
  if (kept !== undefined) return { cache: new Cache(kept.store, host, io.now()), keptLinking: kept.keptLinking };
  const folder = flags.cacheLocation === undefined ? undefined : resolve(io.cwd, flags.cacheLocation);
  const cache = flags.cache ? openCache(host, { folder, build: io.build(), now: io.now() }) : undefined;
  return cache === undefined ? {} : { cache };
}
