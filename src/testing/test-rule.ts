import { AssertionError } from "node:assert";
import type { Rule } from "../engine/rule.ts";
import { type Example, expectationsOf } from "./page.ts";

/** The `test` of vitest, of jest, or of `node:test`. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

export interface RuleCases {
  /** Projects in which a comment `// error: rule-id "part of the message"` marks each line that must be reported. */
  readonly reports: readonly Example[];
  /** Projects in which the rule must say nothing. */
  readonly silent: readonly Example[];
}

/**
 * Makes a test of each case, and two of its own: a rule must bear a project without code, and a plan without events.
 * Throws `TypeError` where a case can't fail: one that should report has no expectation, or there is none of a sort.
 */
export function testRule(rule: Rule, cases: RuleCases, test: TestFunction): void {
  const { id } = rule.meta;
  if (cases.reports.length === 0 || cases.silent.length === 0) {
    throw new TypeError(`${id}: give at least one case that reports and one that is silent`);
  }
  for (const one of cases.reports) {
    if (expectationsOf(one).length === 0)
      throw new TypeError(`${id}: "${one.title}" should report but expects nothing`);
  }
  for (const one of cases.silent) {
    if (expectationsOf(one).length > 0)
      throw new TypeError(`${id}: "${one.title}" should be silent but expects a finding`);
  }
  const own: Example[] = [
    { title: "a project without code", files: { "package.json": '{ "name": "empty" }' } },
    { title: "a plan without events", files: { "tracking-plan.yaml": "tracklint: 1\n" } },
  ];
  for (const one of [...cases.reports, ...cases.silent, ...own]) {
    test(`${id}: ${one.title}`, async () => {
      const { tryRule } = await import("./try-rule.ts");
      const differences = await tryRule(rule, one);
      if (differences.length > 0) throw new AssertionError({ message: differences.join("\n") });
    });
  }
}
