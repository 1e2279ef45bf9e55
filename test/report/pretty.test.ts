import { describe, expect, test } from "vitest";
import { prettyReport } from "../../src/report/pretty.ts";
import { canonicalReport, finding, plainContext, range } from "./canonical-report.ts";

const reportOf = (findings: ReturnType<typeof finding>[], texts: Record<string, string>) =>
  prettyReport({ ...canonicalReport, findings, notJudged: [], textOf: (file) => texts[file] }, plainContext);

describe("the pretty report", () => {
  test("groups by file, with code, plan place, help, related places and a summary", () => {
    expect(prettyReport(canonicalReport, plainContext)).toMatchInlineSnapshot(`
      "apps/web/src/checkout.ts

        4:18  error  unknown-event
          The event \`Order Complete\` is not in the tracking plan.
          3 │ export function checkout(total: number) {
          4 │   analytics.track("Order Complete", {
            │                   ^^^^^^^^^^^^^^^^
          5 │     total,
          help: Did you mean \`Order Completed\`?
          plan: tracking-plan.yaml:3:3  Order Completed:
          also: apps/api/src/orders.ts:12:5  Also sent here.
          docs: https://example.com/rules/unknown-event.md

      tracking-plan.yaml

        3:3  warning  unused-event
          No source sends \`Order Completed\`.
          2 │ events:
          3 │   Order Completed:
            │   ^^^^^^^^^^^^^^^
          4 │     status: active

      ✖ 2 problems (1 error, 1 warning) in 2 files · 1 fixable · 2 suppressed · 1 in the baseline

      Fixed, but still in the baseline (\`tracklint check --prune-baseline\`):
        unknown-event: order_done in checkout

      Not judged:
        consent-check in web, worker: no consent section, no consent mechanism seen
        property-type: the plan has no types
      Plan: tracking-plan.yaml
      "
    `);
  });

  test("without a plan it says what a plan would add", () => {
    const { plan: _, ...withoutPlan } = canonicalReport;
    const text = prettyReport({ ...withoutPlan, notJudged: [] }, { ...plainContext, width: 100 });
    expect(text.split("\n").slice(-4).join("\n")).toMatchInlineSnapshot(`
      "No tracking plan was found. \`tracklint init\` writes one from the code. With a plan,
      missing-property, property-type, unknown-event and 1 other rule check that the code sends what the
      plan promises.
      "
    `);
  });

  test("says so when nothing is wrong", () => {
    const { baseline: _, ...withoutBaseline } = canonicalReport;
    const clean = {
      ...withoutBaseline,
      findings: [],
      notJudged: [],
      summary: { ...canonicalReport.summary, errors: 0, warnings: 0, suppressed: 0, baselined: 0 },
    };
    expect(prettyReport(clean, plainContext)).toBe("✔ No problems in 14 tracking calls\nPlan: tracking-plan.yaml\n");
  });

  test("says what the baseline hides", () => {
    const baseline = { file: "tracklint-baseline.json", fixed: [], hidden: [] };
    const hidden = { ...canonicalReport, findings: [], notJudged: [], baseline };
    expect(prettyReport(hidden, plainContext)).toContain(
      "✔ No new problems in 14 tracking calls · 2 suppressed · 1 in the baseline\n",
    );
  });

  test("says so when there was nothing to judge", () => {
    const summary = { errors: 0, warnings: 0, files: 0, fixable: 0, suppressed: 0, baselined: 0, calls: 0 };
    expect(prettyReport({ ...canonicalReport, findings: [], summary }, plainContext)).toContain(
      "No tracking calls were found.",
    );
  });

  test("colours only where colour is wanted", () => {
    expect(prettyReport(canonicalReport, plainContext)).not.toContain("\u001b");
    expect(prettyReport(canonicalReport, { ...plainContext, colour: true })).toContain("\u001b[31m");
  });

  test("never lets control characters of code, plan or file names reach the terminal", () => {
    const hostile = "\u001b[2J\u0007\u009b31m\u202e";
    const file = `src/${hostile}\n.ts`;
    const text = reportOf(
      [
        finding("a", range(file, 1, 1, 9), {
          message: hostile,
          help: hostile,
          plan: range(file, 1, 1, 2),
          related: [{ at: range(file, 1, 1, 2), message: hostile }],
        }),
      ],
      {
        [file]: `track("${hostile}")`,
      },
    );
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).toContain("␛[2J␇");
  });

  test("limits related places, and says how many are left out", () => {
    const related = Array.from({ length: 8 }, (_, index) => ({ at: range("b.ts", index + 1, 1, 2), message: "here" }));
    expect(reportOf([finding("a", range("a.ts", 1, 1, 2), { related })], {})).toContain("also: 3 more places");
  });

  test("lists few of many rules that were not judged", () => {
    const notJudged = Array.from({ length: 9 }, (_, index) => ({
      rule: `rule-${index}`,
      source: "web",
      reason: "none",
    }));
    const text = prettyReport({ ...canonicalReport, notJudged }, plainContext);
    expect(text).toContain("rule-5");
    expect(text).not.toContain("rule-6");
    expect(text).toContain("and 3 more");
  });
});
