import { entryOf } from "../util/entry-of.ts";
import { foldersAbove, isWithin, joinPath, parentOf, pathBelow } from "../util/posix-path.ts";
import { type Alias, aliasedPath, conventionalPaths, declaredAliases } from "./aliases.ts";
import { installedFile, installedFolder } from "./installed-package.ts";
import { type Manifest, manifestIn } from "./manifest.ts";
import { moduleFile } from "./module-file.ts";
import { packageSources } from "./package-source.ts";
import type { ProjectFiles } from "./project-files.ts";
import { mappedPaths, type TsConfig, tsConfigs } from "./tsconfig.ts";
import type { ModuleResolver, Resolution } from "./types.ts";
import type { Project } from "./workspaces.ts";

/** `#a` may lead to `#b`; nobody chains more. */
const importDepth = 4;

/**
 * Resolves in this order, the first that leads to a file wins: relative paths; `paths`, then `baseUrl` of the config
 * that governs the file; `#imports` of its package; packages of the repository, to their source; aliases that a
 * bundler's configuration declares; aliases that frameworks have by convention. What is left is a package from
 * elsewhere, or, where no package could have that name, nothing.
 */
export function moduleResolver(files: ProjectFiles, projects: readonly Project[]): ModuleResolver {
  const packages = packagesByName(projects);
  const configs = tsConfigs(files, packageConfig);
  const sources = packageSources(files, configs);
  const manifests = new Map<string, Manifest | undefined>();
  const aliases = new Map<string, readonly Alias[]>();
  /** By folder, then specifier. */
  const relative = new Map<string, Map<string, Resolution | undefined>>();
  /** By governing config, then package folder, then specifier: nothing else of a file has a say. */
  const bare = new Map<TsConfig | undefined, Map<string, Map<string, Resolution | undefined>>>();

  function resolve(written: string, fromFile: string): Resolution | undefined {
    // Bundlers take instructions after a question mark: `./logo.svg?url`.
    const specifier = written.replace(/\?.*$/, "");
    const folder = parentOf(fromFile);
    if (isRelative(specifier)) {
      const known = entryOf(relative, folder);
      if (!known.has(specifier)) known.set(specifier, toFile(fileAt(folder, specifier)));
      return known.get(specifier);
    }
    const config = configs.configOf(fromFile);
    const packageFolder = nearestManifest(folder)?.folder ?? "";
    const known = entryOf(entryOf(bare, config), packageFolder);
    if (!known.has(specifier)) known.set(specifier, resolveBare(specifier, packageFolder, config, importDepth));
    return known.get(specifier);
  }

  /** `folder` is that of the package around the importing file. */
  function resolveBare(
    specifier: string,
    folder: string,
    config: TsConfig | undefined,
    depth: number,
  ): Resolution | undefined {
    if (specifier.startsWith("/")) return toFile(fromServedRoot(specifier.slice(1), folder));
    const mapped = mappedFile(specifier, config);
    if (mapped !== undefined) return toFile(mapped);
    if (specifier.startsWith("#")) {
      const target = importTarget(specifier, folder);
      if (target !== undefined && "file" in target) return toFile(target.file);
      if (target !== undefined && depth > 0) return resolveBare(target.specifier, folder, config, depth - 1);
    }
    const name = parsePackage(specifier);
    const own = name && packageNamed(name.name, folder);
    const file = (own && sources.sourceFile(own, name.subpath)) ?? aliasedFile(specifier, folder);
    return file === undefined ? name && { kind: "package", ...name } : toFile(file);
  }

  function toFile(path: string | undefined): Resolution | undefined {
    return path === undefined ? undefined : { kind: "file", path: files.canonical(path) };
  }

  /** The path itself, or the source of what would be compiled or bundled to it (`bin/` reads `../dist/cli.js`). */
  function fileAt(folder: string, relative: string): string | undefined {
    const path = joinPath(folder, relative);
    return path === undefined ? undefined : (moduleFile(path, files) ?? sourceOfOutput(path));
  }

  function fromServedRoot(path: string, folder: string): string | undefined {
    const roots = projectFolders(folder).flatMap((root) => [root, joinPath(root, "public") ?? root]);
    return first(roots, (root) => fileAt(root, path));
  }

  function mappedFile(specifier: string, config: TsConfig | undefined): string | undefined {
    if (config === undefined) return undefined;
    const mapped = mappedPaths(specifier, config.paths);
    const file = mapped && first(mapped, (path) => fileAt("", path));
    if (file !== undefined || config.baseUrl === undefined) return file;
    return fileAt(config.baseUrl, specifier);
  }

  function sourceOfOutput(path: string): string | undefined {
    const manifest = nearestManifest(parentOf(path));
    return manifest && sources.sourceBehind(manifest.folder, pathBelow(path, manifest.folder));
  }

  function importTarget(specifier: string, folder: string): ReturnType<typeof sources.importTarget> {
    const manifest = nearestManifest(folder);
    return manifest?.json.imports === undefined ? undefined : sources.importTarget(manifest, specifier);
  }

  /**
   * The package of that name nearest to the folder. One that no workspace declares counts where the package around
   * the folder links to it, or is it and has `exports`.
   */
  function packageNamed(name: string, folder: string): Manifest | undefined {
    const around = nearestManifest(folder);
    const version = around?.dependencies.get(name) ?? "";
    const isLinkedHere = /^(?:workspace|file|link|portal):/.test(version);
    const reachable = (packages.get(name) ?? []).filter(
      ({ isLinked, directory }) =>
        isLinked || isLinkedHere || (directory === around?.folder && around.json.exports !== undefined),
    );
    const [nearest] = reachable.sort((a, b) => shared(b.directory, folder) - shared(a.directory, folder));
    return nearest?.manifest;
  }

  function nearestManifest(folder: string): Manifest | undefined {
    if (manifests.has(folder)) return manifests.get(folder);
    const own = manifestIn(folder, files);
    const isPackage = own !== undefined && !own.isMarker;
    const manifest = isPackage ? own : folder === "" ? undefined : nearestManifest(parentOf(folder));
    manifests.set(folder, manifest);
    return manifest;
  }

  /** The folders whose conventions hold for a folder: the project around it, then the root. */
  function projectFolders(folder: string): readonly string[] {
    const own = nearestManifest(folder)?.folder ?? "";
    return own === "" ? [""] : [own, ""];
  }

  function aliasedFile(specifier: string, folder: string): string | undefined {
    return first(projectFolders(folder), (project) => {
      const declared = aliases.get(project) ?? declaredAliases(project, files);
      aliases.set(project, declared);
      return (
        first(declared, (alias) => {
          const path = aliasedPath(specifier, alias);
          return path === undefined ? undefined : moduleFile(path, files);
        }) ?? first(conventionalPaths(specifier), (path) => fileAt(project, path))
      );
    });
  }

  /** `extends` of a config by package: `@acme/tsconfig/base.json`, `@tsconfig/node20`. */
  function packageConfig(specifier: string, fromFile: string): string | undefined {
    const parsed = parsePackage(specifier);
    if (parsed === undefined) return undefined;
    const own = packages.get(parsed.name)?.[0]?.directory;
    const folder = own ?? installedFolder(parsed.name, fromFile, files);
    if (folder === undefined) return undefined;
    const entry = manifestIn(folder, files)?.json.tsconfig;
    const path = joinPath(folder, parsed.subpath || (typeof entry === "string" ? entry : "tsconfig.json"));
    if (path === undefined) return undefined;
    return [path, `${path}.json`, `${path}/tsconfig.json`].find(files.isFile);
  }

  return {
    resolve,
    packageFile: (name, subpath, fromFile) => installedFile(name, subpath, fromFile, files),
  };
}

function packagesByName(projects: readonly Project[]): ReadonlyMap<string, readonly Project[]> {
  const byName = new Map<string, Project[]>();
  for (const project of projects) {
    const name = project.manifest?.name;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), project]);
  }
  return byName;
}

/** Deno and browsers name packages with their registry and version: `npm:posthog-node@4`, `https://esm.sh/posthog-js@1`. */
const registry = /^(?:npm:\/?|https:\/\/(?:esm\.sh|esm\.run|cdn\.skypack\.dev|cdn\.jsdelivr\.net\/npm|unpkg\.com)\/)/;

/** A name as npm allows it, and what follows; undefined for anything else. Builtins (`node:fs`) count as packages. */
function parsePackage(written: string): { readonly name: string; readonly subpath: string } | undefined {
  const specifier = registry.test(written)
    ? written.replace(registry, "").replace(/^((?:@[^@/]+\/)?[^@/]+)@[^/]*/, "$1")
    : written;
  if (/^[a-z][a-z\d+.-]*:/i.test(specifier)) return { name: specifier, subpath: "" };
  const [, name, subpath = ""] = /^((?:@[^@/~$#\s]+\/)?[^@./~$#\s][^/\s]*)(?:\/(.*))?$/.exec(specifier) ?? [];
  return name === undefined ? undefined : { name, subpath };
}

/** How many folders two paths share from the top. */
function shared(a: string, b: string): number {
  let count = 0;
  for (const folder of [a, ...foldersAbove(a)]) {
    if (folder !== "" && isWithin(b, folder)) count += 1;
  }
  return count;
}

function first<A, B>(items: readonly A[], find: (item: A) => B | undefined): B | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier);
}
