import { joinPath, nameOf, parentOf } from "../util/posix-path.ts";
import type { ProjectFiles } from "./project-files.ts";

/** What is written for what: TypeScript names its own sources by the names of their output. */
const sourceExtensions: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** The file that a module path without or with an extension stands for, a folder's index included. */
export function moduleFile(path: string, files: ProjectFiles): string | undefined {
  return plainFile(path, files) ?? folderIndex(path, files);
}

function plainFile(path: string, files: ProjectFiles): string | undefined {
  if (path === "") return undefined;
  const written = /\.[cm]?jsx?$/.exec(path)?.[0];
  if (written !== undefined) {
    const stem = path.slice(0, -written.length);
    const source = sourceExtensions[written]?.map((extension) => stem + extension).find(files.isFile);
    if (source !== undefined) return source;
  }
  return files.isFile(path) ? path : files.withExtension(path);
}

function folderIndex(path: string, files: ProjectFiles): string | undefined {
  if (!files.isDirectory(path)) return undefined;
  const prefix = path === "" ? "" : `${path}/`;
  const manifest = files.readJson(`${prefix}package.json`);
  for (const field of ["source", "module", "main", "types"]) {
    const entry = manifest?.[field];
    const target = typeof entry === "string" ? joinPath(path, entry) : undefined;
    const file = target === undefined || target === path ? undefined : plainFile(target, files);
    if (file !== undefined) return file;
  }
  return plainFile(`${prefix}index`, files);
}

/** The path without what compilers and bundlers put at its end: `.d.ts`, `.esm.js`, `.umd.production.min.js`. */
export function withoutOutputExtension(path: string): string | undefined {
  const stem = nameOf(path).replace(
    /(?:\.(?:esm?|cjs|umd|iife|browser|modern|module|development|production|min|prod))*(?:\.d\.[cm]?ts|\.[cm]?[jt]sx?)$/,
    "",
  );
  if (stem === nameOf(path)) return undefined;
  const folder = parentOf(path);
  return folder === "" ? stem : `${folder}/${stem}`;
}
