import { describe, expect, test } from "vitest";
import { checkPayload } from "../../src/engine/check-value.ts";
import type { JsonSchema } from "../../src/plugin.ts";
import { payload, place, typed, union, unknown } from "../../src/testing/inventory-builder.ts";

const template = (...parts: (string | null)[]) => ({ kind: "template" as const, parts });
/** A key with an unknown value keeps the payload from being wholly known, so that it is walked and not validated. */
const partly = { other: unknown() };

/** In short, how the values of `x` differ from its schema. */
function differences(value: unknown, schema: JsonSchema, around: Record<string, unknown> = {}): string[] {
  const whole = { type: "object", properties: { x: schema, other: {} } };
  return checkPayload(payload({ x: value, ...around }), whole).map(
    ({ kind, path, predicate }) => `${path} ${kind === "type" ? predicate : kind}`,
  );
}

describe.each([
  ["a payload that is wholly known", {}],
  ["a payload that is known in part", partly],
])("in %s", (_, around) => {
  test.each<[string, unknown, JsonSchema, string[]]>([
    ["a literal of the right type", "free", { type: "string" }, []],
    ["a literal of the wrong type", "5", { type: "number" }, ['x is a string ("5"), expected a number']],
    ["a fraction where an integer is asked", 1.5, { type: "integer" }, ["x is a number (1.5), expected an integer"]],
    ["a literal outside an enum", "gold", { enum: ["free", "pro"] }, ['x is "gold", expected "free" or "pro"']],
    ["a number below its bound", -1, { type: "number", minimum: 0 }, ["x is -1, expected at least 0"]],
    [
      "a text that breaks its format",
      "today",
      { type: "string", format: "date" },
      ['x is "today", expected the format date, such as 2026-12-31'],
    ],
    ["null where it is allowed", null, { type: ["string", "null"] }, []],
    ["null where it isn't", null, { type: "string" }, ["x is null, expected a string"]],
    ["undefined, which is absence", undefined, { type: "string" }, []],
    [
      "a nested value",
      { sku: 7 },
      { type: "object", properties: { sku: { type: "string" } } },
      ["x.sku is a number (7), expected a string"],
    ],
    ["a nested key that is missing", {}, { type: "object", required: ["sku"] }, ["x.sku missing"]],
    [
      "a nested key too many",
      { color: 1 },
      { type: "object", properties: {}, additionalProperties: false },
      ["x.color unknown"],
    ],
    [
      "an item of a list",
      [{ sku: 7 }],
      { type: "array", items: { properties: { sku: { type: "string" } } } },
      ["x[].sku is a number (7), expected a string"],
    ],
    ["too few items", [], { type: "array", minItems: 1 }, ["x has 0 items, expected at least 1"]],
    ["one of several forms", 5, { anyOf: [{ type: "string" }, { type: "number" }] }, []],
    [
      "none of several forms",
      true,
      { anyOf: [{ type: "string" }, { type: "number" }] },
      ["x is a boolean (true), expected a string or a number"],
    ],
  ])("%s", (_, value, schema, expected) => {
    expect(differences(value, schema, around)).toEqual(expected);
  });
});

describe("of values of which only the type is known", () => {
  test.each<[string, unknown, JsonSchema, string[]]>([
    ["a number may be an integer", typed("number"), { type: "integer" }, []],
    ["a string is no number", typed("string"), { type: "number" }, ["x is a string, expected a number"]],
    ["a string may be in an enum", typed("string"), { enum: ["free", "pro"] }, []],
    [
      "a number is in no enum of strings",
      typed("number"),
      { enum: ["free", "pro"] },
      ['x is a number, expected "free" or "pro"'],
    ],
    ["a string may have any format", typed("string"), { type: "string", format: "email" }, []],
    ["a Date is sent as a string", typed("date"), { type: "string", format: "date-time" }, []],
    ["a Date is no number", typed("date"), { type: "number" }, ["x is a Date, expected a number"]],
    ["a function is never sent", typed("function"), { type: "string" }, ["x is a function, expected a string"]],
    ["something unknown may be anything", unknown("user.plan"), { type: "string" }, []],
    [
      "one alternative is wrong",
      union("free", typed("number")),
      { type: "string" },
      ["x is a number, expected a string"],
    ],
    [
      "null is among the alternatives",
      union(typed("string"), typed("null")),
      { type: "string" },
      ["x is null, expected a string"],
    ],
    ["undefined is among the alternatives", union(typed("string"), undefined), { type: "string" }, []],
    [
      "none of several forms",
      typed("boolean"),
      { oneOf: [{ type: "string" }, { type: "null" }] },
      ["x is a boolean, expected a string or null"],
    ],
    ["all of several forms", typed("boolean"), { allOf: [{ type: "string" }] }, ["x is a boolean, expected a string"]],
    [
      "items of a wrong type",
      { kind: "array", of: typed("number") },
      { type: "array", items: { type: "string" } },
      ["x[] is a number, expected a string"],
    ],
    [
      "a value inside an object",
      { sku: typed("number") },
      { properties: { sku: { type: "string" } } },
      ["x.sku is a number, expected a string"],
    ],
    [
      "keys by pattern",
      { a_1: typed("number") },
      { patternProperties: { "^a_": { type: "string" } }, additionalProperties: false },
      ["x.a_1 is a number, expected a string"],
    ],
    [
      "other keys by schema",
      { any: typed("number") },
      { additionalProperties: { type: "string" } },
      ["x.any is a number, expected a string"],
    ],
    [
      "a key named like a method of objects",
      { constructor: typed("number") },
      { properties: {}, additionalProperties: false },
      ["x.constructor unknown"],
    ],
  ])("%s", (_, value, schema, expected) => {
    expect(differences(value, schema)).toEqual(expected);
  });
});

describe("of a text that is known in part", () => {
  test.each<[string, unknown, JsonSchema, boolean]>([
    ["can be one of an enum", template("plan_", null), { enum: ["plan_free", "plan_pro"] }, true],
    ["can be none of an enum", template("tier_", null), { enum: ["plan_free", "plan_pro"] }, false],
    ["is a string", template("plan_", null), { type: "number" }, false],
    ["starts as a pattern does", template("ord_", null), { type: "string", pattern: "^ord_\\d+$" }, true],
    ["starts otherwise", template("inv_", null), { type: "string", pattern: "^ord_\\d+$" }, false],
    ["starts with less than a pattern", template("o", null), { type: "string", pattern: "^ord_\\d+$" }, true],
    ["leaves the class of a pattern", template(null, "-", null), { type: "string", pattern: "^[a-z_]+$" }, false],
    ["stays in the class of a pattern", template("a_", null), { type: "string", pattern: "^[a-z_]+$" }, true],
    ["may take another branch", template("b", null), { type: "string", pattern: "^a|b$" }, true],
    ["may leave out what is optional", template("b", null), { type: "string", pattern: "^a?b" }, true],
    ["may repeat nothing", template("b", null), { type: "string", pattern: "^a*b" }, true],
  ])("%s", (_, value, schema, fits) => {
    expect(differences(value, schema).length === 0).toBe(fits);
  });
});

test("references lead into the definitions of the whole payload, and may run in a circle", () => {
  const node = { type: "object", properties: { next: { $ref: "#/$defs/node" }, id: { type: "string" } } };
  const schema = {
    type: "object",
    properties: { x: { $ref: "#/$defs/node" } },
    $defs: { node, loop: { $ref: "#/$defs/loop" } },
  };
  const paths = (value: unknown) => checkPayload(payload({ x: value }), schema).map(({ path }) => path);
  expect(paths({ next: { id: typed("number") } })).toEqual(["x.next.id"]);
  expect(paths({ next: { id: 7 } })).toEqual(["x.next.id"]);
  const circle = {
    type: "object",
    properties: { x: { $ref: "#/$defs/loop" } },
    $defs: { loop: { allOf: [{ $ref: "#/$defs/loop" }] } },
  };
  expect(checkPayload(payload({ x: typed("string") }), circle)).toEqual([]);
});

test("a mismatch has the place of the innermost key, and a missing key that of its object", () => {
  const schema = {
    type: "object",
    properties: { x: { type: "array", items: { required: ["sku"], properties: { price: { type: "number" } } } } },
  };
  const [outer, item, price] = [place("a.ts", 1), place("a.ts", 2), place("a.ts", 3)];
  for (const sku of [{}, { note: typed("string") }]) {
    const shape = payload({ price: "9", ...sku }, { at: price });
    const items = { kind: "array", items: [{ kind: "object", shape: { ...shape, at: item } }] };
    const found = checkPayload(payload({ x: items }, { at: outer }), schema);
    expect(found.map(({ kind, at }) => `${kind} ${at?.line}`).sort()).toEqual(["missing 2", "type 3"]);
  }
});
