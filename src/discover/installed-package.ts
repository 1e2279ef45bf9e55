import { foldersAbove, joinPath, nameOf, parentOf } from "../util/posix-path.ts";
import { exportTargets } from "./export-targets.ts";
import { moduleFile } from "./module-file.ts";
import type { JsonObject, ProjectFiles } from "./project-files.ts";

/** The folder of an installed package as seen from a file: in the nearest `node_modules` that has it. */
export function installedFolder(name: string, fromFile: string, files: ProjectFiles): string | undefined {
  for (const folder of foldersAbove(fromFile)) {
    if (nameOf(folder) === "node_modules") continue;
    const candidate = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (files.isFile(`${candidate}/package.json`)) return parentOf(files.canonical(`${candidate}/package.json`));
  }
  return undefined;
}

/** The file that an installed package exports under a subpath: its declarations, else those of `@types`, else code. */
export function installedFile(
  name: string,
  subpath: string,
  fromFile: string,
  files: ProjectFiles,
): string | undefined {
  const own = installedFolder(name, fromFile, files);
  const typesName = `@types/${name.replace(/^@(.+)\/(.+)$/, "$1__$2")}`;
  const found = own === undefined ? undefined : entryFile(own, subpath, files);
  if (found !== undefined && isDeclaration(found)) return found;
  const types = installedFolder(typesName, fromFile, files);
  return (types === undefined ? undefined : entryFile(types, subpath, files)) ?? found;
}

function entryFile(folder: string, subpath: string, files: ProjectFiles): string | undefined {
  const manifest = files.readJson(`${folder}/package.json`);
  if (manifest === undefined) return undefined;
  let code: string | undefined;
  for (const target of targetsOf(manifest, subpath)) {
    const path = joinPath(folder, target);
    const file = path === undefined ? undefined : declarationsOf(path, files);
    if (file !== undefined && isDeclaration(file)) return file;
    code ??= file;
  }
  return code;
}

function targetsOf(manifest: JsonObject, subpath: string): readonly string[] {
  const legacy = subpath === "" ? ["types", "typings", "module", "main"].map((field) => manifest[field]) : [subpath];
  const paths = legacy.filter((target) => typeof target === "string");
  if (subpath === "") paths.push("index");
  if (manifest.exports === undefined) return paths;
  const exported = [
    ["types", "import", "node"],
    ["types", "require", "node"],
    ["import", "browser"],
  ].flatMap((conditions) => exportTargets(manifest.exports, subpath, conditions));
  return [...exported, ...paths];
}

/** The declarations beside a file of code, else the file. */
function declarationsOf(path: string, files: ProjectFiles): string | undefined {
  const stem = path.replace(/\.[cm]?jsx?$/, "");
  const extension = path.slice(stem.length).replace("j", "t").replace("x", "");
  const beside = [`${stem}.d${extension || ".ts"}`, `${stem}.d.ts`, `${path}/index.d.ts`];
  return beside.find(files.isFile) ?? moduleFile(path, files);
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}
