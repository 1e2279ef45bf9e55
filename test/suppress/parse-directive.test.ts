import { describe, expect, test } from "vitest";
import { parseDirectives } from "../../src/suppress/parse-directive.ts";

const only = (text: string, start = 0) => {
  const all = parseDirectives(text, start);
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe("parseDirectives", () => {
  test("reads kind, rules, reason and expiry of a line comment", () => {
    const text = "// tracklint-disable-next-line consent-check, unknown-event -- legal signed off (until 2027-01-31)";
    const directive = only(text, 100);
    expect(directive).toMatchObject({
      kind: "disable-next-line",
      reason: "legal signed off",
      until: "2027-01-31",
      start: 103,
      end: 100 + text.length,
    });
    expect(directive.rules.map((rule) => rule.id)).toEqual(["consent-check", "unknown-event"]);
    for (const rule of directive.rules) expect(text.slice(rule.start - 100, rule.end - 100)).toBe(rule.id);
  });

  test.each([
    ["/* tracklint-disable-line consent-check */", "disable-line"],
    ["/** tracklint-disable consent-check*/", "disable"],
    ["/*\n * tracklint-enable consent-check\n */", "enable"],
    ["<!-- tracklint-disable-file consent-check -->", "disable-file"],
    ["# tracklint-disable-next-line consent-check", "disable-next-line"],
    ["//tracklint-disable-next-line consent-check", "disable-next-line"],
  ])("reads %j as %s", (text, kind) => {
    const directive = only(text);
    expect(directive.kind).toBe(kind);
    expect(directive.rules.map((rule) => rule.id)).toEqual(["consent-check"]);
  });

  test("finds each directive of a block comment", () => {
    const kinds = parseDirectives("/*\r\n tracklint-disable a\r\n tracklint-disable-line b -- why\r\n*/", 0);
    expect(kinds.map((directive) => [directive.kind, directive.rules[0]?.id, directive.reason])).toEqual([
      ["disable", "a", undefined],
      ["disable-line", "b", "why"],
    ]);
  });

  test("keeps a directive without rules, so that it can be reported", () => {
    expect(only("// tracklint-disable-next-line -- because").rules).toEqual([]);
    expect(only("// tracklint-disable-file").rules).toEqual([]);
  });

  test("marks a misspelt directive as unknown instead of ignoring it", () => {
    expect(only("// tracklint-disable-nextline consent-check")).toMatchObject({
      kind: "unknown",
      word: "disable-nextline",
    });
  });

  test("takes an expiry without a reason", () => {
    expect(only("// tracklint-disable-line a (until 2026-02-30)")).toMatchObject({
      until: "2026-02-30",
      rules: [{ id: "a" }],
    });
  });

  test("a rule id with a hyphenated tail is one id", () => {
    expect(only("// tracklint-disable-line unknown-event-extra").rules.map((rule) => rule.id)).toEqual([
      "unknown-event-extra",
    ]);
  });

  test.each([
    "// see tracklint-disable-next-line in the manual",
    "/* `tracklint-disable` is a directive */",
    "// a comment",
    "// tracklintdisable a",
    "// tracklint-specific workaround",
  ])("leaves prose alone: %j", (text) => {
    expect(parseDirectives(text, 0)).toEqual([]);
  });
});
