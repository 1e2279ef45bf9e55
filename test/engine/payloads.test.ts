import { describe, expect, test } from "vitest";
import { mergePayloads, presenceOf, propertyAt } from "../../src/engine/payloads.ts";
import { payload, union, unknown } from "../../src/testing/inventory-builder.ts";

describe("whether a key is sent", () => {
  test.each([
    ["written", payload({ plan: "free" }), "present"],
    ["written with an unknown value", payload({ plan: unknown() }), "present"],
    ["not written", payload({}), "absent"],
    ["written as undefined", payload({ plan: undefined }), "absent"],
    ["left out on some path", payload({ "plan?": "free" }), "sometimes"],
    ["possibly undefined", payload({ plan: union("free", undefined) }), "maybe-undefined"],
    ["not written beside an unknown spread", payload({}, { open: "spread of `rest`" }), "unknown"],
    [
      "left out on some path beside an unknown spread",
      payload({ "plan?": "free" }, { open: "spread of `rest`" }),
      "unknown",
    ],
  ])("%s", (_, given, expected) => {
    expect(presenceOf(given, "plan")).toBe(expected);
  });
});

test("of two objects, what one leaves out the other may send", () => {
  const merged = mergePayloads(payload({ "plan?": "free", seats: 1 }), payload({ plan: "pro" }));
  expect(presenceOf(merged, "plan")).toBe("present");
  expect(presenceOf(merged, "seats")).toBe("present");
  expect(presenceOf(mergePayloads(payload({}), payload({}, { open: "spread" })), "plan")).toBe("unknown");
});

test("a dotted path opens the objects on its way", () => {
  const nested = payload({ protocols: { event_version: 2 }, other: unknown() });
  expect(propertyAt(nested, "protocols.event_version")).toMatchObject({ value: { value: 2 } });
  expect(propertyAt(nested, "protocols.none")).toBeUndefined();
  expect(propertyAt(nested, "other.event_version")).toBe("unknown");
});
