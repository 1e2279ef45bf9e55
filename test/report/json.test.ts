import { describe, expect, test } from "vitest";
import { checkOutput, toJson } from "../../src/report/check-output.ts";
import { prettyScan } from "../../src/report/pretty-scan.ts";
import { scanOutput, valueOutput } from "../../src/report/scan-output.ts";
import {
  inventory,
  payload,
  place,
  toValue,
  trackingCall,
  typed,
  union,
  unknown,
} from "../../src/testing/inventory-builder.ts";
import { canonicalReport, plainContext } from "./canonical-report.ts";

describe("the JSON of check", () => {
  test("has exactly the documented keys of version 1", () => {
    expect(checkOutput(canonicalReport)).toEqual({
      version: 1,
      findings: [
        {
          rule: "unknown-event",
          severity: "error",
          file: "apps/web/src/checkout.ts",
          line: 4,
          column: 18,
          endLine: 4,
          endColumn: 34,
          message: "The event `Order Complete` is not in the tracking plan.",
          help: "Did you mean `Order Completed`?",
          plan: { file: "tracking-plan.yaml", line: 3, column: 3 },
          related: [{ file: "apps/api/src/orders.ts", line: 12, column: 5, message: "Also sent here." }],
          fixable: true,
          suggestion: false,
          fingerprint: "unknown-event-0",
          url: "https://example.com/rules/unknown-event.md",
        },
        {
          rule: "unused-event",
          severity: "warn",
          file: "tracking-plan.yaml",
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 18,
          message: "No source sends `Order Completed`.",
          related: [],
          fixable: false,
          suggestion: false,
          fingerprint: "unused-event-0",
        },
      ],
      suppressed: [
        {
          rule: "unknown-event",
          file: "apps/web/src/search.ts",
          line: 9,
          column: 5,
          message: "`Searched` is unknown.",
          reason: "an experiment",
        },
        {
          rule: "pii-property",
          file: "apps/web/src/signup.ts",
          line: 2,
          column: 5,
          message: "A problem of pii-property.",
          reason: null,
        },
      ],
      notJudged: canonicalReport.notJudged,
      baseline: {
        file: "tracklint-baseline.json",
        fixed: [{ rule: "unknown-event", about: "order_done", symbol: "checkout" }],
      },
      summary: {
        errors: 1,
        warnings: 1,
        files: 2,
        fixable: 1,
        suppressed: 2,
        baselined: 1,
        calls: 14,
        plan: "tracking-plan.yaml",
      },
    });
  });

  test("says null where there is no plan", () => {
    const { plan: _, ...withoutPlan } = canonicalReport;
    expect(checkOutput(withoutPlan).summary.plan).toBeNull();
  });

  test("survives any text", () => {
    const hostile = {
      ...canonicalReport,
      notJudged: [{ rule: "a", source: "\u0000\ud800\u2028", reason: '"</script>' }],
    };
    expect(JSON.parse(toJson(checkOutput(hostile))).notJudged[0].reason).toBe('"</script>');
  });
});

const code = inventory({
  calls: [
    trackingCall({
      event: "Order Completed",
      at: { file: "src/a.ts", line: 3, column: 5, endLine: 6, endColumn: 7 },
      properties: payload(
        { total: 12, "plan?": union("free", "pro"), label: typed("string", "user.label"), extra: unknown() },
        { open: "spread of `rest`" },
      ),
      added: payload({ app_version: "1.2.0" }),
      ids: { userId: { at: place("src/a.ts", 4), value: typed("string"), text: "user.id" } },
      guards: [
        {
          condition: { kind: "unknown", text: "hasConsent()" },
          holds: true,
          at: place("src/consent.ts", 9),
          how: "around",
          text: "hasConsent()",
        },
      ],
      via: [{ name: "useAnalytics.capture", at: place("src/use-analytics.ts", 2) }],
    }),
    trackingCall({
      at: place("src/b.ts", 8, 3),
      patterns: [{ parts: ["Viewed ", null], at: place("src/b.ts", 8) }],
      unresolved: ["@acme/events#Names.open"],
      dynamic: true,
      eventText: "name",
      confidence: "name",
      role: "forwarder",
    }),
    trackingCall({ kind: "identify", at: place("src/c.ts", 1), traits: payload({ email: null }) }),
  ],
});

describe("the JSON of scan", () => {
  test("has exactly the documented keys of version 1", () => {
    const output = scanOutput(code, "/repo");
    expect(output).toMatchObject({ version: 1, root: "/repo" });
    expect(output.calls[0]).toEqual({
      file: "src/a.ts",
      line: 3,
      column: 5,
      endLine: 6,
      endColumn: 7,
      kind: "track",
      sdks: ["segment-browser"],
      platform: "browser",
      source: "web",
      role: "site",
      events: ["Order Completed"],
      patterns: [],
      unresolved: [],
      dynamic: false,
      properties: [
        { name: "total", types: ["number"], values: [12], optional: false },
        { name: "plan", types: ["string"], values: ["free", "pro"], optional: true },
        { name: "label", types: ["string"], values: [], optional: false },
        { name: "extra", types: ["unknown"], values: [], optional: false },
      ],
      addedProperties: [{ name: "app_version", types: ["string"], values: ["1.2.0"], optional: false }],
      propertiesComplete: false,
      identifiers: { userId: { text: "user.id", types: ["string"], values: [] } },
      guards: [{ text: "hasConsent()", holds: true, file: "src/consent.ts", line: 9 }],
      via: ["useAnalytics.capture"],
      confidence: "resolved",
    });
  });

  test("writes unknown parts of a name as a star", () => {
    expect(scanOutput(code, "/repo").calls[1]).toMatchObject({
      events: [],
      patterns: ["Viewed *"],
      unresolved: ["@acme/events#Names.open"],
      dynamic: true,
      role: "forwarder",
      confidence: "name",
    });
  });

  test("gives traits as the properties of an identify call", () => {
    expect(scanOutput(code, "/repo").calls[2]?.properties).toEqual([
      { name: "email", types: ["null"], values: [null], optional: false },
    ]);
  });

  test.each([
    [toValue(undefined), { types: ["undefined"], values: [] }],
    [toValue([1]), { types: ["array"], values: [] }],
    [toValue({ a: 1 }), { types: ["object"], values: [] }],
    [union(1, union("a", typed("number"), 1)), { types: ["number", "string"], values: [1, "a"] }],
    [{ kind: "template", parts: ["a", null] } as const, { types: ["string"], values: [] }],
  ])("derives types and literals of %j", (value, expected) => {
    expect(valueOutput(value)).toEqual(expected);
  });
});

test("the pretty inventory has a table a source, with every place", () => {
  const again = trackingCall({ event: "Order Completed", at: place("src/z.ts", 40, 2) });
  const worker = trackingCall({ event: "購入", source: "worker", platform: "server", at: place("worker/w.ts", 1) });
  expect(prettyScan({ ...code, calls: [...code.calls, again, worker] }, plainContext)).toMatchInlineSnapshot(`
    "web (browser) · 4 calls
      (wrapper)                track     segment-browser  src/b.ts:8:3
      @acme/events#Names.open  track     segment-browser  src/b.ts:8:3
      Order Completed          track     segment-browser  src/a.ts:3:5
                                                          src/z.ts:40:2
      Viewed *                 track     segment-browser  src/b.ts:8:3
      –                        identify  segment-browser  src/c.ts:1:1

    worker (server) · 1 call
      購入  track  segment-browser  worker/w.ts:1:1

    5 tracking calls, 2 event names, 2 sources
    "
  `);
});
