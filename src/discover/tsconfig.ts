import { isWithin, joinPath, parentOf, pathBelow } from "../util/posix-path.ts";
import { matchPattern, type PathMatcher } from "./globs.ts";
import { isObject, type JsonObject, type ProjectFiles, stringsOf } from "./project-files.ts";

/** A tsconfig.json or jsconfig.json with what it extends merged in. Paths are relative to the root. */
export interface TsConfig {
  readonly path: string;
  readonly folder: string;
  /** Where bare specifiers are tried; undefined where `baseUrl` is not set. */
  readonly baseUrl: string | undefined;
  readonly paths: readonly PathMapping[];
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
  readonly customConditions: readonly string[];
  /** Config files of the projects that it refers to. */
  readonly references: readonly string[];
  includes(file: string): boolean;
}

/** One entry of `paths`: `@/*` to `./src/*`. */
export interface PathMapping {
  readonly prefix: string;
  /** Undefined for an entry without a `*`. */
  readonly suffix: string | undefined;
  /** From the root, the `*` still in them. */
  readonly targets: readonly string[];
}

export interface TsConfigs {
  /** The config that governs a file: the nearest one, or the project it refers to that includes the file. */
  configOf(file: string): TsConfig | undefined;
  /** The configs that stand in a folder, whatever they are called. */
  configsIn(folder: string): readonly TsConfig[];
}

/** Finds the file that `extends` names by a package. */
export type ConfigFinder = (specifier: string, fromFile: string) => string | undefined;

const configNames = ["tsconfig.json", "jsconfig.json"];
/** Nx and others keep the paths of a repository in it, for projects that have no config of their own. */
const rootConfig = "tsconfig.base.json";
const chainLimit = 16;

export function tsConfigs(files: ProjectFiles, findPackageConfig: ConfigFinder): TsConfigs {
  const configs = new Map<string, TsConfig | undefined>();
  const nearest = new Map<string, TsConfig | undefined>();
  const inFolder = new Map<string, readonly TsConfig[]>();
  const governing = new Map<string, TsConfig>();

  function load(path: string): TsConfig | undefined {
    if (!configs.has(path)) {
      const settings = readSettings(path, []);
      configs.set(path, settings && toConfig(path, settings, files.readJson(path)?.references));
    }
    return configs.get(path);
  }

  /** The settings of a config and of those that it extends, later ones over earlier ones. */
  function readSettings(path: string, chain: readonly string[]): Settings | undefined {
    const json = files.readJson(path);
    if (json === undefined || chain.includes(path) || chain.length > chainLimit) return undefined;
    const bases = stringsOf(json.extends).flatMap((base) => {
      const found = extendedFile(base, path);
      return found === undefined ? [] : (readSettings(found, [...chain, path]) ?? []);
    });
    return Object.assign({}, ...bases, ownSettings(json, parentOf(path)));
  }

  function extendedFile(specifier: string, from: string): string | undefined {
    if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return findPackageConfig(specifier, from);
    const base = joinPath(parentOf(from), specifier);
    if (base === undefined) return undefined;
    return [base, `${base}.json`, join(base, "tsconfig.json")].find(files.isFile);
  }

  function nearestConfig(folder: string): TsConfig | undefined {
    if (nearest.has(folder)) return nearest.get(folder);
    const own = configNames.map((name) => join(folder, name)).find(files.isFile);
    const above = () => (folder === "" ? load(rootConfig) : nearestConfig(parentOf(folder)));
    const config = (own === undefined ? undefined : load(own)) ?? above();
    nearest.set(folder, config);
    return config;
  }

  function referenced(config: TsConfig, file: string, seen: Set<string>): TsConfig | undefined {
    if (seen.has(config.path)) return undefined;
    seen.add(config.path);
    if (config.includes(file)) return config;
    for (const path of config.references) {
      const other = load(path);
      const found = other && referenced(other, file, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  return {
    configOf(file) {
      const config = nearestConfig(parentOf(file));
      if (config === undefined || config.references.length === 0) return config;
      const known = governing.get(file) ?? referenced(config, file, new Set()) ?? config;
      governing.set(file, known);
      return known;
    },
    configsIn(folder) {
      const found =
        inFolder.get(folder) ??
        [...files.names(folder)]
          .filter((name) => /^[jt]sconfig(?:\..+)?\.json$/.test(name))
          .flatMap((name) => load(join(folder, name)) ?? []);
      inFolder.set(folder, found);
      return found;
    },
  };

  function toConfig(path: string, settings: Settings, references: unknown): TsConfig {
    const folder = parentOf(path);
    const place = (located: Located<string> | undefined) => located && locate(located.value, located.folder, folder);
    const baseUrl = place(settings.baseUrl);
    return {
      path,
      folder,
      baseUrl,
      paths: settings.paths ? mappings(settings.paths.value, baseUrl ?? settings.paths.folder, folder) : [],
      outDir: place(settings.outDir),
      rootDir: place(settings.rootDir),
      customConditions: settings.customConditions ?? [],
      references: (Array.isArray(references) ? references : []).flatMap((reference: unknown) => {
        const target =
          isObject(reference) && typeof reference.path === "string" ? joinPath(folder, reference.path) : undefined;
        if (target === undefined) return [];
        return [files.isDirectory(target) ? join(target, "tsconfig.json") : target];
      }),
      includes: inclusion(settings, folder, place(settings.outDir)),
    };
  }
}

/** A value and the folder of the config in which it was written. */
interface Located<T> {
  readonly value: T;
  readonly folder: string;
}

interface Settings {
  readonly baseUrl?: Located<string>;
  readonly paths?: Located<JsonObject>;
  readonly outDir?: Located<string>;
  readonly rootDir?: Located<string>;
  readonly customConditions?: readonly string[];
  readonly files?: Located<readonly string[]>;
  readonly include?: Located<readonly string[]>;
  readonly exclude?: Located<readonly string[]>;
}

function ownSettings(json: JsonObject, folder: string): Settings {
  const options = isObject(json.compilerOptions) ? json.compilerOptions : {};
  const text = (key: "baseUrl" | "outDir" | "rootDir") =>
    typeof options[key] === "string" ? { [key]: { value: options[key], folder } } : {};
  const list = (key: "files" | "include" | "exclude") =>
    Array.isArray(json[key]) ? { [key]: { value: stringsOf(json[key]), folder } } : {};
  return {
    ...text("baseUrl"),
    ...text("outDir"),
    ...text("rootDir"),
    ...(isObject(options.paths) ? { paths: { value: options.paths, folder } } : {}),
    ...(Array.isArray(options.customConditions) ? { customConditions: stringsOf(options.customConditions) } : {}),
    ...list("files"),
    ...list("include"),
    ...list("exclude"),
  };
}

/** `${configDir}` stands for the folder of the config that is in force, not of the one that it was written in. */
function locate(value: string, writtenIn: string, inForce: string): string | undefined {
  const own = /^\$\{configDir\}\/?/.exec(value);
  return own === null ? joinPath(writtenIn, value) : joinPath(inForce, value.slice(own[0].length));
}

/** Entries without a wildcard first, then the longest prefix first: the first that matches is the one that counts. */
function mappings(paths: JsonObject, writtenIn: string, inForce: string): PathMapping[] {
  return Object.entries(paths)
    .map(([pattern, targets]) => {
      const star = pattern.indexOf("*");
      return {
        prefix: star < 0 ? pattern : pattern.slice(0, star),
        suffix: star < 0 ? undefined : pattern.slice(star + 1),
        targets: stringsOf(targets).flatMap((target) => locate(target, writtenIn, inForce) ?? []),
      };
    })
    .sort(
      (a, b) => Number(b.suffix === undefined) - Number(a.suffix === undefined) || b.prefix.length - a.prefix.length,
    );
}

function inclusion(settings: Settings, folder: string, outDir: string | undefined): PathMatcher {
  const patterns = (located: Located<readonly string[]> | undefined) =>
    (located?.value ?? []).flatMap((pattern) => locate(pattern, located?.folder ?? folder, folder) ?? []);
  const everything = settings.files === undefined ? [folder] : [];
  const included = (settings.include ? patterns(settings.include) : everything).map(matchTsPattern);
  const excluded = patterns(settings.exclude).map(matchTsPattern);
  const named = new Set(patterns(settings.files));
  const isOutput = (file: string) => outDir !== undefined && outDir !== folder && isWithin(file, outDir);
  return (file) =>
    named.has(file) ||
    (included.some((matches) => matches(file)) && !excluded.some((matches) => matches(file)) && !isOutput(file));
}

/** TypeScript's globs know `*`, `?` and `**` only; every other character is itself, and a folder covers all below it. */
function matchTsPattern(pattern: string): PathMatcher {
  const wildcard = pattern.search(/[*?]/);
  if (wildcard < 0) return (file) => isWithin(file, pattern);
  const base = parentOf(pattern.slice(0, wildcard + 1));
  const matches = matchPattern(pathBelow(pattern, base).replace(/[[\](){}!+@|]/g, "\\$&"));
  return (file) => isWithin(file, base) && matches(pathBelow(file, base));
}

/** The paths that a specifier maps to, in the order to try; undefined where no entry matches. */
export function mappedPaths(specifier: string, mappingsInOrder: readonly PathMapping[]): readonly string[] | undefined {
  for (const { prefix, suffix, targets } of mappingsInOrder) {
    if (suffix === undefined) {
      if (specifier === prefix) return targets;
    } else if (
      specifier.length >= prefix.length + suffix.length &&
      specifier.startsWith(prefix) &&
      specifier.endsWith(suffix)
    ) {
      const rest = specifier.slice(prefix.length, specifier.length - suffix.length);
      // A replacement function, for `$` in a specifier is itself.
      return targets.map((target) => target.replace("*", () => rest));
    }
  }
  return undefined;
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
