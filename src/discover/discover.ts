import type { Host } from "../host/host.ts";
import type { Plan } from "../plan/model.ts";
import { extensionOf, nameOf } from "../util/posix-path.ts";
import { isCandidate, leftOutAs } from "./candidates.ts";
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
  const judge = scopeJudge(host, listed, files, options);
  return {
    listed,
    files: judge.files(),
    whyLeftOut: judge.whyLeftOut,
    workspaces: projects,
    resolver: moduleResolver(files, projects),
    sourceOf: sourceFinder(projects, options.plan),
    problems: files.problems,
  };
}

interface ScopeJudge {
  files(): string[];
  whyLeftOut: Discovery["whyLeftOut"];
}

function scopeJudge(host: Host, listed: readonly string[], files: ProjectFiles, options: DiscoverOptions): ScopeJudge {
  const named = (options.paths ?? []).map((path) => namedScope(path, host, listed));
  const include = options.include ?? [];
  const included = include.filter((pattern) => !pattern.startsWith("!")).map(scopeOf);
  const unwanted = matchPatterns([
    ...(options.exclude ?? []),
    ...include.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)),
  ]);
  const isForeign = markedAsForeign(listed, files);

  /** Undefined for a file that is in scope, were it listed. */
  const reasonAgainst = (path: string): string | undefined => {
    if (!isCandidate(path)) return `no code is looked for in \`${extensionOf(path) || nameOf(path)}\` files`;
    if (unwanted(path)) return "the plan leaves it out, by `lint.exclude` or a `!` in `lint.include`";
    if (named.some((scope) => scope.file === path)) return undefined;
    const byName = covering(named, path);
    const byInclude = covering(included, path);
    if (byName === undefined) return "it lies outside of the paths that were named";
    if (byInclude === undefined) return "it lies outside of the plan's `lint.include`";
    const scopes = [...byName, ...byInclude];
    const isAskedFor = scopes.some((scope) => !scope.leavesOut(path));
    const kind = isAskedFor ? undefined : leftOutAs(path);
    if (kind !== undefined || (!isAskedFor && scopes.length > 0)) {
      return `it is ${kind ?? "not the product's own code"}, by its path`;
    }
    return isForeign(path) ? "a `.gitattributes` marks it as generated or vendored" : undefined;
  };
  const isInScope: PathMatcher = (path) => reasonAgainst(path) === undefined;

  const known = new Set(listed);
  return {
    files() {
      const explicit = named.flatMap((scope) => scope.file ?? []);
      const unlisted = named.flatMap((scope) => unlistedBelow(scope, listed, host, files));
      const all = new Set([...listed, ...explicit.filter((path) => !known.has(path)), ...unlisted]);
      return [...all].filter(isInScope).sort();
    },
    whyLeftOut: (path) =>
      reasonAgainst(path) ??
      (known.has(path) ? undefined : "a `.gitignore` leaves it out, or it is a link to another file"),
  };
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
