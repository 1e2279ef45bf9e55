import { check, defineRule, loadPlan, scan } from "../../src/index.ts";

// The inventory: every tracking call, with its names, properties, ids and guards.
const { code } = await scan({ cwd: "fixtures/monorepo" });
export const names = new Set(code.calls.flatMap((call) => call.events.map((event) => event.value)));

// The plan, with the place of everything in it.
const { plan } = await loadPlan("tracking-plan.example.yaml");
export const unsent = plan?.events.filter((event) => !names.has(event.name)).map((event) => event.name);

// A rule of your own gets calls and plan as plain data.
const identifyOnce = defineRule({
  meta: {
    id: "acme/no-identify-in-worker",
    category: "identity",
    summary: "Only the web app and the API identify people",
    default: { withoutPlan: "warn", withPlan: "error" },
    messages: { found: "`{{source}}` identifies a person: the web app has done so already" },
  },
  defaultOptions: {},
  *check({ code }) {
    for (const { at, kind, source } of code.calls) {
      if (kind === "identify" && source === "worker")
        yield { at, messageId: "found", data: { source }, subject: source };
    }
  },
});

export const { findings, summary } = await check({
  paths: ["fixtures/monorepo"],
  plan: "tracking-plan.example.yaml",
  rules: [identifyOnce],
  severities: { "consent-check": "off" },
});
