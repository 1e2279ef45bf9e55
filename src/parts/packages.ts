import type { Workspace } from "../discover/types.ts";
import { foldersAbove } from "../util/posix-path.ts";

/** What parts are made of: the root, and the packages in which task runners run tasks. */
export function packagesOf(workspaces: readonly Workspace[]): Workspace[] {
  return workspaces.filter(({ directory, isDeclared }) => isDeclared || directory === "");
}

/** Tells the package that a file belongs to, by its folder: the nearest one above it. */
export function ownerFinder(folders: Iterable<string>): (file: string) => string {
  const known = new Set(folders);
  const owners = new Map<string, string>();
  return (file) => {
    const [parent = ""] = foldersAbove(file);
    let owner = owners.get(parent);
    if (owner === undefined) {
      owner = [...foldersAbove(file)].find((folder) => known.has(folder)) ?? "";
      owners.set(parent, owner);
    }
    return owner;
  };
}

/** A package and those of the repository that it depends on, directly or not, by folder. */
export function closureOf(folder: string, packages: readonly Workspace[]): ReadonlySet<string> {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const byFolder = new Map(packages.map((one) => [one.directory, one]));
  const closure = new Set<string>();
  const queue = [folder];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (closure.has(next)) continue;
    closure.add(next);
    for (const name of byFolder.get(next)?.dependencies ?? []) {
      const found = byName.get(name);
      if (found !== undefined) queue.push(found.directory);
    }
  }
  return closure;
}
