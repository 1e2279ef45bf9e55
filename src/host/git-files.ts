import { lstatSync } from "node:fs";
import { join } from "node:path";
import { git } from "./git.ts";

const submoduleDepth = 8;

/** An existing file or link that git lists. */
export interface GitEntry {
  /** Relative to the root. */
  readonly path: string;
  readonly isLink: boolean;
}

/**
 * Files of a git work tree below `root` that exist: tracked ones, untracked ones that are not ignored, and the same of
 * checked-out submodules. A repository nested without being a submodule is another project and left out. Undefined
 * without git, outside a work tree, where git refuses (`safe.directory`), and where an outer repository ignores `root`.
 */
export function gitFiles(root: string, depth = 0): GitEntry[] | undefined {
  const output = git(root, ["ls-files", "-t", "-s", "-c", "-o", "-d", "--exclude-standard", "-z"]);
  if (output === undefined) return undefined;
  const listed = parseListing(output);
  if (listed.size === 0 && git(root, ["check-ignore", "-q", "."]) !== undefined) return undefined;

  const entries: GitEntry[] = [];
  for (const [path, kind] of listed) {
    if (kind === "file") entries.push({ path, isLink: false });
    else if (kind === "link") entries.push({ path, isLink: true });
    else if (kind === "unsure") {
      const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
      if (stats?.isFile() || stats?.isSymbolicLink()) entries.push({ path, isLink: stats.isSymbolicLink() });
    } else if (depth < submoduleDepth && isCheckedOut(join(root, path))) {
      for (const inner of gitFiles(join(root, path), depth + 1) ?? []) {
        entries.push({ ...inner, path: `${path}/${inner.path}` });
      }
    }
  }
  return entries;
}

type Kind = "file" | "link" | "submodule" | "unsure";

/**
 * One entry a file: `H 100644 <id> <stage>\t<path>` for tracked ones, `S …` for those outside a sparse checkout, `R …`
 * again for those that were deleted, `M …` once a stage in a conflict, `? <path>` for untracked ones.
 */
function parseListing(output: string): Map<string, Kind> {
  const listed = new Map<string, Kind>();
  const deleted: string[] = [];
  let start = 0;
  for (let end = output.indexOf("\0"); end >= 0; start = end + 1, end = output.indexOf("\0", start)) {
    const tag = output[start];
    if (tag === "?") {
      const path = output.slice(start + 2, end);
      // A trailing slash is a nested repository.
      if (!path.endsWith("/")) listed.set(path, "unsure");
      continue;
    }
    const path = output.slice(output.indexOf("\t", start) + 1, end);
    if (tag === "R") deleted.push(path);
    else listed.set(path, tag === "S" ? "unsure" : kindOfMode(output.slice(start + 2, start + 8)));
  }
  for (const path of deleted) listed.delete(path);
  return listed;
}

function kindOfMode(mode: string): Kind {
  if (mode === "120000") return "link";
  return mode === "160000" ? "submodule" : "file";
}

/** A submodule that was never initialised is an empty folder: git would answer for the outer repository there. */
function isCheckedOut(folder: string): boolean {
  return (
    lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true &&
    lstatSync(join(folder, ".git"), { throwIfNoEntry: false }) !== undefined
  );
}
