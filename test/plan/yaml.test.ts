import { describe, expect, test } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import { loadPlan } from "../../src/plan/load-plan.ts";
import { eventOf, load, planPath, problemsBelow, problemsOf, validPlan } from "./reading.ts";

describe("a file that is no plan gives one error", () => {
  test.each([
    ["an empty file", "", ["1:1-1:1 The plan is empty"]],
    ["comments only", "# a plan\n", ["1:1-1:1 The plan is empty"]],
    ["text", "just text", ["1:1-1:10 A plan is a map of sections such as `events:`; this is text"]],
    ["a list", "- Signed Up\n", ["1:1-1:2 A plan is a map of sections such as `events:`; this is a list"]],
    ["a control character", "tracklint: 1\nname: a\u0001b\n", ["2:8-2:9 The plan is not a text file: it holds U+0001"]],
    ["two documents", "tracklint: 1\n---\nevents: []\n", ["2:1-2:4 A plan is one YAML document; here begins a second"]],
    ["YAML 1.1", "%YAML 1.1\n---\ntracklint: 1\n", ["1:1-1:10 The plan is YAML 1.2, not 1.1"]],
  ])("%s", (_, text, problems) => expect(problemsOf(text)).toEqual(problems));

  test("a binary file is reported with the host's reason", () => {
    expect(problemsOf("a\0b")).toEqual([
      "1:1-1:1 The plan can't be read: looks binary: there is a NUL byte near its start",
    ]);
  });

  test("an empty file is told what the smallest plan is", () => {
    expect(load("").findings[0]?.help).toBe("The smallest plan is `tracklint: 1` and a list of names under `events:`");
  });
});

describe("an error of syntax is reported once, where it is", () => {
  test.each([
    ["two colons", "a: b: c", "1:4-1:5 Not valid YAML: nested mappings are not allowed in compact mappings"],
    [
      "an open bracket",
      "a: [1, 2",
      "1:9-1:9 Not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["a tab", "a:\n\tb: 1", "2:1-2:2 Not valid YAML: tabs are not allowed as indentation"],
    ["an open quote", 'a: "x', '1:6-1:6 Not valid YAML: missing closing "quote'],
    ["an unknown escape", 'a: "\\q"', "1:5-1:6 Not valid YAML: invalid escape sequence \\q"],
    ["a list beside a map", "- a\nb: 1", "2:1-2:2 Not valid YAML: unexpected scalar at node end"],
  ])("%s", (_, text, problem) => expect(problemsOf(text)).toEqual([problem]));

  test("what to do is said", () => {
    expect(load("a: b: c").findings[0]?.help).toContain("in quotes");
  });
});

describe("names that YAML takes for something else", () => {
  test("names that read as numbers, truth values or nothing must be quoted", () => {
    const text = "events:\n  1.0: {}\n  404: {}\n  true: {}\n  null: {}\n";
    expect(problemsBelow(text)).toEqual([
      "2:3-2:6 The name `1.0` reads as a number in YAML",
      "3:3-3:6 The name `404` reads as a number in YAML",
      "4:3-4:7 The name `true` reads as true or false in YAML",
      "5:3-5:7 The name `null` reads as no value in YAML",
    ]);
    expect(load(`tracklint: 1\n${text}`).findings[0]?.help).toBe('Put it in quotes: "1.0"');
  });

  test("quoted, and the words of YAML 1.1, they are names", () => {
    const plan = validPlan('tracklint: 1\nevents: { "1.0": {}, "null": {}, on: {}, yes: {}, no: {}, off: {} }\n');
    expect(plan.events.map(({ name }) => name)).toEqual(["1.0", "null", "on", "yes", "no", "off"]);
  });

  test("a list of names holds texts", () => {
    expect(problemsBelow("events: [Signed Up, 1.0, true]")).toEqual([
      "1:21-1:24 Item 2 of `events` is a number (1), expected text or a map",
      "1:26-1:30 Item 3 of `events` is true or false (true), expected text or a map",
    ]);
  });

  test("whole numbers are versions, other numbers would lose digits", () => {
    expect(problemsBelow("events: { A: { version: 3, versions: { 1: {}, 2: {} } } }")).toEqual([]);
    expect(problemsBelow("version: 4.10\nevents: { A: { version: 1.0, versions: { 2.0: {} } } }")).toEqual([
      "1:10-1:14 `version` is a number (4.1), expected text or a whole number",
      "2:25-2:28 `version` reads as the number 1 in YAML",
      "2:42-2:45 The name `2.0` reads as a number in YAML",
    ]);
  });

  test("cases of a variant may be numbers and truth values", () => {
    const event = "properties: { new: { type: boolean } }, variants: { by: new, cases: { true: {}, false: {} } }";
    expect(problemsBelow(`events: { A: { ${event} } }`)).toEqual([]);
  });

  test("a key that is no text, or that is missing", () => {
    expect(problemsBelow("? [a]\n: 1")).toEqual(["1:3-1:4 A key is text, not a map or a list"]);
    expect(problemsBelow("events: { : {} }")).toEqual(["1:10-1:10 A key is missing in front of the colon"]);
    expect(problemsBelow("events: { __proto__: {} }")).toEqual(["1:11-1:20 `__proto__` can't be a name"]);
  });
});

describe("what stands twice", () => {
  test("a key is reported at the second place, with the first", () => {
    const { findings, plan } = load("tracklint: 1\nevents:\n  A: { owner: x }\n  A: {}\n");
    expect(findings).toMatchObject([
      {
        at: { line: 4, column: 3, endLine: 4, endColumn: 4 },
        message: "`A` stands twice in this map",
        related: [{ at: { line: 3, column: 3 }, message: "the first one" }],
      },
    ]);
    expect(plan?.find("A")?.owner).toEqual(["x"]);
  });
});

describe("anchors, aliases and merge keys", () => {
  test("a merge key brings what the map doesn't have; earlier maps win", () => {
    const plan = validPlan(`tracklint: 1
x-base: &base { owner: [growth], category: signup, description: from base }
x-more: &more { category: more, trigger: from more }
events:
  Signed Up:
    description: its own
    <<: [*base, *more]
`);
    expect(eventOf(plan, "Signed Up")).toMatchObject({
      description: "its own",
      category: "signup",
      trigger: "from more",
      owner: ["growth"],
    });
  });

  test("what is wrong in a merged map is reported once, where it stands", () => {
    expect(problemsBelow("x-a: &a { ownr: [x] }\nevents: { A: { <<: *a }, B: { <<: *a } }")).toEqual([
      "1:11-1:15 Unknown key `ownr`: did you mean `owner`?",
    ]);
  });

  test("a quoted `<<` is a name", () => {
    expect(validPlan('tracklint: 1\nevents: { "<<": {} }').events[0]?.name).toBe("<<");
  });

  test.each([
    [
      "an unknown anchor",
      "x-a: &foo 1\nx-b: *fo",
      "2:6-2:9 No anchor `&fo` stands before this alias: did you mean `foo`?",
    ],
    ["an alias inside its anchor", "x-a: &a { b: *a }", "1:14-1:16 The alias `*a` stands inside what it names"],
    ["a merge of no map", "<<: 3", "1:5-1:6 A merge key `<<` takes a map or a list of maps"],
    ["a tag", "name: !secret x", "1:15-1:16 The YAML tag !secret has no meaning in a plan"],
    ["binary data", "name: !!binary aGk=", "1:16-1:20 The YAML tag !!binary has no meaning in a plan"],
  ])("%s", (_, text, problem) => expect(problemsBelow(text)).toEqual([problem]));
});

describe("hostile files stop at a bound, with one error", () => {
  test("an alias bomb", () => {
    const levels = Array.from({ length: 20 }, (_, i) => `x-l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`)}]`);
    expect(problemsBelow(["x-l0: &l0 [1]", ...levels].join("\n"))).toEqual([
      expect.stringMatching(/^7:\d+-7:\d+ Aliases repeat more than 1,000,000 values up to here$/),
    ]);
  });

  test("an alias bomb of merge keys", () => {
    const big = Array.from({ length: 2000 }, (_, i) => `k${i}: 1`).join(", ");
    const merges = Array.from({ length: 1000 }, (_, i) => `x-${i}: { <<: *big }`);
    expect(problemsBelow([`x-big: &big { ${big} }`, ...merges].join("\n"))).toEqual([
      expect.stringContaining("Aliases repeat more than 1,000,000 values up to here"),
    ]);
  });

  test.each([
    ["brackets", "[".repeat(100_000)],
    ["braces", "{a: ".repeat(100_000)],
    ["list items", "- ".repeat(100_000)],
    ["explicit keys", "? ".repeat(100_000)],
  ])("%s nested without an end", (_, text) => {
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^1:\d+-1:\d+ Maps and lists are nested more than 100 levels deep here$/),
    ]);
  });

  test("aliases that nest deeper than maps may", () => {
    const levels = Array.from({ length: 150 }, (_, i) => `x-${i + 1}: &l${i + 1} [*l${i}]`);
    expect(problemsBelow(["x-0: &l0 [1]", ...levels].join("\n"))).toEqual([
      expect.stringContaining("Aliases nest maps and lists more than 100 levels deep here"),
    ]);
  });

  test("a structure of eighty levels is none of them", () => {
    expect(problemsBelow(`x-deep: ${"[".repeat(80)}${"]".repeat(80)}`)).toEqual([]);
  });

  test("more than 16 MB", () => {
    expect(problemsOf(`# ${"x".repeat(17 * 1024 * 1024)}`)).toEqual(["1:1-1:1 The plan is larger than 16 MB"]);
  });

  test("more than five million tokens", () => {
    expect(problemsOf(`x-a: [${"1,".repeat(1_700_000)}]`)).toEqual([
      expect.stringMatching(/^1:\d+-1:\d+ The plan holds more than 5,000,000 YAML tokens$/),
    ]);
  });

  test("more errors than anybody reads", () => {
    const events = Array.from({ length: 3000 }, (_, i) => `  Event ${i}: { ownr: x }`);
    const problems = problemsBelow(`events:\n${events.join("\n")}`);
    expect(problems).toHaveLength(501);
    expect(problems.at(-1)).toContain("The plan has more than 500 errors; the rest is not listed");
  });
});

describe("places", () => {
  test("Windows line ends move no place", () => {
    expect(problemsOf("tracklint: 1\r\nevents:\r\n  A: { ownr: x }\r\n")).toEqual([
      "3:8-3:12 Unknown key `ownr`: did you mean `owner`?",
    ]);
  });

  test("a byte order mark moves no place", () => {
    expect(problemsOf("\uFEFFtracklint: 1\nevnts: []\n")).toEqual([
      "2:1-2:6 Unknown key `evnts`: did you mean `events`?",
    ]);
  });

  test("columns count UTF-16 code units", () => {
    expect(problemsBelow("name: { '🛒': x }")).toEqual(["1:1-1:5 `name` is a map, expected text"]);
    expect(problemsBelow("events: { '🛒': { ownr: x } }")).toEqual([
      "1:19-1:23 Unknown key `ownr`: did you mean `owner`?",
    ]);
  });
});

test("a file that doesn't exist is the user's mistake, with what to do", () => {
  expect(() => loadPlan(memoryHost({}), planPath)).toThrow(
    expect.objectContaining({
      name: "UserError",
      message: "The tracking plan tracking-plan.yaml doesn't exist.",
      help: expect.stringContaining("--plan"),
    }),
  );
  expect(() => loadPlan(memoryHost({ "plans/a.yaml": "" }), "plans")).toThrow("The tracking plan plans is a folder.");
  expect(() => loadPlan(memoryHost({}), "../plan.yaml")).toThrow("lies outside the root");
});

test("a file that can't be read is reported with the reason", () => {
  const host = memoryHost({}, { unreadable: { [planPath]: "permission denied" } });
  expect(loadPlan(host, planPath).findings.map(({ message }) => message)).toEqual([
    "The plan can't be read: permission denied",
  ]);
});

test("every text that was read is handed out, for code frames", () => {
  const { texts } = load("tracklint: 1\ninclude: [a.yaml]\n", { "a.yaml": "events: [A]\n" });
  expect([...texts]).toEqual([
    [planPath, "tracklint: 1\ninclude: [a.yaml]\n"],
    ["a.yaml", "events: [A]\n"],
  ]);
});
