import { describe, expect, test } from "vitest";
import { InternalError } from "../../src/errors.ts";
import { yamlWords } from "../../src/schema/describe-violation.ts";
import { type Dialect, dialectOfUri, dialects, dialectUris, type JsonSchema } from "../../src/schema/json-schema.ts";
import { createValidator, schemaViolations, validateValue } from "../../src/schema/validator.ts";

/** What is wrong with a value, each as `pointer: message`. */
const violations = (schema: JsonSchema, value: unknown, dialect?: Dialect) =>
  validateValue(schema, value, dialect).map(({ pointer, message }) => `${pointer}: ${message}`);

describe("what was found and what is allowed", () => {
  test.each<[JsonSchema, unknown, string]>([
    [{ type: "string" }, 3, ": is a number (3), expected a string"],
    [{ type: ["string", "null"] }, true, ": is a boolean (true), expected a string or null"],
    [{ type: "object" }, null, ": is null, expected an object"],
    [{ type: "integer" }, 1.5, ": is a number (1.5), expected an integer"],
    [{ enum: ["free", "pro", 1] }, "fre", ': is "fre", expected "free", "pro" or 1'],
    [
      { enum: Array.from({ length: 20 }, (_, i) => i) },
      "x",
      ': is "x", expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more',
    ],
    [{ const: { a: 1 } }, [], ': is [], expected {"a":1}'],
    [{ required: ["a"] }, {}, ": has no `a`"],
    [{ properties: {}, additionalProperties: false }, { a: 1 }, ": has the unknown key `a`"],
    [{ unevaluatedProperties: false }, { a: 1 }, ": has the unknown key `a`"],
    [{ minimum: 0 }, -1, ": is -1, expected at least 0"],
    [{ maximum: 0 }, 1, ": is 1, expected at most 0"],
    [{ exclusiveMinimum: 0 }, 0, ": is 0, expected more than 0"],
    [{ exclusiveMaximum: 0 }, 0, ": is 0, expected less than 0"],
    [{ multipleOf: 0.5 }, 0.7, ": is 0.7, expected a multiple of 0.5"],
    [{ minLength: 2 }, "a", ': is "a" (1 character), expected at least 2 characters'],
    [{ minLength: 1 }, "", ": is empty, expected at least 1 character"],
    [{ maxLength: 1 }, "🛒a", ': is "🛒a" (2 characters), expected at most 1 character'],
    [{ pattern: "^[a-z]+$" }, "A", ': is "A", expected a match of the pattern ^[a-z]+$'],
    [{ format: "date" }, "2026-02-30", ': is "2026-02-30", expected the format date, such as 2026-12-31'],
    [{ format: "email" }, "me", ': is "me", expected the format email, such as name@example.com'],
    [{ minItems: 1 }, [], ": has 0 items, expected at least 1"],
    [{ maxItems: 1 }, [1, 2], ": has 2 items, expected at most 1"],
    [{ uniqueItems: true }, [1, 2, 1], ": has one item twice, at 1 and 3"],
    [{ prefixItems: [{}], items: false }, [1, 2], ": has 2 items, expected at most 1"],
    [{ contains: { type: "string" } }, [1], ": has too few of the items that it must contain, expected at least 1"],
    [{ minProperties: 1 }, {}, ": has 0 keys, expected at least 1"],
    [{ maxProperties: 0 }, { a: 1 }, ": has 1 key, expected at most 0"],
    [{ dependentRequired: { a: ["b", "c"] } }, { a: 1, b: 1 }, ": has `a` and so needs `b`, `c`"],
    [{ propertyNames: { pattern: "^a" } }, { b: 1 }, ': has the key "b", which is no name that is allowed here'],
    [{ not: { type: "string" } }, "a", ': is a string ("a"), which is excluded'],
    [{ properties: { a: false } }, { a: 1 }, "/a: must not be there"],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, 1, ": is a number (1), expected a string or null"],
    [
      { anyOf: [{ type: "string", minLength: 2 }, { const: 7 }] },
      true,
      ": is a boolean (true), expected a string of the allowed form or 7",
    ],
    [
      { oneOf: [{ type: "number" }, { minimum: 0 }] },
      1,
      ": is a number (1), which fits more than one of the forms of which exactly one is allowed",
    ],
    [
      { oneOf: [{ minimum: 5 }, { minimum: 6 }] },
      1,
      ": is a number (1), expected one of the forms that its schema allows",
    ],
  ])("%j says of %j", (schema, value, message) => expect(violations(schema, value)).toEqual([message]));

  test("a long value is shortened", () => {
    expect(violations({ type: "number" }, "x".repeat(500))[0]?.length).toBeLessThan(120);
  });
});

describe("one violation for each cause", () => {
  test("a value of a wrong type breaks nothing else", () => {
    expect(violations({ type: "string", enum: ["a"], minLength: 1 }, 3)).toEqual([
      ": is a number (3), expected a string",
    ]);
  });

  test("an alternative that was meant is judged, the others are not", () => {
    const schema = {
      anyOf: [{ type: "null" }, { type: "object", required: ["a"], properties: { b: { type: "number" } } }],
    };
    expect(violations(schema, { b: "x" })).toEqual([": has no `a`", '/b: is a string ("x"), expected a number']);
    expect(violations(schema, 3)).toEqual([": is a number (3), expected null or an object of the allowed form"]);
  });

  test("a text that is none of the words of the one alternative for texts", () => {
    const schema = { anyOf: [{ enum: ["string", "number"] }, { type: "array" }] };
    expect(violations(schema, "strng")).toEqual([': is "strng", expected "string" or "number"']);
  });

  test("an alternative behind a $ref is one of them", () => {
    const schema = { anyOf: [{ $ref: "#/$defs/text" }, { type: "null" }], $defs: { text: { type: "string" } } };
    expect(violations(schema, 3)).toHaveLength(1);
  });

  test("what stands beside alternatives is a cause of its own", () => {
    const schema = { required: ["a"], anyOf: [{ required: ["b"] }, { required: ["c"] }] };
    expect(violations(schema, {})).toEqual([
      ": is an object, expected one of the forms that its schema allows",
      ": has no `a`",
    ]);
  });

  test("a condition is not reported beside what follows from it", () => {
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    const schema = { if: { required: ["a"] }, then: { required: ["b"] } };
    expect(violations(schema, { a: 1 })).toEqual([": has no `b`"]);
  });

  test("all causes are reported, with pointers that are escaped", () => {
    const schema = { properties: { "a/b": { type: "string" }, c: { items: { type: "number" } } } };
    expect(violations(schema, { "a/b": 1, c: [1, "x"] })).toEqual([
      "/a~1b: is a number (1), expected a string",
      '/c/1: is a string ("x"), expected a number',
    ]);
  });
});

describe("dialects", () => {
  test.each(dialects)("%s is known by its address and can be compiled", (dialect) => {
    expect(dialectOfUri(dialectUris[dialect])).toBe(dialect);
    const schema = { $ref: "#/definitions/a", definitions: { a: { type: "string", format: "date" } } };
    expect(violations(schema, "2026-01-01", dialect)).toEqual([]);
    expect(violations(schema, 3, dialect)).toEqual([": is a number (3), expected a string"]);
    expect(violations(schema, "x", dialect)).toHaveLength(1);
    expect(schemaViolations({ type: "strng" }, dialect)).toMatchObject([{ pointer: "/type", keyword: "enum" }]);
  });

  test("scheme and fragment of the address make no difference", () => {
    expect(dialectOfUri("https://json-schema.org/draft-07/schema")).toBe("draft-07");
    expect(dialectOfUri("https://json-schema.org/draft/2019-09/schema")).toBeUndefined();
  });

  test("the schema's own $schema wins", () => {
    const schema = { $schema: dialectUris["draft-04"], minimum: 1, exclusiveMinimum: true };
    expect(violations(schema, 1, "2020-12")).toEqual([": is 1, expected more than 1"]);
  });

  test("keywords mean what they mean there", () => {
    expect(violations({ items: [{ type: "string" }] }, [1], "draft-07")).toHaveLength(1);
    expect(violations({ prefixItems: [{ type: "string" }] }, [1])).toHaveLength(1);
  });
});

describe("nothing throws, and nothing is fetched", () => {
  test.each<[string, JsonSchema]>([
    ["a $ref that leads nowhere", { $ref: "#/$defs/no" }],
    ["a $ref to another host", { $ref: "https://example.com/a.json" }],
    ["a pattern that can't be compiled", { pattern: "(?=a)" }],
    ["a keyword of a wrong type", { minimum: "x" }],
    ["a schema that is its own reference", { $ref: "#" }],
    ["an id that is no address", { $id: "urn:x", type: "string" }],
    ["properties that are no map", { properties: 3 }],
  ])("%s", (_, schema) => expect(() => validateValue(schema, { a: 1 })).not.toThrow());

  test("an unknown format or keyword says nothing", () => {
    expect(violations({ format: "constructor" }, "x")).toEqual([]);
    expect(violations({ format: "color", vendorKey: 1 }, "x")).toEqual([]);
  });

  test("keys that all objects inherit are not there", () => {
    expect(violations({ required: ["constructor", "toString"] }, {})).toEqual([
      ": has no `constructor`",
      ": has no `toString`",
    ]);
  });

  test("schemas with the same ids inside are not confused", () => {
    const schema = (type: string) => ({
      properties: { a: { $id: "https://example.com/a", type }, b: { $ref: "https://example.com/a" } },
    });
    expect(violations(schema("string"), { a: "x", b: "x" })).toEqual([]);
    expect(violations(schema("number"), { a: 1, b: "x" })).toEqual(['/b: is a string ("x"), expected a number']);
  });

  test("each pattern is judged by itself", () => {
    const schema = { properties: { a: { pattern: "^a$" }, b: { pattern: "^b$" } } };
    expect(violations(schema, { a: "a", b: "b" })).toEqual([]);
    expect(violations(schema, { a: "b", b: "a" })).toHaveLength(2);
  });

  test("a pattern runs in linear time", () => {
    expect(violations({ pattern: "^(a+)+$" }, `${"a".repeat(50_000)}!`)).toHaveLength(1);
  });
});

describe("validators of our own schemas", () => {
  test("can speak of maps and lists", () => {
    const validate = createValidator({ type: ["object", "array"] }, yamlWords);
    expect(validate("x").map(({ message }) => message)).toEqual(['is text ("x"), expected a map or a list']);
    expect(createValidator({ type: ["object", "null"] }, yamlWords)(1)[0]?.message).toBe(
      "is a number (1), expected a map",
    );
  });

  test("say what they are told to where branches fail", () => {
    const validate = createValidator({ not: { required: ["a", "b"] }, errorMessage: "has both" });
    expect(validate({ a: 1, b: 1 }).map(({ message }) => message)).toEqual(["has both"]);
  });

  test("hand out the schema in which the keyword stands, so that a caller can list what it allows", () => {
    const validate = createValidator({ properties: { a: {}, b: {} }, additionalProperties: false });
    expect(validate({ c: 1 })).toMatchObject([
      { params: { additionalProperty: "c" }, schema: { properties: { a: {}, b: {} } } },
    ]);
  });

  test("an invalid one is an internal error", () => {
    expect(() => createValidator({ typ: "string" })).toThrow(InternalError);
  });
});
