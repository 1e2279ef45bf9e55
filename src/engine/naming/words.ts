/** The words of a name, as written: `folder_updated`, `folderUpdated` and `Folder Updated` have two. */
export function splitWords(name: string): string[] {
  return name
    .replace(/['’]/g, "")
    .replace(/(\p{Ll}\p{N}*)(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** A name without its casing and separators, so that two spellings can be compared: `folder_updated`. */
export function normaliseName(name: string): string {
  return splitWords(name).join("_").toLowerCase();
}

/** Brackets, and marks that stand between spaces or words. A dot or slash splits only a name without spaces. */
const defaultSeparators = ["[", "]", "(", ")", "{", "}", ":", "|", ">", "→", "»", "·", " - ", " – ", " — ", " / "];
const separatorsWithoutSpaces = [".", "/"];

/**
 * The parts of a name that are judged alone: `[Auth] - Login` has `Auth` and `Login`. `stated` are the plan's own
 * separators, in place of the usual ones.
 */
export function splitParts(name: string, stated: readonly string[] = []): string[] {
  const usual = /\s/.test(name) ? defaultSeparators : [...defaultSeparators, ...separatorsWithoutSpaces];
  const separators = stated.length > 0 ? stated : usual;
  return separators
    .reduce<string[]>((parts, separator) => parts.flatMap((part) => part.split(separator)), [name])
    .map((part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((part) => /\p{L}/u.test(part));
}
