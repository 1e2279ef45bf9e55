import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { ReportData } from "../../src/report/html/data.ts";
import { jsonForHtml, reportPage } from "../../src/report/html/page.ts";
import { reportData } from "../../src/report/html/report-data.ts";
import { htmlReport } from "../../src/report/html.ts";
import type { WholeReport } from "../../src/report/types.ts";
import { canonicalReport, finding, range } from "./canonical-report.ts";

const assets = { script: "run()", style: "p{}" };
const HOSTILE = '</script><script>alert(1)</script><!-- <script> ]]> & \u2028\u2029 \\" \u202e \ud800 `${1}`';

/** The data of a page, as a browser reads it. */
function dataOf(html: string): ReportData {
  return JSON.parse(/<script type="application\/json" id="report">(.*?)<\/script>/s.exec(html)?.[1] ?? "");
}

function withFindings(findings: WholeReport["findings"]): WholeReport {
  return { ...canonicalReport, findings };
}

describe("the file", () => {
  test("holds nothing of a codebase that could end its block", () => {
    const json = jsonForHtml({ name: HOSTILE });
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual({ name: HOSTILE });
  });

  test("has the same scripts and no further tags, whatever names the code has", () => {
    const tags = (html: string) => html.match(/<[^>]*>/g);
    const hostile = withFindings([finding(HOSTILE, range(HOSTILE, 1, 1, 2), { message: HOSTILE, help: HOSTILE })]);
    const html = htmlReport(hostile, assets, "1.0.0");
    expect(tags(html)).toEqual(tags(htmlReport(canonicalReport, assets, "1.0.0")));
    expect(dataOf(html).findings[0]?.message).toBe(HOSTILE);
  });

  test("lets only its own script and style run", () => {
    const html = reportPage(reportData(canonicalReport, "1.0.0"), assets);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    const directives = new Map(policy.split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1).join(" ")]));
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("script-src")).toMatch(/^'sha256-[\w+/]{43}='$/);
    expect(directives.get("style-src")).toMatch(/^'sha256-[\w+/]{43}='$/);
    expect(directives.get("require-trusted-types-for")).toBe("'script'");
    expect(policy).not.toContain("unsafe");
    // Before anything that it speaks of.
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
  });

  test("is the same for the same report", () => {
    expect(htmlReport(canonicalReport, assets, "1.0.0")).toBe(htmlReport(canonicalReport, assets, "1.0.0"));
  });

  test("names nothing outside itself", () => {
    expect(htmlReport(canonicalReport, assets, "1.0.0")).not.toMatch(/<(?:link|img|script|iframe)[^>]*(?:src|href)=/);
  });
});

describe("its data", () => {
  const data = reportData(canonicalReport, "1.0.0");

  test("is plain", () => {
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    expect(runInNewContext(`(${jsonForHtml(data)})`)).toEqual(data);
  });

  test("has events of the plan and of the code, sorted by name", () => {
    expect(data.events.map(({ name, plan }) => [name, plan?.owners])).toEqual([
      ["Order Complete", undefined],
      ["Order Completed", ["payments"]],
    ]);
  });

  test("gives a finding the source of its call, the event that it speaks of, and the owner of that", () => {
    const [unknown, unused] = data.findings;
    expect(unknown).toMatchObject({ source: "web", events: [0], owners: [] });
    expect(unused).toMatchObject({ source: null, inPlan: true, events: [1], owners: ["payments"] });
  });

  test("knows an event by an earlier name and through a property of it", () => {
    const about = (subject: string) => {
      const one = finding("missing-property", range("a.ts", 1, 1, 2), { identity: { about: subject } });
      return reportData(withFindings([one]), "1.0.0").findings[0]?.owners;
    };
    expect(about("order_done")).toEqual(["payments"]);
    expect(about("Order Completed/total")).toEqual(["payments"]);
    expect(about("Order")).toEqual([]);
  });

  test("tells findings with equal fingerprints apart", () => {
    const equal = [1, 2].map((line) => finding("a", range("a.ts", line, 1, 2), { fingerprint: "same" }));
    expect(
      reportData(withFindings(equal), "1.0.0")
        .findings.slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(["same", "same.2"]);
  });

  test("has the lines that it shows, each once, and long ones cut", () => {
    const file = data.files.indexOf("apps/web/src/checkout.ts");
    expect(Object.keys(data.lines[file] ?? {}).map(Number)).toEqual([3, 4, 5, 6]);
    const long = { ...canonicalReport, textOf: () => "x".repeat(9_999) };
    expect(
      Math.max(...reportData(long, "1").lines.flatMap((one) => Object.values(one).map((text) => text.length))),
    ).toBe(301);
  });

  test("says the guards and properties of calls each once", () => {
    const { calls, sourceOfFile, sources } = canonicalReport.overview();
    const many = { calls: Array.from({ length: 500 }, () => calls[0]!), sourceOfFile, sources, events: [] };
    const large = reportData({ ...canonicalReport, overview: () => many }, "1.0.0");
    expect([large.guards.length, large.properties.length]).toEqual([1, 1]);
    expect(jsonForHtml(large).length / 500).toBeLessThan(400);
  });
});
