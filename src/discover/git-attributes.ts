import ignore from "ignore";
import { isWithin, nameOf, parentOf, pathBelow } from "../util/posix-path.ts";
import type { PathMatcher } from "./globs.ts";
import type { ProjectFiles } from "./project-files.ts";

const declaration = /^\s*(?<pattern>\S+)\s.*?(?<unset>[-!])?\blinguist-(?:generated|vendored)\b(?:=(?<value>\w+))?/;

/** Files that a `.gitattributes` of the project marks as `linguist-generated` or `linguist-vendored`. */
export function markedAsForeign(listed: readonly string[], files: ProjectFiles): PathMatcher {
  const marks = listed
    .filter((path) => nameOf(path) === ".gitattributes")
    .flatMap((path) => {
      const patterns = patternsOf(files.readText(path) ?? "");
      return patterns.length === 0 ? [] : [{ folder: parentOf(path), rules: ignore().add(patterns) }];
    });
  return (path) => marks.some(({ folder, rules }) => isWithin(path, folder) && rules.ignores(pathBelow(path, folder)));
}

/** As an ignore file would have them: attributes use the same patterns, and the last one wins there too. */
function patternsOf(text: string): string[] {
  if (!text.includes("linguist-")) return [];
  return text.split("\n").flatMap((line) => {
    const found = declaration.exec(line)?.groups;
    if (found?.pattern === undefined || found.pattern.startsWith("#")) return [];
    const isUnset = found.unset !== undefined || found.value === "false";
    return [isUnset ? `!${found.pattern}` : found.pattern];
  });
}
