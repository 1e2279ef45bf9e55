import { UserError } from "../errors.ts";
import { cleanPath } from "../util/posix-path.ts";
import { git } from "./git.ts";
import { type Host, HostError } from "./host.ts";
import { sourceFileText } from "./source-file-text.ts";

/** The id of the commit that a name means in the repository around a folder; undefined where it means none. */
function commitOf(root: string, name: string): string | undefined {
  // Nothing that looks like an option reaches git, whatever it makes of `--end-of-options`.
  if (!/^[^-\s][^\s\0]*$/.test(name)) return undefined;
  return git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`])?.trim();
}

/**
 * As `commitOf`.
 *
 * @throws UserError where the name means no commit
 */
export function requireCommit(root: string, name: string): string {
  const commit = commitOf(root, name);
  if (commit !== undefined) return commit;
  throw new UserError(`There is no revision \`${name}\` in the repository of ${root}.`, {
    help: historyHelp(root) ?? "Name a branch, a tag or a commit that `git rev-parse` knows.",
  });
}

/** What to do where a shallow clone may be why git doesn't know; undefined in any other. */
export function historyHelp(root: string): string | undefined {
  if (git(root, ["rev-parse", "--is-shallow-repository"])?.trim() !== "true") return undefined;
  return "The clone is shallow: `git fetch --unshallow`, or check out with the whole history (`fetch-depth: 0`).";
}

/**
 * Where the work of today left the branch that it goes to: the merge base with the default branch, else the upstream.
 * `unknown` where the repository doesn't say, as a shallow clone; undefined where there is nothing to leave.
 */
export function mergeBase(root: string): string | "unknown" | undefined {
  const baseWith = (name: string) => git(root, ["merge-base", "HEAD", name])?.trim() || undefined;
  const usual = baseWith("origin/HEAD");
  if (usual !== undefined) return usual;
  if (commitOf(root, "HEAD") === undefined) return undefined;
  for (const name of ["origin/main", "origin/master", "main", "master", "@{upstream}"]) {
    const base = baseWith(name);
    if (base !== undefined) return base;
  }
  return "unknown";
}

/** The files of a commit, as texts. Nothing of the repository runs: no filter, no converter of texts. */
export function revisionHost(root: string, commit: string): Host {
  const texts = new Map<string, string | undefined>();
  const readText = (path: string): string | undefined => {
    const clean = cleanPath(path);
    if (clean === undefined) throw new HostError(path, "lies outside the root");
    if (!texts.has(clean)) {
      const text = git(root, ["cat-file", "blob", `${commit}:./${clean}`]);
      texts.set(clean, text === undefined ? undefined : sourceFileText(clean, text));
    }
    return texts.get(clean);
  };
  return {
    root,
    readText,
    isFile: (path) => readText(path) !== undefined,
    isDirectory: () => false,
    list: () => [],
    entries: () => [],
    realPath: (path) => cleanPath(path),
    gitFiles: () => undefined,
    stamp: () => undefined,
  };
}
