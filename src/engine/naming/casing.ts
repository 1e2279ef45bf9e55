import type { EventPattern } from "../../calls/types.ts";
import type { Casing } from "../../plan/model.ts";
import { splitParts, splitWords } from "./words.ts";

/** Narrow ones first: where a set of names fits several casings equally well, the first is meant. */
export const CASINGS = [
  "snake_case",
  "kebab-case",
  "SCREAMING_SNAKE_CASE",
  "camelCase",
  "PascalCase",
  "Title Case",
  "Sentence case",
  "lower case",
] as const satisfies readonly Casing[];

/** Words that a title doesn't capitalise. `up`, `out`, `in` after a verb (`Signed Up`) are capitalised, so they aren't here. */
const minorWords = new Set(
  "a an and as at but by for from in into nor of on onto or per than the to via vs with".split(" "),
);

export interface CasingOptions {
  /** In place of the usual separators between parts. */
  readonly separators?: readonly string[];
  /** Spellings that fit every casing: names of products and acronyms. */
  readonly words?: readonly string[];
}

/** True where every part of the name can be read as the casing. Unknown parts of a pattern fit where anything would. */
export function fitsCasing(name: string | EventPattern["parts"], casing: Casing, options: CasingOptions = {}): boolean {
  return readingsOf(name, options).some((parts) => parts.every(fitters[casing]));
}

/** All casings that a name can be read as; one word fits several. */
export function casingsOf(name: string, options: CasingOptions = {}): Casing[] {
  const readings = readingsOf(name, options);
  return CASINGS.filter((casing) => readings.some((parts) => parts.every(fitters[casing])));
}

/** The parts of each text that a name may stand for: one, but where something of it is open. */
function readingsOf(name: string | EventPattern["parts"], { separators, words = [] }: CasingOptions): string[][] {
  const known = typeof name === "string" ? [name] : name;
  const open = known.flatMap((part) => (part === null ? [null] : withoutWords(part, words)));
  return fillings(open).map((text) => splitParts(text, separators));
}

/** The name in another casing, separators kept: `[auth] - log_in` in Title Case is `[Auth] - Log In`. */
export function recase(name: string, casing: Casing, options: CasingOptions = {}): string {
  return splitParts(name, options.separators).reduce(
    (text, part) => text.replace(part, recasePart(part, casing)),
    name,
  );
}

const fitters: Record<Casing, (part: string) => boolean> = {
  snake_case: (part) => /^[\p{Ll}\p{Lo}\p{N}]+(?:_[\p{Ll}\p{Lo}\p{N}]+)*$/u.test(part),
  "kebab-case": (part) => /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u.test(part),
  SCREAMING_SNAKE_CASE: (part) => /^[\p{Lu}\p{Lo}\p{N}]+(?:_[\p{Lu}\p{Lo}\p{N}]+)*$/u.test(part),
  camelCase: (part) => /^[\p{Ll}\p{Lo}][\p{L}\p{N}]*$/u.test(part),
  PascalCase: (part) => /^[\p{Lu}\p{Lo}][\p{L}\p{N}]*$/u.test(part),
  "Title Case": (part) => fitsSpaced(part, (word, index) => !isLower(word) || (index > 0 && minorWords.has(word))),
  "Sentence case": (part) => fitsSpaced(part, (word, index) => (index === 0 ? !isLower(word) : isQuiet(word))),
  "lower case": (part) => fitsSpaced(part, isQuiet),
};

/** Words are apart by spaces, and not all of them shout. */
function fitsSpaced(part: string, fits: (word: string, index: number) => boolean): boolean {
  const words = part
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => word !== "");
  if (words.length > 1 && words.every((word) => /\p{L}/u.test(word) && word === word.toUpperCase())) return false;
  const isOneWord = (word: string) => !word.includes("_") && (!isJoined(word) || (words.length > 1 && isBrand(word)));
  return words.every((word, index) => isOneWord(word) && fits(word, index));
}

/** Begins with a small letter and has no capital: `iOS` is no lower word. */
function isLower(word: string): boolean {
  return /^\p{Ll}/u.test(word) && !/\p{Lu}/u.test(word);
}

/** No capitals, or nothing but capitals and digits: an acronym. */
function isQuiet(word: string): boolean {
  return !/\p{Lu}/u.test(word) || (word.length > 1 && /^[\p{Lu}\p{N}]+s?$/u.test(word)) || isBrand(word);
}

/** Capitals inside: words that were joined (`folderUpdated`), or a brand. */
function isJoined(word: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(word);
}

/** Spelled like `iOS`, `eBay`, `macOS`, `GitHub`, `LinkedIn`. */
function isBrand(word: string): boolean {
  return word.length <= 8 && /^(?:\p{Ll}\p{Lu}[\p{L}\p{N}]*|\p{Ll}+OS|\p{Lu}\p{Ll}+\p{Lu}[\p{L}\p{N}]*)$/u.test(word);
}

/** The text cut at spellings that fit everywhere, which become holes. */
function withoutWords(text: string, words: readonly string[]): (string | null)[] {
  return words.reduce<(string | null)[]>(
    (parts, word) =>
      parts.flatMap((part) =>
        part === null
          ? [null]
          : part.split(wordPattern(word)).flatMap((piece, index) => (index === 0 ? [piece] : [null, piece])),
      ),
    [text],
  );
}

function wordPattern(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "u");
}

const fillers = ["x", "X", " X", " x", "_x", "_X", "-x", ""];
const maxHoles = 3;

/** Texts that a pattern may stand for: each unknown part filled in several ways. */
function fillings(parts: readonly (string | null)[]): string[] {
  const holes = parts.filter((part) => part === null).length;
  if (holes > maxHoles) return ["x"];
  return parts.reduce<string[]>(
    (texts, part) => texts.flatMap((text) => (part === null ? fillers.map((filler) => text + filler) : [text + part])),
    [""],
  );
}

const spaced: ReadonlySet<Casing> = new Set<Casing>(["Title Case", "Sentence case", "lower case"]);

function recasePart(part: string, casing: Casing): string {
  if (fitters[casing](part)) return part;
  if (spaced.has(casing) && /\s/.test(part)) {
    const count = part.match(spacedWords)?.length ?? 0;
    let index = 0;
    return part.replace(spacedWords, (word) => spacedWord(word, casing, index++, count));
  }
  const words = splitWords(part);
  const small = words.map((word) => word.toLowerCase());
  switch (casing) {
    case "snake_case":
      return small.join("_");
    case "kebab-case":
      return small.join("-");
    case "SCREAMING_SNAKE_CASE":
      return small.join("_").toUpperCase();
    case "camelCase":
      return small.map((word, index) => (index === 0 ? word : capitalise(word))).join("");
    case "PascalCase":
      return small.map(capitalise).join("");
    default:
      return (part === part.toUpperCase() ? small : words)
        .map((word, index, all) => spacedWord(word, casing, index, all.length))
        .join(" ");
  }
}

const spacedWords = /[\p{L}\p{N}_'’-]+/gu;

function spacedWord(word: string, casing: Casing, index: number, count: number): string {
  const quiet = isQuiet(word) ? word : word.toLowerCase();
  if (casing === "Title Case") {
    const isInside = index > 0 && index < count - 1;
    return isInside && minorWords.has(quiet) ? quiet : capitalise(isBrand(word) ? word : quiet);
  }
  return casing === "Sentence case" && index === 0 ? capitalise(quiet) : quiet;
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
