import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder that a run is relative to: the nearest one at or above `start` that is the top of a git work tree or
 * declares workspaces; without one the nearest that has a package.json; without one `start` itself.
 *
 * A workspace package is linted as part of its repository, because its wrappers and event names may live next door. A
 * whole workspace inside another repository (an example, a submodule) is a project of its own.
 *
 * @param start absolute path of a folder
 */
export function findProjectRoot(start: string): string {
  let nearestPackage: string | undefined;
  for (const folder of upwards(start)) {
    if (isTop(folder)) return folder;
    if (existsSync(join(folder, "package.json"))) nearestPackage ??= folder;
  }
  return nearestPackage ?? start;
}

/** The top of the git work tree that a folder is in, by absolute path; undefined where it is in none. */
export function repositoryFolder(start: string): string | undefined {
  for (const folder of upwards(start)) if (existsSync(join(folder, ".git"))) return folder;
  return undefined;
}

/** The next folder above a root that is one as well: the root may be a package of that project. */
export function outerRoot(root: string): string | undefined {
  for (const folder of upwards(root)) if (folder !== root && isTop(folder)) return folder;
  return undefined;
}

function isTop(folder: string): boolean {
  if (existsSync(join(folder, ".git")) || existsSync(join(folder, "pnpm-workspace.yaml"))) return true;
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && declaresWorkspaces(manifest);
}

function* upwards(start: string): Generator<string> {
  let folder = start;
  while (true) {
    yield folder;
    const parent = dirname(folder);
    if (parent === folder) return;
    folder = parent;
  }
}

function declaresWorkspaces(manifest: string): boolean {
  try {
    const content: unknown = JSON.parse(readFileSync(manifest, "utf8"));
    return typeof content === "object" && content !== null && "workspaces" in content;
  } catch (error) {
    // A manifest that can't be read or parsed declares nothing; discovery says so where it matters.
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error)) return false;
    throw error;
  }
}
