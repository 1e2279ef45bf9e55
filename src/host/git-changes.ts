import { join } from "node:path";
import { UserError } from "../errors.ts";
import { git, gitOfCommit } from "./git.ts";
import { historyHelp, requireCommit } from "./git-revision.ts";
import type { Host } from "./host.ts";
import { overlayHost } from "./overlay-host.ts";

/** First and last line of a piece of a file; an end without lines is one after which lines were taken out. */
export type Lines = readonly [first: number, last: number];

/** What is new in a work tree, or in its index. Paths are relative to the root; what was deleted is not among them. */
export interface Changes {
  /** The pieces of each file that are new or other than they were. */
  readonly files: ReadonlyMap<string, readonly Lines[]>;
}

const WHOLE: readonly Lines[] = [[1, Number.POSITIVE_INFINITY]];
const SUBMODULE = "160000";
const LINK = "120000";
const SUBMODULE_DEPTH = 8;
const DIFF = [
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--relative",
  "--unified=0",
  "--raw",
  "--patch",
  "-z",
  "--no-abbrev",
];

/**
 * What the next commit changes.
 *
 * @throws UserError outside of a git work tree
 */
export function stagedChanges(root: string): Changes {
  requireWorkTree(root, "--staged");
  return { files: new Map(changedFiles(root, ["--cached"], "")) };
}

/**
 * What the work tree has that the commit where it left a revision had not; files that git doesn't track yet among it.
 *
 * @throws UserError outside of a git work tree, for a name that git doesn't know, and without a commit in common
 */
export function changesSince(root: string, revision: string): Changes {
  requireWorkTree(root, "--since");
  requireCommit(root, revision);
  const base = git(root, ["merge-base", revision, "HEAD"])?.trim();
  if (!base) {
    throw new UserError(`\`${revision}\` and what is checked out have no commit in common.`, {
      help: historyHelp(root) ?? "Name a branch that this one was made from.",
    });
  }
  return {
    files: new Map([...changedFiles(root, [base], ""), ...untracked(root).map((path) => [path, WHOLE] as const)]),
  };
}

/**
 * The project as the next commit has it: what changed since it was added has the text that was added, and what git
 * doesn't track is not there.
 *
 * @throws UserError outside of a git work tree
 */
export function stagedHost(host: Host): Host {
  requireWorkTree(host.root, "--staged");
  const texts = new Map<string, string | undefined>(untracked(host.root).map((path) => [path, undefined]));
  const differing = entriesOf(
    gitOfCommit(host.root, ["diff-files", "--raw", "-z", "--no-abbrev", "--relative"])?.toString("utf8") ?? "",
  ).entries.filter(({ oldMode, status }) => status !== "U" && oldMode !== SUBMODULE && oldMode !== LINK);
  const blobs = blobsOf(
    host.root,
    differing.map(({ oldId }) => oldId),
  );
  for (const { path, oldId } of differing) {
    const text = blobs.get(oldId);
    if (text !== undefined) texts.set(path, text);
  }
  return overlayHost(host, texts);
}

function requireWorkTree(root: string, flag: string): void {
  if (git(root, ["rev-parse", "--is-inside-work-tree"])?.trim() === "true") return;
  throw new UserError(`${root} is not in a git work tree, so \`${flag}\` has nothing to ask.`, {
    help: "Where git refuses a folder of another owner, `git status` says so.",
  });
}

function untracked(root: string): string[] {
  const listed = gitOfCommit(root, ["ls-files", "--others", "--exclude-standard", "-z"])?.toString("utf8") ?? "";
  // A trailing slash is a repository of its own.
  return listed.split("\0").filter((path) => path !== "" && !path.endsWith("/"));
}

/** @param between what is compared, as `git diff` takes it */
function* changedFiles(
  root: string,
  between: readonly string[],
  prefix: string,
  depth = 0,
): Iterable<readonly [string, readonly Lines[]]> {
  const output = gitOfCommit(root, ["diff", ...DIFF, "--diff-filter=ACMT", ...between])?.toString("utf8") ?? "";
  const { entries, rest } = entriesOf(output);
  const sections = rest.split(/^(?=diff --git )/m).filter((section) => section.startsWith("diff --git "));
  for (const [index, { path, oldMode, newMode, oldId, newId, status }] of entries.entries()) {
    if (newMode !== SUBMODULE) yield [prefix + path, status === "A" ? WHOLE : piecesOf(sections[index] ?? "")];
    else if (depth < SUBMODULE_DEPTH) {
      // An index names the new commit of a submodule; of a work tree it is what is checked out.
      const isCommit = /[^0]/.test(newId);
      const from = oldMode === SUBMODULE ? oldId : emptyTree(root);
      yield* changedFiles(join(root, path), [from, ...(isCommit ? [newId] : [])], `${prefix}${path}/`, depth + 1);
    }
  }
}

/** What a repository without a commit is compared with. */
function emptyTree(root: string): string {
  return git(root, ["hash-object", "-t", "tree", "/dev/null"])?.trim() ?? "";
}

interface RawEntry {
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldId: string;
  readonly newId: string;
  readonly status: string;
  readonly path: string;
}

/** `:100644 100644 <id> <id> M\0path\0` for each file, then, after one more NUL, the patch, in the same order. */
function entriesOf(output: string): { readonly entries: readonly RawEntry[]; readonly rest: string } {
  const entries: RawEntry[] = [];
  let at = 0;
  while (output[at] === ":") {
    const [oldMode = "", newMode = "", oldId = "", newId = "", status = ""] = output
      .slice(at + 1, output.indexOf("\0", at))
      .split(" ");
    const start = output.indexOf("\0", at) + 1;
    const end = output.indexOf("\0", start);
    entries.push({ oldMode, newMode, oldId, newId, status: status[0] ?? "", path: output.slice(start, end) });
    at = end + 1;
  }
  return { entries, rest: output.slice(at).replace(/^\0/, "") };
}

/** The new lines of each `@@ -1,2 +3,4 @@`; where lines were only taken out, the two that they stood between. */
function piecesOf(patch: string): Lines[] {
  return [...patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].map(([, start, count = "1"]) => {
    const first = Number(start);
    return count === "0" ? [first, first + 1] : [first, first + Number(count) - 1];
  });
}

/** Texts of blobs by their ids, in one run of git. */
function blobsOf(root: string, ids: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const output = gitOfCommit(root, ["cat-file", "--batch"], `${ids.join("\n")}\n`);
  if (output === undefined) return texts;
  let at = 0;
  for (const id of ids) {
    const end = output.indexOf("\n", at);
    const [, kind, size] = output.subarray(at, end).toString("latin1").split(" ");
    at = end + 1;
    if (kind !== "blob") continue;
    texts.set(id, output.subarray(at, at + Number(size)).toString("utf8"));
    at += Number(size) + 1;
  }
  return texts;
}
