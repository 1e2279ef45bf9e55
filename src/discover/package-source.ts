import { entryOf } from "../util/entry-of.ts";
import { isWithin, joinPath, nameOf, pathBelow } from "../util/posix-path.ts";
import { conditionsIn, exportTargets, importTargets } from "./export-targets.ts";
import type { Manifest } from "./manifest.ts";
import { moduleFile, withoutOutputExtension } from "./module-file.ts";
import type { ProjectFiles } from "./project-files.ts";
import type { TsConfigs } from "./tsconfig.ts";

/** Conditions under which packages of a repository export their source: `source`, `development`, `@acme/source`. */
const sourceCondition = /(?:^|[/:@-])(?:source|src|development|dev|typescript|ts)$/i;
/** Fields of a package without `exports`, in the order of how likely they lead to source. */
const entryFields = ["source", "svelte", "react-native", "module", "main", "types", "typings", "browser"];
/** Folders that compilers and bundlers write to. */
const outputFolder =
  /^(?:dist[-\w]*|build|lib|libs|out|output|\.output|es\d*|esm|cjs|umd|module|commonjs|types|typings|_?esm\d*)$/i;
const sourceFolders = ["src", "source"];

export interface PackageSources {
  /** The source file that a package of the repository exports under a subpath (`""`, `edge`, `lib/x`). */
  sourceFile(manifest: Manifest, subpath: string): string | undefined;
  /** What `#name` stands for in a package: paths inside it are already resolved to source. */
  importTarget(
    manifest: Manifest,
    specifier: string,
  ): { readonly file: string } | { readonly specifier: string } | undefined;
  /** The source behind a path that may be output and need not exist. */
  sourceBehind(folder: string, target: string): string | undefined;
}

export function packageSources(files: ProjectFiles, configs: TsConfigs): PackageSources {
  /** By folder, then subpath. */
  const known = new Map<string, Map<string, string | undefined>>();

  function sourceFile(manifest: Manifest, subpath: string): string | undefined {
    const bySubpath = entryOf(known, manifest.folder);
    if (!bySubpath.has(subpath)) bySubpath.set(subpath, findSource(manifest, subpath));
    return bySubpath.get(subpath);
  }

  function findSource(manifest: Manifest, subpath: string): string | undefined {
    for (const target of entryTargets(manifest, subpath)) {
      const file = sourceBehind(manifest.folder, target);
      if (file !== undefined) return file;
    }
    return conventionalSource(manifest, subpath);
  }

  function conventionalSource({ folder, name }: Manifest, subpath: string): string | undefined {
    const entries = subpath === "" ? ["index", "main", nameOf(name ?? folder)] : [subpath];
    const places = [...sourceFolders.map((source) => `${source}/`), "", "lib/"];
    const tried = entries.flatMap((entry) => places.map((place) => joinPath(folder, place + entry)));
    return firstFile(tried);
  }

  function sourceBehind(folder: string, target: string): string | undefined {
    const path = joinPath(folder, target);
    if (path === undefined) return undefined;
    const written = byOutDir(folder, path);
    if (written !== undefined) return written;
    const below = isWithin(path, folder) ? pathBelow(path, folder) : undefined;
    const isOutput = below !== undefined && outputFolder.test(below.split("/")[0] ?? "");
    return (isOutput ? byConvention(folder, below, files.isFile(path)) : undefined) ?? moduleFile(path, files);
  }

  /** A compiler's output has the layout of its root folder. */
  function byOutDir(folder: string, path: string): string | undefined {
    const stem = withoutOutputExtension(path) ?? path;
    for (const { outDir, rootDir, folder: configFolder } of configs.configsIn(folder)) {
      if (outDir === undefined || outDir === configFolder || !isWithin(path, outDir)) continue;
      const rest = pathBelow(stem, outDir);
      const roots = rootDir === undefined ? [joinPath(configFolder, "src"), configFolder] : [rootDir];
      const file = firstFile(roots.map((root) => root !== undefined && joinPath(root, rest)));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** `dist/esm/edge/index.js` from `src/edge/index.ts`, or `src/esm/edge/index.ts`, or `src/index.ts`'s neighbours. */
  function byConvention(folder: string, below: string, exists: boolean): string | undefined {
    const segments = (withoutOutputExtension(below) ?? below).split("/");
    // Authored code may stand beside the folder too, but only where the output isn't there to speak for itself.
    const places = exists ? sourceFolders : [...sourceFolders, ""];
    while (segments.length > 0 && outputFolder.test(segments[0] ?? "")) {
      segments.shift();
      if (sourceFolders.includes(segments[0] ?? "")) segments.shift();
      const file = firstFile(places.map((place) => joinPath(folder, [place, ...segments].join("/"))));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  function firstFile(paths: readonly (string | undefined | false)[]): string | undefined {
    for (const path of paths) {
      const file = typeof path === "string" ? moduleFile(path, files) : undefined;
      if (file !== undefined) return file;
    }
    return undefined;
  }

  function entryTargets({ json, folder }: Manifest, subpath: string): readonly string[] {
    const { exports } = json;
    if (exports !== undefined) {
      const custom = configs.configsIn(folder).flatMap((config) => config.customConditions);
      return targetsOf(exports, custom, (conditions) => exportTargets(exports, subpath, conditions));
    }
    if (subpath !== "") return [subpath];
    return entryFields.flatMap((field) => (typeof json[field] === "string" ? [json[field]] : []));
  }

  return {
    sourceFile,
    sourceBehind,
    importTarget(manifest, specifier) {
      const { imports } = manifest.json;
      const targets = targetsOf(imports, [], (conditions) => importTargets(imports, specifier, conditions));
      for (const target of targets) {
        if (!target.startsWith("./")) return { specifier: target };
        const file = sourceBehind(manifest.folder, target);
        if (file !== undefined) return { file };
      }
      return undefined;
    },
  };
}

/** Everything that a map of exports or imports may mean, source conditions first. */
function targetsOf(
  map: unknown,
  customConditions: readonly string[],
  resolve: (conditions: readonly string[]) => readonly string[],
): readonly string[] {
  const source = [...conditionsIn(map)].filter((name) => sourceCondition.test(name) || customConditions.includes(name));
  const sets = [
    source,
    [...source, "types", "import", "module", "node", "svelte"],
    ["import", "module", "browser", "react-native"],
    ["require", "node"],
  ];
  return [...new Set(sets.flatMap(resolve))];
}
