import { UserError } from "../errors.ts";
import { type Host, HostError } from "../host/host.ts";
import { nearestName } from "../util/nearest-name.ts";
import { foldersAbove, isWithin, joinPath, nameOf, parentOf, pathBelow } from "../util/posix-path.ts";
import { isLeftOut } from "./candidates.ts";
import { isGlob, literalBase, matchPattern, type PathMatcher } from "./globs.ts";

/** A part of the repository that somebody named. */
export interface Scope {
  readonly covers: PathMatcher;
  /** Whether a covered file is left out as a test and the like: judged below what was named only. */
  readonly leavesOut: PathMatcher;
  /** A file named in full: in scope whatever else says no, but for `exclude`. */
  readonly file?: string;
  /** A folder named in full. */
  readonly folder?: string;
}

/** A folder is one, so is a glob; a glob that spells what is left out (`src/*.test.ts`, `e2e/**`) asks for it. */
export function scopeOf(pattern: string): Scope {
  const base = literalBase(pattern);
  const rest = pathBelow(pattern, base);
  const asksForAll = isGlob(pattern) && isLeftOut(rest);
  return {
    covers: matchPattern(pattern),
    leavesOut: (path) => !asksForAll && isLeftOut(isWithin(path, base) ? pathBelow(path, base) : path),
  };
}

/**
 * What the user named: files, folders or globs, relative to the root or absolute. A path that exists is itself,
 * brackets and all (`app/[id]/page.tsx`). Throws `UserError` for a path that isn't there.
 */
export function namedScope(written: string, host: Host, listed: readonly string[]): Scope {
  const path = relativeToRoot(written, host);
  if (host.isDirectory(path)) {
    return {
      covers: (file) => isWithin(file, path),
      leavesOut: (file) => isLeftOut(pathBelow(file, path)),
      folder: path,
    };
  }
  if (host.isFile(path) || isListed(path, host)) {
    return { covers: (file) => file === path, leavesOut: () => false, file: path };
  }
  if (isGlob(path)) return scopeOf(path);
  throw notFound(written, path, listed);
}

/** A link that leads nowhere is known to its folder only; reading it says what is wrong. */
function isListed(path: string, host: Host): boolean {
  try {
    return host.list(parentOf(path)).includes(nameOf(path));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`Can't read the folder \`${error.path}\`: ${error.message}.`, { cause: error });
  }
}

function relativeToRoot(written: string, host: Host): string {
  const posix = written.replaceAll("\\", "/");
  const root = host.root.replaceAll("\\", "/");
  const path = isWithin(posix, root) ? pathBelow(posix, root) : joinPath("", posix);
  if (path === undefined) {
    throw new UserError(`\`${written}\` lies outside of ${host.root}.`, {
      help: "Start tracklint in a folder that holds everything to be checked.",
    });
  }
  return path.replace(/\/+$/, "");
}

function notFound(written: string, path: string, listed: readonly string[]): UserError {
  const folders = new Set(listed.flatMap((file) => [...foldersAbove(file)]));
  const near = nearestName(path, [...folders, ...listed]);
  return new UserError(`There is no file or folder \`${written}\`.`, {
    help: near === undefined ? "Paths are relative to the root, and globs need quotes." : `Did you mean \`${near}\`?`,
  });
}
