import type { Guard } from "../../src/calls/types.ts";
import type { Finding } from "../../src/diagnostics/finding.ts";
import type { Range } from "../../src/diagnostics/range.ts";
import type { CheckContext, Overview, WholeReport } from "../../src/report/types.ts";
import { payload, trackingCall, typed } from "../../src/testing/inventory-builder.ts";

export function range(file: string, line: number, column: number, endColumn: number, endLine = line): Range {
  return { file, line, column, endLine, endColumn };
}

export function finding(rule: string, at: Range, more: Partial<Finding> = {}): Finding {
  return {
    rule,
    severity: "warn",
    at,
    message: `A problem of ${rule}.`,
    related: [],
    fingerprint: `${rule}-0`,
    ...more,
  };
}

export const plainContext: CheckContext = {
  colour: false,
  width: 80,
  displayPath: (file) => file,
  version: "1.2.3",
  repositoryPath: (file) => file,
  sourceUrl: () => undefined,
  aboutRule: () => undefined,
};

const TEXTS: Readonly<Record<string, string>> = {
  "apps/web/src/checkout.ts": [
    'import { analytics } from "./analytics";',
    "",
    "export function checkout(total: number) {",
    '\tanalytics.track("Order Complete", {',
    "\t\ttotal,",
    "\t});",
    "}",
    "",
  ].join("\n"),
  "tracking-plan.yaml": ["tracklint: 1", "events:", "  Order Completed:", "    status: active", ""].join("\n"),
};

const guard: Guard = {
  condition: { kind: "value", name: "consent.analytics", at: range("apps/web/src/checkout.ts", 3, 7, 24) },
  holds: true,
  at: range("apps/web/src/checkout.ts", 3, 7, 24),
  how: "early-exit",
  text: "consent.analytics",
};

const orderCall = trackingCall({
  at: range("apps/web/src/checkout.ts", 4, 2, 4, 6),
  source: "web",
  events: [{ value: "Order Complete", at: range("apps/web/src/checkout.ts", 4, 18, 34) }],
  properties: payload({ total: typed("number") }),
  guards: [guard],
});

/** Code and plan of the same report. */
const canonicalOverview: Overview = {
  sources: [
    { name: "api", platform: "server" },
    { name: "web", platform: "browser" },
  ],
  events: [
    {
      name: "Order Completed",
      kind: "track",
      at: range("tracking-plan.yaml", 3, 3, 18),
      status: "active",
      aliases: ["order_done"],
      owners: ["payments"],
      sources: ["web"],
      tags: ["revenue"],
      description: "A payment has been captured.",
      properties: [{ name: "total", required: true, types: ["number"], deprecated: false }],
    },
  ],
  calls: [{ call: orderCall, sends: [{ kind: "track", name: "Order Complete", inPlan: false, isCertain: true }] }],
  sourceOfFile: new Map([["apps/web/src/checkout.ts", "web"]]),
};

/** One report that uses everything a report can hold. */
export const canonicalReport: WholeReport = {
  findings: [
    finding("unknown-event", range("apps/web/src/checkout.ts", 4, 18, 34), {
      severity: "error",
      message: "The event `Order Complete` is not in the tracking plan.",
      help: "Did you mean `Order Completed`?",
      plan: range("tracking-plan.yaml", 3, 3, 18),
      related: [{ at: range("apps/api/src/orders.ts", 12, 5, 40), message: "Also sent here." }],
      fix: { isSafe: true, changes: [] },
      url: "https://example.com/rules/unknown-event.md",
    }),
    finding("unused-event", range("tracking-plan.yaml", 3, 3, 18), {
      message: "No source sends `Order Completed`.",
    }),
  ],
  suppressed: [
    {
      finding: finding("unknown-event", range("apps/web/src/search.ts", 9, 5, 20), {
        message: "`Searched` is unknown.",
      }),
      reason: "an experiment",
    },
    { finding: finding("pii-property", range("apps/web/src/signup.ts", 2, 5, 20)) },
  ],
  notJudged: [
    { rule: "consent-check", source: "web", reason: "no consent section, no consent mechanism seen" },
    { rule: "consent-check", source: "worker", reason: "no consent section, no consent mechanism seen" },
    { rule: "property-type", source: "*", reason: "the plan has no types" },
  ],
  summary: { errors: 1, warnings: 1, files: 2, fixable: 1, suppressed: 2, baselined: 1, calls: 14 },
  baseline: {
    file: "tracklint-baseline.json",
    fixed: [{ rule: "unknown-event", about: "order_done", symbol: "checkout" }],
    hidden: [finding("event-casing", range("apps/web/src/search.ts", 20, 9, 15))],
  },
  plan: "tracking-plan.yaml",
  planIsSound: true,
  needPlan: ["missing-property", "property-type", "unknown-event", "unknown-property"],
  textOf: (file) => TEXTS[file],
  overview: () => canonicalOverview,
};
