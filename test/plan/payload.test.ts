import { describe, expect, test } from "vitest";
import type { PlanPayload } from "../../src/plan/model.ts";
import { eventOf, payloadOf, validPlan } from "./reading.ts";

/** The schema of a payload without what all have. */
function schemaOf({ schema }: PlanPayload) {
  const { $schema: _, type: __, ...rest } = schema;
  return rest;
}

describe("precedence: common, bundle, event, source, variant", () => {
  const layers = ["all", "server", "api", "bundle", "event", "source", "variant"] as const;
  const scopes: Readonly<Record<(typeof layers)[number], (property: string) => string>> = {
    all: (p) => `common: { all: ${p} }`,
    server: (p) => `common: { server: ${p} }`,
    api: (p) => `common: { api: ${p} }`,
    bundle: (p) => `bundles: { b: ${p} }`,
    event: (p) => `properties: ${p}`,
    source: (p) => `sources: { api: { properties: ${p} } }`,
    variant: (p) => `variants: { by: k, cases: { v: { properties: ${p} } } }`,
  };
  /** A plan in which two layers say something of `p`. */
  const planWith = (lower: (typeof layers)[number], upper: (typeof layers)[number]) => {
    const said = { [lower]: "{ p: { type: string, title: low } }", [upper]: "{ p: { title: high } }" };
    const common = ["all", "server", "api"].flatMap((scope) =>
      said[scope] === undefined ? [] : [`${scope}: ${said[scope]}`],
    );
    const event = ["event", "source", "variant"].flatMap((layer) =>
      said[layer] === undefined ? [] : [scopes[layer as "event"](said[layer])],
    );
    return [
      "tracklint: 1",
      ...(common.length > 0 ? [`common: { ${common.join(", ")} }`] : []),
      `bundles: { b: ${said.bundle ?? "{}"} }`,
      `events: { A: { bundles: [b], additionalProperties: true, ${event.join(", ")} } }`,
    ].join("\n");
  };

  test.each(layers.flatMap((lower, i) => layers.slice(i + 1).map((upper) => [lower, upper] as const)))(
    "%s gives way to %s, and keeps what the other doesn't say",
    (lower, upper) => {
      const event = eventOf(validPlan(planWith(lower, upper)), "A");
      const payload = (upper === "variant" ? event.variants?.cases.get("v") : event.payloadFor)?.("api", "server");
      expect(payload?.properties.get("p")?.schema).toEqual({ type: "string", title: "high" });
    },
  );

  test("a layer for another source or platform says nothing", () => {
    const text = `common: { server: { s: {} }, browser: { b: {} }, api: { a: {} } }
events: { A: { properties: { p: {} }, sources: { web: { properties: { w: {} } }, api: {} } } }`;
    const names = (source: string, platform: string) => [...payloadOf(text, source, platform).properties.keys()];
    expect(names("web", "browser")).toEqual(["b", "p", "w"]);
    expect(names("api", "server")).toEqual(["s", "a", "p"]);
    expect(names("*", "unknown")).toEqual(["p"]);
  });

  test("later bundles win over earlier ones", () => {
    const text = "bundles: { x: { p: { title: x } }, y: { p: { title: y } } }\nevents: { A: { bundles: [x, y] } }";
    expect(payloadOf(text).properties.get("p")?.schema).toEqual({ title: "y" });
  });
});

describe("one property in several layers", () => {
  const text = `properties:
  money: { type: object, pii: false, properties: { amount: { type: number, required: true } } }
bundles:
  commerce: { price: { ref: money, required: true } }
events:
  A:
    bundles: [commerce]
    properties: { price: { properties: { currency: { type: string } } } }
    sources:
      web: { properties: { price: { required: false, properties: { amount: { required: false }, currency: { required: true } } } } }
`;

  test("nested properties are merged name by name, and required can be taken back", () => {
    expect(payloadOf(text).properties.get("price")).toMatchObject({ required: true, pii: false });
    expect(schemaOf(payloadOf(text))).toEqual({
      properties: {
        price: {
          type: "object",
          properties: { amount: { type: "number" }, currency: { type: "string" } },
          required: ["amount"],
          additionalProperties: false,
        },
      },
      required: ["price"],
      additionalProperties: false,
    });
    expect(payloadOf(text, "web").properties.get("price")).toMatchObject({
      required: false,
      schema: { required: ["currency"] },
    });
    expect(schemaOf(payloadOf(text, "web"))).not.toHaveProperty("required");
  });

  test("its place and origin are where its value is described; required has a place of its own", () => {
    const remarks = `events:
  A:
    properties:
      coupon: { type: string }
    sources:
      web: { properties: { coupon: { required: true, description: on the web } } }
      api: { properties: { coupon: { type: number } } }
`;
    expect(payloadOf(remarks, "web").properties.get("coupon")).toMatchObject({
      origin: "event",
      at: { line: 5, column: 7, endLine: 5, endColumn: 13 },
      required: true,
      requiredAt: { line: 7, column: 48, endLine: 7, endColumn: 52 },
      description: "on the web",
    });
    expect(payloadOf(remarks, "api").properties.get("coupon")).toMatchObject({
      origin: "source",
      at: { line: 8, column: 28 },
      required: false,
    });
  });

  test("pii and deprecated are carried on", () => {
    const text =
      "common: { all: { email: { pii: email, deprecated: true } } }\nevents: { A: { properties: { email: { type: string } } } }";
    expect(payloadOf(text).properties.get("email")).toMatchObject({ pii: "email", deprecated: true, origin: "event" });
  });
});

describe("the language of properties becomes JSON Schema", () => {
  const schemaFor = (property: string, head = "") =>
    payloadOf(`${head}\nevents: { A: { properties: { p: ${property} } } }`).properties.get("p")?.schema;

  test.each([
    ["", {}],
    ["{}", {}],
    ["true", {}],
    ["false", { not: {} }],
    [
      "{ type: string, required: true, pii: name, deprecated: true, x-owner: me }",
      { type: "string", deprecated: true },
    ],
    [
      "{ type: array, items: { properties: { a: { required: true }, b: {} } } }",
      { type: "array", items: { properties: { a: {}, b: {} }, required: ["a"], additionalProperties: false } },
    ],
    ["{ type: object }", { type: "object" }],
    ["{ properties: {}, additionalProperties: true }", { properties: {}, additionalProperties: true }],
    [
      "{ additionalProperties: { properties: { a: {} } } }",
      { additionalProperties: { properties: { a: {} }, additionalProperties: false } },
    ],
    [
      "{ anyOf: [{ properties: { a: { required: true } } }, { type: 'null' }] }",
      { anyOf: [{ properties: { a: {} }, required: ["a"] }, { type: "null" }] },
    ],
    [
      "{ properties: { a: {} }, allOf: [{ properties: { b: {} } }] }",
      { properties: { a: {} }, allOf: [{ properties: { b: {} } }] },
    ],
    [
      "{ prefixItems: [{ type: string }, true], enum: [[a, 1]] }",
      { prefixItems: [{ type: "string" }, {}], enum: [["a", 1]] },
    ],
    ["{ default: { required: true, ref: x } }", { default: { required: true, ref: "x" } }],
  ])("%s", (property, schema) => expect(schemaFor(property)).toEqual(schema));

  test("a ref brings a definition at any depth, and what is said beside it wins", () => {
    const head = "properties: { money: { ref: amount, minimum: 0 }, amount: { type: number, title: Amount } }";
    expect(schemaFor("{ ref: money, title: Total }", head)).toEqual({ type: "number", minimum: 0, title: "Total" });
    expect(schemaFor("{ items: { properties: { m: { ref: money, required: true } } } }", head)).toEqual({
      items: {
        properties: { m: { type: "number", minimum: 0, title: "Amount" } },
        required: ["m"],
        additionalProperties: false,
      },
    });
  });

  test("a definition that is required is required where it is named", () => {
    const text =
      "properties: { id: { type: string, required: true } }\nevents: { A: { properties: { p: { ref: id } } } }";
    expect(payloadOf(text).properties.get("p")).toMatchObject({ required: true, requiredAt: { line: 2, column: 45 } });
  });
});

describe("whether a payload takes more than it lists", () => {
  test.each([
    ["a bare name says nothing of its payload", "events: [A]", true],
    ["an event with remarks only neither", "events: { A: { owner: me } }", true],
    ["nor what is common to all events", "common: { all: { a: {} } }\nevents: { A: {} }", true],
    ["an event with properties is closed", "events: { A: { properties: {} } }", false],
    ["with bundles too", "bundles: { b: {} }\nevents: { A: { bundles: [b] } }", false],
    ["unless it says otherwise", "events: { A: { properties: {}, additionalProperties: true } }", true],
    ["defaults can open", "defaults: { additionalProperties: true }\nevents: { A: { properties: {} } }", true],
    ["and close what says nothing", "defaults: { additionalProperties: false }\nevents: [A]", false],
    ["a complete schema is as JSON Schema has it, open", "events: { A: { schema: { properties: {} } } }", true],
    ["or closed", "events: { A: { schema: { additionalProperties: false } } }", false],
    [
      "or closed behind a $ref",
      "events: { A: { schema: { $ref: '#/$defs/a', $defs: { a: { additionalProperties: false } } } } }",
      false,
    ],
    [
      "or closed over all it evaluates",
      "events: { A: { schema: { allOf: [{}], unevaluatedProperties: false } } }",
      false,
    ],
    [
      "but branches may evaluate more",
      "events: { A: { schema: { anyOf: [{}], unevaluatedProperties: false } } }",
      true,
    ],
    [
      "and patterns allow names",
      "events: { A: { schema: { patternProperties: { ^a: {} }, additionalProperties: false } } }",
      true,
    ],
  ])("%s", (_, text, isOpen) => expect(payloadOf(text).additionalProperties).toBe(isOpen));

  test("the schema says the same", () => {
    expect(payloadOf("events: [A]").schema.additionalProperties).toBe(true);
    expect(payloadOf("events: { A: { properties: {} } }").schema.additionalProperties).toBe(false);
    expect(payloadOf("events: { A: { schema: { properties: {} } } }").schema).not.toHaveProperty(
      "additionalProperties",
    );
  });

  test("the default reaches nested objects", () => {
    const text =
      "defaults: { additionalProperties: true }\nevents: { A: { properties: { p: { properties: { a: {} } } } } }";
    expect(payloadOf(text).properties.get("p")?.schema).toEqual({ properties: { a: {} } });
  });
});
