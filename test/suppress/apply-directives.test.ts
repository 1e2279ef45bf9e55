import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/diagnostics/finding.ts";
import { SourceText } from "../../src/diagnostics/source-text.ts";
import { applyDirectives } from "../../src/suppress/apply-directives.ts";
import { parseDirectives } from "../../src/suppress/parse-directive.ts";
import { readPlanDirectives } from "../../src/suppress/plan-directives.ts";
import { toDirective } from "../../src/suppress/to-directive.ts";

const ruleIds = new Set(["unknown-event", "consent-check", "unused-event"]);

function finding(rule: string, line: number, file = "src/app.ts"): Finding {
  return {
    rule,
    severity: "error",
    at: { file, line, column: 1, endLine: line, endColumn: 5 },
    message: `${rule} at ${line}`,
    related: [],
    fingerprint: `${rule}:${line}`,
  };
}

interface Left {
  /** What is left, as `rule:line`. */
  readonly findings: readonly string[];
  /** What came of each rule of each comment, as `outcome rule:line:column`, or the fault of the whole. */
  readonly came: readonly string[];
}

/** Applies the comments of a text. */
function apply(
  lines: readonly string[],
  findings: readonly Finding[],
  options: { judged?: boolean; today?: string } = {},
): Left {
  const text = lines.join("\n");
  const source = new SourceText(text);
  const directives = lines.flatMap((line, index) => {
    const at = line.indexOf("//");
    if (at < 0) return [];
    return parseDirectives(line.slice(at), source.offsetOf(index + 1, at + 1)).map((raw) =>
      toDirective(raw, source, "src/app.ts"),
    );
  });
  const result = applyDirectives(findings, new Map([["src/app.ts", directives]]), {
    today: options.today ?? "2026-06-15",
    ruleIds,
    wasJudged: () => options.judged ?? true,
  });
  return {
    findings: result.findings.map((one) => `${one.rule}:${one.at.line}`),
    came: result.suppressions.flatMap(({ directive, fault, rules }) =>
      fault === undefined
        ? rules.map(({ id, at, outcome }) => `${outcome} ${id}:${at.line}:${at.column}`)
        : [`${fault}:${directive.at.line}:${directive.at.column}`],
    ),
  };
}

const left = (...args: Parameters<typeof apply>) => apply(...args).findings;
const came = (...args: Parameters<typeof apply>) => apply(...args).came;

describe("suppressions in code", () => {
  test("disable-next-line and disable-line hold for one line and for the named rule only", () => {
    expect(
      left(
        [
          "// tracklint-disable-next-line unknown-event -- legacy",
          "call()",
          "call() // tracklint-disable-line consent-check",
        ],
        [
          finding("unknown-event", 2),
          finding("consent-check", 2),
          finding("consent-check", 3),
          finding("unknown-event", 3),
        ],
      ),
    ).toEqual(["consent-check:2", "unknown-event:3"]);
  });

  test("disable-next-line speaks of the next line of code, past comments and blank lines", () => {
    const lines = [
      "// tracklint-disable-next-line unknown-event -- legacy",
      "// why it is so",
      "",
      " {/* JSX */}",
      "call()",
      "call()",
    ];
    expect(left(lines, [finding("unknown-event", 5), finding("unknown-event", 6)])).toEqual(["unknown-event:6"]);
  });

  test("disable holds until enable, for the rules that enable names", () => {
    expect(
      left(
        [
          "// tracklint-disable unknown-event, consent-check",
          "call()",
          "// tracklint-enable unknown-event",
          "call()",
          "// tracklint-enable",
          "call()",
        ],
        [2, 4, 6].flatMap((line) => [finding("unknown-event", line), finding("consent-check", line)]),
      ),
    ).toEqual(["unknown-event:4", "unknown-event:6", "consent-check:6"]);
  });

  test("disable without enable holds to the end, and disable-file everywhere", () => {
    expect(
      left(["", "// tracklint-disable unknown-event"], [finding("unknown-event", 1), finding("unknown-event", 9)]),
    ).toEqual(["unknown-event:1"]);
    expect(
      left(["", "// tracklint-disable-file unknown-event"], [finding("unknown-event", 1), finding("unknown-event", 9)]),
    ).toEqual([]);
  });

  test("a directive of one file says nothing of another", () => {
    expect(
      left(
        ["// tracklint-disable-file unknown-event", "call()"],
        [finding("unknown-event", 1, "src/b.ts"), finding("unknown-event", 2)],
      ),
    ).toEqual(["unknown-event:1"]);
  });

  test("what came of it is told for each rule that a comment names", () => {
    const lines = ["// tracklint-disable-next-line unknown-event, consent-check", "x"];
    expect(came(lines, [finding("consent-check", 2)])).toEqual([
      "unused unknown-event:1:32",
      "used consent-check:1:47",
    ]);
  });

  test("an unused suppression of a rule that was not judged is left alone", () => {
    expect(came(["// tracklint-disable-next-line unknown-event"], [], { judged: false })).toEqual([
      "not-judged unknown-event:1:32",
    ]);
  });

  test("an enable is used where it ends something, also what has expired or never held", () => {
    expect(came(["// tracklint-enable"], [])).toEqual(["unused enable:1:4"]);
    expect(came(["// tracklint-enable consent-check"], [], { judged: false })).toEqual(["unused consent-check:1:21"]);
    const lines = ["// tracklint-disable consent-check (until 2026-01-01)", "// tracklint-enable"];
    expect(came(lines, [])).toEqual(["expired consent-check:1:22", "used enable:2:4"]);
  });

  test("a suppression holds on its last day and no longer on the next", () => {
    const lines = ["// tracklint-disable-next-line unknown-event (until 2026-06-15)", "x"];
    expect(apply(lines, [finding("unknown-event", 2)], { today: "2026-06-15" })).toEqual({
      findings: [],
      came: ["used unknown-event:1:32"],
    });
    expect(apply(lines, [finding("unknown-event", 2)], { today: "2026-06-16" })).toEqual({
      findings: ["unknown-event:2"],
      came: ["expired unknown-event:1:32"],
    });
  });

  test.each([
    ["// tracklint-disable-next-line unkown-event", "unknown-rule unkown-event:1:32"],
    ["// tracklint-disable-next-line -- legacy", "no-rule:1:4"],
    ["// tracklint-disable-next-line unknown-event (until 2026-02-30)", "no-date:1:4"],
    ["// tracklint-disable-nextline unknown-event", "unknown-word:1:4"],
  ])("%s suppresses nothing", (line, outcome) => {
    expect(apply([line, "x"], [finding("unknown-event", 2)])).toEqual({
      findings: ["unknown-event:2"],
      came: [outcome],
    });
  });

  test("an unknown rule is answered with the nearest one", () => {
    const source = new SourceText("// tracklint-disable-file unkown-event");
    const [raw] = parseDirectives(source.text, 0);
    const result = applyDirectives([], new Map([["a.ts", [toDirective(raw!, source, "a.ts")]]]), {
      today: "2026-01-01",
      ruleIds,
      wasJudged: () => true,
    });
    expect(result.suppressions[0]?.rules[0]?.nearest).toBe("unknown-event");
  });

  test("engine findings can't be suppressed", () => {
    expect(apply(["// tracklint-disable-file parse-error"], [finding("parse-error", 3)])).toEqual({
      findings: ["parse-error:3"],
      came: ["unknown-rule parse-error:1:27"],
    });
  });

  test("a comment of markup speaks of the whole opening tag after it", () => {
    const text = [
      "<!-- tracklint-disable-next-line unknown-event -->",
      "",
      '<button title="a > b"',
      "  on:click={() => { if (a > b) f({ a }) }}",
      "  @click=\"track('X')\"",
      ">",
      "</button>",
      "{/* tracklint-disable-next-line unknown-event */}",
      "<button",
    ].join("\n");
    const source = new SourceText(text);
    const spoken = parseDirectives(text, 0).map((raw) => toDirective(raw, source, "a.vue").appliesTo);
    expect(spoken).toEqual([{ fromLine: 3, toLine: 6 }]);
  });
});

describe("suppressions in a plan", () => {
  test("speak of the next line that is neither blank nor a comment", () => {
    const text = [
      "events:",
      "  # tracklint-disable-next-line unused-event -- sold with the acquisition",
      "  # a comment",
      "",
      "  Old Event: {}",
      "  New Event: {} # tracklint-disable-line unused-event",
      '  Prose: { description: "see#tracklint-disable-file" }',
    ].join("\n");
    const directives = readPlanDirectives("tracking-plan.yaml", text);
    expect(directives.map((one) => [one.kind, one.at.line, one.appliesTo])).toEqual([
      ["disable-next-line", 2, { fromLine: 5, toLine: 5 }],
      ["disable-line", 6, undefined],
    ]);
    const result = applyDirectives(
      [5, 6, 7].map((line) => finding("unused-event", line, "tracking-plan.yaml")),
      new Map([["tracking-plan.yaml", directives]]),
      { today: "2026-01-01", ruleIds, wasJudged: () => true },
    );
    expect(result.findings.map((one) => one.at.line)).toEqual([7]);
    expect(result.suppressed.map(({ finding, reason }) => [finding.at.line, reason])).toEqual([
      [5, "sold with the acquisition"],
      [6, undefined],
    ]);
  });
});
