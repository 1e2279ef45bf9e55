import { expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import { readRuleCatalogue, ruleEntries } from "../../src/docs/rule-catalogue.ts";

test("rules/rules.json says of the rules what they say of themselves", async () => {
  const entries = ruleEntries(rules.map((rule) => rule.meta));
  await expect(`${JSON.stringify(entries, null, 2)}\n`).toMatchFileSnapshot("../../rules/rules.json");
  expect(readRuleCatalogue()).toEqual(entries);
});
