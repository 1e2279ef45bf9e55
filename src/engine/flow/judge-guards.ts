import type { Condition, Guard, StaticValue } from "../../calls/types.ts";
import type { Range } from "../../diagnostics/range.ts";
import type { PlanConsent } from "../../plan/model.ts";
import { alternativesOf, canRead, wildcardParts } from "../static-values.ts";
import { readChoice, saysSomethingElse } from "./choice-words.ts";

/** Why a condition that speaks of the user's choice is none. */
export type GuardDefect =
  /** It holds when the user refused. */
  | "inverted"
  /** The function is async and its promise is always true. */
  | "not-awaited"
  /** The function that is called, or the constant that is read, reads no choice of the user. */
  | "empty";

/** What a condition says of the user's choice, on the way on which it has its value. */
export interface GuardVerdict {
  /** `never`: the way can't be taken at all. */
  readonly decider: "user" | "operator" | "nobody" | "never";
  readonly defect?: GuardDefect;
  /** What the defect is about. */
  readonly name?: string;
  readonly at?: Range;
}

/** Conditions that the plan declares to be checks of the user's choice. */
export type DeclaredGuards = Pick<PlanConsent, "guards">["guards"];

const nobody: GuardVerdict = { decider: "nobody" };
const never: GuardVerdict = { decider: "never" };
const user: GuardVerdict = { decider: "user" };

/** The best that any of the guards says: one check of the user's choice is enough. */
export function judgeGuards(guards: readonly Guard[], declared: DeclaredGuards = []): GuardVerdict {
  return anyOf(guards.map((guard) => judgeGuard(guard, declared)));
}

export function judgeGuard(guard: Guard, declared: DeclaredGuards = []): GuardVerdict {
  const verdict = judgeCondition(guard.condition, guard.holds, declared);
  return verdict.defect === undefined ? verdict : { ...verdict, at: verdict.at ?? guard.at };
}

/** Looks into the condition for a check of the user's choice that must have allowed tracking for it to be `holds`. */
function judgeCondition(condition: Condition, holds: boolean, declared: DeclaredGuards): GuardVerdict {
  const judge = (inner: Condition, value: boolean) => judgeCondition(inner, value, declared);
  switch (condition.kind) {
    case "and":
    case "or": {
      const parts = condition.of.map((part) => judge(part, holds));
      // A true `and` and a false `or` bind every part; of the other two only one part is known to hold.
      return (condition.kind === "and") === holds ? anyOf(parts) : allOf(parts);
    }
    case "not":
      return judge(condition.of, !holds);
    case "literal":
      return Boolean(condition.value) === holds ? nobody : never;
    case "compare":
      return judgeComparison(condition, holds, judge);
    case "typeof":
      return nobody;
    case "unknown":
      return readChoice(condition.text).decider === "user" ? user : nobody;
    case "value":
      return judgeValue(condition, holds, declared);
    case "call":
      return judgeCall(condition, holds, declared);
  }
}

function judgeValue(
  condition: Extract<Condition, { kind: "value" }>,
  holds: boolean,
  declared: DeclaredGuards,
): GuardVerdict {
  const byName = judgeName(condition, holds, isDeclared(condition.name, "value", declared));
  const { opened } = condition;
  // What starts empty is set somewhere else.
  const isUnset = opened?.kind === "literal" && !opened.value;
  if (opened === undefined || isUnset || isDeclared(condition.name, "value", declared)) return byName;
  const inside = judgeCondition(opened, holds, declared);
  if (inside.decider !== "nobody" || inside.defect !== undefined) return inside;
  // A constant says what its initialiser says; where that can't be seen through, its name is all there is.
  return isOpaque(opened) ? byName : emptyCheck(byName, condition);
}

function judgeCall(
  condition: Extract<Condition, { kind: "call" }>,
  holds: boolean,
  declared: DeclaredGuards,
): GuardVerdict {
  const isKnown = isDeclared(condition.name, "call", declared);
  const byName = judgeName(condition, holds, isKnown, textsOf(condition.args));
  const { opened, awaited, async: isAsync } = condition;
  const inside = opened === undefined || isKnown ? byName : judgeCondition(opened, holds, declared);
  const speaksOfChoice = inside.decider === "user" || byName.decider === "user";
  if (isAsync === true && !awaited && speaksOfChoice) return defect("not-awaited", condition);
  if (opened === undefined || isKnown || inside.decider !== "nobody" || inside.defect !== undefined) return inside;
  return isOpaque(opened) ? byName : emptyCheck(byName, condition);
}

function judgeName(
  condition: Extract<Condition, { kind: "call" | "value" }>,
  holds: boolean,
  declared: boolean,
  texts: readonly string[] = [],
): GuardVerdict {
  const { decider, allows } = readChoice(condition.name, texts);
  if (decider !== "user" && !declared) return { decider };
  return allows === holds ? user : defect("inverted", condition);
}

function judgeComparison(
  condition: Extract<Condition, { kind: "compare" }>,
  holds: boolean,
  judge: (inner: Condition, value: boolean) => GuardVerdict,
): GuardVerdict {
  const { op, left, right } = condition;
  if (op === "instanceof") return nobody;
  if (op === "in") return judge(right, holds);
  if (op !== "===" && op !== "!==") return either(judge, left, right);
  const [choice, answer] = answerOf(right) === undefined ? [right, answerOf(left)] : [left, answerOf(right)];
  if (answer === undefined || answer === "other") return either(judge, left, right);
  const isEqual = holds === (op === "===");
  return judge(choice, isEqual === (answer === "yes"));
}

/** One side speaks of the user's choice, whatever it is compared with. */
function either(
  judge: (inner: Condition, value: boolean) => GuardVerdict,
  left: Condition,
  right: Condition,
): GuardVerdict {
  const readings = [left, right].flatMap((side) => [judge(side, true), judge(side, false)]);
  return (
    readings.find(({ decider }) => decider === "user") ??
    readings.find(({ decider }) => decider === "operator") ??
    nobody
  );
}

const agreed =
  /^(?:1|y|yes|true|on|all|allow|allowed|accept|accepted|agree|agreed|grant|granted|given|enable|enabled|opt(?:ed)?[-_ ]?in|consent(?:ed)?)$/i;
const refused =
  /^(?:|0|n|no|none|false|off|null|undefined|deny|denied|decline|declined|reject|rejected|refused|withdrawn|revoked|disabled?|opt(?:ed)?[-_ ]?out|necessary|essential|unspecified|unknown|pending|unset)$/i;

/** What a compared value answers to the question whether the user agreed; undefined where it is no fixed value. */
function answerOf(condition: Condition): "yes" | "no" | "other" | undefined {
  if (condition.kind === "literal") return answerOfText(String(condition.value));
  if (condition.kind !== "value") return undefined;
  if (condition.opened?.kind === "literal") return answerOfText(String(condition.opened.value));
  // A member of an enum: `ConsentStatus.Granted`.
  if (!/^[A-Z]\w*\.\w+$/.test(condition.name)) return undefined;
  return answerOfText(condition.name.slice(condition.name.indexOf(".") + 1));
}

function answerOfText(text: string): "yes" | "no" | "other" {
  return agreed.test(text) ? "yes" : refused.test(text) ? "no" : "other";
}

/** True where what it reads can't be seen through: it says neither that it is a choice nor what else it is. */
function isOpaque(condition: Condition): boolean {
  const leaves = leavesOf(condition).map((leaf) => {
    if (leaf.kind === "unknown") return readChoice(leaf.text).decider === "user" ? "choice" : "opaque";
    const texts = leaf.kind === "call" ? textsOf(leaf.args) : [];
    if (readChoice(leaf.name, texts).decider !== "nobody") return "choice";
    return saysSomethingElse(leaf.name, texts) ? "telling" : "opaque";
  });
  return leaves.includes("opaque") && !leaves.includes("choice");
}

/** What a condition reads in the end. */
function leavesOf(condition: Condition): Extract<Condition, { kind: "call" | "value" | "unknown" }>[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap(leavesOf);
    case "not":
      return leavesOf(condition.of);
    case "compare":
      return [...leavesOf(condition.left), ...leavesOf(condition.right)];
    case "literal":
    case "typeof":
      return [];
    case "unknown":
      return [condition];
    default:
      return condition.opened === undefined ? [condition] : leavesOf(condition.opened);
  }
}

function emptyCheck(byName: GuardVerdict, condition: Extract<Condition, { kind: "call" | "value" }>): GuardVerdict {
  const speaksOfChoice = byName.decider === "user" || byName.defect === "inverted";
  return speaksOfChoice ? defect("empty", condition) : nobody;
}

function defect(kind: GuardDefect, condition: Extract<Condition, { kind: "call" | "value" }>): GuardVerdict {
  return { decider: "nobody", defect: kind, name: condition.name, at: condition.at };
}

/** `hasConsent` declares `privacy.hasConsent` too; `*` stands for anything. */
function isDeclared(name: string, key: "call" | "value", declared: DeclaredGuards): boolean {
  return declared.some((guard) => {
    const pattern = guard[key];
    if (pattern === undefined) return false;
    return canRead(wildcardParts(pattern), name) || canRead(wildcardParts(`*.${pattern}`), name);
  });
}

/** Texts that a check is asked with: `Cookies.get("consent")`, `isAllowed(user.consent)`. */
function textsOf(args: readonly StaticValue[]): string[] {
  return args.flatMap(alternativesOf).flatMap((value) => {
    if (value.kind === "literal" && typeof value.value === "string") return [value.value];
    return (value.kind === "unknown" || value.kind === "type") && value.origin !== undefined ? [value.origin] : [];
  });
}

const rank = { user: 2, operator: 1, nobody: 0 } as const;

/** Every part holds: the best of them binds. */
function anyOf(parts: readonly GuardVerdict[]): GuardVerdict {
  let best: GuardVerdict = nobody;
  for (const part of parts) {
    if (part.decider === "never") return never;
    const isBetter = best.decider !== "never" && rank[part.decider] > rank[best.decider];
    if (isBetter || (part.decider === best.decider && best.defect === undefined)) best = part;
  }
  return best;
}

/** One part holds and it isn't known which: the worst of those that can. */
function allOf(parts: readonly GuardVerdict[]): GuardVerdict {
  let worst: GuardVerdict = never;
  for (const part of parts) {
    if (part.decider === "never") continue;
    const isWorse = worst.decider === "never" || rank[part.decider] < rank[worst.decider];
    if (isWorse || (part.decider === worst.decider && worst.defect === undefined)) worst = part;
  }
  return worst;
}
