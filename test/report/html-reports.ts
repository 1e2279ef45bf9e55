import type { Overview, WholeReport } from "../../src/report/types.ts";
import { payload, trackingCall } from "../../src/testing/inventory-builder.ts";
import { canonicalReport, finding, range } from "./canonical-report.ts";

/** Names that run code in a page which takes them for markup, or which hide what they are. */
export const HOSTILE = [
  '<img src=x onerror="window.hacked=1">',
  "</script><script>window.hacked=1</script>",
  "<!--<script>",
  "<svg/onload=window.hacked=1>",
  '" onfocus="window.hacked=1" autofocus="',
  "javascript:window.hacked=1",
  "constructor",
  "__proto__",
  "a/b?c=d&e#f%",
  "Paid \u202e00,1$",
  "\ud800",
  `${"long".repeat(60)} name`,
];

/** A report of which every text is hostile. */
export function hostileReport(): WholeReport {
  const at = (name: string) => range(`src/${name}.ts`, 1, 1, 5);
  const overview: Overview = {
    sources: HOSTILE.map((name) => ({ name, platform: "browser" })),
    events: HOSTILE.map((name) => ({
      name,
      kind: "track",
      at: range("plan.yaml", 1, 1, 5),
      status: "active",
      aliases: [name],
      owners: [name],
      sources: [name],
      tags: [name],
      description: name,
      trigger: name,
      properties: [{ name, required: true, types: [name], description: name, pii: name, deprecated: true }],
    })),
    calls: HOSTILE.map((name) => ({
      call: trackingCall({
        at: at(name),
        source: name,
        event: name,
        properties: payload({ [name]: name }, { open: name }),
        via: [{ name, at: at(name) }],
        ids: { userId: { at: at(name), text: name, value: { kind: "unknown" } } },
        guards: [{ condition: { kind: "unknown", text: name }, holds: false, at: at(name), how: "around", text: name }],
      }),
      sends: [{ kind: "track", name, inPlan: true, isCertain: true }],
    })),
    sourceOfFile: new Map(),
  };
  return {
    ...canonicalReport,
    findings: HOSTILE.map((name, index) =>
      finding(name, at(name), {
        message: `${name} and \`${name}\``,
        help: name,
        url: name,
        plan: range("plan.yaml", 1, 1, 5),
        related: [{ at: at(name), message: name }],
        identity: { about: name },
        fingerprint: `f${index}`,
      }),
    ),
    suppressed: [{ finding: finding("a", at("a"), { fingerprint: "s" }), reason: HOSTILE[0]! }],
    notJudged: HOSTILE.map((name) => ({ rule: name, source: name, reason: name })),
    plan: HOSTILE[0]!,
    textOf: () => HOSTILE.join(" "),
    overview: () => overview,
  };
}

const RULES = ["unknown-event", "missing-property", "property-type", "event-casing", "consent-check"];
const SOURCES = ["web", "api", "worker"];
const OWNERS = ["growth", "payments"];

/** A report of a large repository: 500 events, 1,000 calls, 2,000 findings. */
export function largeReport(): WholeReport {
  const names = Array.from({ length: 500 }, (_, index) => `Event Number ${index}`);
  const overview: Overview = {
    sources: SOURCES.map((name) => ({ name, platform: "browser" })),
    events: names.map((name, index) => ({
      name,
      kind: "track",
      at: range("tracking-plan.yaml", 10 + index * 5, 3, 20),
      status: "active",
      aliases: [],
      owners: [OWNERS[index % OWNERS.length]!],
      sources: SOURCES.slice(0, 1 + (index % SOURCES.length)),
      tags: [],
      properties: ["id", `property_${index}`].map((one) => ({
        name: one,
        required: true,
        types: ["string"],
        deprecated: false,
      })),
    })),
    calls: Array.from({ length: 1_000 }, (_, index) => {
      const name = names[index % names.length]!;
      const call = trackingCall({
        at: range(`apps/${SOURCES[index % 3]}/src/feature-${index % 300}/component.tsx`, 20 + index, 3, 60),
        source: SOURCES[index % 3]!,
        event: name,
        properties: payload({ id: index, [`property_${index % 500}`]: "a" }),
      });
      return { call, sends: [{ kind: "track" as const, name, inPlan: true, isCertain: true }] };
    }),
    sourceOfFile: new Map(),
  };
  const findings = Array.from({ length: 2_000 }, (_, index) => {
    const name = names[index % names.length]!;
    const { at } = overview.calls[index % 1_000]!.call;
    return finding(
      RULES[index % RULES.length]!,
      { ...at, column: 1 + Math.floor(index / 1_000) },
      {
        severity: index % 4 === 0 ? "error" : "warn",
        message: `\`property_${index}\` of \`${name}\` is a string, expected a number between 1 and ${index}`,
        help: "Send what the plan asks for, or change the plan.",
        plan: range("tracking-plan.yaml", 10 + (index % 500) * 5, 3, 20),
        identity: { about: name },
        fingerprint: index.toString(16).padStart(16, "0"),
        url: "https://example.com/rule.md",
      },
    );
  });
  const line = '    analytics.track("Event Number", { id, property_1: value, property_2: other });\n';
  const text = line.repeat(3_000);
  return {
    ...canonicalReport,
    findings,
    summary: { ...canonicalReport.summary, errors: 500, warnings: 1_500 },
    textOf: () => text,
    overview: () => overview,
  };
}
