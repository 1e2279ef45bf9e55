import { describe, expect, test } from "vitest";
import rule from "../../rules/overloaded-event.ts";
import type { Sink, TrackingCall } from "../../src/calls/types.ts";
import { trackingCall, union } from "../../src/testing/inventory-builder.ts";
import { payload, place, planEvent, planOf, runRule } from "./rule-run.ts";

const track = (
  name: string,
  line: number,
  values: Record<string, unknown> = {},
  given: Partial<TrackingCall> = {},
): TrackingCall =>
  trackingCall({
    at: place("src/app.ts", line),
    events: [{ value: name, at: place("src/app.ts", line, 9) }],
    properties: payload(values),
    ...given,
  });

const sink = (vendor: string, family: string): Partial<TrackingCall> => ({
  sinks: [{ sdk: family, vendor, family, method: "track" }] as Sink[],
});

describe("a name that says nothing", () => {
  test.each(["action_performed", "Action Performed", "click", "event", "Button Clicked", "userAction"])(
    "%s is reported where it is first written, with its calls",
    (name) => {
      const { said, related } = runRule(rule, { calls: [track(name, 4), track(name, 9)] });
      expect(said).toEqual([
        `src/app.ts:4:9 warn \`${name}\` says nothing of what happened: everything that is sent under it is one number in a report`,
      ]);
      expect(related[0]).toEqual(["src/app.ts:4:1 sent here", "src/app.ts:9:1 sent here"]);
    },
  );

  test.each(["Checkout Button Clicked", "click_create_project", "[Billing] - Click", "Report Viewed", "Search"])(
    "%s says something",
    (name) => {
      expect(runRule(rule, { calls: [track(name, 4)] }).said).toEqual([]);
    },
  );

  test("is silent where it is the destination's own standard event", () => {
    expect(runRule(rule, { calls: [track("click", 4, {}, sink("google", "ga4"))] }).said).toEqual([]);
    expect(runRule(rule, { calls: [track("click", 4, {}, sink("posthog", "posthog"))] }).said).toHaveLength(1);
  });

  test("is silent where the plan names the vocabulary that has it", () => {
    const plan = planOf({ vocabularies: ["ga4"] });
    expect(runRule(rule, { calls: [track("click", 4)] }, { plan }).said).toEqual([]);
  });

  test("may be named by the user, in any casing", () => {
    const options = { generic: ["feature_used"] };
    expect(runRule(rule, { calls: [track("Feature Used", 4)] }, { options }).said).toHaveLength(1);
  });

  test("of the plan is said there, whether it is sent or not", () => {
    const plan = planOf({ events: [planEvent("Action Performed", 7), planEvent("interaction", 8)] });
    expect(
      runRule(rule, { calls: [track("Action Performed", 4)] }, { plan }).said.map((line) => line.split(" ")[0]),
    ).toEqual(["tracking-plan.yaml:7:1", "tracking-plan.yaml:8:1"]);
  });
});

describe("one name for two things", () => {
  const link = { link_id: 1, link_type: "", domain: "" };
  const upload = { file_name: "", file_size: 1, pages: 2 };

  test("is two sites whose keys have next to nothing in common", () => {
    const { said, related } = runRule(rule, { calls: [track("Item Added", 4, link), track("Item Added", 9, upload)] });
    expect(said).toEqual([
      "src/app.ts:4:1 warn `Item Added` stands for two things: here it has `link_id`, `link_type`, `domain`, at src/app.ts:9:1 it has `file_name`, `file_size`, `pages`",
    ]);
    expect(related[0]).toEqual(["src/app.ts:9:1 sent here with other properties"]);
  });

  test.each<[string, Record<string, unknown>]>([
    ["nothing beside something", {}],
    ["fewer than three keys", { file_name: "", pages: 2 }],
    ["a superset", { ...link, team_id: 1 }],
    ["more than a quarter in common", { link_id: 1, link_type: "", pages: 2 }],
  ])("is not %s", (_, other) => {
    expect(runRule(rule, { calls: [track("Item Added", 4, link), track("Item Added", 9, other)] }).said).toEqual([]);
  });

  test("is not said of payloads that are not known", () => {
    const open = { properties: payload(upload, { open: "spread of `rest`" }) };
    expect(runRule(rule, { calls: [track("Item Added", 4, link), track("Item Added", 9, {}, open)] }).said).toEqual([]);
  });

  test("is not said where the plan has variants of the event", () => {
    const plan = planOf({ events: [planEvent("Item Added", 7, { variants: { by: "kind", cases: new Map() } })] });
    const calls = [track("Item Added", 4, link), track("Item Added", 9, upload)];
    expect(runRule(rule, { calls }, { plan }).said).toEqual([]);
    const bare = planOf({ events: [planEvent("Item Added", 7)] });
    expect(runRule(rule, { calls }, { plan: bare }).said).toHaveLength(1);
  });
});

describe("a property that tells events apart", () => {
  const values = ["opened", "closed", "moved", "shared", "copied", "renamed"];
  const board = (property: string, extra: (value: string) => Record<string, unknown>) =>
    values.map((value, line) => track("Board Changed", line + 1, { [property]: value, ...extra(value) }));
  const own = (value: string) => ({ [`${value}_by`]: "" });

  test("with more than five values and properties of their own is reported once", () => {
    const { said, related } = runRule(rule, { calls: board("action", own) });
    expect(said).toEqual([
      "src/app.ts:1:1 warn `Board Changed` stands for 6 things that only `action` tells apart, each with properties of its own",
    ]);
    expect(related[0]).toHaveLength(6);
  });

  test("in any casing", () => {
    expect(runRule(rule, { calls: board("eventType", own) }).said).toHaveLength(1);
  });

  test("with five values, or with the same properties for all, is a dimension", () => {
    expect(runRule(rule, { calls: board("action", own).slice(1) }).said).toEqual([]);
    expect(runRule(rule, { calls: board("action", () => ({ board_id: 1 })) }).said).toEqual([]);
    const oneSite = track("Board Changed", 1, { action: union(...values), board_id: 1 });
    expect(runRule(rule, { calls: [oneSite] }).said).toEqual([]);
  });

  test("is a dimension by its name unless it is listed", () => {
    expect(runRule(rule, { calls: board("status", own) }).said).toEqual([]);
    expect(
      runRule(rule, { calls: board("status", own) }, { options: { discriminators: ["status"] } }).said,
    ).toHaveLength(1);
  });

  test("is described where the plan has variants by it", () => {
    const plan = planOf({ events: [planEvent("Board Changed", 7, { variants: { by: "action", cases: new Map() } })] });
    expect(runRule(rule, { calls: board("action", own) }, { plan }).said).toEqual([]);
  });
});
