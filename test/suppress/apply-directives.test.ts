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

/** Applies the comments of a text, and gives what is left as `rule:line message`. */
function left(
  lines: readonly string[],
  findings: readonly Finding[],
  options: { judged?: boolean; today?: string } = {},
) {
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
  return result.findings.map((one) => `${one.rule}:${one.at.line}:${one.at.column} ${one.message}`);
}

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
    ).toEqual(["consent-check:2:1 consent-check at 2", "unknown-event:3:1 unknown-event at 3"]);
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
    expect(left(lines, [finding("unknown-event", 5), finding("unknown-event", 6)])).toEqual([
      "unknown-event:6:1 unknown-event at 6",
    ]);
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
    ).toEqual([
      "unknown-event:4:1 unknown-event at 4",
      "unknown-event:6:1 unknown-event at 6",
      "consent-check:6:1 consent-check at 6",
    ]);
  });

  test("disable without enable holds to the end, and disable-file everywhere", () => {
    expect(
      left(["", "// tracklint-disable unknown-event"], [finding("unknown-event", 1), finding("unknown-event", 9)]),
    ).toEqual(["unknown-event:1:1 unknown-event at 1"]);
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
    ).toEqual(["unknown-event:1:1 unknown-event at 1"]);
  });

  test("a suppression that suppresses nothing is reported at its rule id", () => {
    expect(
      left(["// tracklint-disable-next-line unknown-event, consent-check", "x"], [finding("consent-check", 2)]),
    ).toEqual(["unused-suppression:1:32 Nothing is reported by `unknown-event` here"]);
  });

  test("an unused suppression of a rule that was not judged is left alone", () => {
    expect(left(["// tracklint-disable-next-line unknown-event"], [], { judged: false })).toEqual([]);
  });

  test("an enable that ends nothing is reported", () => {
    expect(left(["// tracklint-enable"], [])).toEqual([
      "unused-suppression:1:4 No suppression is open that this could end",
    ]);
  });

  test("a suppression holds on its last day and no longer on the next", () => {
    const lines = ["// tracklint-disable-next-line unknown-event (until 2026-06-15)", "x"];
    expect(left(lines, [finding("unknown-event", 2)], { today: "2026-06-15" })).toEqual([]);
    expect(left(lines, [finding("unknown-event", 2)], { today: "2026-06-16" })).toEqual([
      "unknown-event:2:1 unknown-event at 2",
      "unused-suppression:1:32 The suppression of `unknown-event` expired on 2026-06-15",
    ]);
  });

  test("an unknown rule, a missing rule, a date that is none and an unknown word are each reported and suppress nothing", () => {
    const target = finding("unknown-event", 2);
    const findings = (line: string) => left([line, "x"], [target]).slice(1);
    expect(findings("// tracklint-disable-next-line unkown-event")).toEqual([
      "invalid-suppression:1:32 There is no rule `unkown-event`",
    ]);
    expect(findings("// tracklint-disable-next-line -- legacy")).toEqual([
      "invalid-suppression:1:4 The suppression names no rule",
    ]);
    expect(findings("// tracklint-disable-next-line unknown-event (until 2026-02-30)")).toEqual([
      "invalid-suppression:1:4 `2026-02-30` is not a date, so the suppression does not hold",
    ]);
    expect(findings("// tracklint-disable-nextline unknown-event")).toEqual([
      "invalid-suppression:1:4 `tracklint-disable-nextline` is no directive",
    ]);
  });

  test("an unknown rule is answered with the nearest one", () => {
    const source = new SourceText("// tracklint-disable-file unkown-event");
    const [raw] = parseDirectives(source.text, 0);
    const result = applyDirectives([], new Map([["a.ts", [toDirective(raw!, source, "a.ts")]]]), {
      today: "2026-01-01",
      ruleIds,
      wasJudged: () => true,
    });
    expect(result.findings[0]?.help).toBe("Did you mean `unknown-event`?");
  });

  test("engine findings can't be suppressed", () => {
    expect(left(["// tracklint-disable-file parse-error"], [finding("parse-error", 3)])).toEqual([
      "parse-error:3:1 parse-error at 3",
      "invalid-suppression:1:27 There is no rule `parse-error`",
    ]);
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
      ["disable-next-line", 2, 5],
      ["disable-line", 6, undefined],
    ]);
    const result = applyDirectives(
      [5, 6, 7].map((line) => finding("unused-event", line, "tracking-plan.yaml")),
      new Map([["tracking-plan.yaml", directives]]),
      { today: "2026-01-01", ruleIds, wasJudged: () => true },
    );
    expect(result.findings.map((one) => one.at.line)).toEqual([7]);
    expect(result.suppressed.map((one) => one.at.line)).toEqual([5, 6]);
  });
});
