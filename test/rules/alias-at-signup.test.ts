import { describe, expect, test } from "vitest";
import rule from "../../rules/alias-at-signup.ts";
import type { FunctionNode, Guard, Identifier, Sink, TrackingCall } from "../../src/calls/types.ts";
import type { PlanIdentity, PlanSource } from "../../src/plan/model.ts";
import { trackingCall, union, unknown } from "../../src/testing/inventory-builder.ts";
import { call as condition, guard, value } from "../engine/flow/conditions.ts";
import { place, planEvent, planOf, runRule } from "./rule-run.ts";

const id = (text: string, of: Identifier["value"] = unknown(text)): Identifier => ({
  at: place("src/auth.ts"),
  value: of,
  text,
});

const sinks = {
  segment: { sdk: "segment-node", vendor: "segment", family: "segment-spec", method: "track" },
  rudderstack: { sdk: "rudderstack-node", vendor: "rudderstack", family: "segment-spec", method: "track" },
  jitsu: { sdk: "jitsu-js", vendor: "jitsu", family: "segment-spec", method: "track" },
  posthog: { sdk: "posthog-node", vendor: "posthog", family: "posthog", method: "capture" },
  mixpanel: { sdk: "mixpanel-node", vendor: "mixpanel", family: "mixpanel", method: "track" },
  amplitude: { sdk: "amplitude-node", vendor: "amplitude", family: "amplitude", method: "track" },
  ga4: { sdk: "ga4-measurement-protocol", vendor: "google", family: "ga4", method: "track" },
  gtm: { sdk: "gtm-datalayer", vendor: "google", family: "gtm", method: "push" },
  plausible: { sdk: "plausible-tracker", vendor: "plausible", family: "plausible", method: "track" },
} satisfies Record<string, Sink>;

type Vendor = keyof typeof sinks;

const make = (
  vendor: Vendor,
  line: number,
  given: Partial<TrackingCall> & { readonly event?: string },
): TrackingCall => {
  const { event, ...rest } = given;
  return trackingCall({
    at: place("src/auth.ts", line),
    platform: "server",
    source: "api",
    sinks: [sinks[vendor]],
    enclosing: "register",
    ...(event === undefined ? {} : { events: [{ value: event, at: place("src/auth.ts", line, 9) }] }),
    ...rest,
  });
};

const signup = (vendor: Vendor, given: Partial<TrackingCall> & { readonly event?: string } = {}): TrackingCall =>
  make(vendor, 10, { event: "Signed Up", ids: { userId: id("user.id") }, ...given });

const identify = (vendor: Vendor, given: Partial<TrackingCall> = {}): TrackingCall =>
  make(vendor, 5, { kind: "identify", ids: { userId: id("user.id") }, ...given });

const alias = (vendor: Vendor, given: Partial<TrackingCall> = {}): TrackingCall =>
  make(vendor, 8, { kind: "alias", ids: { userId: id("user.id"), previousId: id("distinctId") }, ...given });

const both = { userId: id("user.id"), anonymousId: id("req.cookies.ajs_anonymous_id") };
const node = (name: string, callees: string[], callers: string[]): [string, FunctionNode] => [
  name,
  { id: name, name, at: place(`src/${name}.ts`), source: "api", callees, callers },
];

const isLinked = (calls: TrackingCall[], given: Parameters<typeof runRule>[1] = {}, plan?: ReturnType<typeof planOf>) =>
  runRule(rule, { calls, ...given }, plan === undefined ? {} : { plan }).said.length === 0;

describe("a signup that nothing links", () => {
  test.each(["segment", "rudderstack", "jitsu", "posthog", "mixpanel", "amplitude", "ga4"] as const)(
    "is reported for %s",
    (vendor) => {
      const { said, help } = runRule(rule, { calls: [signup(vendor), identify(vendor)] });
      expect(said).toHaveLength(1);
      expect(said[0]).toContain("src/auth.ts:10:1 warn The signup `Signed Up` is not linked to the visitor in ");
      expect(help[0]).toMatch(/browser/);
    },
  );

  test.each(["gtm", "plausible"] as const)("is not asked of %s, which can't merge", (vendor) => {
    expect(isLinked([signup(vendor)])).toBe(true);
  });

  test("is said once for each vendor that is not linked", () => {
    const two = signup("segment", { sinks: [sinks.segment, sinks.posthog] });
    const linked = make("segment", 5, { kind: "identify", ids: both });
    expect(runRule(rule, { calls: [two, linked] }).said).toHaveLength(1);
    expect(runRule(rule, { calls: [two] }).said).toHaveLength(2);
  });
});

describe("what links, vendor by vendor", () => {
  test.each<[string, TrackingCall[]]>([
    ["Segment: both ids on the signup", [signup("segment", { ids: both })]],
    ["Segment: identify with both ids", [signup("segment"), identify("segment", { ids: both })]],
    ["Segment: alias", [signup("segment"), alias("segment")]],
    ["RudderStack: identify with both ids", [signup("rudderstack"), identify("rudderstack", { ids: both })]],
    ["RudderStack: alias", [signup("rudderstack"), alias("rudderstack")]],
    ["Jitsu: both ids on the signup", [signup("jitsu", { ids: both })]],
    [
      "an anonymous id that falls back to a constant",
      [signup("segment", { ids: { ...both, anonymousId: id("anonymousId", union(unknown("cookie"), "none")) } })],
    ],
    ["PostHog: alias", [signup("posthog"), alias("posthog")]],
    ["PostHog: identify with $anon_distinct_id", [signup("posthog"), identify("posthog", { ids: both })]],
    [
      "PostHog: the browser's own distinct id",
      [signup("posthog", { ids: { userId: id('req.headers["x-posthog-distinct-id"]') } })],
    ],
    [
      "PostHog: the browser's own distinct id in a variable",
      [signup("posthog", { ids: { userId: id("distinctId", unknown('req.get("X-PostHog-Distinct-Id")')) } })],
    ],
    ["Mixpanel: $device_id with $user_id", [signup("mixpanel", { ids: both })]],
    ["Amplitude: user_id with device_id", [signup("amplitude", { ids: both })]],
    ["GA4: client_id with user_id", [signup("ga4", { ids: both })]],
  ])("%s", (_, calls) => {
    expect(isLinked(calls)).toBe(true);
  });

  test.each<[string, TrackingCall[]]>([
    [
      "an anonymous id that is constant",
      [signup("segment", { ids: { ...both, anonymousId: id('"anonymous"', union("anonymous")) } })],
    ],
    [
      "the user id as the anonymous id",
      [signup("segment", { ids: { userId: id("userId"), anonymousId: id("userId") } })],
    ],
    ["another vendor's alias", [signup("segment"), alias("posthog")]],
    [
      "alias of nothing but a constant",
      [signup("segment"), alias("segment", { ids: { userId: id("user.id"), previousId: id('"x"', union("x")) } })],
    ],
    ["Mixpanel's alias on simplified ID merge", [signup("mixpanel"), alias("mixpanel")]],
    ["a server identify of the same person", [signup("posthog"), identify("posthog")]],
  ])("not: %s", (_, calls) => {
    expect(isLinked(calls)).toBe(false);
  });

  test("Mixpanel's alias, where the plan says that the project is on the legacy system", () => {
    const at = place("tracking-plan.yaml");
    const plan = (merge: string) => planOf({ destinations: new Map([["mixpanel", { merge, at }]]) });
    expect(isLinked([signup("mixpanel"), alias("mixpanel")], {}, plan("legacy"))).toBe(true);
    expect(isLinked([signup("mixpanel"), alias("mixpanel")], {}, plan("simplified"))).toBe(false);
  });
});

describe("where the link is looked for", () => {
  const linkIn = (enclosing: string) => identify("segment", { ids: both, enclosing });
  const functions = new Map([
    node("register", ["fullIdentify"], ["controller"]),
    node("fullIdentify", ["send"], ["register"]),
    node("send", [], ["fullIdentify"]),
    node("controller", ["register", "linkVisitor"], []),
    node("linkVisitor", ["controller"], ["controller"]),
    node("elsewhere", [], []),
  ]);

  test.each(["register", "fullIdentify", "send", "controller", "linkVisitor"])("in %s", (name) => {
    expect(isLinked([signup("segment"), linkIn(name)], { functions })).toBe(true);
  });

  test("not in a function that is not on the way", () => {
    expect(isLinked([signup("segment"), linkIn("elsewhere")], { functions })).toBe(false);
  });

  test("not in a wrapper whose ids are its parameters", () => {
    const inWrapper = make("segment", 30, { ids: both, enclosing: "send", role: "forwarder" });
    expect(isLinked([signup("segment"), inWrapper], { functions })).toBe(false);
  });

  test("in the signup's own function, though its ids are parameters", () => {
    const beside = alias("segment", { role: "forwarder" });
    expect(isLinked([signup("segment"), beside], { functions })).toBe(true);
  });

  test("around an inline callback", () => {
    const whole = { ...place("src/auth.ts", 1), endLine: 20 };
    const inner = { ...place("src/auth.ts", 9), endLine: 12 };
    const nested = new Map([
      ["outer", { id: "outer", name: "outer", at: whole, source: "api", callees: [], callers: [] }],
      ["inner", { id: "inner", name: "(anonymous)", at: inner, source: "api", callees: [], callers: [] }],
    ]);
    const calls = [signup("segment", { enclosing: "inner" }), linkIn("outer")];
    expect(isLinked(calls, { functions: nested })).toBe(true);
  });

  test("not in the other branch of a condition", () => {
    const isNew = (holds: boolean): Guard => guard(value("isNew"), holds);
    const calls = [
      signup("segment", { guards: [isNew(true)] }),
      identify("segment", { ids: both, guards: [isNew(false)] }),
    ];
    expect(isLinked(calls)).toBe(false);
  });
});

describe("a browser of the product that identifies the person", () => {
  const web = { platform: "browser", source: "web", enclosing: "useMonitoring" } as const;

  test.each(["segment", "rudderstack", "jitsu", "posthog", "mixpanel"] as const)("links in %s", (vendor) => {
    expect(isLinked([signup(vendor), identify(vendor, web)])).toBe(true);
  });

  test("links in Amplitude and Google by setting the user id", () => {
    const setUserId = (vendor: Vendor) => ({ ...web, sinks: [{ ...sinks[vendor], subkind: "set-user-id" }] });
    expect(isLinked([signup("amplitude"), identify("amplitude", setUserId("amplitude"))])).toBe(true);
    expect(isLinked([signup("ga4"), identify("ga4", setUserId("ga4"))])).toBe(true);
  });

  test("does not link with another vendor, without an id, or by setting properties", () => {
    expect(isLinked([signup("segment"), identify("posthog", web)])).toBe(false);
    expect(isLinked([signup("segment"), identify("segment", { ...web, ids: {} })])).toBe(false);
    const profile = { ...web, sinks: [{ ...sinks.mixpanel, subkind: "profile-set" }] };
    expect(isLinked([signup("mixpanel"), identify("mixpanel", profile)])).toBe(false);
  });

  test("may be elsewhere: then it is not judged", () => {
    const site: PlanSource = {
      name: "site",
      paths: [],
      platform: "browser",
      external: true,
      tracked: true,
      destinations: [],
      at: place("tracking-plan.yaml"),
    };
    const plan = planOf({ sources: new Map([["site", site]]) });
    const { said, notJudged } = runRule(rule, { calls: [signup("segment")] }, { plan });
    expect(said).toEqual([]);
    expect(notJudged[0]).toMatchObject({
      source: "api",
      reason: "the code of `site` is elsewhere, and may identify the person",
    });
  });
});

describe("names of a signup", () => {
  test.each([
    "Signed Up",
    "sign_up",
    "signup",
    "User Registered",
    "Account Created",
    "[Authentication] - Signup",
    "auth: signup",
  ])("%s is one", (event) => {
    expect(isLinked([signup("segment", { event })])).toBe(false);
  });

  test.each([
    "Signup Started",
    "Signup Clicked",
    "Signup Viewed",
    "Newsletter Signup",
    "waitlist: signup",
    "Button Clicked - [Signup]",
  ])("%s is none", (event) => {
    expect(isLinked([signup("segment", { event })])).toBe(true);
  });

  test("are those that the plan says, with their earlier and wire names", () => {
    const identity = identityOf({ signup: ["Workspace Opened"] });
    const events = [
      planEvent("Workspace Opened", 7, { aliases: [{ name: "ws_opened", at: place("tracking-plan.yaml") }] }),
    ];
    const plan = planOf({ identity, events });
    expect(isLinked([signup("segment", { event: "ws_opened" })], {}, plan)).toBe(false);
    expect(isLinked([signup("segment", { event: "Signed Up" })], {}, plan)).toBe(true);
  });
});

function identityOf(given: Partial<PlanIdentity>): PlanIdentity {
  const at = place("tracking-plan.yaml", 4);
  return { at, ids: new Map(), signup: [], login: [], logout: [], ...given };
}

describe("a plan that asks for alias", () => {
  const plan = planOf({ identity: identityOf({ signup: ["Signed Up"], merge: "alias" }) });
  const inBranch = (guards: Guard[]) => alias("segment", { guards });

  test("is content with nothing else, and calls it an error", () => {
    const web = identify("segment", { platform: "browser", source: "web" });
    const { said } = runRule(rule, { calls: [signup("segment", { ids: both }), web] }, { plan });
    expect(said).toEqual([
      "src/auth.ts:10:1 error The signup `Signed Up` is not aliased in Segment, as the plan asks of every signup",
    ]);
  });

  test("is content with alias on the same branch, and with a test for the id that is linked", () => {
    const isNew = guard(value("isNew"));
    const hasVisitor: Guard = { ...guard(value("distinctId")), at: place("src/auth.ts", 7) };
    const enabled: Guard = { ...guard(condition("segmentEnabled"), true, "wrapper"), at: place("src/analytics.ts", 3) };
    const calls = [signup("segment", { guards: [isNew] }), inBranch([isNew, hasVisitor, enabled])];
    expect(isLinked(calls, {}, plan)).toBe(true);
  });

  test("is not content with alias on some branch", () => {
    const calls = [signup("segment"), inBranch([guard(value("user.cameFromCampaign"))])];
    const { said, related } = runRule(rule, { calls }, { plan });
    expect(said[0]).toContain("is aliased in Segment on some branches only");
    expect(related[0]).toEqual(["src/auth.ts:8:1 aliased here"]);
  });
});
