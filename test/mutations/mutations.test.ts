import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { readFolder } from "../init/folder.ts";
import { openCodebase, planPlace } from "./codebase.ts";
import { rulesThatFind } from "./found.ts";
import { lineOf } from "./mutation.ts";
import { mutationsOf } from "./mutations.ts";
import { spread } from "./select.ts";

// A busy machine is no failure.
vi.setConfig({ testTimeout: 300_000 });

const files = readFolder(new URL("../../fixtures/monorepo/", import.meta.url));
const place = planPlace(readFileSync(new URL("../../tracking-plan.example.yaml", import.meta.url), "utf8"));

const code = openCodebase(files, place, ["trackEvent", "report"]);
const mutations = mutationsOf(code);
const mistakes = mutations.filter((one) => one.isMistake);

it("makes the same changes each time, of every kind, and tells mistakes from others", () => {
  expect(mutationsOf(code).map(lineOf)).toEqual(mutations.map(lineOf));
  expect(mistakes.length).toBeGreaterThan(1_000);
  expect(mutations.length - mistakes.length).toBeGreaterThan(300);
  expect([...new Set(mistakes.map(({ operator }) => operator))].sort()).toMatchInlineSnapshot(`
    [
      "change a constant",
      "change a constant for the one beside it",
      "change a constant in a condition",
      "change a name's case",
      "change a property's case",
      "change a property's constant",
      "delete a call",
      "delete a condition",
      "drop a field",
      "drop a property",
      "drop an await",
      "inline a constant, by its name",
      "make an id constant",
      "move a call to another service",
      "negate a condition",
      "rename a field",
      "rename a property",
      "retype a property",
      "swap two arguments",
      "swap two ids",
      "swap two values",
    ]
  `);
});

it("finds at least 95 % of the mistakes under `recommended`", async () => {
  const chosen = spread(mistakes, 5);
  const found = await rulesThatFind(files, place, chosen);
  const missed = chosen.filter((one) => found.get(one)!.length === 0);

  expect(chosen.length).toBeGreaterThanOrEqual(300);
  expect(missed.length / chosen.length, missed.map(lineOf).join("\n")).toBeLessThanOrEqual(0.05);
});
