/**
 * Paths as tracklint has them everywhere: relative to the root, `/` between segments, `""` for the root itself.
 * `node:path` has `"."` for the root and can climb out of it; these can't.
 */

/** The folder of a file or folder; `""` at the top. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** The last segment. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** From the last dot of the last segment on: `.ts`; `""` where there is none or the name starts with it. */
export function extensionOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") + 1 ? path.slice(dot) : "";
}

/** `relative` as seen from `folder`; undefined where it leaves the root or is absolute. */
export function joinPath(folder: string, relative: string): string | undefined {
  if (relative.startsWith("/")) return undefined;
  let base: string | undefined = folder;
  let rest = relative;
  for (let step = leadingStep(rest); step > 0; step = leadingStep(rest)) {
    if (rest.charCodeAt(1) === dotCode) {
      if (base === "") return undefined;
      base = parentOf(base);
    }
    rest = rest.slice(step);
  }
  const path: string = base === "" || rest === "" ? base + rest : `${base}/${rest}`;
  return needsCleaning.test(rest) ? collapse(path) : path;
}

/** The length of `./`, `../`, `.` or `..` at the start; 0 where there is none. */
function leadingStep(path: string): number {
  if (path.charCodeAt(0) !== dotCode) return 0;
  const dots = path.charCodeAt(1) === dotCode ? 2 : 1;
  if (path.length === dots) return dots;
  return path.charCodeAt(dots) === slashCode ? dots + 1 : 0;
}

function collapse(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}

/** A path without `.`, `..`, doubled or trailing slashes; undefined where it leaves the root or is absolute. */
export function cleanPath(path: string): string | undefined {
  return needsCleaning.test(path) ? joinPath("", path) : path;
}

const needsCleaning = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** True for the folder itself and all below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || (path.startsWith(folder) && path.charCodeAt(folder.length) === slashCode);
}

const slashCode = 47;
const dotCode = 46;

/** The rest of a path below a folder that it is within. */
export function pathBelow(path: string, folder: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}

/** The folder of a path, the one above, and so on up to the root. */
export function* foldersAbove(path: string): Generator<string> {
  let folder = path;
  while (folder !== "") {
    folder = parentOf(folder);
    yield folder;
  }
}
