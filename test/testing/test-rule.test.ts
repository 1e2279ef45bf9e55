import { describe, expect, test } from "vitest";
import { defineRule, type Rule } from "../../src/plugin.ts";
import type { Example } from "../../src/testing/page.ts";
import { testRule } from "../../src/testing/test-rule.ts";
import { tryRule } from "../../src/testing/try-rule.ts";

const noClicks: Rule = defineRule({
  meta: {
    id: "acme/no-clicks",
    category: "naming",
    summary: "An event that says nothing but that something was clicked",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: { click: "`{{name}}` says only that something was clicked" },
  },
  defaultOptions: {},
  *check({ code }) {
    for (const call of code.calls) {
      const name = call.events[0]?.value;
      if (name === "Clicked") yield { at: call.at, messageId: "click", data: { name }, subject: name };
    }
  },
});

const source = (line: string): Example => ({
  title: line,
  files: { "src/app.ts": `import posthog from "posthog-js";\n\n${line}\n` },
});
const reporting = source('posthog.capture("Clicked"); // error: acme/no-clicks "only that something was clicked"');
const silent = source('posthog.capture("Order Completed");');

async function run(rule: Rule, cases: Parameters<typeof testRule>[1]): Promise<string[]> {
  const tests: { name: string; run: () => Promise<void> }[] = [];
  testRule(rule, cases, (name, run) => tests.push({ name, run }));
  const outcomes = await Promise.allSettled(tests.map((one) => one.run()));
  return outcomes.map((outcome, index) => `${outcome.status} ${tests[index]!.name}`);
}

test("makes a test of each case, and tries the rule on nothing", async () => {
  expect(await run(noClicks, { reports: [reporting], silent: [silent] })).toEqual([
    `fulfilled acme/no-clicks: ${reporting.title}`,
    `fulfilled acme/no-clicks: ${silent.title}`,
    "fulfilled acme/no-clicks: a project without code",
    "fulfilled acme/no-clicks: a plan without events",
  ]);
});

describe("a case fails", () => {
  test("where an expected line is silent", async () => {
    const quiet: Rule = { ...noClicks, check: () => [] };
    expect(await tryRule(quiet, reporting)).toEqual([
      expect.stringMatching(/^src\/app\.ts:3: expected acme\/no-clicks/),
    ]);
  });

  test("where another line is reported", async () => {
    const loud = source('posthog.capture("Clicked");');
    expect(await tryRule(noClicks, loud)).toEqual([
      expect.stringMatching(/^src\/app\.ts:3: not expected: acme\/no-clicks/),
    ]);
  });

  test("where the rule throws", async () => {
    const broken: Rule = {
      ...noClicks,
      check() {
        throw new TypeError("no idea");
      },
    };
    expect(await tryRule(broken, silent)).toEqual([expect.stringContaining("failed: no idea")]);
  });

  test("where the order of files changes what is found", async () => {
    let runs = 0;
    const fickle: Rule = { ...noClicks, check: (context) => (runs++ === 0 ? noClicks.check(context) : []) };
    expect(await tryRule(fickle, reporting)).toEqual(["reading the files in reverse order changes the findings"]);
  });

  test("where its plan is invalid", async () => {
    const example = { ...silent, files: { ...silent.files, "tracking-plan.yaml": "tracklint: 1\nevnets: {}\n" } };
    expect(await tryRule(noClicks, example)).toEqual([expect.stringContaining("plan-invalid")]);
  });
});

describe("refuses cases that can't fail", () => {
  test.each([
    ["none that report", { reports: [], silent: [silent] }],
    ["none that are silent", { reports: [reporting], silent: [] }],
    ["one that should report and expects nothing", { reports: [silent], silent: [silent] }],
    ["one that should be silent and expects a finding", { reports: [reporting], silent: [reporting] }],
  ])("%s", (_, cases) => {
    expect(() => testRule(noClicks, cases, () => undefined)).toThrow(TypeError);
  });
});
