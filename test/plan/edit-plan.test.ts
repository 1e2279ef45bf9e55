import { describe, expect, test } from "vitest";
import { applyEdits, withoutOverlap } from "../../src/fix/text-edit.ts";
import { editEvent, parsePlanText, renameInPlan } from "../../src/plan/edit-plan.ts";

/** Renames the event, where its name first stands as a key or an item, and adds an alias. */
function edit(text: string, from: string, to: string, alias?: string): string | undefined {
  const at = text.search(new RegExp(`(?<=^ *(?:- )?|name: |events: \\[)["']?${from}\\b`, "m"));
  const plan = parsePlanText(text);
  const own = plan && editEvent(plan, at, { from, to, ...(alias === undefined ? {} : { alias }) });
  const all = own && withoutOverlap([...own, ...(from === to ? [] : renameInPlan(plan, { from, to }))]);
  return all && applyEdits(text, all);
}

describe("an event that gets another name and an alias", () => {
  test.each([
    ["events:\n  old:\n", "events:\n  New: { aliases: [old] }\n"],
    ["events:\n  old: {} # why\n", "events:\n  New: { aliases: [old] } # why\n"],
    ["events:\n  old: { version: 1 }\n", "events:\n  New: { aliases: [old], version: 1 }\n"],
    [
      "events:\n  # one\n  old: # two\n    # three\n    version: 1\n  b: {}\n",
      "events:\n  # one\n  New: # two\n    # three\n    aliases: [old]\n    version: 1\n  b: {}\n",
    ],
    ["events:\r\n  old:\r\n    version: 1\r\n", "events:\r\n  New:\r\n    aliases: [old]\r\n    version: 1\r\n"],
    ["events:\n  old: { aliases: [a] }\n", "events:\n  New: { aliases: [a, old] }\n"],
    ["events:\n  old: { aliases: [] }\n", "events:\n  New: { aliases: [old] }\n"],
    [
      "events:\n  old:\n    aliases:\n      - a # first\n    version: 1\n",
      "events:\n  New:\n    aliases:\n      - a\n      - old # first\n    version: 1\n",
    ],
    ["events:\n  'old': {}\n", "events:\n  New: { aliases: [old] }\n"],
    ["events:\n  k: { name: old, version: 1 }\n", "events:\n  k: { aliases: [old], name: New, version: 1 }\n"],
  ])("%j", (text, expected) => {
    expect(edit(text, "old", "New", "old")).toBe(expected);
  });

  test("is called so wherever the plan names it", () => {
    const text = [
      "identity: { signup: [old, other], login: old }",
      "attribution: { conversions: [old] }",
      "events:",
      "  old: { status: planned }",
      "  b: { status: deprecated, replacedBy: old, description: old }",
      "",
    ].join("\n");
    expect(edit(text, "old", "New")).toBe(
      [
        "identity: { signup: [New, other], login: New }",
        "attribution: { conversions: [New] }",
        "events:",
        "  New: { status: planned }",
        "  b: { status: deprecated, replacedBy: New, description: old }",
        "",
      ].join("\n"),
    );
  });

  test("is quoted where YAML would read something else", () => {
    expect(edit("events:\n  old: {}\n", "old", "a: b", "old")).toBe('events:\n  "a: b": { aliases: [old] }\n');
    expect(edit("events:\n  old: {}\n", "old", "yes", "old")).toBe('events:\n  "yes": { aliases: [old] }\n');
    expect(edit("events:\n  old: {}\n", "old", "old", "1.0, x")).toBe('events:\n  old: { aliases: ["1.0, x"] }\n');
  });

  test("is only renamed in a list of names, which has no place for an alias", () => {
    expect(edit("events: [old, b]\n", "old", "New")).toBe("events: [New, b]\n");
    expect(edit("events:\n  - old\n", "old", "New")).toBe("events:\n  - New\n");
    expect(edit("events: [old, b]\n", "old", "New", "old")).toBeUndefined();
  });

  test("is left alone where its body is another's too, or the file is no plan", () => {
    const shared = "x-a: &a { version: 1 }\nevents:\n  old: *a\n";
    expect(edit(shared, "old", "New", "old")).toBeUndefined();
    expect(edit("events:\n  old: [\n", "old", "New", "old")).toBeUndefined();
  });

  test("has an alias once", () => {
    expect(edit("events:\n  old: { aliases: [a] }\n", "old", "old", "a")).toBe("events:\n  old: { aliases: [a] }\n");
  });
});
