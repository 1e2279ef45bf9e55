import { formsOf, isAction, isPastForm } from "./word-forms.ts";
import { splitParts, splitWords } from "./words.ts";

/** What a plan and the options of its rule state of the words of an event name. */
export interface NameGrammar {
  readonly structure?: string;
  readonly separators: readonly string[];
  readonly tense: "past" | "any";
  /** The only actions that a name may have, in any of their forms. */
  readonly verbs: readonly string[];
  /** One of these begins each name. */
  readonly prefixes: readonly string[];
  /** In characters. */
  readonly maxLength?: number;
}

/** How a name breaks it: `word` is the word or text that does. */
export interface GrammarBreak {
  readonly kind: "prefix" | "length" | "order" | "tense" | "noAction" | "noObject" | "verb";
  readonly word: string;
}

/** `Signed Up`, `Opted In`: the word belongs to the verb before it. */
const particles: ReadonlySet<string> = new Set("in out up down off on back over away through".split(" "));

/** Verbs whose past is written like the present, and pasts too short to be told by their ending. */
const pasts: ReadonlySet<string> = new Set(
  "set reset preset put input cut hit read shut split quit let cast broadcast bet upset offset used tied owed".split(
    " ",
  ),
);

/** The first thing in which a name breaks the grammar. Names in other scripts are not read. */
export function grammarBreak(name: string, grammar: NameGrammar): GrammarBreak | undefined {
  const { prefixes, maxLength } = grammar;
  const prefix = prefixes.find((one) => name.startsWith(one));
  if (prefixes.length > 0 && prefix === undefined) return { kind: "prefix", word: prefixes.join("` or `") };
  if (maxLength !== undefined && [...name].length > maxLength) return { kind: "length", word: `${[...name].length}` };
  if (grammar.structure === undefined || /[^\p{Script=Latin}\p{Script=Common}]/u.test(name)) return undefined;
  const part = splitParts(name.slice(prefix?.length ?? 0), grammar.separators).at(-1) ?? "";
  const words = splitWords(part).map((word) => word.toLowerCase());
  return words.length === 0 ? undefined : orderBreak(words, grammar);
}

function orderBreak(words: readonly string[], grammar: NameGrammar): GrammarBreak | undefined {
  const isObjectFirst = grammar.structure !== "action-object";
  const whole = withoutParticle(words);
  const isPhrasal = whole.length < words.length;
  const [first = "", last = ""] = [whole[0], whole.at(-1)];
  const expected = isObjectFirst ? last : first;
  if (whole.length === 1 && isDone(first))
    return isPhrasal ? actionBreak(first, grammar) : { kind: "noObject", word: first };
  if (isDone(expected)) return actionBreak(expected, grammar);
  // `Plan Upgraded To Pro`: what follows the action says more of it.
  const inside = whole.find((word, index) => index > 0 && isDone(word));
  if (isObjectFirst && inside !== undefined && !isDone(first)) return actionBreak(inside, grammar);
  const other = isObjectFirst ? first : last;
  if (isDone(other)) return { kind: "order", word: other };
  if (!isAction(expected) && !(isPhrasal && isObjectFirst)) {
    const action = isAction(other) ? other : whole.find((word) => isAction(word));
    return action === undefined ? { kind: "noAction", word: expected } : { kind: "order", word: action };
  }
  return grammar.tense === "past" ? { kind: "tense", word: expected } : actionBreak(expected, grammar);
}

function withoutParticle(words: readonly string[]): readonly string[] {
  return words.length > 1 && particles.has(words.at(-1) ?? "") ? words.slice(0, -1) : words;
}

function isDone(word: string): boolean {
  return isPastForm(word) || pasts.has(word);
}

function actionBreak(word: string, { verbs }: NameGrammar): GrammarBreak | undefined {
  if (verbs.length === 0) return undefined;
  const own = new Set([word, ...formsOf(word).verbs]);
  const isAllowed = verbs.some((verb) => {
    const lower = verb.toLowerCase();
    return [lower, ...formsOf(lower).verbs].some((form) => own.has(form));
  });
  return isAllowed ? undefined : { kind: "verb", word };
}
