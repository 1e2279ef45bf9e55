import type { Condition, Guard } from "../../calls/types.ts";
import type { PlanConsent } from "../../plan/model.ts";
import { splitWords } from "../naming/words.ts";
import { alternativesOf, canRead, literalsOf, wildcardParts } from "../static-values.ts";
import { readChoice } from "./choice-words.ts";

/** A check of what the user chose, and the categories of the plan that it asks about. */
export interface CategoryCheck {
  readonly guard: Guard;
  readonly categories: ReadonlySet<string>;
}

/** The guards that say which categories they ask about: by the plan's declaration, a category's name, or what it is mapped to. */
export function categoryChecks(guards: readonly Guard[], consent: PlanConsent): readonly CategoryCheck[] {
  return guards
    .map((guard) => ({ guard, categories: new Set(categoriesIn(guard.condition, consent)) }))
    .filter(({ categories }) => categories.size > 0);
}

function categoriesIn(condition: Condition, consent: PlanConsent): string[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap((one) => categoriesIn(one, consent));
    case "not":
      return categoriesIn(condition.of, consent);
    case "compare":
      return [...categoriesIn(condition.left, consent), ...categoriesIn(condition.right, consent)];
    case "call":
    case "value": {
      const own = declaredCategories(condition, consent) ?? namedCategories(condition, consent);
      return own.length > 0 || condition.opened === undefined ? own : categoriesIn(condition.opened, consent);
    }
    default:
      return [];
  }
}

type Read = Extract<Condition, { kind: "call" | "value" }>;

function declaredCategories(read: Read, consent: PlanConsent): string[] | undefined {
  const guard = consent.guards.find((one) => {
    const pattern = one[read.kind];
    return pattern !== undefined && [pattern, `*.${pattern}`].some((text) => canRead(wildcardParts(text), read.name));
  });
  if (guard?.category === undefined) return undefined;
  if (typeof guard.category === "string") return [guard.category];
  const argument = read.kind === "call" ? read.args[guard.category.argument] : undefined;
  return argument === undefined ? [] : literalsOf(argument).flatMap(({ value }) => meantBy(String(value), consent));
}

/** Only of what speaks of a choice: `analytics.ready` is no check of the category `analytics`. */
function namedCategories(read: Read, consent: PlanConsent): string[] {
  const texts = read.kind === "call" ? read.args.flatMap(alternativesOf).flatMap(literalsOf) : [];
  const written = texts.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  if (readChoice(read.name, written).decider !== "user") return [];
  const byText = written.flatMap((text) => meantBy(text, consent));
  if (byText.length > 0) return byText;
  const words = new Set(splitWords(read.name).map((word) => word.toLowerCase()));
  return [...consent.categories.keys()].filter((category) =>
    splitWords(category).every((word) => words.has(word.toLowerCase())),
  );
}

/** The categories that a text stands for: the name itself, or what a consent platform or a vendor calls it. */
function meantBy(text: string, { categories }: PlanConsent): string[] {
  const wanted = text.toLowerCase();
  return [...categories].flatMap(([name, { mapping }]) => {
    const called = [name, ...Object.values(mapping).flat().map(String)];
    return called.some((one) => one.toLowerCase() === wanted) ? [name] : [];
  });
}
