import { expect, test } from "vitest";
import { readChoice } from "../../../src/engine/flow/choice-words.ts";

test.each([
  ["hasConsent", "user"],
  ["user.optedOut", "user"],
  ["permissions.canTrackAnalytics", "user"],
  ["preferences.canUseAnalytics", "user"],
  ["marketingEmailOptIn", "user"],
  ["permissionsUtil.canRunMetricQueries", "nobody"],
  ["permissions.canUpdateDataSourceSettings", "nobody"],
  ["autoSignInOptedOut", "nobody"],
  ["user.newsletterOptIn", "nobody"],
  ["process.env.TELEMETRY_DISABLED", "operator"],
])("%s is decided by: %s", (name, decider) => {
  expect(readChoice(name).decider).toBe(decider);
});
