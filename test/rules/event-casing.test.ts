import { describe, expect, test } from "vitest";
import rule from "../../rules/event-casing.ts";
import type { Sink, TrackingCall } from "../../src/calls/types.ts";
import type { Convention } from "../../src/plan/model.ts";
import { trackingCall } from "../../src/testing/inventory-builder.ts";
import { place, planEvent, planOf, runRule } from "./rule-run.ts";

const track = (name: string, line: number, given: Partial<TrackingCall> = {}): TrackingCall =>
  trackingCall({
    at: place("src/app.ts", line),
    events: [{ value: name, at: place("src/app.ts", line, 17) }],
    ...given,
  });

const sinkOf = (vendor: string, family: string): Partial<TrackingCall> => ({
  sinks: [{ sdk: family, vendor, family, method: "track" }] as Sink[],
});
const ga4 = sinkOf("google", "ga4");
const gtm = sinkOf("google", "gtm");
const meta = sinkOf("meta", "meta");
const posthog = sinkOf("posthog", "posthog");

const titles = ["Folder Added", "Link Deleted", "Report Exported", "Team Created", "Member Invited"];
const titled = titles.map((name, index) => track(name, index + 1));
const convention = (given: Partial<Convention>): Convention => ({
  separators: [],
  at: place("tracking-plan.yaml", 2),
  ...given,
});

describe("the casing that most names have", () => {
  test("is asked of the others, with the tally", () => {
    const { said, help } = runRule(rule, { calls: [...titled, track("folder_updated", 6)] });
    expect(said).toEqual([
      "src/app.ts:6:17 warn The event name `folder_updated` is not Title Case, as 5 of 6 names of `web` are",
    ]);
    expect(help[0]).toContain("Spell it `Folder Updated`");
  });

  test("is none below the majority, and that is said once a source", () => {
    const calls = [...titled, track("folder_updated", 6), track("link_opened", 7)];
    expect(runRule(rule, { calls }).said).toEqual([]);
    expect(runRule(rule, { calls }).notJudged).toEqual([
      { rule: "event-casing", source: "web", reason: "no casing is stated, and no 80 % of its 7 names share one" },
    ]);
    expect(runRule(rule, { calls }, { options: { majority: 70 } }).said).toHaveLength(2);
  });

  test("is none where too few names show it", () => {
    const calls = [...titled.slice(1), track("folder_updated", 6)];
    expect(runRule(rule, { calls }).notJudged).toHaveLength(1);
    expect(runRule(rule, { calls }, { options: { minimumNames: 4 } }).said).toHaveLength(1);
  });

  test("is not shown by names of one word, which fit several", () => {
    const calls = ["login", "signup", "logout", "search", "upload", "export", "Folder Added"].map((name, line) =>
      track(name, line + 1),
    );
    expect(runRule(rule, { calls }).said).toEqual([]);
  });

  test("never asks a name that could be read as it", () => {
    const fitting = [
      "Upgraded",
      "SSO Enabled",
      "iOS App Opened",
      "Role of Member Changed",
      "[Auth] - Login",
      "2FA Enabled",
    ];
    const calls = [...titled, ...fitting.map((name, line) => track(name, line + 10))];
    expect(runRule(rule, { calls }).said).toEqual([]);
  });

  test("is counted for each source alone", () => {
    const api = ["folder_added", "link_deleted"].map((name, line) => track(name, line + 10, { source: "api" }));
    expect(runRule(rule, { calls: [...titled, ...api] }).said).toEqual([]);
  });

  test("judges the parts between separators alone", () => {
    const parted = titles.map((name, line) => track(`[Main] - ${name}`, line + 1));
    const { said } = runRule(rule, { calls: [...parted, track("[Main] - Link opened", 9)] });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("`[Main] - Link opened`");
  });

  test("judges what is known of a template", () => {
    const template = (parts: (string | null)[], line: number) =>
      track("", line, { events: [], patterns: [{ parts, at: place("src/app.ts", line, 17) }] });
    const calls = [...titled, template(["Viewed ", null], 8), template(["Toggle ", null, " clicked"], 9)];
    expect(runRule(rule, { calls }).said).toEqual([
      "src/app.ts:9:17 warn The event name `Toggle … clicked` is not Title Case, as 5 of 5 names of `web` are",
    ]);
  });

  test("takes spellings that fit every casing", () => {
    const calls = [...titled, track("Opened dbt Docs", 8)];
    expect(runRule(rule, { calls }).said).toHaveLength(1);
    expect(runRule(rule, { calls }, { options: { words: ["dbt"] } }).said).toEqual([]);
  });
});

describe("one name", () => {
  test("is one finding where it is first written, however often it is written or sent", () => {
    const written = place("src/events.ts", 4);
    const shared = [10, 20].map((line) =>
      track("folder_updated", line, { events: [{ value: "folder_updated", at: written }] }),
    );
    const { said, related } = runRule(rule, { calls: [...titled, ...shared] });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("src/events.ts:4:1");
    expect(related[0]).toEqual(["src/app.ts:10:1 sent here", "src/app.ts:20:1 sent here"]);
  });

  test("of a constant that several sources share is said once", () => {
    const written = place("src/events.ts", 4);
    const bad = (source: string, line: number) =>
      track("folder_updated", line, { source, events: [{ value: "folder_updated", at: written }] });
    const app = titled.map((call) => ({ ...call, source: "app", id: `${call.id}-app` }));
    expect(runRule(rule, { calls: [...titled, ...app, bad("web", 10), bad("app", 11)] }).said).toHaveLength(1);
  });

  test("that is one of several of a template is said with the others", () => {
    const at = place("src/app.ts", 9, 17);
    const events = ["read", "seen", "opened"].map((state) => ({ value: `Marked as ${state} now`, at }));
    const { said } = runRule(rule, { calls: [...titled, track("", 9, { events })] }, { options: { majority: 60 } });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("`Marked as read now`, `Marked as seen now` and 1 more");
  });

  test("with what a wrapper adds may follow the convention as it is written", () => {
    const at = place("src/app.ts", 8, 17);
    const call = track("", 8, { events: [{ value: "app: Folder Renamed", written: "Folder Renamed", at }] });
    expect(runRule(rule, { calls: [...titled, call] }).said).toEqual([]);
  });
});

describe("names that somebody else chose", () => {
  test("are left alone: what the vendor sends itself, and its standard events", () => {
    const calls = [...titled, track("$pageview", 8, posthog), track("survey shown", 9, posthog)];
    expect(runRule(rule, { calls }).said).toEqual([]);
  });

  test("are a destination's own vocabulary, judged among themselves", () => {
    const google = ["sign_up", "add_to_cart", "view_item", "begin_checkout", "plan_selected"].map((name, line) =>
      track(name, line + 10, ga4),
    );
    const calls = [...titled, ...google, track("signup", 20, gtm), track("ViewContent", 21, meta)];
    expect(runRule(rule, { calls }).said).toEqual([]);
    const { said } = runRule(rule, { calls: [...calls, track("Plan Opened", 30, ga4)] });
    expect(said).toEqual([
      "src/app.ts:30:17 warn The event name `Plan Opened` is not snake_case, as 5 of 6 names of `web` are",
    ]);
  });
});

describe("a stated convention", () => {
  const conventions = { requireEvent: [], requireProperty: [] };
  const stated = (given: Partial<Convention>) => ({ ...conventions, events: convention(given) });

  test("is an error where it is broken, from the first name on", () => {
    const plan = planOf({ conventions: stated({ casing: "Title Case" }) });
    expect(runRule(rule, { calls: [track("folder_updated", 1)] }, { plan }).said).toEqual([
      "src/app.ts:1:17 error The event name `folder_updated` is not Title Case, the convention that the plan states",
    ]);
  });

  test("holds for the plan's own names too, which are said there and not at the calls", () => {
    const events = [planEvent("folder_updated", 9), planEvent("Link Opened", 10)];
    const plan = planOf({ conventions: stated({ casing: "Title Case" }), events });
    const { said, related } = runRule(rule, { calls: [track("folder_updated", 3)] }, { plan });
    expect(said).toEqual([
      "tracking-plan.yaml:9:1 error The event name `folder_updated` is not Title Case, the convention that the plan states",
    ]);
    expect(related[0]).toEqual(["src/app.ts:3:1 sent here"]);
  });

  test("leaves alone what is deprecated, earlier names, wire names, and names of the plan's vocabularies", () => {
    const events = [
      planEvent("folder_renamed", 8, { status: "deprecated" }),
      planEvent("Folder Updated", 9, {
        aliases: [{ name: "folder_updated", at: place("tracking-plan.yaml", 9) }],
        names: { ga4: "folder_changed" },
      }),
      planEvent("sign_up", 12),
    ];
    const plan = planOf({ conventions: stated({ casing: "Title Case" }), events, vocabularies: ["ga4"] });
    const calls = ["folder_renamed", "folder_updated", "folder_changed", "sign_up"].map((name, line) =>
      track(name, line + 1),
    );
    expect(runRule(rule, { calls }, { plan }).said).toEqual([]);
  });

  test("may be a pattern, and says so", () => {
    const plan = planOf({ conventions: stated({ casing: { pattern: "^[a-z]+:[a-z_]+$" } }) });
    const { said, help } = runRule(rule, { calls: [track("app:opened", 1), track("App Opened", 2)] }, { plan });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("not /^[a-z]+:[a-z_]+$/");
    expect(help[0]).toContain("Spell it like the others");
  });

  test("has separators of its own", () => {
    const calls = [track("auth.logged_in", 1), track("auth: logged_in", 2)];
    const plan = planOf({ conventions: stated({ casing: "snake_case", separators: ["."] }) });
    expect(runRule(rule, { calls }, { plan }).said).toHaveLength(1);
  });

  test("is meant for the tools that take any name, where there are such", () => {
    const plan = planOf({ conventions: stated({ casing: "Title Case" }) });
    expect(runRule(rule, { calls: [...titled, track("plan_opened", 9, ga4)] }, { plan }).said).toEqual([]);
    expect(runRule(rule, { calls: [track("plan_opened", 9, ga4)] }, { plan }).said).toHaveLength(1);
  });
});
