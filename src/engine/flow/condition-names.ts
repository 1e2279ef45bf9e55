import type { Condition } from "../../calls/types.ts";

/** The names that a condition reads, as far as they are written there. */
export function namesIn(condition: Condition): string[] {
  return leavesOf(condition).flatMap((leaf) => {
    if (leaf.kind === "unknown") return [leaf.text];
    return leaf.kind === "literal" ? [] : [leaf.name];
  });
}

/** The texts that a condition compares something with. */
export function textsIn(condition: Condition): string[] {
  return leavesOf(condition).flatMap((leaf) =>
    leaf.kind === "literal" && typeof leaf.value === "string" ? [leaf.value] : [],
  );
}

type Leaf = Extract<Condition, { kind: "call" | "value" | "literal" | "unknown" }>;

function leavesOf(condition: Condition): Leaf[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap(leavesOf);
    case "not":
    case "typeof":
      return leavesOf(condition.of);
    case "compare":
      return [...leavesOf(condition.left), ...leavesOf(condition.right)];
    default:
      return [condition];
  }
}
