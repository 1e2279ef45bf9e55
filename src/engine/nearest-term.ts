import { areWithin, nearestName } from "../util/nearest-name.ts";
import { splitWords } from "./naming/words.ts";

/**
 * The name made of words that another was probably meant to be: an event, a property, a value of an enum; undefined
 * where none is near. Two names are near where their words are, in whatever order: `Accepted Invite` is near `Invite
 * Accepted`, while `Project Restored` is another thing than `Project Created`, and so are words that only a number or
 * what turns a word round tells apart: `Step 1`, `Step 2`; `Subscribed`, `Unsubscribed`.
 */
export function nearestTerm(name: string, candidates: readonly string[]): string | undefined {
  const near = candidates.filter((candidate) => candidate !== name && areNear(name, candidate));
  return nearestName(name, near) ?? near[0];
}

function areNear(name: string, candidate: string): boolean {
  const [words, others] = [wordsOf(name), wordsOf(candidate)];
  // Names that are split differently (`signup`, `Sign Up`) are compared as they sound; one more word is another thing.
  if (words.length !== others.length) {
    const [sound, other] = [words.join(""), others.join("")];
    const allowed = Math.max(1, Math.floor(Math.max(sound.length, other.length) / 10));
    return areWithin(sound, other, allowed) && isNear(sound, other);
  }
  const left = [...others];
  return words.every((word) => {
    const index = left.includes(word) ? left.indexOf(word) : left.findIndex((other) => isNear(word, other));
    if (index !== -1) left.splice(index, 1);
    return index !== -1;
  });
}

function isNear(word: string, other: string): boolean {
  if (word === other) return true;
  return nearestName(word, [other]) !== undefined && !areOpposites(word, other) && numbersOf(word) === numbersOf(other);
}

/** What turns a word round at its beginning, and what at its end. */
const before = /^(?:un|dis|de|non|in|im|ex|en|re|pre|post|up|down|over|under|on|off)(?=\p{L}{3})/u;
const after = /(?<=\p{L}{2})(?:in|out|up|down|on|off|less)$/u;
const short: ReadonlySet<string> = new Set(["in", "out", "up", "down", "on", "off", "to", "from"]);

/** `enabled` and `disabled`, `approve` and `unapprove`, `login` and `logout`, `in` and `out`. */
function areOpposites(word: string, other: string): boolean {
  if (word === other) return false;
  if (short.has(word) && short.has(other)) return true;
  return [before, after].some((affix) => {
    const [stem, otherStem] = [word.replace(affix, ""), other.replace(affix, "")];
    const isTurned = stem !== word || otherStem !== other;
    return isTurned && [stem, word].some((one) => one === otherStem || one === other);
  });
}

function numbersOf(word: string): string {
  return word.replace(/\P{N}+/gu, " ").trim();
}

function wordsOf(name: string): string[] {
  return splitWords(name).map((word) => word.toLowerCase());
}
