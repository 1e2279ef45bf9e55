import type { Range } from "../diagnostics/range.ts";
import { InternalError } from "../errors.ts";
import type { Problem } from "./rule.ts";

/**
 * A plugin in JavaScript may yield anything, and what is no problem would break the reports of all others.
 *
 * @throws InternalError where it is none
 */
export function requireShape(ruleId: string, { at, plan, subject, related = [] }: Problem<string>): void {
  const places = [at, ...(plan === undefined ? [] : [plan]), ...related.map((one) => one.at)];
  if (typeof subject !== "string") throw new InternalError(`rule ${ruleId}`, "a problem has no `subject`");
  if (!places.every(isRange)) throw new InternalError(`rule ${ruleId}`, "a problem has a place that is no range");
}

function isRange(value: Range): boolean {
  const { file, line, column, endLine, endColumn } = value;
  return typeof file === "string" && [line, column, endLine, endColumn].every(Number.isInteger);
}
