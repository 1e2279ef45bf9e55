import { describe, expect, test } from "vitest";
import { agentReport } from "../../src/report/agent.ts";
import { compactReport } from "../../src/report/compact.ts";
import { withoutCommands } from "../../src/report/escape.ts";
import { githubReport } from "../../src/report/github.ts";
import { junitReport } from "../../src/report/junit.ts";
import { markdownReport } from "../../src/report/markdown.ts";
import { canonicalReport, finding, plainContext, range } from "./canonical-report.ts";
import { emptyReport } from "./hostile-report.ts";

const many = {
  ...canonicalReport,
  findings: Array.from({ length: 60 }, (_, index) =>
    finding("unknown-event", range(`file-${index}.ts`, 1, 1, 2), {
      severity: index === 59 ? "error" : "warn",
      message: "x".repeat(2000),
    }),
  ),
};

describe("--format agent", () => {
  test("says what is wrong where, what was expected, and how to mend it", () => {
    expect(agentReport(canonicalReport, plainContext)).toMatchInlineSnapshot(`
      "tracklint: 1 error, 1 warning in 2 files; 14 tracking calls; plan tracking-plan.yaml
      apps/web/src/checkout.ts:4:18 error unknown-event
        The event \`Order Complete\` is not in the tracking plan.
        mend: Did you mean \`Order Completed\`?
        fix: npx tracklint check --fix
        plan: tracking-plan.yaml:3:3 Order Completed:
        also: apps/api/src/orders.ts:12:5 Also sent here.
      tracking-plan.yaml:3:3 warning unused-event
        No source sends \`Order Completed\`.
      why: npx tracklint explain RULE
      "
    `);
  });

  test("names errors first, stops where it is enough, and counts the rest", () => {
    const text = agentReport(many, plainContext);
    expect(text).toContain("\nfile-59.ts:1:1 error unknown-event\n");
    expect(text.match(/^file-/gm)).toHaveLength(40);
    expect(text).toContain("\n20 more not shown (0 errors): ");
  });

  test("says where there is nothing to do, and no plan", () => {
    const { plan: _, ...without } = emptyReport;
    expect(agentReport(without, plainContext)).toBe(
      "tracklint: no problems; 3 tracking calls; no tracking plan (npx tracklint init writes one)\n",
    );
  });
});

test("--format compact: a line each", () => {
  expect(compactReport(canonicalReport, plainContext)).toMatchInlineSnapshot(`
    "apps/web/src/checkout.ts:4:18 error unknown-event The event \`Order Complete\` is not in the tracking plan.
    tracking-plan.yaml:3:3 warning unused-event No source sends \`Order Completed\`.
    "
  `);
});

test("--format github: the place of one line, and all that helps", () => {
  expect(githubReport(canonicalReport, plainContext)).toMatchInlineSnapshot(`
    "::error title=tracklint (unknown-event),file=apps/web/src/checkout.ts,line=4,col=18,endLine=4,endColumn=34::The event \`Order Complete\` is not in the tracking plan.%0ADid you mean \`Order Completed\`?%0APlan: tracking-plan.yaml:3:3%0Ahttps://example.com/rules/unknown-event.md
    ::warning title=tracklint (unused-event),file=tracking-plan.yaml,line=3,col=3,endLine=3,endColumn=18::No source sends \`Order Completed\`.
    "
  `);
});

test("--format junit: errors fail, warnings don't", () => {
  expect(junitReport(canonicalReport, plainContext)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="tracklint" tests="2" failures="1" errors="0" skipped="1">
      <testsuite name="apps/web/src/checkout.ts" tests="1" failures="1" errors="0" skipped="0">
        <testcase name="unknown-event: The event \`Order Complete\` is not in the tracking plan." classname="apps/web/src/checkout.ts" file="apps/web/src/checkout.ts" line="4">
          <failure message="The event \`Order Complete\` is not in the tracking plan." type="unknown-event">apps/web/src/checkout.ts:4:18: The event \`Order Complete\` is not in the tracking plan. Did you mean \`Order Completed\`?</failure>
        </testcase>
      </testsuite>
      <testsuite name="tracking-plan.yaml" tests="1" failures="0" errors="0" skipped="1">
        <testcase name="unused-event: No source sends \`Order Completed\`." classname="tracking-plan.yaml" file="tracking-plan.yaml" line="3">
          <skipped message="tracking-plan.yaml:3:3: No source sends \`Order Completed\`."/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

describe("--format markdown", () => {
  test("has a table by rule and the findings of each file, with links", () => {
    const sourceUrl = (file: string, line: number) => `https://github.com/acme/shop/blob/abc/${file}#L${line}`;
    expect(markdownReport(canonicalReport, { ...plainContext, sourceUrl })).toMatchInlineSnapshot(`
      "### tracklint: 1 error, 1 warning in 2 files

      14 tracking calls · plan tracking-plan.yaml · 1 fixable with <code>npx tracklint check --fix</code> · 2 suppressed · 1 in the baseline

      | rule | errors | warnings |  |
      | --- | --- | --- | --- |
      | <a href="https&#58;//example.com/rules/unknown-event.md"><code>unknown-event</code></a> | 1 | 0 |  |
      | <code>unused-event</code> | 0 | 1 |  |

      <details><summary><code>apps/web/src/checkout.ts</code> · 1 problem</summary>

      | place | level | rule | problem |
      | --- | --- | --- | --- |
      | <a href="https&#58;//github.com/acme/shop/blob/abc/apps/web/src/checkout.ts&#35;L4"><code>4&#58;18</code></a> | error | <code>unknown-event</code> | The event <code>Order Complete</code> is not in the tracking plan.<br>Did you mean <code>Order Completed</code>?<br>Plan: <a href="https&#58;//github.com/acme/shop/blob/abc/tracking-plan.yaml&#35;L3"><code>tracking-plan.yaml&#58;3&#58;3</code></a> |

      </details>

      <details><summary><code>tracking-plan.yaml</code> · 1 problem</summary>

      | place | level | rule | problem |
      | --- | --- | --- | --- |
      | <a href="https&#58;//github.com/acme/shop/blob/abc/tracking-plan.yaml&#35;L3"><code>3&#58;3</code></a> | warning | <code>unused-event</code> | No source sends <code>Order Completed</code>. |

      </details>
      "
    `);
  });

  test("fits into a comment", () => {
    const text = markdownReport(many, plainContext);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\n\d+ problems more in \d+ files\n$/);
  });
});

test("text for people holds no command of GitHub Actions", () => {
  expect(withoutCommands("  ::error::x\na ::b\n::stop-commands::y ##[debug]z")).toBe(
    "  :\u200b:error::x\na ::b\n:\u200b:stop-commands::y ##\u200b[debug]z",
  );
});
