import { expect, test } from "vitest";
import { nearestTerm } from "../../src/engine/nearest-term.ts";

const known = ["Order Completed", "Project Created", "Invite Accepted", "Signed Up", "Organization Created"];

test.each([
  ["Order Complete", "Order Completed"],
  ["order_completed", "Order Completed"],
  ["orderCompleted", "Order Completed"],
  ["Accepted Invite", "Invite Accepted"],
  ["signedup", "Signed Up"],
  ["Orders Completed", "Order Completed"],
])("%s was meant to be %s", (name, meant) => {
  expect(nearestTerm(name, known)).toBe(meant);
});

test.each(["Project Restored", "Organization Transferred", "Signed In", "Order", "Report Exported"])(
  "%s is another thing than all of them",
  (name) => {
    expect(nearestTerm(name, known)).toBeUndefined();
  },
);

test.each([
  ["Bulk Unapprove Clicked", "Bulk Approve Clicked"],
  ["Two Factor Disabled", "Two Factor Enabled"],
  ["Subscribed", "Unsubscribed"],
  ["logout", "Log In"],
  ["Signed Out", "Signed Up"],
  ["Contacts Exported", "Contacts Imported"],
  ["step1_completed", "step2_completed"],
  ["datarooms-premium", "datarooms-plus"],
  ["dataroomType", "dataroomName"],
  ["onboarding_step_completed", "onboarding_completed"],
  ["api_key_created", "survey created"],
  ["Fetch Notifications - [Inbox]", "Fetch Feed - [Notification Center]"],
  ["AI Quota Exceeded", "OpenAI Quota Exceeded"],
])("%s is no typing error of %s", (name, other) => {
  expect(nearestTerm(name, [other])).toBeUndefined();
  expect(nearestTerm(other, [name])).toBeUndefined();
});
