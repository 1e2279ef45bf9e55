import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import { expectationsOf, readExamples } from "../../src/testing/page.ts";
import { tryRule } from "../../src/testing/try-rule.ts";

describe.each(rules.map((rule) => [rule.meta.id, rule] as const))("the page of %s", (id, rule) => {
  const page = new URL(`../../rules/${id}.md`, import.meta.url);
  const examples = existsSync(page) ? readExamples(readFileSync(page, "utf8")) : [];

  test("has examples that report and examples that are silent", () => {
    const reporting = examples.filter((example) => expectationsOf(example).length > 0);
    expect(reporting.length).toBeGreaterThan(0);
    expect(reporting.length).toBeLessThan(examples.length);
  });

  test.each(examples)("holds: $title", async (example) => {
    expect(await tryRule(rule, example, rule.meta.judgesSuppressions ? rules : [])).toEqual([]);
  });
});
