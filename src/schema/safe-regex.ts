import { RE2JS } from "re2js";

/** A pattern that is tested in time linear in the text, whatever the pattern. */
export interface SafeRegex {
  /** True where the pattern matches somewhere in the text. */
  test(text: string): boolean;
  /** The pattern. ajv tells compiled patterns apart by it. */
  toString(): string;
}

/** A pattern that can't be compiled; the message is a predicate that follows the pattern. */
export class PatternError extends Error {
  readonly pattern: string;
  constructor(pattern: string, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = "PatternError";
    this.pattern = pattern;
  }
}

const compiled = new Map<string, SafeRegex>();
const compiledAtMost = 10_000;

/**
 * Compiles a regular expression in JavaScript's notation (as under the `u` flag) under RE2, which needs no
 * backtracking; so there is no lookahead, lookbehind or back-reference. Memoised. Throws `PatternError`.
 */
export function safeRegex(pattern: string): SafeRegex {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const regex = compile(pattern);
  if (compiled.size >= compiledAtMost) compiled.clear();
  compiled.set(pattern, regex);
  return regex;
}

/** Why `safeRegex` refuses a pattern, as a predicate that follows it; undefined where it doesn't. */
export function patternProblem(pattern: string): string | undefined {
  try {
    safeRegex(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

function compile(pattern: string): SafeRegex {
  try {
    const regex = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return { test: (text) => regex.matcher(text).find(), toString: () => pattern };
  } catch (error) {
    throw new PatternError(pattern, reasonOf(error), error);
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : String(error);
  if (/`\(\?<?[=!]/.test(text)) return "looks ahead or behind, which patterns here can't do";
  if (/invalid escape sequence: `\\[1-9k]/.test(text)) return "refers back to a group, which patterns here can't do";
  if (/^expression (?:nests too deeply|too large)/.test(text)) return "is too large to be run";
  return `is no regular expression: ${text}`;
}
