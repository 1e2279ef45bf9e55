import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { JsonSchema } from "../../src/schema/json-schema.ts";
import { heaviest, schemaChanges } from "../../src/schema/schema-change.ts";
import { expectedVersion, isAtLeast } from "../../src/schema/version-bump.ts";

const changes = (before: JsonSchema, after: JsonSchema) =>
  schemaChanges(before, after).map(({ is, path, what }) => `${is}: ${path === "" ? "it" : path} ${what}`);

const object = (properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: "object",
  properties,
  additionalProperties: false,
  ...more,
});

test.each<[string, JsonSchema, JsonSchema, readonly string[]]>([
  ["nothing, in another order", { type: "string", minLength: 1 }, { minLength: 1, type: "string" }, []],
  ["a property more", object({}), object({ a: {} }), ["additive: a was added"]],
  ["a property less", object({ a: {} }), object({}), ["breaking: a was removed"]],
  ["required", object({ a: {} }), object({ a: {} }, { required: ["a"] }), ["breaking: it requires `a` now"]],
  [
    "required no more",
    object({ a: {} }, { required: ["a"] }),
    object({ a: {} }),
    ["additive: it requires `a` no more"],
  ],
  ["number to integer", { type: "number" }, { type: "integer" }, ["breaking: it takes the type `number` no more"]],
  ["integer to number", { type: "integer" }, { type: "number" }, ["additive: it takes the type `number` too"]],
  ["null too", { type: "string" }, { type: ["string", "null"] }, ["additive: it takes the type `null` too"]],
  ["an enum", { type: "string" }, { type: "string", enum: ["a"] }, ["breaking: it takes no longer any value"]],
  ["no enum", { enum: ["a"] }, {}, ["additive: it takes any value now"]],
  ["a bound", {}, { maximum: 3 }, ["breaking: it has the `maximum` 3 now"]],
  ["a wider bound", { minimum: 3 }, { minimum: 1 }, ["additive: it has the `minimum` 1 instead of 3"]],
  ["a pattern", { pattern: "a" }, { pattern: "b" }, ["breaking: it has another `pattern`"]],
  ["no format", { format: "email" }, {}, ["additive: it has no `format` any more"]],
  ["words", { description: "a" }, { description: "b" }, ["annotation: it has another `description`"]],
  ["nested", { items: object({ a: {} }) }, { items: object({ a: {}, b: {} }) }, ["additive: [].b was added"]],
  [
    "closed",
    { type: "object" },
    { type: "object", additionalProperties: false },
    ["breaking: it takes fewer further properties"],
  ],
  ["what isn't followed", { if: {} }, { if: { type: "string" } }, ["breaking: it has another `if`"]],
])("%s", (_, before, after, expected) => {
  expect(changes(before, after)).toEqual(expected);
});

const scalar = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom("string", "number", "integer", "boolean", ["string", "null"], ["number", "null"]),
      enum: fc.uniqueArray(fc.constantFrom("a", "b", 1, 2, null), { minLength: 1 }),
      minimum: fc.integer({ min: -2, max: 2 }),
      maximum: fc.integer({ min: -2, max: 2 }),
      minLength: fc.nat(2),
      maxLength: fc.nat(2),
      description: fc.constantFrom("one", "other"),
    },
    { requiredKeys: [] },
  ),
);
const list = fc.record({ type: fc.constant("array"), items: scalar, minItems: fc.nat(2) }, { requiredKeys: ["type"] });
const payload = fc
  .record({
    properties: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.oneof(scalar, list)),
    additionalProperties: fc.boolean(),
    required: fc.uniqueArray(fc.constantFrom("a", "b", "c")),
  })
  .map((rest): JsonSchema => ({ type: "object", ...rest }));
const leaf = fc.constantFrom<unknown>("a", "b", "abc", "", 1, 2, 1.5, -3, true, null);
const value = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.oneof(leaf, fc.array(leaf, { maxLength: 3 })));

describe("whatever the schemas are", () => {
  it("refuses nothing that was valid, unless it is told as breaking", () => {
    const ajv = new Ajv2020({ strict: false });
    fc.assert(
      fc.property(payload, payload, fc.array(value, { minLength: 5, maxLength: 20 }), (before, after, values) => {
        if (heaviest(schemaChanges(before, after)) === "breaking") return;
        const [was, is] = [ajv.compile(before), ajv.compile(after)];
        for (const one of values) if (was(one)) expect(is(one)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("accepts the same where only words have changed", () => {
    const ajv = new Ajv2020({ strict: false });
    fc.assert(
      fc.property(payload, fc.string(), fc.array(value), (before, description, values) => {
        const after = { ...before, description };
        expect(heaviest(schemaChanges(before, after))).toBe("annotation");
        for (const one of values) expect(ajv.compile(after)(one)).toBe(ajv.compile(before)(one));
      }),
      { numRuns: 30 },
    );
  });

  it("finds no change between a schema and itself", () => {
    fc.assert(
      fc.property(payload, (schema) => {
        expect(schemaChanges(schema, JSON.parse(JSON.stringify(schema)))).toEqual([]);
      }),
    );
  });
});

test.each([
  ["semver", "1.2.3", "breaking", "2.0.0"],
  ["semver", "1.2.3", "additive", "1.3.0"],
  ["semver", "1.2.3", "annotation", "1.2.3"],
  ["semver", "0.2.3", "breaking", "0.3.0"],
  ["semver", "0.2.3", "additive", "0.2.4"],
  ["schemaver", "1-2-3", "breaking", "2-0-0"],
  ["schemaver", "1-2-3", "additive", "1-2-4"],
  ["integer", "3", "breaking", "4"],
  ["integer", "3", "additive", "3"],
  ["integer", "three", "additive", undefined],
] as const)("%s %s after a change that is %s: %s", (scheme, before, change, expected) => {
  expect(expectedVersion(scheme, before, change)).toBe(expected);
});

test("compares versions by their numbers", () => {
  expect(isAtLeast("semver", "1.10.0", "1.9.0")).toBe(true);
  expect(isAtLeast("semver", "1.2.0-rc.1", "1.3.0")).toBe(false);
  expect(isAtLeast("schemaver", "1-0-10", "1-0-9")).toBe(true);
  expect(isAtLeast("integer", "a", "1")).toBeUndefined();
});
