import { describe, expect, test } from "vitest";
import { defineRule, type Rule, type RuleLevel } from "../../src/engine/rule.ts";
import { runRules } from "../../src/engine/run-rules.ts";
import { defaultSettings, type RuleSettings } from "../../src/engine/settings.ts";
import type { Plan } from "../../src/plan/model.ts";
import { inventory, place, trackingCall } from "../../src/testing/inventory-builder.ts";

const code = inventory({
  calls: [
    trackingCall({ event: "Order Completed", at: place("src/b.ts", 3) }),
    trackingCall({ event: "Signed Up", at: place("src/a.ts", 7) }),
  ],
});
const plan = { file: "tracking-plan.yaml", files: ["tracking-plan.yaml"], hasEvents: true } as unknown as Plan;

/** Reports every call. */
function everyCall(
  id: string,
  levels: { withoutPlan: RuleLevel; withPlan: RuleLevel },
  severity?: "warn" | "error",
): Rule {
  return defineRule({
    meta: { id, category: "schema", summary: id, default: levels, messages: { seen: "`{{name}}` is seen" } },
    defaultOptions: {},
    *check({ code }) {
      for (const { at, events } of code.calls) {
        const name = events[0]!.value;
        yield { at, messageId: "seen", data: { name }, subject: name, ...(severity === undefined ? {} : { severity }) };
      }
    },
  });
}

function run(rules: readonly Rule[], given: { plan?: Plan; settings?: Partial<RuleSettings> } = {}) {
  return runRules({
    rules,
    code,
    plan: given.plan,
    settings: { ...defaultSettings, ...given.settings },
    today: "2026-11-24",
  });
}

const warning = { withoutPlan: "warn", withPlan: "error" } as const;

describe("findings", () => {
  test("come in the order of places, whatever the order of rules and calls", () => {
    const rules = [everyCall("second", warning), everyCall("first", warning)];
    const places = run(rules).findings.map(({ rule, at }) => `${at.file}:${at.line} ${rule}`);
    expect(places).toEqual(["src/a.ts:7 first", "src/a.ts:7 second", "src/b.ts:3 first", "src/b.ts:3 second"]);
    const { times: _, ...told } = run(rules);
    expect(run(rules.toReversed())).toMatchObject(told);
  });

  test("carry the message with its data, the address of the rule's page and a fingerprint of their own", () => {
    const { findings } = run([everyCall("seen", warning)]);
    expect(findings.map(({ message }) => message)).toEqual(["`Signed Up` is seen", "`Order Completed` is seen"]);
    expect(findings[0]?.url).toBe("https://unpkg.com/tracklint/rules/seen.md");
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  test("of a plugin's rule carry no address", () => {
    expect(run([everyCall("acme/seen", warning)]).findings[0]).not.toHaveProperty("url");
  });

  test("that say the same of the same place are said once", () => {
    const twice = everyCall("seen", warning);
    expect(run([twice, twice]).findings).toHaveLength(2);
  });

  test("keep their fingerprints when lines move", () => {
    const moved = inventory({
      calls: code.calls.map((call) => ({ ...call, at: place(call.at.file, call.at.line + 40) })),
    });
    const rules = [everyCall("seen", warning)];
    const fingerprints = (of: typeof code) =>
      runRules({ rules, code: of, plan, settings: defaultSettings, today: "2026-11-24" }).findings.map(
        (finding) => finding.fingerprint,
      );
    expect(fingerprints(moved)).toEqual(fingerprints(code));
  });

  test("are told apart by the function that they stand in", () => {
    const at = place("src/a.ts", 7);
    const node = { id: "f", name: "register", at: { ...at, endLine: 9 }, source: "web", callees: [], callers: [] };
    const rules = [everyCall("seen", warning)];
    const within = runRules({
      rules,
      code: { ...code, functions: new Map([["f", node]]) },
      plan,
      settings: defaultSettings,
      today: "2026-11-24",
    });
    expect(within.findings[0]?.fingerprint).not.toBe(run(rules, { plan }).findings[0]?.fingerprint);
  });
});

describe("severity", () => {
  const severities = (rule: Rule, given: Parameters<typeof run>[1] = {}) =>
    run([rule], given).findings.map((one) => one.severity);

  test("follows the rule's default, without and with a plan", () => {
    expect(severities(everyCall("seen", warning))).toEqual(["warn", "warn"]);
    expect(severities(everyCall("seen", warning), { plan })).toEqual(["error", "error"]);
  });

  test("is never an error without a plan, unless the user set it", () => {
    const rule = everyCall("seen", { withoutPlan: "error", withPlan: "error" }, "error");
    expect(severities(rule)).toEqual(["warn", "warn"]);
    expect(severities(rule, { settings: { severityOf: () => "error" } })).toEqual(["error", "error"]);
  });

  test("of one problem wins over the rule's default, and loses to what the user set", () => {
    const rule = everyCall("seen", { withoutPlan: "warn", withPlan: "error" }, "warn");
    expect(severities(rule, { plan })).toEqual(["warn", "warn"]);
    expect(severities(rule, { plan, settings: { severityOf: () => "error" } })).toEqual(["error", "error"]);
  });

  test("may differ by file, and off there drops what is found there", () => {
    const severityOf = (_: string, file: string) => (file === "src/a.ts" ? "off" : undefined);
    expect(run([everyCall("seen", warning)], { settings: { severityOf } }).findings.map(({ at }) => at.file)).toEqual([
      "src/b.ts",
    ]);
  });

  test("off by default is a warning under strict", () => {
    const rule = everyCall("seen", { withoutPlan: "off", withPlan: "off" });
    expect(severities(rule, { plan })).toEqual([]);
    expect(severities(rule, { plan, settings: { strict: true } })).toEqual(["warn", "warn"]);
  });
});

describe("options", () => {
  const named = defineRule({
    meta: {
      id: "named",
      category: "schema",
      summary: "named",
      default: { withoutPlan: "warn", withPlan: "warn" },
      messages: { seen: "{{word}}" },
    },
    defaultOptions: { word: "default", other: 1 },
    *check({ code, options }) {
      for (const { at } of code.calls) yield { at, messageId: "seen", data: { word: options.word }, subject: "call" };
    },
  });

  test("take the rule's defaults where the user set none", () => {
    expect(run([named]).findings.map(({ message }) => message)).toEqual(["default", "default"]);
  });

  test("hold for the files that they were set for", () => {
    const optionsOf = (_: string, file: string) => (file === "src/b.ts" ? { word: "overridden" } : undefined);
    expect(run([named], { settings: { optionsOf } }).findings.map(({ message }) => message)).toEqual([
      "default",
      "overridden",
    ]);
  });
});

describe("a rule that fails", () => {
  const failing = defineRule({
    meta: { id: "failing", category: "schema", summary: "fails", default: warning, messages: { seen: "{{missing}}" } },
    defaultOptions: {},
    *check({ code }) {
      for (const { at } of code.calls) yield { at, messageId: "seen", subject: "call" };
    },
  });

  test("is one finding that names it, and the other rules run", () => {
    const { findings, crashes } = run([failing, everyCall("seen", warning)]);
    expect(findings.map(({ rule }) => rule)).toEqual(["internal-error", "seen", "seen"]);
    expect(findings[0]?.message).toContain("`failing`");
    expect(crashes.map(({ message }) => message)).toEqual([expect.stringContaining("no data for {{missing}}")]);
  });

  test("does not fail while it is off", () => {
    expect(run([failing], { settings: { severityOf: () => "off" } })).toEqual({
      findings: [],
      ran: new Set(),
      times: new Map(),
      notJudged: [],
      crashes: [],
    });
  });
});

test("what is not judged is said once for each rule and source", () => {
  const unsure = defineRule({
    meta: { id: "unsure", category: "consent", summary: "unsure", default: warning, messages: {} },
    defaultOptions: {},
    *check() {
      yield { notJudged: "no consent section", source: "web" };
      yield { notJudged: "no consent section", source: "web" };
      yield { notJudged: "no consent section", source: "api" };
    },
  });
  expect(run([unsure]).notJudged).toEqual([
    { rule: "unsure", source: "api", reason: "no consent section" },
    { rule: "unsure", source: "web", reason: "no consent section" },
  ]);
});
