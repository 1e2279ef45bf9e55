import { expect, test } from "vitest";
import { nearestName } from "../../src/util/nearest-name.ts";

test("a typing error finds the name that was meant", () => {
  expect(nearestName("evnets", ["events", "sources", "name"])).toBe("events");
});

test("case and separators make no distance", () => {
  expect(nearestName("order_completed", ["Order Cancelled", "Order Completed"])).toBe("Order Completed");
});

test("between names that differ only in case the one with fewer edits wins, then the first", () => {
  expect(nearestName("orderCompleted", ["ORDER_COMPLETED", "OrderCompleted"])).toBe("OrderCompleted");
  expect(nearestName("a_b", ["a-b", "a.b"])).toBe("a-b");
});

test("nothing near gives no name", () => {
  expect(nearestName("colour", ["events", "sources"])).toBeUndefined();
  expect(nearestName("x", ["a", "b"])).toBeUndefined();
  expect(nearestName("", ["a", "events"])).toBeUndefined();
});

test("the name itself is not suggested", () => {
  expect(nearestName("events", ["events"])).toBeUndefined();
});
