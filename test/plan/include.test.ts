import { expect, test } from "vitest";
import { load, planPath, problemsOf, validPlan } from "./reading.ts";

test("sections of all files are joined, and every node keeps its file", () => {
  const plan = validPlan(
    `tracklint: 1
name: acme
include: [plans/billing.yaml, plans/growth.yaml]
common: { all: { app_version: { type: string } } }
properties: { revenue: { type: number } }
events: { Order Completed: { bundles: [money], properties: {} } }
`,
    {
      "plans/billing.yaml": "include: [more/money.yaml]\nevents:\n  Invoice Paid: {}\n",
      "plans/more/money.yaml": "bundles: { money: { revenue: { ref: revenue } } }\n",
      "plans/growth.yaml": "tracklint: 1\nevents: [Signed Up]\ncommon: { all: { campaign: { type: string } } }\n",
    },
  );
  expect(plan.files).toEqual([planPath, "plans/billing.yaml", "plans/more/money.yaml", "plans/growth.yaml"]);
  expect(plan.events.map(({ name, at }) => `${at.file}:${at.line}:${at.column} ${name}`)).toEqual([
    "tracking-plan.yaml:6:11 Order Completed",
    "plans/billing.yaml:3:3 Invoice Paid",
    "plans/growth.yaml:2:10 Signed Up",
  ]);
  const payload = plan.find("Order Completed")?.payloadFor("*", "unknown");
  expect([...(payload?.properties.values() ?? [])].map(({ name, at, origin }) => [name, at.file, origin])).toEqual([
    ["app_version", planPath, "common"],
    ["campaign", "plans/growth.yaml", "common"],
    ["revenue", "plans/more/money.yaml", "bundle"],
  ]);
  expect(payload?.properties.get("revenue")?.schema).toEqual({ type: "number" });
});

test("a file that two others include is read once", () => {
  const files = {
    "a.yaml": "include: [c.yaml]\n",
    "b.yaml": "include: [./c.yaml]\n",
    "c.yaml": "events: [C]\n",
  };
  expect(validPlan("tracklint: 1\ninclude: [a.yaml, b.yaml]\n", files).events).toHaveLength(1);
});

test("files that include each other are reported with the whole way round", () => {
  const files = {
    "plans/a.yaml": "events: [A]\ninclude: [b.yaml]\n",
    "plans/b.yaml": "include: [../tracking-plan.yaml]\n",
  };
  expect(problemsOf("tracklint: 1\ninclude: [plans/a.yaml]\n", files)).toEqual([
    "plans/b.yaml:1:11-1:32 `tracking-plan.yaml` includes itself: tracking-plan.yaml → plans/a.yaml → plans/b.yaml → tracking-plan.yaml",
  ]);
  expect(problemsOf("tracklint: 1\ninclude: [tracking-plan.yaml]\n")).toEqual([
    "2:11-2:29 `tracking-plan.yaml` includes itself: tracking-plan.yaml → tracking-plan.yaml",
  ]);
});

test("a file that isn't there, is a folder, or lies outside of the root", () => {
  const text = "tracklint: 1\ninclude: [no.yaml, plans, ../x.yaml, /etc/passwd]\n";
  expect(problemsOf(text, { "plans/a.yaml": "" })).toEqual([
    "2:11-2:18 The included file `no.yaml` doesn't exist",
    "2:20-2:25 The included file `plans` is a folder",
    "2:27-2:36 `../x.yaml` lies outside the root; a plan includes only files below it",
    "2:38-2:49 `/etc/passwd` lies outside the root; a plan includes only files below it",
  ]);
});

test("what a missing file may define is not reported once more", () => {
  expect(problemsOf("tracklint: 1\ninclude: [no.yaml]\nevents: { A: { bundles: [money], replacedBy: B } }\n")).toEqual([
    "2:11-2:18 The included file `no.yaml` doesn't exist",
  ]);
});

test("errors in an included file name that file, and the rest of the plan is read", () => {
  const { findings, plan } = load("tracklint: 1\ninclude: [a.yaml, b.yaml]\nevents: [A]\n", {
    "a.yaml": "a: b: c\n",
    "b.yaml": "evnts: [B]\n",
  });
  expect(findings.map(({ at, message }) => `${at.file}:${at.line}:${at.column} ${message}`)).toEqual([
    "a.yaml:1:4 Not valid YAML: nested mappings are not allowed in compact mappings",
    "b.yaml:1:1 Unknown key `evnts`: did you mean `events`?",
  ]);
  expect(plan?.events.map(({ name }) => name)).toEqual(["A"]);
});

test("what is said in two files is an error that names both", () => {
  const { findings } = load(
    `tracklint: 1
include: [a.yaml]
consent: {}
properties: { revenue: {} }
common: { all: { v: {} } }
sources: { web: {} }
events: { Signed Up: {} }
`,
    {
      "a.yaml": `consent: {}
properties: { revenue: {} }
common: { all: { v: {} } }
sources: { web: {} }
events: [Signed Up]
`,
    },
  );
  expect(
    findings.map(
      ({ at, message, related }) => `${at.file}:${at.line}:${at.column} ${message} (${related[0]?.at.line})`,
    ),
  ).toEqual([
    "a.yaml:1:1 `consent` stands in two files of the plan (3)",
    "a.yaml:2:15 `revenue` stands under `properties` in two files of the plan (4)",
    "a.yaml:3:18 `v` stands under `all` in two files of the plan (5)",
    "a.yaml:4:12 `web` stands under `sources` in two files of the plan (6)",
    "a.yaml:5:10 The track event `Signed Up` is in the plan twice (7)",
  ]);
});

test("all files together may hold 16 MB", () => {
  const filler = `# ${"x".repeat(9 * 1024 * 1024)}\n`;
  expect(
    problemsOf("tracklint: 1\ninclude: [a.yaml, b.yaml]\n", { "a.yaml": `${filler}events: [A]\n`, "b.yaml": filler }),
  ).toEqual(["2:19-2:25 With `b.yaml` the plan is larger than 16 MB"]);
});
