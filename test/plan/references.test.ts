import { describe, expect, test } from "vitest";
import { load, problemsBelow } from "./reading.ts";

describe("names that nothing defines", () => {
  test.each([
    [
      "sources: { web: {} }\nevents: { A: { sources: [web, webb] } }",
      "2:31-2:35 `webb` is no source of this plan: did you mean `web`?",
    ],
    [
      "sources: { web: {} }\nevents: { A: { sources: { wep: {} } } }",
      "2:27-2:30 `wep` is no source of this plan: did you mean `web`?",
    ],
    [
      "destinations: { ga4: {} }\nevents: { A: { names: { ga: purchase } } }",
      "2:25-2:27 `ga` is no destination of this plan: did you mean `ga4`?",
    ],
    [
      "destinations: { ga4: {} }\nsources: { web: { destinations: [mixpanel] } }",
      "2:34-2:42 `mixpanel` is no destination of this plan",
    ],
    [
      "bundles: { commerce: {} }\nevents: { A: { bundles: [comerce] } }",
      "2:26-2:33 `comerce` is no bundle of this plan: did you mean `commerce`?",
    ],
    [
      "bundles: { commerce: {} }\nevents: { A: { versions: { 1.0.0: { bundles: [comerce] } } } }",
      "2:47-2:54 `comerce` is no bundle of this plan: did you mean `commerce`?",
    ],
    ["events: { A: { consent: ads } }", "1:25-1:28 `ads` is no consent category of this plan"],
    [
      "consent: { categories: { ads: {} }, default: adz }",
      "1:46-1:49 `adz` is no consent category of this plan: did you mean `ads`?",
    ],
    [
      "consent: { categories: { ads: {} }, exempt: [needed] }",
      "1:46-1:52 `needed` is no consent category of this plan",
    ],
    [
      "consent: { categories: { ads: {} }, guards: [{ call: f, category: adz }] }",
      "1:67-1:70 `adz` is no consent category of this plan: did you mean `ads`?",
    ],
    [
      "sources: { web: {} }\ncommon: { all: {}, server: {}, web: {}, brows: {} }",
      "2:41-2:46 `brows` is no platform and no source of this plan: did you mean `browser`?",
    ],
    [
      "sources: { web: {} }\nidentity: { ids: { id: { role: user, sources: [wep] } } }",
      "2:48-2:51 `wep` is no source of this plan: did you mean `web`?",
    ],
    [
      "identity: { signup: [Sign Up] }\nevents: [Signed Up]",
      "1:22-1:29 `Sign Up` is no event of this plan: did you mean `Signed Up`?",
    ],
    ["attribution: { conversions: [Paid] }\nevents: [Signed Up]", "1:30-1:34 `Paid` is no event of this plan"],
    [
      "events: { A: { replacedBy: Signed Upp }, Signed Up: {} }",
      "1:28-1:38 `Signed Upp` is no event of this plan and no version of this event: did you mean `Signed Up`?",
    ],
    [
      "events: { A: { version: 2.0.0, versions: { 1.0.0: { replacedBy: 2.0.1 } } } }",
      "1:65-1:70 `2.0.1` is no event of this plan and no version of this event: did you mean `2.0.0`?",
    ],
    [
      "properties: { revenue: {} }\nevents: { A: { properties: { r: { ref: revenu } } } }",
      "2:40-2:46 `revenu` is no shared property of this plan: did you mean `revenue`?",
    ],
    [
      "properties: { revenue: {} }\nbundles: { b: { r: { items: { ref: revenu } } } }",
      "2:36-2:42 `revenu` is no shared property of this plan: did you mean `revenue`?",
    ],
    [
      "events: { A: { properties: { plan: {} }, variants: { by: plam, cases: {} } } }",
      "1:58-1:62 `plam` is no property of `A`: did you mean `plan`?",
    ],
    [
      "events: { A: { properties: { plan: { enum: [free, pro] } }, variants: { by: plan, cases: { fre: {} } } } }",
      "1:92-1:95 `fre` is no value of `plan`: did you mean `free`?",
    ],
  ])("%s", (text, problem) => expect(problemsBelow(text)).toEqual([problem]));

  test("what is defined is listed", () => {
    const { findings } = load("tracklint: 1\nsources: { web: {}, api: {} }\nevents: { A: { sources: [worker] } }");
    expect(findings.map(({ help }) => help)).toEqual(["Defined: `web`, `api`"]);
  });

  test.each([
    ["sources and destinations of a plan that lists none", "events: { A: { sources: [web], names: { ga4: a } } }"],
    ["scopes of common in such a plan", "common: { web: { a: {} } }"],
    ["events in a file that is lint configuration only", "identity: { signup: [Signed Up] }"],
    ["an alias", "identity: { signup: [sign_up] }\nevents: { Signed Up: { aliases: [sign_up] } }"],
    ["a version of the same event", "events: { A: { version: 2.0.0, versions: { 1.0.0: { replacedBy: 2.0.0 } } } }"],
    ["an event that replaces a version", "events: { A: { versions: { 1.0.0: { replacedBy: B } } }, B: {} }"],
    [
      "a variant by a property of one source",
      "common: { web: { p: {} } }\nevents: { A: { variants: { by: p, cases: {} } } }",
    ],
    [
      "a variant by any property of an open event",
      "events: { A: { additionalProperties: true, variants: { by: p, cases: {} } } }",
    ],
    ["the category of a guard that an argument names", "consent: { guards: [{ call: f, category: { argument: 0 } }] }"],
  ])("%s is fine", (_, text) => expect(problemsBelow(text)).toEqual([]));
});

describe("shared definitions", () => {
  test("that lead back to themselves are reported once, with the way round", () => {
    expect(problemsBelow("properties:\n  a: { ref: b }\n  b: { ref: c }\n  c: { items: { ref: a } }\n")).toEqual([
      "4:22-4:23 `a` refers to itself: a → b → c → a",
    ]);
    expect(problemsBelow("properties: { a: { properties: { a: { ref: a } } } }")).toEqual([
      "1:44-1:45 `a` refers to itself: a → a",
    ]);
  });

  test("in a circle end where they would repeat", () => {
    const { plan } = load(
      "tracklint: 1\nproperties: { a: { items: { ref: a } } }\nevents: { A: { properties: { x: { ref: a } } } }",
    );
    expect(plan?.find("A")?.payloadFor("*", "unknown").properties.get("x")?.schema).toEqual({});
  });

  test("that double each other stop at a bound", () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) => `  a${i + 1}: { properties: { x: { ref: a${i} }, y: { ref: a${i} } } }`,
    );
    const problems = problemsBelow(["properties:", "  a0: { type: string }", ...levels].join("\n"));
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toContain("grows to more than 20,000 schemas here");
  });

  test("that lead on and on stop at a bound", () => {
    const levels = Array.from({ length: 1000 }, (_, i) => `  a${i + 1}: { ref: a${i} }`);
    for (const order of [levels, levels.toReversed()]) {
      const problems = problemsBelow(["properties:", "  a0: { type: string }", ...order].join("\n"));
      expect(problems[0]).toContain("leads through more than 30 definitions");
    }
  });

  test("that are used over and over in one event stop at a bound", () => {
    const big = Array.from({ length: 1000 }, (_, i) => `k${i}: {}`).join(", ");
    const uses = Array.from({ length: 30 }, (_, i) => `p${i}: { ref: big }`).join(", ");
    const problems = problemsBelow(
      `properties: { big: { properties: { ${big} } } }\nevents: { A: { properties: { ${uses} } } }`,
    );
    expect(problems[0]).toContain("`ref: big` grows to more than 20,000 schemas here");
  });
});

describe("events that collide", () => {
  test("the same name and kind twice", () => {
    const { findings } = load("tracklint: 1\nevents: [Home, { name: Home, kind: page }, { name: Home, kind: page }]\n");
    expect(findings).toMatchObject([
      {
        at: { line: 2, column: 52 },
        message: "The page event `Home` is in the plan twice",
        related: [{ at: { line: 2, column: 24 }, message: "the first one" }],
      },
    ]);
  });

  test("an alias that is a name, or another alias", () => {
    const text = "events:\n  A: { aliases: [B, old, A] }\n  B: { aliases: [old] }\n  C: { kind: page, aliases: [A] }\n";
    expect(problemsBelow(text)).toEqual([
      "2:18-2:19 The alias `B` is the name of another event",
      "2:26-2:27 The alias `A` is this event's own name",
      "3:18-3:21 The alias `old` stands twice",
    ]);
  });
});

describe("versions", () => {
  test.each([
    ["semver", "{ version: 1.2.3-beta.1+x, versions: { 1.0.0: {} } }", []],
    ["semver", "{ version: v2, versions: { 1-0-0: {} } }", ["v2", "1-0-0"]],
    ["schemaver", "{ version: 1-0-2, versions: { 1.0.0: {} } }", ["1.0.0"]],
    ["integer", "{ version: 3, versions: { 2: {}, 1.0.0: {} } }", ["1.0.0"]],
  ])("fit the scheme %s: %s", (scheme, event, wrong) => {
    const problems = problemsBelow(`versioning: { scheme: ${scheme} }\nevents: { A: ${event} }`);
    expect(problems.map((problem) => problem.replace(/^\S+ /, ""))).toEqual(
      wrong.map((version) => `The version \`${version}\` is not of the scheme ${scheme}`),
    );
  });

  test("are placed where they are written", () => {
    expect(
      problemsBelow("versioning: { scheme: semver }\nevents: { A: { version: v2, versions: { v1: {} } } }"),
    ).toEqual([
      "2:25-2:27 The version `v2` is not of the scheme semver",
      "2:41-2:43 The version `v1` is not of the scheme semver",
    ]);
  });

  test("without a scheme are any text", () => {
    expect(problemsBelow("events: { A: { version: spring, versions: { winter: {} } } }")).toEqual([]);
  });

  test("stand once", () => {
    expect(problemsBelow("events: { A: { version: 2.0.0, versions: { 2.0.0: {} } } }")).toEqual([
      "1:44-1:49 `2.0.0` is the event's current version already",
    ]);
  });
});

test("a pattern of a convention that can't run in linear time", () => {
  expect(problemsBelow("conventions: { events: { casing: { pattern: '^(?!a)' } } }")).toEqual([
    "1:45-1:53 The pattern `^(?!a)` looks ahead or behind, which patterns here can't do",
  ]);
});
