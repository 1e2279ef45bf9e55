import type { Host } from "../host/host.ts";
import type { Plan } from "../plan/model.ts";
import { isCandidate, isLeftOut } from "./candidates.ts";
import { markedAsForeign } from "./git-attributes.ts";
import { matchPatterns, type PathMatcher } from "./globs.ts";
import { type ProjectFiles, projectFiles } from "./project-files.ts";
import { moduleResolver } from "./resolver.ts";
import { namedScope, type Scope, scopeOf } from "./scope.ts";
import { sourceFinder } from "./sources.ts";
import type { Discovery } from "./types.ts";
import { walk } from "./walk.ts";
import { findProjects } from "./workspaces.ts";

export interface DiscoverOptions {
  /** Files, folders or globs that the user named; all of the repository where there are none. */
  readonly paths?: readonly string[];
  /** Folders and globs that files must lie in; all where there are none. `!` takes away. */
  readonly include?: readonly string[];
  /** Folders and globs that are out of scope, files named by the user among them. */
  readonly exclude?: readonly string[];
  /** Its `sources` name services. */
  readonly plan?: Plan;
}

/**
 * Finds the files in scope, the projects of the repository and what resolves imports between them.
 *
 * Tests, specs, stories, mocks, declarations, minified and vendored files are left out unless the user names the file,
 * or a path or `include` glob that lies within or spells such a place (`e2e/**`). In a git work tree git says which
 * files there are, elsewhere a walk that honours `.gitignore`. Throws `UserError` for a path that doesn't exist.
 */
export function discover(host: Host, options: DiscoverOptions = {}): Discovery {
  const files = projectFiles(host);
  const listed = host.gitFiles() ?? walk(host, "", files.note);
  const projects = findProjects(listed, files);
  return {
    files: filesInScope(host, listed, files, options),
    workspaces: projects,
    resolver: moduleResolver(files, projects),
    sourceOf: sourceFinder(projects, options.plan),
    problems: files.problems,
  };
}

function filesInScope(host: Host, listed: readonly string[], files: ProjectFiles, options: DiscoverOptions): string[] {
  const named = (options.paths ?? []).map((path) => namedScope(path, host, listed));
  const include = options.include ?? [];
  const included = include.filter((pattern) => !pattern.startsWith("!")).map(scopeOf);
  const unwanted = matchPatterns([
    ...(options.exclude ?? []),
    ...include.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)),
  ]);
  const isForeign = markedAsForeign(listed, files);

  const isInScope: PathMatcher = (path) => {
    if (!isCandidate(path) || unwanted(path)) return false;
    if (named.some((scope) => scope.file === path)) return true;
    const byName = covering(named, path);
    const byInclude = covering(included, path);
    if (byName === undefined || byInclude === undefined) return false;
    const scopes = [...byName, ...byInclude];
    const isAskedFor = scopes.some((scope) => !scope.leavesOut(path));
    return (isAskedFor || (scopes.length === 0 && !isLeftOut(path))) && !isForeign(path);
  };

  const known = new Set(listed);
  const explicit = named.flatMap((scope) => scope.file ?? []);
  const unlisted = named.flatMap((scope) => unlistedBelow(scope, listed, host, files));
  const all = new Set([...listed, ...explicit.filter((path) => !known.has(path)), ...unlisted]);
  return [...all].filter(isInScope).sort();
}

/** The scopes that cover a path; none, but defined, where nothing was named; undefined where none of them does. */
function covering(scopes: readonly Scope[], path: string): readonly Scope[] | undefined {
  const found = scopes.filter((scope) => scope.covers(path));
  return found.length === 0 && scopes.length > 0 ? undefined : found;
}

/** A folder that git knows nothing of (ignored, or a repository of its own) is walked when the user names it. */
function unlistedBelow(scope: Scope, listed: readonly string[], host: Host, files: ProjectFiles): string[] {
  if (scope.folder === undefined || listed.some(scope.covers)) return [];
  return walk(host, scope.folder, files.note);
}
