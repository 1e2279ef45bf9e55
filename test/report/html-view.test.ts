import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  eventAddress,
  type Filter,
  findingAddress,
  listAddress,
  NONE,
  PLAN,
  parseAddress,
} from "../../src/report/html/browser/address.ts";
import { coverage } from "../../src/report/html/browser/coverage.ts";
import { choicesOf, eventsFor, findingsFor, groupFindings } from "../../src/report/html/browser/filters.ts";
import { createModel } from "../../src/report/html/browser/model.ts";
import { presences } from "../../src/report/html/browser/presence.ts";
import { reportData } from "../../src/report/html/report-data.ts";
import type { CheckReport, Overview, SentName } from "../../src/report/types.ts";
import { payload, trackingCall } from "../../src/testing/inventory-builder.ts";
import { canonicalReport } from "./canonical-report.ts";

const model = createModel(reportData(canonicalReport, "1.0.0"));

function modelOf(overview: Partial<Overview>, more: Partial<CheckReport> = {}) {
  const whole = { ...canonicalReport.overview(), ...overview };
  return createModel(reportData({ ...canonicalReport, findings: [], ...more, overview: () => whole }, "1.0.0"));
}

function sent(name: string, more: Partial<SentName> = {}): SentName {
  return { kind: "track", name, inPlan: true, isCertain: true, ...more };
}

describe("addresses", () => {
  const words = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("a/b", "50% off", "?q=1", "#", "a&b=c+d", "../.."),
  );

  test("lead back to the event, the finding and the filter that they were made for", () => {
    fc.assert(
      fc.property(words, words, (name, value) => {
        expect(parseAddress(eventAddress({ kind: "track", name }))).toEqual({ page: "event", kind: "track", name });
        expect(parseAddress(findingAddress(name))).toEqual({ page: "finding", id: name });
        const filter: Filter = value === "" ? {} : { q: value, owner: value };
        expect(parseAddress(listAddress("findings", filter))).toEqual({ page: "findings", filter });
      }),
    );
  });

  test("take half a character for the one that stands for it", () => {
    expect(parseAddress(eventAddress({ kind: "track", name: "\ud800" }))).toMatchObject({ name: "\ufffd" });
  });

  test("may be anything", () => {
    expect(parseAddress("")).toEqual({ page: "overview" });
    expect(parseAddress("#/events?state=kept&nonsense=1&q=%")).toEqual({
      page: "events",
      filter: { state: "kept", q: "%" },
    });
    expect(parseAddress("#/event/track")).toEqual({ page: "unknown" });
    expect(parseAddress("#main")).toEqual({ page: "unknown" });
  });
});

describe("filters of findings", () => {
  const rules = (filter: Filter) => findingsFor(model.findings, filter).map(({ finding }) => finding.rule);

  test("narrow by rule, severity, source, owner and each word of a text", () => {
    expect(rules({})).toEqual(["unknown-event", "unused-event"]);
    expect(rules({ rule: "unused-event" })).toEqual(["unused-event"]);
    expect(rules({ severity: "error" })).toEqual(["unknown-event"]);
    expect(rules({ source: "web" })).toEqual(["unknown-event"]);
    expect(rules({ source: PLAN })).toEqual(["unused-event"]);
    expect(rules({ owner: "payments" })).toEqual(["unused-event"]);
    expect(rules({ owner: NONE })).toEqual(["unknown-event"]);
    expect(rules({ q: "CHECKOUT.TS  did" })).toEqual(["unknown-event"]);
    expect(rules({ q: "checkout.ts nothing" })).toEqual([]);
    expect(rules({ rule: "unused-event", severity: "error" })).toEqual([]);
  });

  test("show what comments switched off only when asked", () => {
    expect(rules({ state: "suppressed" })).toEqual(["unknown-event", "pii-property"]);
  });

  test("groups have errors first, and choices the most frequent", () => {
    expect(groupFindings(findingsFor(model.findings, {}), "owner").map(({ label, errors }) => [label, errors])).toEqual(
      [
        ["No owner", 1],
        ["payments", 0],
      ],
    );
    expect(choicesOf(model.findings, "rule")[0]).toEqual({ value: "unknown-event", label: "unknown-event", count: 2 });
  });
});

describe("events", () => {
  const site = (source: string) => trackingCall({ source, properties: payload({ total: 1 }) });

  test("are kept, not sent or not planned", () => {
    expect(model.events.map(({ event, state }) => [event.name, state])).toEqual([
      ["Order Complete", "unplanned"],
      ["Order Completed", "unsent"],
    ]);
    expect(eventsFor(model.events, { state: "unsent", owner: "payments", q: "order_done" })).toHaveLength(1);
    expect(eventsFor(model.events, { source: "web", owner: NONE })).toHaveLength(1);
  });

  test("count the call sites of each source, and say where they are not planned", () => {
    const { events } = modelOf({
      calls: [
        { call: site("web"), sends: [sent("Order Completed")] },
        { call: site("web"), sends: [sent("Order Completed", { isCertain: false })] },
        { call: site("api"), sends: [sent("Order Completed")] },
      ],
    });
    expect([...events[0]!.cells]).toEqual([
      ["web", { calls: 1, maybe: 1, listed: true }],
      ["api", { calls: 1, maybe: 0, listed: false }],
    ]);
  });

  test("have their properties by presence", () => {
    const calls = [
      payload({ total: 1, currency: "EUR" }),
      payload({ "total?": 1 }),
      payload({}, { open: "spread of `rest`" }),
      payload({}),
    ].map((properties) => ({ call: trackingCall({ properties }), sends: [sent("Order Completed")] }));
    const { events } = modelOf({ calls });
    expect(presences(events[0]!)).toEqual([
      expect.objectContaining({ name: "total", sites: 4, always: 1, sometimes: 1, unknown: 1, never: 1 }),
      expect.objectContaining({ name: "currency", always: 1, sometimes: 0, unknown: 1, never: 2, values: ['"EUR"'] }),
    ]);
    expect(presences(events[0]!)[0]?.planned?.required).toBe(true);
  });
});

describe("coverage", () => {
  const shares = (of: ReturnType<typeof modelOf>) =>
    Object.fromEntries(coverage(of).map(({ label, part, whole }) => [label, `${part} of ${whole}`]));

  test("counts events, sources, calls and properties", () => {
    expect(shares(model)).toEqual({
      "Planned events seen in code": "0 of 1",
      "Planned sources that send": "0 of 1",
      "Calls known to the plan": "0 of 1",
      "Planned events with an owner": "1 of 1",
      "Calls with a known name": "1 of 1",
      "Calls with known properties": "1 of 1",
    });
  });

  test("knows no plan where there is none, and counts unknown names", () => {
    const calls = [{ call: trackingCall({ dynamic: true, eventText: "name" }), sends: [] }];
    expect(shares(modelOf({ events: [], calls }))).toEqual({
      "Calls with a known name": "0 of 1",
      "Calls with known properties": "1 of 1",
    });
  });

  test("says nothing of nothing", () => {
    expect(coverage(modelOf({ events: [], calls: [] }))).toEqual([]);
  });
});
