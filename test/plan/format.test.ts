import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dialectUris } from "../../src/schema/json-schema.ts";
import { schemaViolations } from "../../src/schema/validator.ts";
import { load, problemsBelow, problemsOf } from "./reading.ts";

const helpOf = (text: string) => load(`tracklint: 1\n${text}`).findings.map(({ help }) => help);

describe("the version of the format", () => {
  test("is asked for, and only 1 is known", () => {
    expect(problemsOf("events: [A]")).toEqual(["1:1-1:2 The plan has no `tracklint`"]);
    expect(load("events: [A]").findings[0]?.help).toBe("Write `tracklint: 1`, the version of the format, at the top");
    expect(problemsOf("tracklint: 2")).toEqual(["1:12-1:13 `tracklint` is 2, expected 1"]);
    expect(problemsOf("tracklint: '1'")).toEqual(['1:12-1:15 `tracklint` is text ("1"), expected a whole number']);
  });
});

describe("unknown keys", () => {
  test("name the nearest key, and what is allowed", () => {
    expect(problemsBelow("evnts: []\nevents:\n  A: { statuss: active }\n")).toEqual([
      "1:1-1:6 Unknown key `evnts`: did you mean `events`?",
      "3:8-3:15 Unknown key `statuss`: did you mean `status`?",
    ]);
    expect(helpOf("versioning: { scheme: semver, shceme: x }")).toEqual([
      "Allowed here: `scheme`, `property`, `context`, `sends`; keys of your own begin with `x-`",
    ]);
  });

  test("with nothing near, only what is allowed", () => {
    expect(problemsBelow("colour: red")).toEqual(["1:1-1:7 Unknown key `colour`"]);
  });

  test("that every object of JavaScript has are unknown like others", () => {
    expect(problemsBelow("constructor: 1\ntoString: 2")).toEqual([
      "1:1-1:12 Unknown key `constructor`",
      "2:1-2:9 Unknown key `toString`",
    ]);
    expect(helpOf("constructor: 1")[0]).toContain("Allowed here: ");
  });

  test("are free under x-, wherever keys are fixed", () => {
    const text = `x-top: 1
events: { A: { x-jira: T-1, properties: { a: { x-source: dbt, type: string } }, sources: { w: { x-a: 1 } } } }
consent: { x-a: 1, categories: { ads: { x-note: [1] } } }
lint: { x-a: 1 }
`;
    expect(problemsBelow(text)).toEqual([]);
  });

  test("of JSON Schema that a plan says otherwise are told how", () => {
    expect(problemsBelow("events: { A: { required: [a] } }")).toEqual(["1:16-1:24 Unknown key `required`"]);
    expect(helpOf("events: { A: { required: [a] } }")).toEqual([
      "Write `required: true` at each property that must be sent, or put the whole JSON Schema under `schema:`",
    ]);
    expect(problemsBelow("events: { A: { properties: { a: { $ref: '#/x' } } } }")).toEqual([
      "1:35-1:39 Unknown key `$ref`",
    ]);
    expect(helpOf("events: { A: { properties: { a: { $ref: '#/x' } } } }")[0]).toContain("with `ref`");
  });

  test("a misspelt section is one error, and not also the names that it defines", () => {
    expect(problemsBelow("bundels: { commerce: {} }\nevents: { A: { bundles: [commerce] } }")).toEqual([
      "1:1-1:8 Unknown key `bundels`: did you mean `bundles`?",
    ]);
    expect(problemsBelow("sources: [web]\nevents: { A: { sources: [web] } }")).toEqual([
      "1:1-1:8 `sources` is a list, expected a map",
    ]);
  });
});

describe("values of a wrong type or form", () => {
  test.each([
    ["events: 3", "1:9-1:10 `events` is a number (3), expected a map or a list"],
    ["events:", "1:1-1:7 `events` is empty, expected a map or a list"],
    ["events: { A: x }", '1:14-1:15 `A` is text ("x"), expected a map'],
    ["events: { A: { aliases: x } }", '1:25-1:26 `aliases` is text ("x"), expected a list'],
    ["events: { A: { owner: 3 } }", "1:23-1:24 `owner` is a number (3), expected text or a list"],
    ["events: { A: { owner: '' } }", "1:23-1:25 `owner` is empty, expected at least 1 character"],
    ["events: { A: { tags: [a, 1] } }", "1:26-1:27 Item 2 of `tags` is a number (1), expected text"],
    ["events: { A: { status: actve } }", "1:24-1:29 `status` is `actve`: did you mean `active`?"],
    ["events: { A: { kind: alias } }", "1:22-1:27 `kind` is `alias`, which is not allowed"],
    [
      "events: { A: { sunset: 2026-02-30 } }",
      '1:24-1:34 `sunset` is "2026-02-30", expected the format date, such as 2026-12-31',
    ],
    ["events: { '': {} }", "1:11-1:13 `events` has an empty name"],
    ["events: [{ kind: page }]", "1:10-1:11 Item 1 of `events` has no `name`"],
    ["events: [[A]]", "1:10-1:11 Item 1 of `events` is a list, expected text or a map"],
    [
      "events: { A: { properties: {}, schema: {} } }",
      "1:11-1:12 `A` describes its payload twice: by `properties` and by `schema`",
    ],
    ["include: plans/*.yaml", '1:10-1:22 `include` is text ("plans/*.yaml"), expected a list'],
    ["dialect: draft-4", "1:10-1:17 `dialect` is `draft-4`: did you mean `draft-04`?"],
    ["versioning: { property: v }", "1:1-1:11 `versioning` has no `scheme`"],
    ["sources: { web: { platform: brower } }", "1:29-1:35 `platform` is `brower`: did you mean `browser`?"],
    ["sources: { web: { external: yes } }", '1:29-1:32 `external` is text ("yes"), expected true or false'],
    [
      "conventions: { events: { casing: snake case } }",
      "1:34-1:44 `casing` is `snake case`: did you mean `snake_case`?",
    ],
    ["conventions: { require: { event: [desc] } }", "1:35-1:39 Item 1 of `event` is `desc`, which is not allowed"],
    [
      "consent: { guards: [{ category: ads }], categories: { ads: {} } }",
      "1:21-1:22 Item 1 of `guards` names what it checks by either `call` or `value`, and by one of them only",
    ],
    [
      "consent: { guards: [{ call: a, category: { argument: -1 } }] }",
      "1:54-1:56 `argument` is -1, expected at least 0",
    ],
    ["identity: { ids: { user_id: { role: usr } } }", "1:37-1:40 `role` is `usr`: did you mean `user`?"],
    ["attribution: { requires: some }", "1:26-1:30 `requires` is `some`, which is not allowed"],
    ["wrappers: [{ name: send }]", "1:12-1:13 Item 1 of `wrappers` has no `kind`"],
    ["lint: { rules: { a: eror } }", "1:21-1:25 `a` is `eror`: did you mean `error`?"],
    ["lint: { rules: { a: 2 } }", "1:21-1:22 `a` is a number (2), expected text or a list"],
    ["lint: { rules: { a: [wrn, {}] } }", "1:22-1:25 Item 1 of `a` is `wrn`: did you mean `warn`?"],
    ["lint: { rules: { a: [warn, 3] } }", "1:28-1:29 Item 2 of `a` is a number (3), expected a map"],
    ["lint: { rules: { a: [] } }", "1:18-1:19 `a` has 0 items, expected at least 1"],
    ["lint: { overrides: [{ paths: [a] }] }", "1:21-1:22 Item 1 of `overrides` has no `rules`"],
  ])("%s", (text, problem) => expect(problemsBelow(text)).toEqual([problem]));

  test("what is allowed is listed", () => {
    expect(helpOf("events: { A: { status: actve } }")).toEqual([
      "Allowed: `planned`, `active`, `deprecated`, `removed`",
    ]);
    expect(helpOf("events: { A: { status: 3 } }")).toEqual(["Allowed: `planned`, `active`, `deprecated`, `removed`"]);
  });

  test("text that YAML took for a number is told to be quoted, as it was written", () => {
    expect(helpOf("name: 007")).toEqual(['Put it in quotes: "007"']);
  });

  test("each cause is reported once, all of them together", () => {
    const text = "name: 3\nevents:\n  A: { kind: 3, ownr: x, aliases: [1, 2] }\n  B: { status: x }\n";
    expect(problemsBelow(text)).toEqual([
      "1:7-1:8 `name` is a number (3), expected text",
      "3:14-3:15 `kind` is a number (3), expected text",
      "3:17-3:21 Unknown key `ownr`: did you mean `owner`?",
      "3:36-3:37 Item 1 of `aliases` is a number (1), expected text",
      "3:39-3:40 Item 2 of `aliases` is a number (2), expected text",
      "4:16-4:17 `status` is `x`, which is not allowed",
    ]);
  });
});

describe("properties", () => {
  const problemsAt = (property: string) => problemsBelow(`properties: { a: ${property} }`);

  test.each([
    ["{ type: strng }", "1:26-1:31 `type` is `strng`: did you mean `string`?"],
    ["{ type: [string, nul] }", "1:35-1:38 Item 2 of `type` is `nul`: did you mean `null`?"],
    ["{ type: [string, string] }", "1:20-1:24 `type` has one item twice, at 1 and 2"],
    ["{ typ: string }", "1:20-1:23 Unknown key `typ`: did you mean `type`?"],
    ["3", "1:18-1:19 `a` is a number (3), expected a map or true or false"],
    ["{ required: [b] }", "1:20-1:28 `required` is a list; a property says `required: true`"],
    ["{ pii: true }", "1:25-1:29 `pii` is true, expected false"],
    ["{ enum: [] }", "1:20-1:24 `enum` has 0 items, expected at least 1"],
    ["{ minimum: x }", '1:29-1:30 `minimum` is text ("x"), expected a number'],
    ["{ properties: { b: { maxLength: -1 } } }", "1:50-1:52 `maxLength` is -1, expected at least 0"],
    ["{ items: { typ: string } }", "1:29-1:32 Unknown key `typ`: did you mean `type`?"],
    ["{ anyOf: [{ typ: string }] }", "1:30-1:33 Unknown key `typ`: did you mean `type`?"],
    ["{ items: { required: true } }", "1:29-1:37 `required` stands on a schema that is no property of an object"],
    ["{ pattern: '(?=a)' }", "1:29-1:36 The pattern `(?=a)` looks ahead or behind, which patterns here can't do"],
    ["{ pattern: '(a)\\1' }", "1:29-1:36 The pattern `(a)\\1` refers back to a group, which patterns here can't do"],
    ["{ pattern: '(' }", "1:29-1:32 The pattern `(` is no regular expression: missing closing ): `(`"],
    [
      "{ patternProperties: { '(': {} } }",
      "1:41-1:44 The pattern `(` is no regular expression: missing closing ): `(`",
    ],
    // What only the meta-schema of the dialect knows.
    ["{ exclusiveMinimum: true }", "1:38-1:42 `exclusiveMinimum` is a boolean (true), expected a number"],
    ["{ items: [{ type: string }] }", "1:20-1:25 `items` is an array, expected an object or a boolean"],
    [
      "{ properties: { b: { exclusiveMaximum: true } } }",
      "1:57-1:61 `exclusiveMaximum` is a boolean (true), expected a number",
    ],
  ])("%s", (property, problem) => expect(problemsAt(property)).toEqual([problem]));

  test("the meta-schema is that of the plan's dialect", () => {
    const exclusive = "properties: { a: { minimum: 1, exclusiveMinimum: true } }";
    expect(problemsBelow(`dialect: draft-04\n${exclusive}`)).toEqual([]);
    expect(problemsBelow(`dialect: draft-07\n${exclusive}`)).toEqual([
      "2:50-2:54 `exclusiveMinimum` is a boolean (true), expected a number",
    ]);
    expect(problemsBelow("dialect: draft-07\nproperties: { a: { items: [{ type: string }] } }")).toEqual([]);
    expect(helpOf(`dialect: draft-06\n${exclusive}`)).toEqual(["Schemas here are of JSON Schema draft-06"]);
  });

  test("are checked wherever they stand", () => {
    const bad = "{ a: { pattern: '(' } }";
    const text = `common: { all: ${bad} }
bundles: { b: ${bad} }
users: { traits: ${bad} }
groups: { g: { traits: ${bad} } }
pages: { properties: ${bad} }
events:
  A:
    properties: ${bad}
    sets: { user: ${bad} }
    sources: { web: { properties: ${bad} } }
    variants: { by: a, cases: { x: { properties: ${bad} } } }
    versions: { 1.0.0: { properties: ${bad} } }
`;
    const places = problemsBelow(text).map((problem) => problem.split(":")[0]);
    expect(places).toEqual(["1", "2", "3", "4", "5", "8", "9", "10", "11", "12"]);
  });
});

describe("a complete JSON Schema", () => {
  const problemsAt = (schema: string) => problemsBelow(`events: { A: { schema: ${schema} } }`);

  test.each([
    ["{ type: objct }", "1:32-1:37 `type` is `objct`: did you mean `object`?"],
    ["{ required: a }", '1:36-1:37 `required` is a string ("a"), expected an array'],
    ["{ properties: { a: { minimum: x } } }", '1:54-1:55 `minimum` is a string ("x"), expected a number'],
    [
      "{ properties: { a: { pattern: '(' } } }",
      "1:54-1:57 The pattern `(` is no regular expression: missing closing ): `(`",
    ],
    ["{ $ref: '#/$defs/order' }", "1:32-1:47 `$ref` `#/$defs/order` leads nowhere in this schema"],
    [
      "{ $ref: 'https://example.com/order.json' }",
      "1:32-1:64 `$ref` `https://example.com/order.json` leads out of this schema, which is never followed",
    ],
    [
      "{ allOf: [{ $ref: order.json }] }",
      "1:42-1:52 `$ref` `order.json` leads out of this schema, which is never followed",
    ],
    [
      "{ $schema: 'http://json-schema.org/draft-03/schema#' }",
      "1:35-1:76 The JSON Schema dialect `http://json-schema.org/draft-03/schema#` is not supported",
    ],
    ["[]", "1:16-1:22 `schema` is a list, expected a map"],
  ])("%s", (schema, problem) => expect(problemsAt(schema)).toEqual([problem]));

  test.each([
    "{ required: [a], properties: { a: {} } }",
    "{ $ref: '#/$defs/order', $defs: { order: { type: object } } }",
    "{ $ref: '#order', $defs: { order: { $anchor: order } } }",
    "{ $id: 'https://example.com/a.json', $ref: 'https://example.com/a.json#/$defs/b', $defs: { b: {} } }",
    "{ properties: { $ref: { type: string } } }",
    "{ properties: { children: { items: { $ref: '#' } } } }",
    "{ const: { $ref: 'not a schema' }, x-vendor: 1, vendorKey: 2 }",
    "{ $schema: 'http://json-schema.org/draft-04/schema#', properties: { a: { minimum: 1, exclusiveMinimum: true } } }",
  ])("%s is fine", (schema) => expect(problemsAt(schema)).toEqual([]));
});

describe("the schema of the format", () => {
  const schema = JSON.parse(readFileSync(new URL("../../src/plan/plan.schema.json", import.meta.url), "utf8"));

  test("is itself valid, and says its dialect", () => {
    expect(schema.$schema).toBe(dialectUris["2020-12"]);
    expect(schemaViolations(schema, "2020-12")).toEqual([]);
  });

  test("says of every section what it is for", () => {
    const described = (section: Record<string, string>) =>
      section.description ?? schema.$defs[section.$ref?.split("/").at(-1) ?? ""]?.description;
    const sections = Object.entries<Record<string, string>>(schema.properties);
    expect(sections.filter(([, section]) => described(section) === undefined)).toEqual([]);
  });
});
