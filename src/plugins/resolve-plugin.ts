import { exportTargets } from "../discover/export-targets.ts";
import { installedFolder } from "../discover/installed-package.ts";
import { isObject, type ProjectFiles } from "../discover/project-files.ts";
import type { Host } from "../host/host.ts";
import { joinPath, nameOf, parentOf } from "../util/posix-path.ts";

/** A file of code relative to the root, its links followed; or why there is none that may be run. */
export type ResolvedPlugin = { readonly path: string } | { readonly refusal: string; readonly help: string };

const CODE = /\.[cm]?[jt]s$/;
const INSIDE = "A plugin is a file of the project, or a package that is installed in it.";

/**
 * Finds the file of a plugin: a path as seen from the plan's file, or a package as the plan's file would import it.
 * Nothing outside the root is ever run.
 */
export function resolvePlugin(specifier: string, planFile: string, host: Host, files: ProjectFiles): ResolvedPlugin {
  if (/^[a-z]+:/i.test(specifier)) return { refusal: "is an address", help: INSIDE };
  const isPath = specifier.startsWith(".") || specifier.startsWith("/");
  return isPath ? fileOf(specifier, planFile, host) : packageFile(specifier, planFile, host, files);
}

function fileOf(specifier: string, planFile: string, host: Host): ResolvedPlugin {
  const path = joinPath(parentOf(planFile), specifier);
  if (path === undefined) return { refusal: "lies outside the root", help: INSIDE };
  const real = host.realPath(path);
  if (real === undefined && isLink(path, host))
    return { refusal: "is a link that leads outside the root", help: INSIDE };
  if (host.isDirectory(path)) return { refusal: "is a folder", help: "Name the file in it." };
  if (real === undefined || !host.isFile(path)) {
    return { refusal: "is not there", help: `A path is relative to \`${planFile}\`, and has its extension.` };
  }
  return CODE.test(real)
    ? { path: real }
    : { refusal: "is no file of code", help: "It is a file of JavaScript or TypeScript." };
}

function isLink(path: string, host: Host): boolean {
  return host.entries(parentOf(path)).some(({ name, kind }) => kind === "link" && name === nameOf(path));
}

function packageFile(specifier: string, planFile: string, host: Host, files: ProjectFiles): ResolvedPlugin {
  const parts = specifier.split("/");
  const name = parts.splice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const subpath = parts.join("/");
  const folder = installedFolder(name, planFile, files);
  const manifest = folder === undefined ? undefined : files.readJson(`${folder}/package.json`);
  if (folder === undefined || manifest === undefined) {
    return { refusal: "is not installed", help: `Install it, or write a path as \`./${specifier}\`.` };
  }
  const { exports, main } = manifest;
  const exported = exportTargets(exports, subpath, ["node", "import", "module-sync"]);
  const legacy = subpath === "" ? [typeof main === "string" ? main : "index.js", "index.js"] : [subpath];
  for (const target of exports === undefined ? legacy : exported) {
    const path = joinPath(folder, target);
    const real = path === undefined ? undefined : host.realPath(path);
    if (real !== undefined && host.isFile(real) && CODE.test(real)) return { path: real };
  }
  const what = subpath === "" ? "nothing that can be imported" : `no \`${subpath}\``;
  return {
    refusal: `exports ${what}`,
    help: isObject(exports) ? "See `exports` in its package.json." : "See its package.json.",
  };
}
