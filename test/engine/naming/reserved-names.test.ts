import { describe, expect, test } from "vitest";
import { brokenShape, reservationOf } from "../../../src/engine/naming/reserved-names.ts";
import { nameShapes, reservedNames } from "../../../src/sdks/reserved-names.ts";
import { trackingCall } from "../../../src/testing/inventory-builder.ts";

const through = (sdk: string, vendor: string, family: string) =>
  trackingCall({ event: "Signed Up", sinks: [{ sdk, vendor, family, method: "track" }] });
const posthog = through("posthog-js", "posthog", "posthog");
const gtag = through("ga4-gtag", "google", "ga4");

test("every reservation has a source, names something, and is verified", () => {
  const lacking = reservedNames.filter(
    ({ source, names = [], prefixes = [], verified }) =>
      source === "" || names.length + prefixes.length === 0 || verified === "memory",
  );
  expect(lacking).toEqual([]);
  expect(nameShapes.filter(({ source, verified }) => source === "" || verified === "memory")).toEqual([]);
});

describe("a name is reserved", () => {
  test("at the vendor that reserves it, and at no other", () => {
    expect(reservationOf(gtag, "event", "session_start")?.effect).toBe("rejects");
    expect(reservationOf(posthog, "event", "session_start")).toBeUndefined();
  });

  test("not where the descriptor says that callers set it", () => {
    expect(reservationOf(posthog, "property", "$process_person_profile")).toBeUndefined();
    expect(reservationOf(posthog, "property", "$my_own")?.effect).toBe("unknown");
  });
});

test("a shape is the vendor's, and takes letters of any script", () => {
  expect(brokenShape(gtag, "compra_concluída")).toBeUndefined();
  expect(brokenShape(gtag, "Signed Up")?.vendor).toBe("Google Analytics");
  expect(brokenShape(posthog, "Signed Up")).toBeUndefined();
});
