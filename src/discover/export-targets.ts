import { exports as resolveExports, imports as resolveImports } from "resolve.exports";
import { isObject } from "./project-files.ts";

/** What a package's `exports` gives for a subpath (`""`, `edge`) under these conditions and `default`; none where nothing. */
export function exportTargets(exports: unknown, subpath: string, conditions: readonly string[]): readonly string[] {
  const entry = subpath === "" ? "." : `./${subpath}`;
  return attempt(() => resolveExports({ name: "", exports }, entry, { conditions, unsafe: true }) ?? []);
}

/** The same of `imports`, for a specifier that starts with `#`. */
export function importTargets(imports: unknown, specifier: string, conditions: readonly string[]): readonly string[] {
  return attempt(() => resolveImports({ name: "", imports }, specifier, { conditions, unsafe: true }) ?? []);
}

/** All conditions that a map of exports or imports speaks of. */
export function conditionsIn(map: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(map)) for (const value of map) conditionsIn(value, found);
  if (!isObject(map)) return found;
  for (const [key, value] of Object.entries(map)) {
    if (!/^[.#]/.test(key)) found.add(key);
    conditionsIn(value, found);
  }
  return found;
}

/** The library throws where an entry is missing, blocked or malformed: nothing is exported then. */
function attempt(resolve: () => readonly string[]): readonly string[] {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}
