import picomatch from "picomatch";
import { isWithin } from "../util/posix-path.ts";

/** True for a path that a list of folders and globs covers. */
export type PathMatcher = (path: string) => boolean;

/**
 * One folder, file or glob, relative to the root. A folder, written out or by glob, covers all below it: `apps/web`,
 * `apps/*` and `apps/web/**` cover `apps/web/src/cart.ts`.
 */
export function matchPattern(pattern: string): PathMatcher {
  const plain = tidy(pattern);
  if (!isGlob(plain)) return (path) => isWithin(path, plain);
  const options = { dot: true, nonegate: true };
  return picomatch(plain.endsWith("/**") ? plain : [plain, `${plain}/**`], options);
}

/** Several patterns; those that start with `!` take away, wherever they stand. Nothing is covered by an empty list. */
export function matchPatterns(patterns: readonly string[]): PathMatcher {
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!")).map(matchPattern);
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith("!"))
    .map((pattern) => matchPattern(pattern.slice(1)));
  return (path) => wanted.some((matches) => matches(path)) && !unwanted.some((matches) => matches(path));
}

/** The folder that all paths matched by a pattern lie in; the pattern itself where it is no glob. */
export function literalBase(pattern: string): string {
  const plain = tidy(pattern);
  return isGlob(plain) ? picomatch.scan(plain).base : plain;
}

export function isGlob(pattern: string): boolean {
  return picomatch.scan(pattern).isGlob;
}

function tidy(pattern: string): string {
  return pattern
    .replace(/^(?:\.?\/)+/, "")
    .replace(/\/+$/, "")
    .replace(/^\.$/, "");
}
