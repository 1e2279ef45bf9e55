import { describe, expect, test } from "vitest";
import { byCause, byWrapper, placesOf } from "../../src/engine/causes.ts";
import { inventory, place, trackingCall } from "../../src/testing/inventory-builder.ts";

const track = { name: "track", at: place("src/track.ts", 10) };
const safely = { name: "safely", at: place("src/safely.ts", 20) };
const call = (line: number, ...via: (typeof track)[]) => trackingCall({ at: place("src/app.ts", line), via });
const at = (of: ReturnType<typeof call>) => of.at;
const inShort = (causes: ReturnType<typeof byWrapper>) =>
  causes.map(({ at, items }) => `${at.file}:${at.line} ${items.map((one) => one.at.line).join()}`);

describe("what is wrong in every call of a wrapper", () => {
  test("is the wrapper's, once", () => {
    const calls = [call(1, track), call(2, track), call(3)];
    expect(inShort(byWrapper(calls.slice(0, 2), calls, at))).toEqual(["src/track.ts:10 1,2"]);
  });

  test("is the outermost wrapper's of which that is true", () => {
    const calls = [call(1, safely, track), call(2, safely, track), call(3, track)];
    expect(inShort(byWrapper(calls.slice(0, 2), calls, at))).toEqual(["src/safely.ts:20 1,2"]);
  });

  test("is each caller's where some callers are right", () => {
    const calls = [call(1, track), call(2, track), call(3, track)];
    expect(inShort(byWrapper(calls.slice(0, 2), calls, at))).toEqual(["src/app.ts:1 1", "src/app.ts:2 2"]);
  });

  test("is the only caller's where there is one", () => {
    expect(inShort(byWrapper([call(1, track)], [call(1, track)], at))).toEqual(["src/app.ts:1 1"]);
  });
});

describe("what is wrong in every call of a source", () => {
  const calls = [call(1), call(2), call(3)];
  const start = {
    sdk: "segment-browser",
    vendor: "segment",
    family: "segment-spec",
    platform: "browser",
    source: "web",
    at: place("src/start.ts", 5),
    how: "init",
    guards: [],
    options: { properties: [], complete: true },
  } as const;

  test("is said at the start of their SDK", () => {
    expect(inShort(byCause(inventory({ calls, starts: [start] }), calls, calls, at))).toEqual(["src/start.ts:5 1,2,3"]);
  });

  test("is said at the first call where no start of theirs is known", () => {
    const elsewhere = { ...start, vendor: "posthog" };
    expect(inShort(byCause(inventory({ calls, starts: [elsewhere] }), calls, calls, at))).toEqual([
      "src/app.ts:1 1,2,3",
    ]);
  });

  test("is said of each call where one is right", () => {
    const wrong = calls.slice(1);
    expect(inShort(byCause(inventory({ calls, starts: [start] }), wrong, calls, at))).toEqual([
      "src/app.ts:2 2",
      "src/app.ts:3 3",
    ]);
  });
});

test("a call is not listed with a finding that stands in it", () => {
  expect(placesOf([call(4)], place("src/app.ts", 4, 9), "sent here")).toEqual([]);
  expect(placesOf([call(4)], place("src/names.ts", 4), "sent here")).toEqual([
    { at: place("src/app.ts", 4), message: "sent here" },
  ]);
});
