import { type Document, isScalar, isSeq, parseDocument } from "yaml";
import { HostError } from "../host/host.ts";
import { isWithin, nameOf, parentOf, pathBelow } from "../util/posix-path.ts";
import { isLeftOut } from "./candidates.ts";
import { matchPatterns } from "./globs.ts";
import { type Manifest, manifestIn } from "./manifest.ts";
import { isObject, type ProjectFiles, stringsOf } from "./project-files.ts";
import type { Workspace } from "./types.ts";

/** A folder with a manifest or an Nx project file of its own. */
export interface Project extends Workspace {
  /** Absent for Nx projects without a package.json. */
  readonly manifest: Manifest | undefined;
  /** True where the package manager links it: its name leads here from everywhere in the repository. */
  readonly isLinked: boolean;
}

/**
 * The projects of a repository: the root, the workspaces that package.json (npm, yarn, bun, Turborepo),
 * pnpm-workspace.yaml or lerna.json declare, at any depth, Nx projects (project.json), and every other package.json
 * with dependencies or scripts that is not a test's or vendored. Sorted by folder.
 */
export function findProjects(listed: readonly string[], files: ProjectFiles): Project[] {
  const manifests = listed
    .filter((path) => nameOf(path) === "package.json" && !path.includes("node_modules/"))
    .flatMap((path) => manifestIn(parentOf(path), files) ?? []);
  const isDeclared = declaredFolders(manifests, files);

  const projects = new Map<string, Project>();
  for (const manifest of manifests) {
    const { folder } = manifest;
    const isLinked = folder !== "" && isDeclared(folder);
    const isProject = manifest.dependencies.size > 0 || manifest.hasScripts;
    if (folder !== "" && !isLinked && (!isProject || isLeftOut(`${folder}/package.json`))) continue;
    projects.set(folder, {
      name: manifest.name ?? nameOf(folder),
      directory: folder,
      dependencies: new Set(manifest.dependencies.keys()),
      manifest,
      isLinked,
      isDeclared: isLinked,
    });
  }
  for (const project of nxProjects(listed, files)) {
    projects.set(project.directory, { ...project, ...projects.get(project.directory), isDeclared: true });
  }
  if (!projects.has("")) {
    projects.set("", {
      name: "",
      directory: "",
      dependencies: new Set(),
      manifest: undefined,
      isLinked: false,
      isDeclared: false,
    });
  }
  return [...projects.values()].sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

/** Whether a folder is a workspace by any of the declarations. */
function declaredFolders(manifests: readonly Manifest[], files: ProjectFiles): (folder: string) => boolean {
  const declarations = manifests.flatMap(({ folder, json }) => {
    const prefix = folder === "" ? "" : `${folder}/`;
    const inManifest = isObject(json.workspaces) ? json.workspaces.packages : json.workspaces;
    const patterns = [
      ...stringsOf(inManifest),
      ...stringsOf(files.readJson(`${prefix}lerna.json`)?.packages),
      ...pnpmPackages(`${prefix}pnpm-workspace.yaml`, files),
    ];
    return patterns.length === 0 ? [] : [{ folder, matches: matchFolders(patterns) }];
  });
  return (folder) =>
    declarations.some(
      (declared) =>
        folder !== declared.folder &&
        isWithin(folder, declared.folder) &&
        declared.matches(pathBelow(folder, declared.folder)),
    );
}

/** Workspace patterns name folders with a manifest, not what lies below them. */
function matchFolders(patterns: readonly string[]): (folder: string) => boolean {
  const manifest = (pattern: string) => `${pattern.replace(/\/+$/, "")}/package.json`;
  const matches = matchPatterns(patterns.map(manifest));
  return (folder) => matches(`${folder}/package.json`);
}

function pnpmPackages(path: string, files: ProjectFiles): readonly string[] {
  const text = files.readText(path);
  const document = text === undefined ? undefined : parsedYaml(text);
  const problem = document instanceof Error ? document : document?.errors[0];
  if (problem !== undefined) files.note(new HostError(path, `is not valid YAML: ${problem.message}`, problem));
  const packages = document instanceof Error ? undefined : document?.get("packages");
  if (!isSeq(packages)) return [];
  // Aliases are not followed: no list of workspaces has them, and they can be made to grow without bound.
  return packages.items.flatMap((item) => (isScalar(item) && typeof item.value === "string" ? [item.value] : []));
}

/** The library throws for what nests too deep for it. */
function parsedYaml(text: string): Document | Error {
  try {
    return parseDocument(text);
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** Projects of Nx without a package.json of their own share the root's dependencies; their executors say more. */
function nxProjects(listed: readonly string[], files: ProjectFiles): Project[] {
  return listed
    .filter((path) => nameOf(path) === "project.json" && path !== "project.json" && !isLeftOut(path))
    .flatMap((path): Project[] => {
      const json = files.readJson(path);
      if (json === undefined || !(isObject(json.targets) || typeof json.projectType === "string")) return [];
      const directory = parentOf(path);
      return [
        {
          name: typeof json.name === "string" ? json.name : nameOf(directory),
          directory,
          dependencies: new Set(executorsOf(json.targets)),
          manifest: undefined,
          isLinked: false,
          isDeclared: true,
        },
      ];
    });
}

/** `@nx/next:build` is told by the package `@nx/next`. */
function executorsOf(targets: unknown): string[] {
  return Object.values(isObject(targets) ? targets : {}).flatMap((target) => {
    const executor = isObject(target) ? (target.executor ?? target.builder) : undefined;
    return typeof executor === "string" ? [executor.split(":")[0] ?? executor] : [];
  });
}
