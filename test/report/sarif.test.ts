import { readFileSync } from "node:fs";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log, Run } from "sarif";
import { expect, test } from "vitest";
import { readRuleCatalogue, readRulePage } from "../../src/docs/rule-catalogue.ts";
import { sarifReport } from "../../src/report/sarif.ts";
import type { CheckContext, CheckReport } from "../../src/report/types.ts";
import { canonicalReport, finding, plainContext, range } from "./canonical-report.ts";
import { emptyReport, hostileReport } from "./hostile-report.ts";

const schema: object = JSON.parse(readFileSync(new URL("schemas/sarif-2.1.0.json", import.meta.url), "utf8"));
const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv as never);
const isValid = ajv.compile(schema);

const context: CheckContext = {
  ...plainContext,
  aboutRule: (id) => {
    const entry = readRuleCatalogue().find((one) => one.id === id);
    return entry && { ...entry, level: entry.default.withPlan, page: readRulePage(id) };
  },
};

function runOf(report: CheckReport): Run {
  const log: Log = JSON.parse(sarifReport(report, context));
  return log.runs[0]!;
}

test.each([
  ["the canonical report", canonicalReport],
  ["a hostile report", hostileReport],
  ["an empty report", emptyReport],
  [
    "every rule",
    {
      ...canonicalReport,
      findings: readRuleCatalogue().map(({ id }, line) => finding(id, range("a.ts", line + 1, 1, 2))),
    },
  ],
])("%s is valid by the official schema", (_, report) => {
  isValid(JSON.parse(sarifReport(report, context)));
  expect(isValid.errors ?? []).toEqual([]);
});

test("a result has its place, level, plan and related places, and a fingerprint", () => {
  expect(runOf(canonicalReport).results![0]).toEqual({
    ruleId: "unknown-event",
    ruleIndex: 2,
    level: "error",
    message: { text: "The event `Order Complete` is not in the tracking plan. Did you mean `Order Completed`?" },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "apps/web/src/checkout.ts", uriBaseId: "%SRCROOT%" },
          region: { startLine: 4, startColumn: 18, endLine: 4, endColumn: 34 },
        },
      },
    ],
    relatedLocations: [
      {
        id: 0,
        message: { text: "What the tracking plan says" },
        physicalLocation: {
          artifactLocation: { uri: "tracking-plan.yaml", uriBaseId: "%SRCROOT%" },
          region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 18 },
        },
      },
      {
        id: 1,
        message: { text: "Also sent here." },
        physicalLocation: {
          artifactLocation: { uri: "apps/api/src/orders.ts", uriBaseId: "%SRCROOT%" },
          region: { startLine: 12, startColumn: 5, endLine: 12, endColumn: 40 },
        },
      },
    ],
    partialFingerprints: { "tracklint/v1": "unknown-event-0" },
    baselineState: "new",
  });
});

test("fingerprints stay where lines move", () => {
  const moved = {
    ...canonicalReport,
    findings: canonicalReport.findings.map((one) => ({
      ...one,
      at: { ...one.at, line: one.at.line + 7, endLine: one.at.endLine + 7 },
    })),
  };
  const prints = (report: CheckReport) => runOf(report).results!.map((result) => result.partialFingerprints);
  expect(prints(moved)).toEqual(prints(canonicalReport));
});

test("what comments and the baseline hide is there as suppressed", () => {
  const hidden = runOf(canonicalReport).results!.filter(({ suppressions }) => suppressions !== undefined);
  expect(hidden.map(({ ruleId, baselineState, suppressions }) => [ruleId, baselineState, suppressions])).toEqual([
    ["unknown-event", "new", [{ kind: "inSource", justification: "an experiment" }]],
    ["pii-property", "new", [{ kind: "inSource" }]],
    [
      "event-casing",
      "unchanged",
      [
        {
          kind: "external",
          justification: "In the baseline",
          location: {
            physicalLocation: { artifactLocation: { uri: "tracklint-baseline.json", uriBaseId: "%SRCROOT%" } },
          },
        },
      ],
    ],
  ]);
});

test("without a baseline nothing is said of one", () => {
  const { baseline: _, ...without } = canonicalReport;
  expect(runOf(without).results!.filter((result) => "baselineState" in result)).toEqual([]);
});

test("a rule has its page as help, whose links lead somewhere", () => {
  const report = { ...emptyReport, findings: [finding("consent-propagation", range("a.ts", 1, 1, 2))] };
  const [rule] = runOf(report).tool.driver.rules!;
  expect(rule).toMatchObject({
    id: "consent-propagation",
    helpUri: "https://unpkg.com/tracklint/rules/consent-propagation.md",
    properties: { tags: ["analytics", "consent"] },
  });
  expect(rule!.help!.markdown).toContain("# consent-propagation");
  const links = readRuleCatalogue().flatMap(({ id }) => {
    const [own] = runOf({ ...emptyReport, findings: [finding(id, range("a.ts", 1, 1, 2))] }).tool.driver.rules!;
    return [...own!.help!.markdown!.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
  });
  expect(links.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
});

test("what looks like a link is none", () => {
  const report = {
    ...emptyReport,
    findings: [finding("a", range("a.ts", 1, 1, 2), { message: "See [this](1) and [0]" })],
  };
  expect(runOf(report).results![0]!.message.text).toBe("See \\[this](1) and [0]");
});
