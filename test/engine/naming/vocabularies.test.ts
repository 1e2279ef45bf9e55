import { describe, expect, test } from "vitest";
import { namedVocabularies, ownVocabularies, standardFor } from "../../../src/engine/naming/vocabularies.ts";
import { normaliseName } from "../../../src/engine/naming/words.ts";
import { concepts, standardVocabularies } from "../../../src/sdks/vocabularies.ts";
import { trackingCall } from "../../../src/testing/inventory-builder.ts";
import { planOf } from "../../rules/rule-run.ts";

const idsOf = (...sinks: readonly (readonly [sdk: string, vendor: string, family: string])[]) =>
  ownVocabularies(
    trackingCall({
      event: "x",
      sinks: sinks.map(([sdk, vendor, family]) => ({ sdk, vendor, family, method: "track" })),
    }),
  ).map(({ id }) => id);

describe("the data", () => {
  test("has a source for each event, and nothing that nobody has checked", () => {
    const events = standardVocabularies.flatMap(({ events }) => events);
    expect(events.filter(({ source, verified }) => source === "" || verified === "memory")).toEqual([]);
  });

  test("gives each home-made name one meaning, spelt as names are compared", () => {
    const names = concepts.flatMap(({ synonyms, vague = [] }) => [...synonyms, ...vague]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => normaliseName(name) !== name)).toEqual([]);
  });
});

describe("a call's own vocabularies", () => {
  test("are those of its destinations", () => {
    expect(idsOf(["segment-node", "segment", "segment-spec"])).toEqual(["segment"]);
    expect(idsOf(["jitsu-js", "jitsu", "segment-spec"])).toEqual([]);
    expect(idsOf(["posthog-js", "posthog", "posthog"])).toEqual([]);
  });

  test("leave Google's out where another tool gets the same name", () => {
    const gtag = ["ga4-gtag", "google", "ga4"] as const;
    expect(idsOf(gtag)).toEqual(["ga4"]);
    expect(idsOf(gtag, ["posthog-js", "posthog", "posthog"])).toEqual([]);
  });
});

test("a plan names a vocabulary or a part of one; what means none is said", () => {
  const { chosen, unknown } = namedVocabularies(
    planOf({ vocabularies: ["segment/ecommerce", "segment/shop", "nobody"] }),
  );
  expect(unknown).toEqual(["segment/shop", "nobody"]);
  expect(chosen.map(({ id }) => id)).toEqual(["segment"]);
  expect(standardFor(chosen[0]!, "purchase completed")?.name).toBe("Order Completed");
  expect(standardFor(chosen[0]!, "video_started")).toBeUndefined();
});
