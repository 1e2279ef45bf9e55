import { describe, expect, test } from "vitest";
import rule from "../../rules/property-casing.ts";
import type { TrackingCall } from "../../src/calls/types.ts";
import type { PlanProperty } from "../../src/plan/model.ts";
import { trackingCall } from "../../src/testing/inventory-builder.ts";
import { payload, place, planEvent, planOf, runRule } from "./rule-run.ts";

const track = (values: Record<string, unknown>, line: number, given: Partial<TrackingCall> = {}): TrackingCall =>
  trackingCall({
    at: place("src/app.ts", line),
    events: [{ value: "Order Completed", at: place("src/app.ts", line, 9) }],
    properties: payload(values, { at: place("src/app.ts", line, 30) }),
    ...given,
  });

const snake = { team_id: 1, plan_name: "", seat_count: 2, is_trial: true, billing_cycle: "", created_by: "" };

describe("the casing that most properties of a source have", () => {
  test("is asked of the others, once for each name with the calls that send it", () => {
    const calls = [track(snake, 1), track({ seatLimit: 3 }, 2), track({ seatLimit: 4 }, 3)];
    const { said, related, help } = runRule(rule, { calls });
    expect(said).toEqual([
      "src/app.ts:2:30 warn The property name `seatLimit` is not snake_case, as 6 of 7 names of `web` are",
    ]);
    expect(related[0]).toEqual(["src/app.ts:3:30 also written here"]);
    expect(help[0]).toContain("Spell it `seat_limit`");
  });

  test("is 85 % unless set", () => {
    const calls = [track(snake, 1), track({ seatLimit: 3 }, 2), track({ seatPrice: 1 }, 3)];
    expect(runRule(rule, { calls }).said).toEqual([]);
    expect(runRule(rule, { calls }).notJudged[0]?.reason).toContain("no 85 % of its 8 names");
    expect(runRule(rule, { calls }, { options: { majority: 75 } }).said).toHaveLength(2);
  });

  test("is asked of traits, of what wrappers add, and of keys inside objects and lists", () => {
    const at = (line: number) => ({ at: place("src/app.ts", line) });
    const object = (values: Record<string, unknown>, line: number) =>
      ({ kind: "object", shape: payload(values, at(line)) }) as const;
    const calls = [
      track(snake, 1),
      track({ items: [object({ unitSize: 1 }, 20)], owner: object({ nickName: "" }, 21) }, 2, {
        added: payload({ appVersion: "" }, at(22)),
      }),
      track({}, 3, { kind: "identify", events: [], traits: payload({ lastSeen: "" }, at(23)) }),
    ];
    const { said } = runRule(rule, { calls }, { options: { majority: 60 } });
    expect(said.map((line) => /`(\w+)`/.exec(line)?.[1]).sort()).toEqual([
      "appVersion",
      "lastSeen",
      "nickName",
      "unitSize",
    ]);
  });
});

describe("names that somebody else chose", () => {
  test("are left alone: the vendor's keys, its standard properties and traits, and parameters of links", () => {
    const camel = {
      teamId: 1,
      planName: "",
      seatCount: 2,
      isTrial: true,
      billingCycle: "",
      createdBy: "",
      invitedBy: "",
    };
    const calls = [track({ ...camel, $set: { product_id: "" }, utm_source: "", li_fat_id: "", order_id: "" }, 1)];
    expect(runRule(rule, { calls }).said).toEqual([]);
  });

  test("are traits of Segment's own", () => {
    const traits = payload({ ...snake, firstName: "", createdAt: "" });
    const calls = [track({}, 1, { kind: "identify", events: [], traits })];
    expect(runRule(rule, { calls }).said).toEqual([]);
  });
});

test("one word fits every casing, and a leading underscore is no part of it", () => {
  expect(runRule(rule, { calls: [track({ ...snake, plan: "", _organization: "" }, 1)] }).said).toEqual([]);
});

describe("a stated convention", () => {
  const conventions = {
    requireEvent: [],
    requireProperty: [],
    properties: { casing: "snake_case" as const, separators: [], at: place("tracking-plan.yaml", 3) },
  };
  const property = (name: string, line: number, schema = {}): [string, PlanProperty] => [
    name,
    {
      name,
      required: false,
      schema,
      deprecated: false,
      has: () => false,
      at: place("tracking-plan.yaml", line),
      origin: "event",
    },
  ];
  const event = (properties: readonly [string, PlanProperty][]) =>
    planEvent("Order Completed", 9, {
      payloadFor: () => ({
        properties: new Map(properties),
        additionalProperties: true,
        schema: {},
        at: place("tracking-plan.yaml", 9),
      }),
    });

  test("is an error where it is broken, from the first name on", () => {
    const plan = planOf({ conventions });
    expect(runRule(rule, { calls: [track({ seatLimit: 1 }, 1)] }, { plan }).said).toEqual([
      "src/app.ts:1:30 error The property name `seatLimit` is not snake_case, the convention that the plan states",
    ]);
  });

  test("holds for the plan's own properties, nested ones too, which are said there once", () => {
    const nested = { items: { type: "object", properties: { unitPrice: {} } } };
    const plan = planOf({ conventions, events: [event([property("seatLimit", 11), property("items", 12, nested)])] });
    const { said, related } = runRule(rule, { calls: [track({ seatLimit: 1 }, 1)] }, { plan });
    expect(said.map((line) => line.split(" The ")[0])).toEqual([
      "tracking-plan.yaml:11:1 error",
      "tracking-plan.yaml:12:1 error",
    ]);
    expect(said[1]).toContain("`unitPrice`");
    expect(related[0]).toEqual(["src/app.ts:1:1 sent here"]);
  });

  test("holds for traits of users and groups", () => {
    const plan = planOf({
      conventions,
      users: new Map([property("signupDate", 20)]),
      groups: new Map([["team", new Map([property("seatLimit", 22)])]]),
    });
    expect(runRule(rule, {}, { plan }).said).toHaveLength(2);
  });
});
