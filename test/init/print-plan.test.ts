import { describe, expect, it } from "vitest";
import { hostOf, initPlan, planFrom, posthog, segment } from "./init-plan.ts";

describe("the file", () => {
  it("is a whole plan, with the schema for the editor on its first line", async () => {
    const files = {
      "package.json": '{ "name": "shop", "dependencies": { "react": "19" } }',
      "src/app.ts": `${segment}export function order(id: string, total: number) {
  analytics.identify("u1", { email: "ada@example.com" });
  analytics.track("Order Completed", { order_id: id, total, method: total > 5 ? "card" : "cash" });
}`,
    };
    expect(await initPlan(hostOf(files))).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./node_modules/tracklint/dist/plan.schema.json

      # The tracking plan as the code has it, written by \`tracklint init\`. It is yours now: describe the events, correct what
      # the code got wrong, and decide what the code can't say, which is marked with \`Decide:\`.

      tracklint: 1
      name: shop
      version: 1.0.0 # of the plan; each event has its own below

      # Only what an event lists may be sent with it.
      defaults: { additionalProperties: false }

      # The services that send.
      sources:
        shop: { paths: ["**"], platform: browser }

      # Decide: which events count as conversions. By their names these do.
      attribution:
        conversions: [Order Completed]

      # What is known of a person.
      # Decide: mark personal data, as in \`pii: email\`.
      users:
        traits:
          email: { type: string }

      events:
        Order Completed:
          version: 1.0.0
          sources: [shop]
          properties:
            order_id: { type: string, required: true }
            total: { type: number, required: true }
            method: { type: string, enum: [card, cash], required: true }
      "
    `);
  });

  it("puts in quotes whatever YAML would read as something else", async () => {
    const code = ["on", "yes", "null", "1.0", "<<", "~", "a: b", "# no"].map(
      (name) => `posthog.capture(${JSON.stringify(name)}, { "1": 1, on: "no" });`,
    );
    expect(await planFrom("events:", posthog + code.join("\n"))).toMatchInlineSnapshot(`
      "events:
        "# no":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }

        "1.0":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }

        "<<":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }

        "a: b":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }

        "null":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }

        "on":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }

        "yes":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }

        "~":
          version: 1.0.0
          sources: [app]
          properties:
            "1": { type: number, required: true }
            "on": { type: string, required: true }"
    `);
  });

  it("holds no character of the code that would make it other than text", async () => {
    const plan = await initPlan(
      hostOf(`${posthog}posthog.capture(\`a\\u0007\${location.href}\`);posthog.capture("b\\u0007");`),
    );
    expect(plan).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  });
});

describe("properties", () => {
  it("are required where every call sends them, and have the types and sets of texts that the code shows", async () => {
    const code = `${posthog}declare const order: { id: string; total: number; plan: "free" | "pro"; note?: string };
posthog.capture("Sent", { id: order.id, total: order.total, plan: order.plan, at: new Date(), first: true, tags: ["a"], step: 1 });
posthog.capture("Sent", { id: "x", total: null, plan: "team", at: new Date(), note: order.note, tags: [], step: 2.5 });`;
    expect(await planFrom("  Sent:", code)).toMatchInlineSnapshot(`
      "Sent:
          version: 1.0.0
          sources: [app]
          properties:
            id: { type: string, required: true }
            total: { type: [number, "null"], required: true }
            plan: { type: string, enum: [free, pro, team], required: true }
            at: { type: string, format: date-time, required: true }
            first: { type: boolean }
            tags: { type: array, required: true, items: { type: string } }
            step: { type: number, required: true }
            note: { type: string }"
    `);
  });

  it("of objects and lists are described too", async () => {
    const code = `${posthog}posthog.capture("Sent", { cart: { items: [{ sku: "a", price: 3 }, { sku: "b" }], ...window.extra } });`;
    expect(await planFrom("  Sent:", code)).toMatchInlineSnapshot(`
      "Sent:
          version: 1.0.0
          sources: [app]
          properties:
            cart:
              type: object
              required: true
              properties:
                items:
                  type: array
                  required: true
                  items:
                    type: object
                    properties:
                      sku: { type: string, enum: [a, b], required: true }
                      price: { type: number }
              additionalProperties: true"
    `);
  });

  it("have no type where the code shows none, and a question where it shows several or only null", async () => {
    const code = `${posthog}export function f(given) {
  posthog.capture("Sent", { id: given.id, on_click: () => given, count: 1, gone: null });
  posthog.capture("Sent", { id: given.id, on_click: () => given, count: "1", gone: null });
}`;
    expect(await planFrom("  Sent:", code)).toMatchInlineSnapshot(`
      "Sent:
          version: 1.0.0
          sources: [app]
          properties:
            id: { required: true }
            on_click: { required: true }
            # Decide: \`count\` is sent as string and as number.
            count: { type: [string, number], required: true }
            # Decide: what \`gone\` is; only null is seen.
            gone: { required: true }"
    `);
  });

  it("are no list of texts where one text or a sentence is sent", async () => {
    const code = `${posthog}posthog.capture("Sent", { from: "menu", text: Math.random() > 0.5 ? "Well, hello there!" : "And now (for once) good bye." });`;
    expect(await planFrom("  Sent:", code)).toMatchInlineSnapshot(`
      "Sent:
          version: 1.0.0
          sources: [app]
          properties:
            from: { type: string, required: true }
            text: { type: string, required: true }"
    `);
  });

  it("leave the event open where something unknown is spread in", async () => {
    const code = `${posthog}export const f = (rest) => posthog.capture("Sent", { ...rest, id: 1 });`;
    expect(await planFrom("  Sent:", code)).toMatchInlineSnapshot(`
      "Sent:
          version: 1.0.0
          sources: [app]
          additionalProperties: true
          properties:
            id: { type: number, required: true }"
    `);
  });

  it("leave out what the vendor defines", async () => {
    const code = `${posthog}posthog.capture("Sent", { $set: { plan: "free" }, id: 1 });\nposthog.capture("$pageview", { id: 1 });`;
    expect(await planFrom("events:", code)).toMatchInlineSnapshot(`
      "events:
        Sent:
          version: 1.0.0
          sources: [app]
          properties:
            id: { type: number, required: true }"
    `);
  });
});

describe("services", () => {
  const service = (name: string, dependency: string, code: string) => ({
    [`apps/${name}/package.json`]: JSON.stringify({ name: `@shop/${name}`, dependencies: { [dependency]: "1" } }),
    [`apps/${name}/src/main.ts`]: segment + code,
  });
  const root = { "package.json": '{ "name": "shop", "workspaces": ["apps/*"] }' };

  it("are the workspaces that send something, and an event says what only some of them send with it", async () => {
    const files = {
      ...root,
      ...service("web", "react", 'analytics.track("Signed Up", { method: "google", seats: 3, page: "home" });'),
      ...service("api", "express", 'analytics.track("Signed Up", { method: "saml", seats: "3" });'),
      "apps/docs/package.json": '{ "name": "docs" }',
    };
    expect(await planFrom("# The services", files, "# What happens")).toMatchInlineSnapshot(`
      "# The services that send.
      sources:
        api: { paths: [apps/api/**], platform: server }
        web: { paths: [apps/web/**], platform: browser }"
    `);
    expect(await planFrom("events:", files)).toMatchInlineSnapshot(`
      "events:
        Signed Up:
          version: 1.0.0
          sources:
            api:
              properties:
                seats: { type: string, required: true }
            web:
              properties:
                seats: { type: number, required: true }
                page: { type: string, required: true }
          properties:
            method: { type: string, enum: [google, saml], required: true }"
    `);
  });

  it("say once what a wrapper adds to all its events", async () => {
    const code = ["A Sent", "B Sent", "C Sent", "D Sent"].map((name) => `send("${name}", { id: 1 });`).join("\n");
    const wrapper =
      'const send = (event: string, props: object) => analytics.track(event, { ...props, app: "web" });\n';
    const files = { ...root, ...service("web", "react", wrapper + code) };
    expect(await planFrom("# What wrappers", files)).toMatchInlineSnapshot(`
      "# What wrappers add to every event that they send, by the name of the wrapper.
      bundles:
        send:
          app: { type: string, required: true }

      events:
        A Sent:
          version: 1.0.0
          sources: [web]
          bundles: [send]
          properties:
            id: { type: number, required: true }

        B Sent:
          version: 1.0.0
          sources: [web]
          bundles: [send]
          properties:
            id: { type: number, required: true }

        C Sent:
          version: 1.0.0
          sources: [web]
          bundles: [send]
          properties:
            id: { type: number, required: true }

        D Sent:
          version: 1.0.0
          sources: [web]
          bundles: [send]
          properties:
            id: { type: number, required: true }"
    `);
  });
});
