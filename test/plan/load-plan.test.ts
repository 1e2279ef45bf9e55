import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import { findPlan } from "../../src/plan/find-plan.ts";
import { eventOf, load, planPath, validPlan } from "./reading.ts";

const acme = readFileSync(new URL("plans/acme.yaml", import.meta.url), "utf8");
const files = { "plans/billing.yaml": "events: { Invoice Paid: {} }\n" };

describe("a plan that uses every section", () => {
  const { plan, findings } = load(acme, files);

  test("is valid", () => {
    expect(findings).toEqual([]);
  });

  test("gives its head", () => {
    expect(plan).toMatchObject({
      file: planPath,
      files: [planPath, "plans/billing.yaml"],
      name: "acme",
      version: "4.1.0",
      versionAt: { line: 3, column: 10 },
      dialect: "2020-12",
      hasEvents: true,
      vocabularies: ["segment/ecommerce", "segment/b2b-saas"],
      versioning: { scheme: "semver", property: "schema_version", at: { line: 13, column: 1 } },
    });
  });

  test("gives its conventions", () => {
    expect(plan?.conventions).toMatchObject({
      events: {
        casing: "Title Case",
        structure: "object-action",
        separators: [":", " - "],
        at: { line: 8, column: 3 },
      },
      properties: { casing: "snake_case", separators: [] },
      requireEvent: ["description", "owner"],
      requireProperty: ["description", "type"],
    });
    const pattern = validPlan("tracklint: 1\nconventions: { events: { casing: { pattern: '^[a-z]+$' } } }");
    expect(pattern.conventions.events?.casing).toEqual({ pattern: "^[a-z]+$" });
  });

  test("gives its sources and destinations", () => {
    expect(plan?.sources.get("web")).toMatchObject({
      paths: ["apps/web/**"],
      platform: "browser",
      external: false,
      tracked: true,
      destinations: ["mixpanel", "ga4"],
    });
    expect(plan?.sources.get("api")).toMatchObject({ platform: "server", runtime: "long-lived" });
    expect(plan?.sources.get("billing")).toMatchObject({ paths: [], external: true });
    expect(plan?.sources.get("embeds")).toMatchObject({ tracked: false, at: { line: 25, column: 3 } });
    expect(plan?.destinations.get("meta")).toMatchObject({ via: "stape", dedupe: "event_id" });
    expect(plan?.destinations.get("mixpanel")).toMatchObject({ via: "segment", merge: "simplified" });
  });

  test("gives identity, attribution and consent", () => {
    expect(plan?.identity).toMatchObject({
      merge: "identify",
      mergeAt: { line: 32, column: 10 },
      signup: ["Signed Up"],
      signupAt: { line: 33, column: 3 },
      login: ["Signed In"],
      logout: ["Signed Out"],
    });
    expect(plan?.identity?.ids.get("email_sha256")).toMatchObject({ role: "hash", path: "traits.email_sha256" });
    expect(plan?.attribution).toMatchObject({
      conversions: ["Signed Up", "Order Completed"],
      requires: "any",
      keys: { click_id: ["properties.gclid", "properties.fbclid"] },
    });
    expect(plan?.consent).toMatchObject({
      model: "opt-in",
      default: "analytics",
      exempt: ["necessary"],
      withoutConsent: "drop",
      operator: false,
      payload: "context.consent",
      guards: [
        { call: "hasConsent", category: { argument: 0 }, at: { line: 56, column: 7 } },
        { value: "cookiePrefs.marketing", category: "marketing" },
      ],
    });
    expect(plan?.consent?.categories.get("analytics")?.mapping).toEqual({
      google: ["analytics_storage"],
      onetrust: ["C0002"],
      segment: "Analytics",
    });
  });

  test("gives traits, pages and wrappers", () => {
    expect(plan?.users.get("email")).toMatchObject({ pii: "email", origin: "trait", schema: { format: "email" } });
    expect(plan?.groups.get("organization")?.get("plan")?.schema).toEqual({ type: "string", enum: ["free", "pro"] });
    expect(plan?.pages?.additionalProperties).toBe(true);
    expect([...(plan?.pages?.properties.keys() ?? [])]).toEqual(["app_version", "title"]);
    expect(plan?.wrappers).toMatchObject([
      {
        module: "@acme/telemetry",
        name: "sendEvent",
        kind: "track",
        roles: { event: { arg: 0, path: "type" }, properties: { arg: 0, path: "data" }, userId: { arg: 1, path: "" } },
      },
    ]);
  });

  test("gives its lint settings, with places", () => {
    expect(plan?.lint).toMatchObject({
      extends: [{ name: "recommended", at: { line: 128, column: 12 } }],
      include: ["apps/**", "packages/**"],
      exclude: ["**/legacy/**"],
      plugins: [],
    });
    expect(plan?.lint.rules.get("overloaded-event")).toMatchObject({
      severity: "warn",
      options: { generic: ["action_performed", "interaction"] },
      at: { line: 133, column: 5 },
    });
    expect(plan?.lint.overrides[0]?.paths).toEqual(["apps/admin/**"]);
    expect(plan?.lint.overrides[0]?.rules.get("consent-check")?.severity).toBe("off");
  });

  test("gives its events", () => {
    const event = plan?.find("Order Completed");
    expect(event).toMatchObject({
      kind: "track",
      version: "2.0.0",
      status: "active",
      aliases: [{ name: "order_completed" }],
      names: { ga4: "purchase", meta: "Purchase" },
      description: "Payment for an order has been captured.",
      trigger: "The payment provider's webhook says captured.",
      owner: ["payments"],
      category: "commerce",
      tags: ["revenue"],
      consumers: ["dbt:fct_orders", "hightouch:orders_to_ads"],
      consent: "marketing",
    });
    expect([...(event?.sources?.keys() ?? [])]).toEqual(["api", "web"]);
    expect(event?.sets.get("last_order_at")?.schema).toEqual({ type: "string", format: "date-time" });
    expect(plan?.find("Signup Done")).toMatchObject({
      status: "deprecated",
      replacedBy: "Signed Up",
      sunset: "2026-12-31",
    });
    expect(plan?.find("Invoice Paid")?.at.file).toBe("plans/billing.yaml");
  });
});

describe("events in short", () => {
  test("a list of names, and maps without values", () => {
    expect(validPlan("tracklint: 1\nevents: [Signed Up, Signed In]").events.map(({ name }) => name)).toEqual([
      "Signed Up",
      "Signed In",
    ]);
    expect(validPlan("tracklint: 1\nevents:\n  Signed Up:\n  Signed In: {}\n").events).toHaveLength(2);
  });

  test("an owner may be one text", () => {
    expect(eventOf(validPlan("tracklint: 1\nevents: { A: { owner: me } }"), "A").owner).toEqual(["me"]);
  });

  test("a plan without events is lint configuration only", () => {
    expect(validPlan("tracklint: 1\nlint: { extends: strict }")).toMatchObject({ hasEvents: false, events: [] });
    expect(validPlan("tracklint: 1\nevents: {}").hasEvents).toBe(true);
  });

  test("no sources means any, an empty list means none", () => {
    const plan = validPlan("tracklint: 1\nevents: { A: {}, B: { sources: [] } }");
    expect(eventOf(plan, "A").sources).toBeUndefined();
    expect(eventOf(plan, "B").sources?.size).toBe(0);
  });

  test("says which keys an event has", () => {
    const event = eventOf(validPlan("tracklint: 1\nevents: { A: { owner: [], description: x, tags: [a] } }"), "A");
    expect(["owner", "description", "tags", "trigger"].map((key) => event.has(key))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe("finding an event", () => {
  const plan = validPlan(`tracklint: 1
events:
  Home: { kind: page }
  Home tracked: { name: Home }
  Home shown: { name: Home, kind: screen }
  Cart: { aliases: [basket] }
  basket seen: { names: { ga4: basket, meta: view_cart } }
`);

  test("two kinds share a name by `name`; without a kind the tracked one is found", () => {
    expect(plan.find("Home")?.kind).toBe("track");
    expect(plan.find("Home", "page")).toMatchObject({ kind: "page", at: { line: 3, column: 3 } });
    expect(plan.find("Home", "screen")).toMatchObject({ kind: "screen", at: { line: 5, column: 23 } });
    expect(plan.find("Home tracked")).toBeUndefined();
  });

  test("or in the list form", () => {
    const plan = validPlan("tracklint: 1\nevents: [Home, { name: Home, kind: page, owner: me }]");
    expect(plan.find("Home", "page")?.owner).toEqual(["me"]);
  });

  test("a name comes before an alias, an alias before a name on the wire", () => {
    expect(plan.find("basket")?.name).toBe("Cart");
    expect(plan.find("view_cart")?.name).toBe("basket seen");
    expect(plan.find("basket", "page")).toBeUndefined();
    expect(plan.find("home")).toBeUndefined();
  });
});

describe("finding the plan", () => {
  const host = memoryHost({
    "tracking-plan.yaml": "",
    "apps/web/tracking-plan.yml": "",
    "apps/web/src/deep/index.ts": "",
    "apps/api/index.ts": "",
  });

  test("in the folder or the nearest one above", () => {
    expect(findPlan(host, "apps/web/src/deep")).toBe("apps/web/tracking-plan.yml");
    expect(findPlan(host, "apps/api")).toBe("tracking-plan.yaml");
    expect(findPlan(host, "")).toBe("tracking-plan.yaml");
    expect(findPlan(memoryHost({ "a/b.ts": "" }), "a")).toBeUndefined();
  });
});

test("an invalid plan is still read as far as it goes", () => {
  const { plan, findings } = load(
    "tracklint: 1\nevents: { A: { owner: 3, description: x }, B: 1 }\nlint: { extends: strict }\n",
  );
  expect(findings).toHaveLength(2);
  expect(plan?.find("A")).toMatchObject({ owner: [], description: "x" });
  expect(plan?.lint.extends).toMatchObject([{ name: "strict" }]);
});

test("fingerprints don't move with lines", () => {
  const of = (text: string) => load(text).findings.map(({ fingerprint }) => fingerprint);
  expect(of("tracklint: 1\nevnts: []\n")).toEqual(of("# moved\n\ntracklint: 1\nevnts: []\n"));
});
