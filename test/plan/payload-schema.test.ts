import { describe, expect, test } from "vitest";
import { eventOf, payloadOf, validPlan } from "./reading.ts";

describe("a complete JSON Schema", () => {
  const text = `common: { all: { app_version: { type: string, required: true } } }
events:
  A:
    schema:
      $schema: http://json-schema.org/draft-07/schema#
      allOf: [{ $ref: '#/definitions/base' }]
      required: [order_id, items]
      properties:
        order_id: { type: string }
        items: { type: array, items: { $ref: '#/definitions/item' } }
        tree: { $ref: '#/definitions/tree' }
      definitions:
        base: { properties: { currency: { $ref: '#/definitions/code', description: ISO 4217 } }, required: [currency] }
        code: { type: string, minLength: 3 }
        item: { type: object, required: [sku], properties: { sku: { type: string } } }
        tree: { type: object, properties: { child: { $ref: '#/definitions/tree' } } }
    sources: { web: { properties: { order_id: { required: false, minLength: 1 } } } }
`;

  test("gives its properties, with its references carried out", () => {
    const { properties } = payloadOf(text);
    const seen = Array.from(properties.values(), ({ name, required, schema }) => [name, required, schema]);
    expect(seen).toEqual([
      ["app_version", true, { type: "string" }],
      ["order_id", true, { type: "string" }],
      [
        "items",
        true,
        { type: "array", items: { type: "object", required: ["sku"], properties: { sku: { type: "string" } } } },
      ],
      ["tree", false, { type: "object", properties: { child: {} } }],
      ["currency", true, { type: "string", minLength: 3, description: "ISO 4217" }],
    ]);
    expect(properties.get("currency")).toMatchObject({ description: "ISO 4217", at: { line: 14, column: 31 } });
    expect(properties.get("order_id")?.requiredAt).toMatchObject({ line: 8, column: 18 });
  });

  test("stands as it is in the schema of the payload, with what other layers add", () => {
    const { schema } = payloadOf(text);
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
    expect(schema.properties).toMatchObject({
      items: { items: { $ref: "#/definitions/item" } },
      tree: { $ref: "#/definitions/tree" },
      app_version: { type: "string" },
    });
    expect(schema.required).toEqual(["app_version", "order_id", "items", "currency"]);
  });

  test("a source can differ from it", () => {
    const payload = payloadOf(text, "web");
    expect(payload.properties.get("order_id")).toMatchObject({
      required: false,
      schema: { type: "string", minLength: 1 },
    });
    expect(payload.schema.required).toEqual(["app_version", "items", "currency"]);
  });

  test("takes the place of what is common, and later layers lie over it one by one", () => {
    const layered = `common: { all: { id: { type: number, minimum: 1, pii: id } } }
events:
  A:
    schema: { properties: { id: { type: string } } }
    sources: { web: { properties: { id: { minLength: 1 } } } }
    variants: { by: id, cases: { x: { properties: { id: { maxLength: 9 } } } } }
`;
    const variant = eventOf(validPlan(`tracklint: 1\n${layered}`), "A").variants?.cases.get("x")?.("web", "browser");
    expect(variant?.properties.get("id")).toMatchObject({ pii: "id", origin: "variant" });
    expect(variant?.properties.get("id")?.schema).toEqual({ type: "string", minLength: 1, maxLength: 9 });
    expect(variant?.schema.properties).toEqual({ id: { type: "string", minLength: 1, maxLength: 9 } });
  });

  test("a name that is only required is a property of any value", () => {
    expect(payloadOf("events: { A: { schema: { required: [a] } } }").properties.get("a")).toMatchObject({
      required: true,
      schema: {},
    });
  });

  test("with references that multiply stays bounded", () => {
    const levels = Array.from({ length: 30 }, (_, i) => {
      const ref = `{ $ref: '#/$defs/d${i}' }`;
      return `d${i + 1}: { properties: { x: ${ref}, y: ${ref} } }`;
    });
    const defs = ["d0: { type: string }", ...levels].join(", ");
    const payload = payloadOf(
      `events: { A: { schema: { properties: { a: { $ref: '#/$defs/d30' } }, $defs: { ${defs} } } } }`,
    );
    expect(JSON.stringify(payload.properties.get("a")?.schema).length).toBeLessThan(1_000_000);
  });
});

describe("versions and variants", () => {
  const text = `common: { server: { session_id: {} } }
events:
  A:
    version: 2.0.0
    properties: { plan: { enum: [free, pro] }, total: { type: number, required: true } }
    variants: { by: plan, cases: { pro: { properties: { seats: { type: integer, required: true } }, additionalProperties: true } } }
    versions:
      1.0.0: { status: deprecated, sunset: 2026-12-31, replacedBy: 2.0.0, properties: { price: { type: number } } }
      1.1.0: { status: removed }
`;
  const event = eventOf(validPlan(`tracklint: 1\n${text}`), "A");

  test("a version has a payload of its own, with what is common to its source", () => {
    const [old] = event.versions;
    expect(old).toMatchObject({
      version: "1.0.0",
      status: "deprecated",
      sunset: "2026-12-31",
      replacedBy: "2.0.0",
      at: { line: 9, column: 7 },
    });
    expect([...(old?.payload.properties.keys() ?? [])]).toEqual(["price"]);
    expect([...(old?.payloadFor("api", "server").properties.keys() ?? [])]).toEqual(["session_id", "price"]);
    expect(old?.payload.properties.get("price")?.origin).toBe("version");
  });

  test("a version that describes no payload has the event's", () => {
    expect(event.versions[1]?.payload).toBe(event.payloadFor("*", "unknown"));
  });

  test("a case of a variant adds to the event's payload", () => {
    expect(event.variants?.by).toBe("plan");
    const pro = event.variants?.cases.get("pro")?.("*", "unknown");
    expect([...(pro?.properties.keys() ?? [])]).toEqual(["plan", "total", "seats"]);
    expect(pro?.properties.get("seats")?.origin).toBe("variant");
    expect(pro?.additionalProperties).toBe(true);
    expect(event.payloadFor("*", "unknown").additionalProperties).toBe(false);
  });

  test("payloads are put together once", () => {
    expect(event.payloadFor("api", "server")).toBe(event.payloadFor("api", "server"));
    expect(event.payloadFor("api", "server")).not.toBe(event.payloadFor("web", "server"));
  });
});
