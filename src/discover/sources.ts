import type { Source } from "../calls/types.ts";
import type { Plan, PlanSource } from "../plan/model.ts";
import { foldersAbove, nameOf } from "../util/posix-path.ts";
import { isGlob, literalBase, matchPattern, type PathMatcher } from "./globs.ts";
import { guessPlatform } from "./platform.ts";
import type { Workspace } from "./types.ts";

/**
 * The service that a file belongs to.
 *
 * A source of the plan whose paths cover the file comes first. Of several, the most specific path wins: a file named
 * in full, then the path with the longer folder before its first wildcard, then the longer pattern, then the first in
 * the plan. `!pattern` takes files away from its source. A file that no source covers belongs to the project around
 * it, named as people call it: the package name without its scope (the full name, then the folder, where two projects
 * would have one name), `app` for a root without a name.
 */
export function sourceFinder(workspaces: readonly Workspace[], plan?: Plan): (file: string) => Source {
  const planned = pathsOf(plan);
  const names = workspaceNames(workspaces);
  const byFolder = new Map(workspaces.map((workspace) => [workspace.directory, workspace]));
  const byWorkspace = new Map<string, Source>();

  function ownSource(workspace: Workspace): Source {
    const known = byWorkspace.get(workspace.directory);
    if (known !== undefined) return known;
    const name = names.get(workspace.directory) ?? rootName;
    const isShared = workspaces.some((other) => other !== workspace && other.dependencies.has(workspace.name));
    const source: Source = {
      name,
      platform: guessPlatform(workspace.dependencies),
      tracked: true,
      ...(isShared ? { shared: true } : {}),
    };
    byWorkspace.set(workspace.directory, source);
    return source;
  }

  return (file) => {
    const workspace = nearest(file, byFolder);
    const source = planned.find(({ matches, isTakenAway }) => matches(file) && !isTakenAway(file))?.source;
    if (source === undefined) return workspace === undefined ? appSource : ownSource(workspace);
    return {
      name: source.name,
      platform: source.platform ?? guessPlatform(workspace?.dependencies ?? new Set()),
      tracked: source.tracked,
    };
  };
}

const rootName = "app";
const appSource: Source = { name: rootName, platform: "unknown", tracked: true };

function nearest(file: string, byFolder: ReadonlyMap<string, Workspace>): Workspace | undefined {
  for (const folder of foldersAbove(file)) {
    const workspace = byFolder.get(folder);
    if (workspace !== undefined) return workspace;
  }
  return undefined;
}

interface PlannedPath {
  readonly source: PlanSource;
  readonly pattern: string;
  readonly matches: PathMatcher;
  readonly isTakenAway: PathMatcher;
}

/** All paths of all sources, the most specific first. */
function pathsOf(plan: Plan | undefined): PlannedPath[] {
  const paths = [...(plan?.sources.values() ?? [])].flatMap((source) => {
    const unwanted = source.paths.filter((path) => path.startsWith("!")).map((path) => matchPattern(path.slice(1)));
    const isTakenAway = (file: string) => unwanted.some((matches) => matches(file));
    return source.paths
      .filter((path) => !path.startsWith("!"))
      .map((pattern) => ({ source, pattern, matches: matchPattern(pattern), isTakenAway }));
  });
  // Sorting is stable: what is left equal stays in the order of the plan.
  return paths.sort((a, b) => specificity(b.pattern) - specificity(a.pattern) || b.pattern.length - a.pattern.length);
}

function specificity(pattern: string): number {
  const base = literalBase(pattern);
  const segments = base === "" ? 0 : base.split("/").length;
  const isFile = !isGlob(pattern) && nameOf(base).includes(".");
  return isFile ? Number.MAX_SAFE_INTEGER : segments;
}

function workspaceNames(workspaces: readonly Workspace[]): ReadonlyMap<string, string> {
  const candidates = (workspace: Workspace) => [
    unscoped(workspace.name) || nameOf(workspace.directory) || rootName,
    workspace.name || rootName,
  ];
  const counts = new Map<string, number>();
  for (const workspace of workspaces) {
    for (const name of new Set(candidates(workspace))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map(
    workspaces.map((workspace) => {
      const unique = candidates(workspace).find((name) => counts.get(name) === 1);
      return [workspace.directory, unique ?? (workspace.directory || rootName)];
    }),
  );
}

function unscoped(name: string): string {
  return name.startsWith("@") ? name.slice(name.indexOf("/") + 1) : name;
}
