import { describe, expect, test } from "vitest";
import { SourceText } from "../../src/diagnostics/source-text.ts";
import { directiveEdit, literalEdit } from "../../src/fix/code-edits.ts";
import { applyEdits } from "../../src/fix/text-edit.ts";

const rangeIn = (text: string, part: string) => {
  const start = text.indexOf(part);
  return new SourceText(text).rangeOf("a.ts", start, start + part.length);
};

/** Takes out the directive, which ends before the comment does, or one of its rules. */
function without(text: string, rule?: string): string | undefined {
  const directive = /tracklint-.*?(?= *(?:\*\/|-->)|\r?$|\n)/m.exec(text)?.[0] ?? "";
  const edit = directiveEdit(text, {
    kind: "directive",
    at: rangeIn(text, directive),
    ...(rule === undefined ? {} : { rule: rangeIn(text, rule) }),
  });
  return edit && applyEdits(text, [edit]);
}

describe("a suppression that is taken out", () => {
  test.each([
    ["a\n  // tracklint-disable-next-line x -- y\nb\n", "a\nb\n"],
    ["a\r\n  // tracklint-disable-next-line x\r\nb\r\n", "a\r\nb\r\n"],
    ["a // tracklint-disable-line x\nb\n", "a\nb\n"],
    ["a // tracklint-disable-line x", "a"],
    ["/* tracklint-disable-file x */\na\n", "a\n"],
    ["/* tracklint-disable-line x */ a\n", " a\n"],
    ["<p>\n  {/* tracklint-disable-next-line x */}\n  <b />\n</p>\n", "<p>\n  <b />\n</p>\n"],
    ["<p>\n  <!-- tracklint-disable-next-line x -->\n  <b />\n</p>\n", "<p>\n  <b />\n</p>\n"],
    ["events:\n  # tracklint-disable-next-line x\n  A: {}\n", "events:\n  A: {}\n"],
    ["events:\n  A: {} # tracklint-disable-line x\n", "events:\n  A: {}\n"],
  ])("%j goes with its comment", (text, expected) => {
    expect(without(text)).toBe(expected);
  });

  test.each([
    ["// tracklint-disable-line one, two -- why", "one", "// tracklint-disable-line two -- why"],
    ["// tracklint-disable-line one, two -- why", "two", "// tracklint-disable-line one -- why"],
    ["// tracklint-disable-line one,two,three", "two", "// tracklint-disable-line one,three"],
    ["// tracklint-disable-line one two (until 2027-01-31)", "two", "// tracklint-disable-line one (until 2027-01-31)"],
    ["/* tracklint-disable-line one, two */", "two", "/* tracklint-disable-line one */"],
  ])("%j loses only %s", (text, rule, expected) => {
    expect(without(text, rule)).toBe(expected);
  });

  test("stays where its comment goes on", () => {
    expect(without("/* tracklint-disable-file x\n more */\na\n")).toBeUndefined();
  });
});

describe("a literal", () => {
  const rename = (text: string, literal: string, to = "New Name") => {
    const edit = literalEdit(text, { kind: "literal", at: rangeIn(text, literal), from: "old_name", to });
    return edit && applyEdits(text, [edit]);
  };

  test.each([
    ['f("old_name")', '"old_name"', 'f("New Name")'],
    ["f('old_name')", "'old_name'", "f('New Name')"],
    ["f(`old_name`)", "`old_name`", "f(`New Name`)"],
  ])("%s keeps its quotes", (text, literal, expected) => {
    expect(rename(text, literal)).toBe(expected);
  });

  test("is left alone where it is none, says something else, or would need an escape", () => {
    expect(rename("f(old_name)", "old_name")).toBeUndefined();
    expect(rename('f("old_names")', '"old_names"')).toBeUndefined();
    expect(rename('f("old_name")', '"old_name"', "Buyer's Choice")).toBeUndefined();
    expect(rename("f(`old_name`)", "`old_name`", "${x}")).toBeUndefined();
  });
});
