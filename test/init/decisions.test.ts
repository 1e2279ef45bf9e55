import { describe, expect, it } from "vitest";
import { hostOf, initPlan, planFrom, posthog, segment } from "./init-plan.ts";

describe("what a person must decide", () => {
  it("is asked where names differ in spelling only", async () => {
    const code = `${posthog}posthog.capture("Project Archived");\nposthog.capture("project_archived");`;
    expect(await planFrom("events:", code)).toMatchInlineSnapshot(`
      "events:
        # Decide: is it \`project_archived\`? Then keep one and list the other as its alias.
        Project Archived:
          version: 1.0.0
          sources: [app]

        # Decide: is it \`Project Archived\`? Then keep one and list the other as its alias.
        project_archived:
          version: 1.0.0
          sources: [app]"
    `);
  });

  it("is asked where the calls are listed whose names can't be known", async () => {
    const code = `${posthog}export const f = (given) => { posthog.capture(given.name); posthog.capture("Sent"); };`;
    expect(await planFrom("events:", code)).toMatchInlineSnapshot(`
      "events:
        Sent:
          version: 1.0.0
          sources: [app]

      # Decide: which events these calls send; their names can't be known without running the code:
      #   src/app.ts:2:47  given.name"
    `);
  });

  it("is the consent section, as long as something is sent without a check", async () => {
    const checked = `import { hasConsent } from "./consent";\n${posthog}if (hasConsent("analytics")) posthog.capture("Sent");`;
    const consent = 'export const hasConsent = (category) => localStorage.getItem("consent")?.includes(category);';
    const files = { "src/app.ts": checked, "src/consent.ts": consent };
    expect(await planFrom("# Everything", files, "events:")).toMatchInlineSnapshot(`
      "# Everything that is sent is behind a check of the user's choice. These are the checks.
      consent:
        model: opt-in # Decide: or opt-out
        guards:
          - { call: hasConsent }"
    `);
    const more = { ...files, "src/other.ts": `${posthog}posthog.capture("Other");` };
    expect(await planFrom("# Decide: some", more)).toMatchInlineSnapshot(`
      "# Decide: some of what is sent is behind a check of the user's choice. With this section all of it must be:
      # consent:
      #   model: opt-in
      #   guards:
      #     - { call: hasConsent }"
    `);
  });
});

describe("names", () => {
  it("that all share a casing make a convention; others are asked about", async () => {
    const track = (names: readonly string[]) => posthog + names.map((name) => `posthog.capture("${name}");`).join("\n");
    const titles = ["Order Sent", "Order Paid", "Order Lost", "Cart Seen", "Cart Left"];
    const snakes = ["order_sent", "order_seen", "cart_sent", "cart_gone", "cart_lost"];
    expect(await planFrom("# How", track(titles), "# Only")).toMatchInlineSnapshot(`
      "# How names are spelled.
      conventions:
        events:
          casing: Title Case # as all 5 event names are"
    `);
    const nearly = track([...titles, ...titles.map((name) => `${name} Again`), "order_gone"]);
    expect(await initPlan(hostOf(nearly))).toContain(
      "# Decide: how event names are spelled; of 11 with several words 10 are Title Case, 1 is snake_case.\n# conventions:",
    );
    expect(await planFrom("# Decide", track([...titles.slice(1), ...snakes.slice(1)]))).toMatchInlineSnapshot(`
      "# Decide: which events count as conversions. By their names these do.
      attribution:
        conversions: [Order Paid]

      events:
        Cart Left:
          version: 1.0.0
          sources: [app]

        Cart Seen:
          version: 1.0.0
          sources: [app]

        Order Lost:
          version: 1.0.0
          sources: [app]

        Order Paid:
          version: 1.0.0
          sources: [app]

        cart_gone:
          version: 1.0.0
          sources: [app]

        cart_lost:
          version: 1.0.0
          sources: [app]

        cart_sent:
          version: 1.0.0
          sources: [app]

        order_seen:
          version: 1.0.0
          sources: [app]

      # Decide: how event names are spelled; of 8 with several words 4 are snake_case, 4 are Title Case.
      # conventions:
      #   events: { casing: … }"
    `);
  });

  it("of signups, logins, logouts and conversions are listed", async () => {
    const names = ["auth:sign_up", "User Logged In", "logout", "Order Completed", "Newsletter Signup"];
    const code = posthog + names.map((name) => `posthog.capture("${name}");`).join("\n");
    expect(await planFrom("identity:", code, "events:")).toMatchInlineSnapshot(`
      "identity:
        signup: [auth:sign_up]
        login: [User Logged In]
        logout: [logout]

      # Decide: which events count as conversions. By their names these do.
      attribution:
        conversions: [auth:sign_up, Order Completed]"
    `);
  });
});

describe("pages and groups", () => {
  it("are described by what their calls carry; pages with a name are events", async () => {
    const code = `${segment}analytics.page("Docs", "Pricing", { tier: "a" });
analytics.page({ title: document.title });
analytics.group("g1", { seats: 3 });`;
    expect(await planFrom("groups:", code)).toMatchInlineSnapshot(`
      "groups:
        # Decide: what a group is: an organization, a workspace, a team …
        group:
          traits:
            seats: { type: number }

      # What calls of \`page\` carry.
      pages:
        properties:
          title: { required: true }

      events:
        Pricing:
          kind: page
          version: 1.0.0
          sources: [app]
          properties:
            tier: { type: string, required: true }"
    `);
  });

  it("are no events where the names come from routes", async () => {
    const code = `${segment}analytics.page("Docs", location.pathname, { tier: "a" });\nanalytics.page("Docs", "Pricing", { tier: "b" });`;
    expect(await planFrom("# What calls", code)).toMatchInlineSnapshot(`
      "# What calls of \`page\` carry.
      pages:
        properties:
          tier: { type: string, enum: [a, b], required: true }"
    `);
  });
});
