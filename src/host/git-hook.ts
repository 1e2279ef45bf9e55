import { isAbsolute, relative, resolve, sep } from "node:path";
import { git } from "./git.ts";

/** Where git looks for the hook that it runs before a commit. */
export interface HookPlace {
  /** Absolute path. */
  readonly file: string;
  /** False where it is outside of the repository: `core.hooksPath` of a person, which holds for all repositories. */
  readonly isOwn: boolean;
  /** From the top of the work tree to the folder that was asked for, with `/`; `""` where it is the top. */
  readonly folder: string;
}

/** undefined outside of a git work tree. */
export function preCommitHookOf(root: string): HookPlace | undefined {
  // Called for a folder, git answers relative to it.
  const [hook, common, top] =
    git(root, ["rev-parse", "--git-path", "hooks/pre-commit", "--git-common-dir", "--show-toplevel"])?.split("\n") ??
    [];
  if (!hook || !common || !top) return undefined;
  const file = resolve(root, hook);
  return {
    file,
    isOwn: [common, top].some((folder) => isBelow(resolve(root, folder), file)),
    folder: relative(top, root).replaceAll(sep, "/"),
  };
}

function isBelow(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return !isAbsolute(way) && way.split(sep)[0] !== "..";
}
