import { groupBy } from "../../util/group-by.ts";
import { formsOf, isAction, isPastForm } from "./word-forms.ts";
import { splitWords } from "./words.ts";

/** In what two names differ that are one otherwise. */
export type NameDifference = "case" | "separators" | "order" | "tense" | "plural";

export interface SimilarPair {
  readonly first: string;
  readonly second: string;
  readonly differences: readonly NameDifference[];
}

/**
 * The pairs of names that are one but for case, separators, the order of words, tense and plural. The order counts as
 * the same where the name was turned round (`Created Project`) or its verb moved; `User Invited Member` and `Member
 * Invited User` are two things.
 */
export function similarPairs(names: Iterable<string>): SimilarPair[] {
  const keyed = [...new Set(names)].flatMap((name) => keysOf(name).map((key) => ({ name, key })));
  const pairs = new Map<string, SimilarPair>();
  for (const group of groupBy(keyed, ({ key }) => key).values()) {
    if (group.length > mostAlike) continue;
    for (const [index, { name: first }] of group.entries()) {
      for (const { name: second } of group.slice(index + 1)) {
        const id = JSON.stringify([first, second]);
        const differences = first === second || pairs.has(id) ? undefined : differencesOf(first, second);
        if (differences !== undefined) pairs.set(id, { first, second, differences });
      }
    }
  }
  return [...pairs.values()];
}

/** In what the names differ, where they are one otherwise; undefined where they are two. */
export function differencesOf(first: string, second: string): readonly NameDifference[] | undefined {
  const [words, others] = [wordsOf(first), wordsOf(second)];
  const lettersOnly = joined(words) === joined(others);
  const differences = lettersOnly ? [] : (formDifferences(words, others) ?? joinedDifferences(words, others));
  if (differences === undefined) return undefined;
  const spelled = differences.length > 0 ? [] : spellingDifferences(first, second);
  return [...spelled, ...differences];
}

/** More names that are alike are a series that something wrote, not a slip. */
const mostAlike = 50;
const mostKeys = 64;

/** Names that may be one share a key: any choice of the forms of their words, sorted, or run together as written. */
function keysOf(name: string): string[] {
  const words = wordsOf(name);
  if (words.length === 0) return [];
  const choices = words.map((word) => {
    const { verbs, singulars } = formsOf(word);
    return [word, ...verbs, ...singulars];
  });
  const readings = choices.reduce<readonly (readonly string[])[]>(
    (all, forms) =>
      all.length * forms.length > mostKeys
        ? all.map((one) => [...one, forms[0]!])
        : all.flatMap((one) => forms.map((form) => [...one, form])),
    [[]],
  );
  return [...new Set(readings.flatMap((reading) => [reading.toSorted().join(" "), `=${joined(reading)}`]))];
}

/** How the words differ, each being a form of one of the other name; undefined where some word has no partner. */
function formDifferences(words: readonly string[], others: readonly string[]): NameDifference[] | undefined {
  if (words.length !== others.length) return undefined;
  const left = others.map((word, index) => ({ word, index }));
  const found = new Set<NameDifference>();
  const order: number[] = [];
  for (const word of words) {
    const partner =
      left.find((other) => other.word === word) ?? left.find((other) => relationOf(word, other.word) !== undefined);
    if (partner === undefined) return undefined;
    left.splice(left.indexOf(partner), 1);
    const relation = relationOf(word, partner.word);
    if (relation !== undefined) found.add(relation);
    order.push(partner.index);
  }
  if (order.some((index, position) => index !== position)) {
    if (!isSameOrder(order, words)) return undefined;
    found.add("order");
  }
  return [...found];
}

/** Turned round, or one verb in another place. */
function isSameOrder(order: readonly number[], words: readonly string[]): boolean {
  const isTurned = order.every(
    (index, position) => position === 0 || index === (order[position - 1]! + 1) % order.length,
  );
  if (isTurned) return true;
  return words.some((word, position) => {
    if (!isAction(word)) return false;
    const rest = order.filter((_, at) => at !== position);
    return rest.every((index, at) => at === 0 || index > rest[at - 1]!);
  });
}

/** `signup` and `Signed Up`: the words are split differently, and one of them is another form. */
function joinedDifferences(words: readonly string[], others: readonly string[]): NameDifference[] | undefined {
  const bare = (one: readonly string[]) =>
    joined(one.map((word) => (isPastForm(word) ? (formsOf(word).verbs[0] ?? word) : word)));
  return words.length !== others.length && bare(words) === bare(others) ? ["separators", "tense"] : undefined;
}

function relationOf(word: string, other: string): "tense" | "plural" | undefined {
  if (word === other) return undefined;
  const [one, two] = [formsOf(word), formsOf(other)];
  const meet = (a: readonly string[], b: readonly string[]) => a.some((form) => b.includes(form));
  if (meet(one.verbs, [other, ...two.verbs, ...two.singulars]) || meet(two.verbs, [word, ...one.singulars]))
    return "tense";
  return meet(one.singulars, [other, ...two.singulars]) || two.singulars.includes(word) ? "plural" : undefined;
}

function spellingDifferences(first: string, second: string): NameDifference[] {
  const letters = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, "");
  const marks = (name: string) => name.replace(/[\p{L}\p{N}]+/gu, "x");
  const cased: NameDifference[] = letters(first) === letters(second) ? [] : ["case"];
  return marks(first) === marks(second) ? cased : [...cased, "separators"];
}

/** Run together, but for digits, which would make another number. */
function joined(words: readonly string[]): string {
  return words.join(" ").replace(/(?<!\d) | (?!\d)/g, "");
}

function wordsOf(name: string): string[] {
  return splitWords(name).map((word) => word.toLowerCase());
}
