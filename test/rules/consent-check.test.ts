import { describe, expect, test } from "vitest";
import rule from "../../rules/consent-check.ts";
import type { Guard, Hop, SdkStart, Sink, TrackingCall } from "../../src/calls/types.ts";
import type { PlanConsent } from "../../src/plan/model.ts";
import { trackingCall, unknown } from "../../src/testing/inventory-builder.ts";
import { call as condition, guard, literal, not, value } from "../engine/flow/conditions.ts";
import { payload, place, planEvent, planOf, runRule } from "./rule-run.ts";

const vendors = {
  posthog: { sdk: "posthog-js", vendor: "posthog", family: "posthog", method: "capture" },
  segment: { sdk: "segment-browser", vendor: "segment", family: "segment-spec", method: "track" },
  segmentNode: { sdk: "segment-node", vendor: "segment", family: "segment-spec", method: "track" },
  rudderstackNode: { sdk: "rudderstack-node", vendor: "rudderstack", family: "segment-spec", method: "track" },
  google: { sdk: "ga4-gtag", vendor: "google", family: "ga4", method: "gtag" },
  gtm: { sdk: "gtm-datalayer", vendor: "google", family: "gtm", method: "push" },
  meta: { sdk: "meta-pixel", vendor: "meta", family: "meta", method: "fbq" },
  plausible: { sdk: "plausible-official", vendor: "plausible", family: "plausible", method: "track" },
  launchdarkly: { sdk: "launchdarkly-client", vendor: "launchdarkly", family: "launchdarkly", method: "identify" },
} satisfies Record<string, Sink>;
type Vendor = keyof typeof vendors;

const track = (
  vendor: Vendor,
  line: number,
  given: Partial<TrackingCall> & { readonly event?: string } = {},
): TrackingCall => {
  const { event = "Report Exported", ...rest } = given;
  return trackingCall({
    at: place("src/app.ts", line),
    sinks: [vendors[vendor]],
    events: [{ value: event, at: place("src/app.ts", line, 9) }],
    ...rest,
  });
};

const start = (vendor: Vendor, given: Partial<SdkStart> = {}): SdkStart => ({
  ...vendors[vendor],
  platform: "browser",
  source: "web",
  at: place("src/analytics.ts", 2),
  how: "init",
  guards: [],
  options: payload({}),
  ...given,
});

const consented = guard(condition("hasConsent", ["analytics"]));
const server = { platform: "server", source: "api" } as const;
const places = (said: readonly string[]) => said.map((line) => line.split(" ").slice(0, 2).join(" "));

const consentOf = (given: Partial<PlanConsent> = {}): PlanConsent => ({
  at: place("tracking-plan.yaml", 3),
  model: "opt-in",
  exempt: [],
  withoutConsent: "drop",
  operator: false,
  categories: new Map(),
  guards: [],
  ...given,
});
const planned = (given: Partial<PlanConsent> = {}) => ({ plan: planOf({ consent: consentOf(given) }) });

describe("a source in which nobody is asked", () => {
  test("has one finding for each vendor, where it starts, with the number of its calls", () => {
    const calls = [track("posthog", 4), track("posthog", 5), track("segment", 6)];
    const starts = [start("posthog"), start("segment", { at: place("src/analytics.ts", 9) })];
    const { said, related } = runRule(rule, { calls, starts });
    expect(said).toEqual([
      "src/analytics.ts:2:1 warn No check of the user's choice covers PostHog in `web`, which starts here, captures by itself and has 2 calls",
      "src/analytics.ts:9:1 warn No check of the user's choice covers Segment in `web`, which starts here and has 1 call",
    ]);
    expect(related[0]).toEqual(["src/app.ts:4:1 sent here", "src/app.ts:5:1 sent here"]);
  });

  test("has it at the wrapper's call of the SDK where no start is seen", () => {
    const inWrapper = track("segment", 30, { role: "forwarder", events: [], dynamic: true });
    const calls = [track("segment", 4), track("segment", 5), inWrapper];
    expect(places(runRule(rule, { calls }).said)).toEqual(["src/app.ts:30:1 warn"]);
  });

  test("has it at the first call where there is neither", () => {
    expect(places(runRule(rule, { calls: [track("segment", 4), track("segment", 5)] }).said)).toEqual([
      "src/app.ts:4:1 warn",
    ]);
  });

  test("is not made right by technical guards", () => {
    const guards = [guard(value("process.env.NEXT_PUBLIC_POSTHOG_KEY")), guard(value("window.posthog"))];
    const starts = [start("posthog", { guards })];
    expect(runRule(rule, { calls: [track("posthog", 4, { guards })], starts }).said).toHaveLength(1);
  });

  test("has none where the SDK is started with a customer's key", () => {
    expect(runRule(rule, { calls: [], starts: [start("posthog", { tenant: true })] }).said).toEqual([]);
    expect(runRule(rule, { calls: [], starts: [start("posthog")] }).said).toHaveLength(1);
  });

  test("keeps Google's two products apart", () => {
    const starts = [start("google"), start("gtm", { at: place("src/gtm.ts", 1) })];
    expect(places(runRule(rule, { calls: [track("google", 4), track("gtm", 5)], starts }).said)).toEqual(
      ["src/analytics.ts:2:1 warn", "src/app.ts:5:1 warn"].map((line) =>
        line.startsWith("src/app") ? "src/gtm.ts:1:1 warn" : line,
      ),
    );
  });

  test("is not judged on a server, and that is said", () => {
    const { said, notJudged } = runRule(rule, { calls: [track("segmentNode", 4, server)] });
    expect(said).toEqual([]);
    expect(notJudged).toEqual([
      {
        rule: "consent-check",
        source: "api",
        reason: "no consent section, and no consent mechanism is seen in it",
      },
    ]);
  });

  test("is not judged for tools that store nothing on the device, nor for feature flags", () => {
    const calls = [track("plausible", 4), track("launchdarkly", 5, { kind: "identify", events: [] })];
    expect(runRule(rule, { calls, starts: [start("plausible")] }).said).toEqual([]);
    expect(runRule(rule, { calls: calls.slice(1) }, { options: { exemptVendors: [] } }).said).toHaveLength(1);
  });

  test("with customers' own keys is never judged", () => {
    const sources = [{ name: "web", platform: "browser" as const, tracked: false }];
    expect(runRule(rule, { calls: [track("posthog", 4)], starts: [start("posthog")], sources }).said).toEqual([]);
    expect(runRule(rule, { calls: [track("posthog", 4, { role: "tenant" })] }).said).toEqual([]);
  });
});

describe("a source in which the user is asked", () => {
  const asked = track("posthog", 1, { guards: [consented], event: "Asked" });

  test("has a finding for each call that is not covered", () => {
    const { said } = runRule(rule, {
      calls: [asked, track("posthog", 4), track("posthog", 5, { kind: "identify", events: [] })],
    });
    expect(said).toEqual([
      "src/app.ts:4:1 warn `Report Exported` is sent without a check of the user's choice",
      "src/app.ts:5:1 warn A call of `identify` is sent without a check of the user's choice",
    ]);
  });

  test("has one finding for a wrapper all of whose callers are uncovered", () => {
    const via: Hop[] = [{ name: "trackEvent", at: place("src/track.ts", 3) }];
    const { said, related } = runRule(rule, {
      calls: [asked, track("posthog", 4, { via }), track("posthog", 5, { via })],
    });
    expect(said).toEqual(["src/track.ts:3:1 warn Data of 2 calls is sent without a check of the user's choice"]);
    expect(related[0]).toHaveLength(2);
  });

  test("has the start of an SDK that captures by itself, though its calls are covered", () => {
    const { said } = runRule(rule, { calls: [asked], starts: [start("posthog")] });
    expect(said).toEqual([
      "src/analytics.ts:2:1 warn No check of the user's choice covers PostHog in `web`, which starts here, captures by itself",
    ]);
    expect(runRule(rule, { calls: [asked], starts: [start("posthog", { guards: [consented] })] }).said).toEqual([]);
  });

  test("does not have a start that sends nothing by itself, or whose options keep it quiet", () => {
    const quiet = payload({ autocapture: false, capture_pageview: false });
    const starts = [start("posthog", { options: quiet }), start("segment")];
    const calls = [asked, track("segment", 2, { guards: [consented] })];
    expect(runRule(rule, { calls, starts }).said).toEqual([]);
    const half = payload({ autocapture: false });
    expect(runRule(rule, { calls, starts: [start("posthog", { options: half })] }).said).toHaveLength(1);
  });

  test.each<Guard["how"]>(["around", "early-exit", "wrapper", "only-caller", "start", "existence", "hook"])(
    "is covered %s",
    (how) => {
      const guards = [{ ...consented, how }];
      expect(runRule(rule, { calls: [asked, track("posthog", 4, { guards })] }).said).toEqual([]);
    },
  );

  test("shows by a consent platform, by a call that carries the choice, or by an option", () => {
    const calls = [track("segmentNode", 4, server)];
    const platform = { platform: "onetrust", source: "api", at: place("src/api.ts") };
    const choice = track("segmentNode", 9, { ...server, kind: "consent-optin", events: [] });
    const held = start("posthog", { ...server, options: payload({ respect_dnt: true }) });
    expect(runRule(rule, { calls, consentPlatforms: [platform] }).said).toHaveLength(1);
    expect(runRule(rule, { calls: [...calls, choice] }).said).toHaveLength(1);
    expect(runRule(rule, { calls, starts: [held] }).said).toHaveLength(1);
    expect(runRule(rule, { calls, consentPlatforms: [{ ...platform, source: "web" }] }).said).toEqual([]);
  });
});

describe("vendors that wait for the user by themselves", () => {
  const evidence = track("segment", 1, { guards: [consented] });

  test.each<[string, Record<string, unknown>]>([
    ["opted out until the user opts in", { opt_out_capturing_by_default: true }],
    ["by what the user chose", { opt_out_capturing_by_default: unknown("!hasConsent") }],
    ["without cookies where the user refused", { cookieless_mode: "on_reject" }],
    ["Do Not Track", { respect_dnt: true }],
  ])("%s", (_, options) => {
    const starts = [start("posthog", { options: payload(options) })];
    expect(runRule(rule, { calls: [evidence, track("posthog", 4)], starts }).said).toEqual([]);
  });

  test("all of whose starts are covered, in the source or in a package that it shares", () => {
    const calls = [evidence, track("posthog", 4)];
    const own = start("posthog", { guards: [consented] });
    const shared = start("posthog", { source: "lib", at: place("lib/analytics.ts"), guards: [consented] });
    expect(runRule(rule, { calls, starts: [own] }).said).toEqual([]);
    expect(runRule(rule, { calls, starts: [shared] }).said).toEqual([]);
    expect(runRule(rule, { calls, starts: [own, start("posthog", { at: place("src/other.ts") })] }).said).not.toEqual(
      [],
    );
  });

  test("not where the option is switched off", () => {
    const starts = [start("posthog", { options: payload({ opt_out_capturing_by_default: false }) })];
    expect(runRule(rule, { calls: [evidence, track("posthog", 4)], starts }).said).toHaveLength(1);
  });

  test("Google and Meta are told before they start", () => {
    const consent = (vendor: Vendor, kind: TrackingCall["kind"]) => track(vendor, 2, { kind, events: [] });
    const calls = [
      consent("google", "consent"),
      track("google", 4),
      consent("meta", "consent-optout"),
      track("meta", 5),
    ];
    expect(runRule(rule, { calls, starts: [start("google"), start("meta")] }, planned()).said).toEqual([]);
  });

  test("opting out afterwards is enough where the plan doesn't ask for opt-in", () => {
    const calls = [track("posthog", 2, { kind: "consent-optout", events: [] }), track("posthog", 4)];
    expect(runRule(rule, { calls }).said).toEqual([]);
    expect(runRule(rule, { calls }, planned({ model: "opt-out" })).said).toEqual([]);
    expect(runRule(rule, { calls }, planned({ model: "opt-in" })).said).toHaveLength(1);
  });
});

describe("a check that is none", () => {
  const wrong = (condition: Guard["condition"], line: number, holds = true) =>
    track("posthog", line, { guards: [{ ...guard(condition, holds), at: place("src/app.ts", line) }] });
  const asked = track("posthog", 1, { guards: [consented] });

  test("is said with what is wrong with it", () => {
    const calls = [
      asked,
      wrong(value("user.optedOut"), 4),
      wrong(condition("hasConsent", [], { async: true }), 5),
      wrong(condition("mayTrack", [], { opened: literal(true) }), 6),
      wrong(condition("hasConsent", [], { opened: literal(true) }), 7),
    ];
    expect(runRule(rule, { calls }).said).toEqual([
      "src/app.ts:4:1 warn `Report Exported` is sent when the user refused: `user.optedOut` is tested the wrong way round",
      "src/app.ts:5:1 warn `Report Exported` is always sent: `hasConsent` gives a promise, which is true before the user's choice is known",
      "src/app.ts:6:1 warn `Report Exported` is sent without a check of the user's choice",
      "src/app.ts:7:1 warn `Report Exported` is always sent: `hasConsent` reads no choice of the user",
    ]);
  });

  test("is said once at the check, where several calls share it", () => {
    const inverted = guard(not(condition("hasConsent")), true, "wrapper");
    const calls = [asked, track("posthog", 4, { guards: [inverted] }), track("posthog", 5, { guards: [inverted] })];
    const { said, related } = runRule(rule, { calls });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("src/consent.ts:3:1 warn Data of 2 calls is sent when the user refused");
    expect(related[0]).toHaveLength(2);
  });

  test("is an operator's switch, unless the plan says that it is enough", () => {
    const guards = [guard(value("process.env.TELEMETRY_ENABLED"))];
    const calls = [track("rudderstackNode", 4, { ...server, guards })];
    expect(runRule(rule, { calls }, planned()).help[0]).toContain("the plan");
    expect(runRule(rule, { calls }, planned({ operator: true })).said).toEqual([]);
    const mixed = [...calls, track("rudderstackNode", 5, { ...server, guards: [consented] })];
    expect(runRule(rule, { calls: mixed }).said[0]).toContain("on a switch of whoever runs the software");
  });
});

describe("a plan with a consent section", () => {
  test("asks in every source, servers too, and calls it an error", () => {
    const calls = [track("segmentNode", 4, server), track("segmentNode", 5, server)];
    const starts = [start("segmentNode", { ...server, how: "constructor" })];
    expect(runRule(rule, { calls, starts }, planned()).said).toEqual([
      "src/analytics.ts:2:1 error No check of the user's choice covers Segment in `api`, which starts here and has 2 calls",
    ]);
  });

  test("asks relays, which send or store what others captured", () => {
    const calls = [
      track("segmentNode", 4, { ...server, guards: [consented] }),
      track("segmentNode", 9, { ...server, role: "relay", events: [], dynamic: true }),
    ];
    expect(runRule(rule, { calls }, planned()).said).toEqual([
      "src/app.ts:9:1 error This relay passes on what others captured without a check of the user's choice",
    ]);
  });

  test("says once where the start lies in a package that several sources share", () => {
    const shared = start("segmentNode", { platform: "server", source: "lib", at: place("lib/analytics.ts", 5) });
    const calls = [track("segmentNode", 4, server), track("segmentNode", 5, { platform: "server", source: "worker" })];
    const { said } = runRule(rule, { calls, starts: [shared] }, planned());
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("lib/analytics.ts:5:1 error");
    expect(said[0]).toContain("in `api`, `worker`");
  });

  test("exempts categories, by the event's own or the usual one", () => {
    const events = [planEvent("Report Exported", 9, { consent: "necessary" }), planEvent("Banner Seen", 10)];
    const consent = consentOf({ exempt: ["necessary"], default: "analytics" });
    const plan = planOf({ consent, events });
    const calls = [track("segment", 4), track("segment", 5, { event: "Banner Seen" })];
    expect(places(runRule(rule, { calls }, { plan }).said)).toEqual(["src/app.ts:5:1 error"]);
    const all = planOf({ consent: { ...consent, default: "necessary" }, events });
    expect(runRule(rule, { calls }, { plan: all }).said).toEqual([]);
  });

  test("exempts the choice itself, opting out, and reset", () => {
    const calls = [
      track("segment", 4, { event: "Consent Preference Updated" }),
      track("segment", 5, { event: "cookies_accepted" }),
      track("segment", 6, { kind: "consent-optout", events: [] }),
      track("segment", 7, { kind: "reset", events: [] }),
    ];
    expect(runRule(rule, { calls }, planned()).said).toEqual([]);
  });

  test("declares checks that are not recognised", () => {
    const calls = [track("segment", 4, { guards: [guard(condition("gate.open", []))] })];
    expect(runRule(rule, { calls }, planned()).said).toHaveLength(1);
    const guards = [{ call: "gate.open", at: place("tracking-plan.yaml") }];
    expect(runRule(rule, { calls }, planned({ guards })).said).toEqual([]);
  });

  test("takes a server call that carries the choice along", () => {
    const carrying = (key: string, vendor: Vendor) =>
      track(vendor, 4, { ...server, context: payload({ [key]: unknown("consent") }) });
    expect(runRule(rule, { calls: [carrying("consent", "segmentNode")] }, planned()).said).toEqual([]);
    expect(runRule(rule, { calls: [carrying("consentManagement", "rudderstackNode")] }, planned()).said).toEqual([]);
    expect(runRule(rule, { calls: [carrying("consent", "rudderstackNode")] }, planned()).said).toHaveLength(1);
    const payloadAt = planned({ payload: "context.privacy" });
    expect(runRule(rule, { calls: [carrying("privacy", "segmentNode")] }, payloadAt).said).toEqual([]);
  });

  test("lets ids be withheld in place of the call, where it says so", () => {
    const anonymousId = {
      at: place("src/app.ts", 4),
      value: unknown("getAnonymousId()"),
      text: "getAnonymousId()",
      guards: [consented],
    };
    const userId = { at: place("src/app.ts", 4), value: unknown("user.id"), text: "user.id" };
    const withheld = track("segmentNode", 4, { ...server, ids: { anonymousId } });
    expect(runRule(rule, { calls: [withheld] }, planned({ withoutConsent: "anonymous" })).said).toEqual([]);
    expect(runRule(rule, { calls: [withheld] }, planned()).said).toHaveLength(1);
    const named = track("segmentNode", 4, { ...server, ids: { anonymousId, userId } });
    expect(runRule(rule, { calls: [named] }, planned({ withoutConsent: "anonymous" })).said).toHaveLength(1);
  });
});
