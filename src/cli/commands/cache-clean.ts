import { resolve } from "node:path";
import { cleanStore } from "../../cache/store.ts";
import { UserError } from "../../errors.ts";
import { usualFolder } from "../../project/open-cache.ts";
import { openProject } from "../../project/open-project.ts";
import { count } from "../../report/pretty-summary.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import type { CleanFlags } from "../program.ts";

export async function runCacheClean({ cacheLocation }: CleanFlags, io: Io): Promise<ExitCode> {
  const folder =
    cacheLocation === undefined ? usualFolder(openProject({ cwd: io.cwd }).host.root) : resolve(io.cwd, cacheLocation);
  const removed = folder === undefined ? 0 : clean(folder);
  await io.stdout.write(removed === 0 ? "There is no cache.\n" : `Removed ${count(removed, "file")} of the cache.\n`);
  return 0;
}

function clean(folder: string): number {
  try {
    return cleanStore(folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`Can't remove the cache in ${folder}: ${reason}.`, { cause });
  }
}
