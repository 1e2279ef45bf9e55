import type { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { isAbsolute, join, sep } from "node:path";
import { env } from "node:process";

/** A million long paths; more is not asked of git. */
const outputLimit = 256 * 1024 * 1024;
/**
 * Variables that git sets for hooks. They would tie every git below to the repository and the index of the commit
 * that is being made. See `git rev-parse --local-env-vars`.
 */
const tiesToARepository =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|CONFIG.*|LITERAL_PATHSPECS|INTERNAL_SUPER_PREFIX|CEILING_DIRECTORIES)$/;

/** Standard output, or undefined where git can't be started or says no. */
export function git(folder: string, args: readonly string[]): string | undefined {
  return run(folder, args, {})?.toString("utf8");
}

/**
 * As `git`, of the commit that is being made: `commit -a` and `commit FILE` have an index of their own, which git names
 * to its hooks. One of another repository (a submodule's hook) is left alone.
 */
export function gitOfCommit(folder: string, args: readonly string[], input?: string): Buffer | undefined {
  const index = indexOfHook(folder);
  return run(folder, args, { ...(index && { index }), ...(input !== undefined && { input }) });
}

function indexOfHook(folder: string): string | undefined {
  const named = env.GIT_INDEX_FILE;
  if (!named) return undefined;
  const [top, own] = git(folder, ["rev-parse", "--show-toplevel", "--absolute-git-dir"])?.split("\n") ?? [];
  if (top === undefined || own === undefined) return undefined;
  const file = isAbsolute(named) ? named : join(top, named);
  return file.startsWith(own + sep) ? file : undefined;
}

function run(
  folder: string,
  args: readonly string[],
  { index, input = "" }: { readonly index?: string; readonly input?: string },
): Buffer | undefined {
  const kept = Object.entries(env).filter(([name]) => !tiesToARepository.test(name));
  // The file system monitor is a program that the repository's own configuration names.
  const result = spawnSync("git", ["-c", "core.fsmonitor=false", ...args], {
    cwd: folder,
    env: {
      ...Object.fromEntries(kept),
      ...(index && { GIT_INDEX_FILE: index }),
      GIT_OPTIONAL_LOCKS: "0",
      GIT_NO_LAZY_FETCH: "1",
      GIT_TERMINAL_PROMPT: "0",
    },
    input,
    maxBuffer: outputLimit,
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  return result.error === undefined && result.status === 0 ? result.stdout : undefined;
}
