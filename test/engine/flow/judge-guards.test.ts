import { describe, expect, test } from "vitest";
import type { Condition } from "../../../src/calls/types.ts";
import { judgeGuards } from "../../../src/engine/flow/judge-guards.ts";
import { place, typed, unknown } from "../../../src/testing/inventory-builder.ts";
import { and, call, differs, equals, guard, literal, not, or, value } from "./conditions.ts";

const deciderOf = (condition: Condition, holds = true) => judgeGuards([guard(condition, holds)]).decider;
const defectOf = (condition: Condition, holds = true) => judgeGuards([guard(condition, holds)]).defect;

describe("a check of the user's choice", () => {
  test.each<[string, Condition, boolean]>([
    ["a function of a package", call("hasConsent", ["analytics"]), true],
    ["a consent that is stored", equals(call("localStorage.getItem", ["cookie-consent"]), "granted"), true],
    ["a cookie that is about tracking", equals(call("Cookies.get", ["gp-analytical"]), "true"), true],
    ["a cookie of a request", equals(value("request.cookies.gp-analytical"), "true"), true],
    ["a setting of the user", call("UserSettings.getAsync", ["analyticsEnabled", true], { awaited: true }), true],
    ["a setting in a store", value("settingsStore.value.TELEMETRY_ENABLED"), true],
    ["a category of a consent platform", value("window.Cookiebot.consent.statistics"), true],
    ["a group of OneTrust", call("window.OnetrustActiveGroups.includes", ["C0002"]), true],
    ["an opt-out that was not taken", not(value("user.optedOut")), true],
    ["an opt-out, left early", call("posthog.has_opted_out_capturing"), false],
    ["Do Not Track", differs(value("navigator.doNotTrack"), "1"), true],
    ["Global Privacy Control", not(value("navigator.globalPrivacyControl")), true],
    ["Do Not Track of a request", differs(call("req.get", ["DNT"]), "1"), true],
    ["Do Not Track of a shell", not(value("process.env.DO_NOT_TRACK")), true],
    ["the editor's own switch", value("vscode.env.isTelemetryEnabled"), true],
    ["a member of an enum", equals(value("consent.status"), value("ConsentStatus.Granted")), true],
    ["a refusal in an enum, left early", equals(value("consent.status"), value("ConsentStatus.Denied")), false],
    [
      "a key in what was agreed",
      { kind: "compare", op: "in", left: literal("analytics"), right: value("consents") },
      true,
    ],
    ["a check beside a technical one", and(value("posthog"), call("hasConsent")), true],
    ["left early unless a name and consent are there", or(not(value("name")), not(call("isTrackingAllowed"))), false],
    ["either of two consents", or(value("consent.analytics"), value("consent.all")), true],
    ["a region that asks for none, or consent", or(not(call("isConsentRequired")), call("hasConsent")), true],
    ["a name that is not known but is read from a hook", value("analytics", call("useCookieConsent")), true],
    ["a state that starts empty", value("hasConsent", literal(false)), true],
    ["a value passed to a helper", call("Boolean", [unknown("consent.analytics")]), true],
    ["a typed value passed to a helper", call("isGranted", [typed("boolean", "user.consent")]), true],
    ["an awaited async check", call("hasConsent", [], { async: true, awaited: true }), true],
  ])("%s counts", (_, condition, holds) => {
    expect(deciderOf(condition, holds)).toBe("user");
  });

  test.each<[string, Condition]>([
    ["a key that is present", value("process.env.NEXT_PUBLIC_POSTHOG_KEY")],
    ["NODE_ENV", equals(value("process.env.NODE_ENV"), "production")],
    ["typeof window", differs({ kind: "typeof", of: value("window") }, "undefined")],
    ["an SDK that has loaded", value("window.analytics")],
    ["a consent platform that has loaded", value("window.Cookiebot")],
    ["a user who is logged in", value("session.user.id")],
    ["an id that is stored", call("localStorage.getItem", ["analytics_anonymous_id"])],
    ["a session cookie", call("cookies.get", ["session"])],
    ["a banner that is open", value("isConsentBannerOpen")],
    ["consent, or a build that needs none", or(call("hasConsent"), equals(value("process.env.NODE_ENV"), "test"))],
    ["the vendor's flag by a technical name", value("isPostHogEnabled")],
  ])("%s is none", (_, condition) => {
    expect(judgeGuards([guard(condition)])).toEqual({ decider: "nobody" });
  });

  test.each<[string, Condition]>([
    ["a configuration", equals(call("this.configService.get", ["INFRA.ALLOW_ANALYTICS_COLLECTION"]), "true")],
    ["the environment", not(value("process.env.TELEMETRY_DISABLED"))],
    ["a licence", value("license.isEnterprise")],
    ["an admin's setting", value("adminSettings.trackingEnabled")],
    ["a setting of the workspace", value("organization.settings.analyticsEnabled")],
  ])("%s is the operator's", (_, condition) => {
    expect(deciderOf(condition)).toBe("operator");
  });

  test("counts wherever it is among the guards", () => {
    const guards = [guard(value("window.analytics")), guard(call("hasConsent"), true, "wrapper")];
    expect(judgeGuards(guards).decider).toBe("user");
  });
});

describe("a check that is none", () => {
  test.each<[string, Condition, boolean]>([
    ["sends to those who opted out", value("user.optedOut"), true],
    ["leaves early for those who agreed", call("hasConsent"), false],
    ["compares with a refusal", equals(value("consent"), "denied"), true],
    ["asks for Do Not Track", equals(value("navigator.doNotTrack"), "1"), true],
  ])("%s: inverted", (_, condition, holds) => {
    expect(defectOf(condition, holds)).toBe("inverted");
  });

  test("an async check that is not awaited is always true", () => {
    expect(defectOf(call("hasConsent", [], { async: true }))).toBe("not-awaited");
    expect(defectOf(value("allowed", call("hasConsent", [], { async: true })))).toBe("not-awaited");
  });

  test("an async function that is not about consent is no check at all", () => {
    expect(defectOf(call("isReady", [], { async: true }))).toBeUndefined();
  });
});

describe("a function of this repository", () => {
  const doNotTrack = value("navigator.doNotTrack");
  // if (ENV.TEST) return; if (doNotTrack) { if (it is "1" or "yes") return false; else return true } else return true;
  const isTrackingAllowed = or(
    and(value("ENV.TEST"), literal(undefined)),
    and(not(value("ENV.TEST")), doNotTrack, or(equals(doNotTrack, "1"), equals(doNotTrack, "yes")), literal(false)),
    and(not(value("ENV.TEST")), doNotTrack, not(or(equals(doNotTrack, "1"), equals(doNotTrack, "yes"))), literal(true)),
    and(not(value("ENV.TEST")), not(doNotTrack), literal(true)),
  );

  test("is judged by what it reads on each way to a true result", () => {
    expect(deciderOf(call("mayTrack", [], { opened: isTrackingAllowed }))).toBe("user");
    expect(deciderOf(not(call("mayTrack", [], { opened: isTrackingAllowed })), false)).toBe("user");
  });

  test("that has a way around the choice is no check", () => {
    const opened = or(and(call("readChoice"), value("consent.analytics")), and(value("isPreview"), literal(true)));
    expect(deciderOf(call("hasConsent", [], { opened }))).toBe("nobody");
  });

  test("that reads no choice is said to be empty, where it is called", () => {
    expect(judgeGuards([guard(call("hasConsent", [], { opened: literal(true) }))])).toMatchObject({
      decider: "nobody",
      defect: "empty",
      name: "hasConsent",
      at: place("src/consent.ts", 3),
    });
    expect(defectOf(call("hasConsent", [], { opened: value("process.env.POSTHOG_KEY") }))).toBe("empty");
  });

  test("that never allows anything leaves nothing to cover", () => {
    expect(deciderOf(call("hasConsent", [], { opened: literal(false) }))).toBe("never");
  });

  test("that hands an inverted choice on is inverted", () => {
    expect(defectOf(call("isOptedOut", [], { opened: value("user.optedOut") }))).toBe("inverted");
  });

  test("that reads what says something else is empty, whatever its name", () => {
    expect(defectOf(call("hasConsent", [], { opened: value("window.analytics") }))).toBe("empty");
    expect(defectOf(call("hasConsent", [], { opened: call("isLoggedIn") }))).toBe("empty");
    expect(defectOf(call("hasConsent", [], { opened: equals(value("process.env.NODE_ENV"), "production") }))).toBe(
      "empty",
    );
  });

  test("that reads what can't be seen through counts by its name", () => {
    expect(deciderOf(call("hasConsent", [], { opened: call("document.cookie.split().some") }))).toBe("user");
    expect(defectOf(call("hasConsent", [], { opened: call("localStorage.getItem", ["session_token"]) }))).toBe("empty");
    expect(deciderOf(call("loadConsent", [], { opened: value("response.ok"), async: true, awaited: true }))).toBe(
      "user",
    );
    expect(deciderOf(call("mayTrack", [], { opened: value("response.ok") }))).toBe("nobody");
  });

  test("whose body is not understood counts by its name", () => {
    expect(deciderOf(call("hasConsent", [], { opened: { kind: "unknown", text: "machine.state" } }))).toBe("user");
  });

  test("reads its constant's initialiser, and the name only where that can't be seen through", () => {
    expect(defectOf(value("hasConsent", literal(true)))).toBe("empty");
    expect(defectOf(value("hasConsent", call("Boolean", [unknown("process.env.KEY")])))).toBe("empty");
    expect(deciderOf(value("hasConsent", call("useThing", ["x"])))).toBe("user");
    expect(deciderOf(value("enabled", value("consent.analytics")))).toBe("user");
  });
});

describe("guards that the plan declares", () => {
  const at = place("tracking-plan.yaml");

  test("count by name, wherever they are a member, and whatever is in them", () => {
    const declared = [{ call: "mayTrack", at }];
    const opened = value("window.analytics");
    const judge = (name: string) => judgeGuards([guard(call(name, [], { opened }))], declared).decider;
    expect(judge("mayTrack")).toBe("user");
    expect(judge("privacy.mayTrack")).toBe("user");
    expect(judge("cannotmayTrack")).toBe("nobody");
  });

  test("take a pattern, for values too", () => {
    const declared = [{ value: "cookiePrefs.*", at }];
    expect(judgeGuards([guard(value("cookiePrefs.marketing"))], declared).decider).toBe("user");
    expect(judgeGuards([guard(value("cookiePrefs.marketing"), false)], declared).defect).toBe("inverted");
  });
});
