import { isObject, type JsonObject, type ProjectFiles } from "./project-files.ts";

/** A package.json, as far as discovery cares. */
export interface Manifest {
  /** Relative to the root; `""` for the root's own. */
  readonly folder: string;
  readonly name: string | undefined;
  /** Dependencies of every kind with the version asked for. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly hasScripts: boolean;
  /** True where it only says how the files beside it are loaded: `{ "type": "module" }`. */
  readonly isMarker: boolean;
  readonly json: JsonObject;
}

const dependencyFields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

const markerKeys = new Set(["type", "sideEffects", "main", "module", "types", "typings"]);

/** The manifest in a folder; undefined where there is none or it is broken. */
export function manifestIn(folder: string, files: ProjectFiles): Manifest | undefined {
  const json = files.readJson(folder === "" ? "package.json" : `${folder}/package.json`);
  if (json === undefined) return undefined;
  const dependencies = new Map<string, string>();
  for (const field of dependencyFields) {
    for (const [name, version] of Object.entries(isObject(json[field]) ? json[field] : {})) {
      if (!dependencies.has(name)) dependencies.set(name, String(version));
    }
  }
  const name = typeof json.name === "string" && json.name !== "" ? json.name : undefined;
  return {
    folder,
    name,
    dependencies,
    hasScripts: isObject(json.scripts),
    isMarker: Object.keys(json).every((key) => markerKeys.has(key)),
    json,
  };
}
