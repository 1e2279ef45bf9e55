import { existsSync, readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { isGlob, literalBase, matchPattern } from "../discover/globs.ts";
import { UserError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { entriesIfReadable } from "../host/if-readable.ts";
import { nodeHost } from "../host/node-host.ts";
import { type JoinedParts, joinParts } from "../parts/join-parts.ts";
import { readPart } from "../parts/read-part.ts";

/**
 * Reads and joins the parts of a project.
 *
 * @param patterns files and globs, relative to `cwd`
 * @param disk of the root of the project
 * @param program names tracklint as it is here
 * @throws UserError where there are none, one can't be used, or they don't belong together
 */
export function openParts(patterns: readonly string[], cwd: string, disk: Host, program: string): JoinedParts {
  const names = [...new Set(patterns.flatMap((pattern) => filesOf(pattern, cwd)))];
  return joinParts(
    names.map((name) => ({ name, part: readPart(textOf(name, cwd), name, program) })),
    disk,
  );
}

function textOf(name: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, name), "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`Can't read the part \`${name}\`: ${reason}.`, {
      help: "`tracklint scan --out FILE` makes one. Paths to report on stand before `--from`.",
      cause,
    });
  }
}

function filesOf(pattern: string, cwd: string): string[] {
  if (!isGlob(pattern)) return [pattern];
  const absolute = resolve(cwd, pattern).replaceAll(sep, "/");
  // Patterns are relative, to the root of the file system too.
  const base = resolve("/", literalBase(absolute));
  const matches = matchPattern(relative(base, absolute).replaceAll(sep, "/"));
  const depth = pattern.includes("**") ? Number.POSITIVE_INFINITY : pattern.split("/").length;
  const found = existsSync(base) ? walk(nodeHost(base), "", depth).filter(matches) : [];
  if (found.length > 0) return found.map((file) => relative(cwd, resolve(base, file)).replaceAll(sep, "/")).sort();
  throw new UserError(`No file matches \`${pattern}\`.`, {
    help: "Make the parts with `tracklint scan --out FILE`, one for each package and one for the root.",
  });
}

/** Parts are outputs: git ignores them, so that no listing of the project has them. */
function walk(host: Host, folder: string, depth: number): string[] {
  if (depth === 0) return [];
  return entriesIfReadable(host, folder).flatMap(({ name, kind }) => {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (kind === "file") return [path];
    return kind === "directory" && name !== "node_modules" && name !== ".git" ? walk(host, path, depth - 1) : [];
  });
}
