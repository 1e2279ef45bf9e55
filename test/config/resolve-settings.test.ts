import { describe, expect, test } from "vitest";
import { type RuleFlag, requireKnownRules, resolveSettings } from "../../src/config/resolve-settings.ts";
import type { Range } from "../../src/diagnostics/range.ts";
import { problemLevel, ruleLevel } from "../../src/engine/level.ts";
import { defineRule, type Rule, type RuleLevel } from "../../src/engine/rule.ts";
import type { LintSection, Plan } from "../../src/plan/model.ts";

const at = (line: number): Range => ({ file: "tracking-plan.yaml", line, column: 3, endLine: line, endColumn: 9 });

function rule(id: string, withPlan: RuleLevel, more: Partial<Rule["meta"]> = {}): Rule {
  return defineRule({
    meta: { id, category: "schema", summary: id, default: { withoutPlan: "warn", withPlan }, messages: {}, ...more },
    defaultOptions: { limit: 5, allow: [] as string[] },
    check: () => [],
  }) as Rule;
}

const rules = [
  rule("unknown-event", "error", { conformance: true }),
  rule("event-casing", "warn", {
    options: {
      type: "object",
      properties: { limit: { type: "number" }, allow: { type: "array", items: { type: "string" } } },
      additionalProperties: false,
    },
  }),
  rule("identify-at-login", "off", { conformance: true }),
];

type Entries = Record<string, RuleLevel | readonly [RuleLevel, unknown]>;

const entries = (given: Entries = {}): LintSection["rules"] =>
  new Map(
    Object.entries(given).map(([id, value], index) => {
      const [severity, options] = typeof value === "string" ? [value] : value;
      return [id, { severity, at: at(index + 10), ...(options === undefined ? {} : { options }) }];
    }),
  );

interface Given {
  readonly extends?: readonly string[];
  readonly rules?: Entries;
  readonly overrides?: readonly { readonly paths: readonly string[]; readonly rules: Entries }[];
}

function planOf(given: Given): Plan {
  const lint: LintSection = {
    extends: (given.extends ?? []).map((name) => ({ name, at: at(2) })),
    include: [],
    exclude: [],
    rules: entries(given.rules),
    overrides: (given.overrides ?? []).map(({ paths, rules: set }) => ({ paths, rules: entries(set) })),
    plugins: [],
  };
  // Settings read no more of a plan than these.
  return { file: "tracking-plan.yaml", at: at(1), hasEvents: true, lint } as unknown as Plan;
}

function levels(
  given: Given,
  file = "apps/web/src/cart.ts",
  flags: readonly RuleFlag[] = [],
): Record<string, RuleLevel> {
  const plan = planOf(given);
  const { settings } = resolveSettings(rules, plan, flags);
  return Object.fromEntries(rules.map((one) => [one.meta.id, ruleLevel(one, file, plan, settings)]));
}

describe("severities", () => {
  test("the recommended preset leaves each rule its default", () => {
    const expected = { "unknown-event": "error", "event-casing": "warn", "identify-at-login": "off" };
    expect(levels({})).toEqual(expected);
    expect(levels({ extends: ["recommended"] })).toEqual(expected);
  });

  test("strict turns on what is off, and tells the rules", () => {
    expect(levels({ extends: ["strict"] })["identify-at-login"]).toBe("warn");
    expect(resolveSettings(rules, planOf({ extends: ["strict"] }), []).settings.strict).toBe(true);
  });

  test("migration keeps only conformance, as warnings", () => {
    expect(levels({ extends: ["migration"] })).toEqual({
      "unknown-event": "warn",
      "event-casing": "off",
      "identify-at-login": "off",
    });
  });

  test("of several presets the last one holds", () => {
    expect(levels({ extends: ["migration", "recommended"] })["event-casing"]).toBe("warn");
  });

  test("each layer wins over the one before: preset, rules, overrides in order, flags", () => {
    const given: Given = {
      extends: ["migration"],
      rules: { "event-casing": "error" },
      overrides: [
        { paths: ["apps/web"], rules: { "event-casing": "off" } },
        { paths: ["apps/**/legacy/*.ts"], rules: { "event-casing": "warn" } },
      ],
    };
    expect(levels(given, "apps/api/a.ts")["event-casing"]).toBe("error");
    expect(levels(given, "apps/web/a.ts")["event-casing"]).toBe("off");
    expect(levels(given, "apps/web/legacy/a.ts")["event-casing"]).toBe("warn");
    const flags: RuleFlag[] = [
      { id: "event-casing", severity: "off" },
      { id: "event-casing", severity: "error" },
    ];
    expect(levels(given, "apps/web/legacy/a.ts", flags)["event-casing"]).toBe("error");
  });

  test("a problem's own severity counts only where nobody set one", () => {
    const severityOf = (given: Given) => {
      const plan = planOf(given);
      const problem = { file: "a.ts", severity: "error" as const };
      return problemLevel(rules[1]!, problem, plan, resolveSettings(rules, plan, []).settings);
    };
    expect(severityOf({})).toBe("error");
    expect(severityOf({ rules: { "event-casing": "warn" } })).toBe("warn");
    expect(severityOf({ rules: { "event-casing": "off" } })).toBe("off");
  });

  test("without a plan nothing is an error unless a flag says so", () => {
    const level = (flags: readonly RuleFlag[]) => {
      const { settings } = resolveSettings(rules, undefined, flags);
      return problemLevel(rules[1]!, { file: "a.ts", severity: "error" }, undefined, settings);
    };
    expect(level([])).toBe("warn");
    expect(level([{ id: "event-casing", severity: "error" }])).toBe("error");
  });
});

describe("options", () => {
  test("are merged key by key over the layers; a severity alone leaves them", () => {
    const plan = planOf({
      rules: { "event-casing": ["warn", { limit: 3, allow: ["a"] }] },
      overrides: [
        { paths: ["web"], rules: { "event-casing": ["warn", { limit: 9 }] } },
        { paths: ["web"], rules: { "event-casing": "error" } },
      ],
    });
    const { settings } = resolveSettings(rules, plan, []);
    expect(settings.optionsOf("event-casing", "web/a.ts")).toEqual({ limit: 9, allow: ["a"] });
    expect(settings.optionsOf("event-casing", "api/a.ts")).toEqual({ limit: 3, allow: ["a"] });
    expect(settings.optionsOf("unknown-event", "web/a.ts")).toBeUndefined();
  });

  const problemsOf = (given: Given) =>
    resolveSettings(rules, planOf(given), []).findings.map((one) => `${one.at.line} ${one.message} | ${one.help}`);

  test("that break the rule's schema are reported at their rule, and don't count", () => {
    const given: Given = { rules: { "unknown-event": "warn", "event-casing": ["error", { limit: "many" }] } };
    expect(problemsOf(given)).toEqual([
      '11 The option `limit` of `event-casing` is a string ("many"), expected a number | `tracklint explain event-casing` shows its options.',
    ]);
    const { settings } = resolveSettings(rules, planOf(given), []);
    expect(settings.severityOf("event-casing", "a.ts")).toBe("error");
    expect(settings.optionsOf("event-casing", "a.ts")).toBeUndefined();
  });

  test("that are unknown are answered with the nearest", () => {
    expect(problemsOf({ rules: { "event-casing": ["warn", { limits: 3 }] } })[0]).toMatch(
      /unknown key `limits` \| Did you mean `limit`\?$/,
    );
    expect(
      problemsOf({ overrides: [{ paths: ["a"], rules: { "event-casing": ["warn", { zzzzzzz: 3 }] } }] })[0],
    ).toMatch(/Its options are `limit`, `allow`\.$/);
  });

  test("of a rule that takes none are reported", () => {
    expect(problemsOf({ rules: { "unknown-event": ["warn", {}] } })[0]).toMatch(/`unknown-event` takes no options/);
  });
});

describe("names that aren't there", () => {
  test("a rule in the plan is reported at its place, with the nearest", () => {
    const { findings } = resolveSettings(rules, planOf({ rules: { "unkown-event": "warn" } }), []);
    expect(findings).toMatchObject([
      {
        rule: "plan-invalid",
        severity: "error",
        at: { line: 10 },
        message: "There is no rule `unkown-event`",
        help: "Did you mean `unknown-event`?",
      },
    ]);
  });

  test("a preset is reported", () => {
    const { findings } = resolveSettings(rules, planOf({ extends: ["stict"] }), []);
    expect(findings).toMatchObject([
      { at: { line: 2 }, message: "There is no preset `stict`", help: "Did you mean `strict`?" },
    ]);
  });

  test("a rule in a flag is the user's mistake", () => {
    expect(() => requireKnownRules(rules, [{ id: "event-casng", severity: "off" }])).toThrow(
      expect.objectContaining({
        name: "UserError",
        message: "There is no rule `event-casng`.",
        help: "Did you mean `event-casing`?",
      }),
    );
  });
});
