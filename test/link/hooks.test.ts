import { describe, expect, it } from "vitest";
import { scanCalls } from "./calls-of.ts";

async function guardsIn(code: string): Promise<string[]> {
  const calls = await scanCalls({ "src/app.ts": code });
  return calls.flatMap((call) => call.guards.map((guard) => `${guard.how}: ${guard.holds ? "" : "not "}${guard.text}`));
}

describe("hooks that drop", () => {
  it("guard every call of their SDK: before_send", async () => {
    expect(
      await guardsIn(
        `import posthog from "posthog-js";\nimport { agreed } from "./consent";\nposthog.init("k", { before_send: (event) => (agreed() ? event : null) });\nposthog.capture("Saved");`,
      ),
    ).toEqual(["hook: agreed()"]);
    expect(
      await guardsIn(
        `import posthog from "posthog-js";\nimport { agreed } from "./consent";\nposthog.init("k", { before_send: (event) => { if (!agreed()) return null; return event; } });\nposthog.capture("Saved");`,
      ),
    ).toEqual(["hook: not !agreed()"]);
  });

  it("guard every call of their SDK: source middleware", async () => {
    expect(
      await guardsIn(
        `import { AnalyticsBrowser } from "@segment/analytics-next";\nimport { agreed } from "./consent";\nconst analytics = AnalyticsBrowser.load({ writeKey: "k" });\nanalytics.addSourceMiddleware(({ payload, next }) => { if (agreed()) next(payload); });\nanalytics.track("Saved");`,
      ),
    ).toEqual(["hook: agreed()"]);
  });
});

describe("the only caller of a function", () => {
  it("guards what happens inside, where nobody else can call it", async () => {
    expect(
      await guardsIn(
        `import posthog from "posthog-js";\nfunction send() { posthog.capture("Saved"); }\nexport function save(consent: boolean) { if (consent) send(); }`,
      ),
    ).toEqual(["only-caller: consent"]);
  });

  it("guards nothing of an exported function", async () => {
    expect(
      await guardsIn(
        `import posthog from "posthog-js";\nexport function send() { posthog.capture("Saved"); }\nexport function save(consent: boolean) { if (consent) send(); }`,
      ),
    ).toEqual([]);
  });
});
