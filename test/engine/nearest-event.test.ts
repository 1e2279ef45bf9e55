import { expect, test } from "vitest";
import { nearestEvent } from "../../src/engine/nearest-event.ts";

const known = ["Order Completed", "Project Created", "Invite Accepted", "Signed Up", "Organization Created"];

test.each([
  ["Order Complete", "Order Completed"],
  ["order_completed", "Order Completed"],
  ["orderCompleted", "Order Completed"],
  ["Accepted Invite", "Invite Accepted"],
  ["signedup", "Signed Up"],
  ["Orders Completed", "Order Completed"],
])("%s was meant to be %s", (name, meant) => {
  expect(nearestEvent(name, known)).toBe(meant);
});

test.each(["Project Restored", "Organization Transferred", "Signed In", "Order", "Report Exported"])(
  "%s is another thing than all of them",
  (name) => {
    expect(nearestEvent(name, known)).toBeUndefined();
  },
);
