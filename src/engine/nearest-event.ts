import { nearestName } from "../util/nearest-name.ts";
import { splitWords } from "./naming/words.ts";

/**
 * The event that a name was probably meant to be; undefined where none is near. Two names are near where their words
 * are, in whatever order: `Accepted Invite` is near `Invite Accepted`, while `Project Restored` is another thing than
 * `Project Created`.
 */
export function nearestEvent(name: string, candidates: readonly string[]): string | undefined {
  const near = candidates.filter((candidate) => candidate !== name && areNear(name, candidate));
  return nearestName(name, near) ?? near[0];
}

function areNear(name: string, candidate: string): boolean {
  const [words, others] = [wordsOf(name), wordsOf(candidate)];
  // Names that are split differently (`signup`, `Sign Up`) are compared as they sound.
  if (words.length !== others.length) return isNear(words.join(""), others.join(""));
  const left = [...others];
  return words.every((word) => {
    const index = left.includes(word) ? left.indexOf(word) : left.findIndex((other) => isNear(word, other));
    if (index !== -1) left.splice(index, 1);
    return index !== -1;
  });
}

function isNear(word: string, other: string): boolean {
  return word === other || nearestName(word, [other]) !== undefined;
}

function wordsOf(name: string): string[] {
  return splitWords(name).map((word) => word.toLowerCase());
}
