import type { JsonSchema } from "../plan/model.ts";
import { patternProblem, safeRegex } from "../schema/safe-regex.ts";
import { canRead } from "./static-values.ts";

/** True unless no text that a template can read satisfies the schema's `const`, `enum` or `pattern`. */
export function templateCanFit(parts: readonly (string | null)[], schema: JsonSchema): boolean {
  const literals = schema.const !== undefined ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : undefined;
  if (literals !== undefined) return literals.some((one) => typeof one === "string" && canRead(parts, one));
  return typeof schema.pattern !== "string" || couldMatch(parts, schema.pattern);
}

/** True where a pattern of the plan matches; also where it can't be compiled, which is reported where the plan is read. */
export function patternMatches(pattern: string, text: string): boolean {
  return patternProblem(pattern) !== undefined || safeRegex(pattern).test(text);
}

/** Decided for patterns of one class (`^[a-z_]+$`) and for those with a fixed start (`^ord_`); true for others. */
function couldMatch(parts: readonly (string | null)[], pattern: string): boolean {
  const ofOneClass = /^\^(\[[^\]\\]+\])(?:[+*]|\{\d+(?:,\d*)?\})\$$/.exec(pattern)?.[1];
  if (ofOneClass !== undefined) {
    return parts.every((part) => part === null || patternMatches(`^${ofOneClass}*$`, part));
  }
  // The last character of the fixed start may be what a quantifier makes optional: then it is not part of it.
  const start = pattern.includes("|") ? "" : (/^\^([\w \-/:]*)(?![?*{\w])/.exec(pattern)?.[1] ?? "");
  const first = parts[0] ?? "";
  return first.startsWith(start) || start.startsWith(first);
}
