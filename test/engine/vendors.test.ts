import { describe, expect, test } from "vitest";
import { isSettableKey, isVendorName, sendsTo } from "../../src/engine/vendors.ts";
import type { Plan, Sink, TrackingCall } from "../../src/plugin.ts";
import { place, trackingCall } from "../../src/testing/inventory-builder.ts";

const through = (sdk: string, vendor: string, family: string, event = "Signed Up"): TrackingCall => {
  const sinks: readonly Sink[] = [{ sdk, vendor, family, method: "track" }];
  const call = trackingCall({ event, sinks, at: place("src/a.ts", 1) });
  return { ...call, events: [{ value: event, at: place("src/a.ts", 1, 9) }] };
};
const posthog = through("posthog-js", "posthog", "posthog");
const segment = through("segment-node", "segment", "segment-spec");
const gtm = through("gtm-datalayer", "google", "gtm");

describe("a name is the vendor's own", () => {
  test.each([
    ["where the vendor sends it by itself", through("meta-pixel", "meta", "meta"), "PageView", true],
    ["not where another vendor does", posthog, "PageView", false],
    ["where it begins as the vendor's names do", posthog, "$pageview", true],
    ["not where this code chose it", posthog, "Signed Up", false],
  ] as const)("%s", (_, call, name, expected) => {
    expect(isVendorName(call, name)).toBe(expected);
  });

  test("where it is written nowhere, since the method stands for it", () => {
    const { at } = posthog;
    expect(isVendorName({ ...posthog, events: [{ value: "Product Purchased", at }] }, "Product Purchased")).toBe(true);
  });
});

describe("a key with a dollar may be set", () => {
  test("where the vendor documents it", () => {
    expect(isSettableKey(posthog, "$set")).toBe(true);
    expect(isSettableKey(posthog, "$signup_source")).toBe(false);
  });

  test("where it isn't known what the vendor documents", () => {
    expect(isSettableKey(segment, "$anything")).toBe(true);
    expect(isSettableKey(segment, "plan")).toBe(false);
  });
});

describe("a call reaches a destination", () => {
  const plan = {
    destinations: new Map([["mixpanel", { via: "segment", at: place("plan.yaml") }]]),
  } as unknown as Plan;

  test.each([
    ["of its own vendor, whichever of its products the plan names", gtm, "ga4", true],
    ["through the service between", segment, "mixpanel", true],
    ["of no other vendor", posthog, "ga4", false],
    ["whose name nobody knows", posthog, "the warehouse", true],
  ] as const)("%s", (_, call, destination, expected) => {
    expect(sendsTo(call, destination, plan)).toBe(expected);
  });
});
