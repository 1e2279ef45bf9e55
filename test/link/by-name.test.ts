import { describe } from "vitest";
import { sends } from "./calls-of.ts";

describe("calls told by name", () => {
  sends(
    "an optional member of an interface without an implementation counts",
    {
      "src/platform.ts": `export interface AnalyticsDef { logEvent(event: { type: string }): void }\nexport let platform: { analytics?: AnalyticsDef };`,
      "src/app.ts": `import { platform } from "./platform";\nplatform.analytics?.logEvent({ type: "IMPORTED", from: "url" });`,
    },
    'track "IMPORTED" { from: "url" }',
  );

  sends(
    "a tracker from a private package counts, under its own name or that of its type",
    `import { analytics } from "@acme/analytics";\nimport type { TelemetryClient } from "@acme/core";\nanalytics.track("Saved", { plan: "pro" });\nexport function run(t: TelemetryClient) { t.capture("Ran"); }`,
    'track "Saved" { plan: "pro" }',
    'track "Ran"',
  );

  sends(
    "a receiver that is resolved, or called otherwise, doesn't count",
    `class Tracker { track(_name: string) {} }\nconst tracker = new Tracker();\ntracker.track("Nothing");\ndeclare const parcel: any, stack: any;\nparcel.track("DHL");\nstack.push("event");`,
  );

  sends("a receiver declared to be of a class of another file, of another name, doesn't count", {
    "src/frequency.ts": `export class FrequencyTracker { track(item: string) { this.counts[item] += 1; } counts: any = {}; }`,
    "src/use.ts": `import type { FrequencyTracker } from "./frequency";\nexport function use(tracker: FrequencyTracker) { return (item: string) => tracker.track(item); }`,
  });

  sends(
    "what VS Code calls it counts on a logger and a reporter that are only declared",
    `export interface UsageLogger { logUsage(name: string, data?: object): void }\nexport function run(telemetry: UsageLogger | undefined) { telemetry?.logUsage("Ran", { tool: "build" }); }\nimport { telemetryReporter } from "@acme/telemetry";\ntelemetryReporter.sendTelemetryEvent("Started");`,
    'track "Ran" { tool: "build" }',
    'track "Started"',
  );

  sends(
    "whoever is identified or merged need not be known, and may be told in a message",
    `import { analytics } from "@acme/analytics";\nexport async function login(fetchUser: () => Promise<any>) { const user = await fetchUser(); analytics.alias(user.id, localStorage.device); analytics.identify(user.id, { plan: "pro" });\nanalytics.identify({ userId: "u", traits: { plan: "free" } }); }`,
    "alias userId: ? previousId: ?",
    'identify traits { plan: "pro" } userId: ?',
    'identify traits { plan: "free" } userId: "u"',
  );

  sends(
    "a call without a name doesn't count",
    `import { analytics } from "@acme/analytics";\nanalytics.track();\nanalytics.track(42);`,
  );

  sends(
    "a verb that is no tracking verb doesn't count",
    `import { analytics } from "x";\nanalytics.set("a", 1);\nanalytics.on("ready", () => {});`,
  );
});

describe("messages sent to an analytics address", () => {
  sends(
    "a request with an event in its body counts",
    `export async function send(id: string) { await fetch("/api/analytics/track", { method: "POST", body: JSON.stringify({ event: "Opened", properties: { id } }) }); }`,
    'track "Opened" { id: string }',
  );

  sends(
    "its wrappers are followed, and the last part of the address says what it does",
    {
      "src/send.ts": `function send(operation: string, message: any) { fetch("/_analytics/" + operation, { method: "POST", body: JSON.stringify(message) }); }\nexport const trackEvent = (event: string, properties: object) => send("trackEvent", { event, properties });\nexport const identifyUser = (traits: object) => send("identifyUser", { traits });`,
      "src/app.ts": `import { identifyUser, trackEvent } from "./send";\ntrackEvent("Opened", { from: "menu" });\nidentifyUser({ plan: "pro" });`,
    },
    'track "Opened" { from: "menu" }',
    'identify traits { plan: "pro" }',
    "track (forwarder) ? { … } userId: ? anonymousId: ?",
    "track (forwarder) ? { … }",
    "identify (forwarder) traits { … }",
  );

  sends(
    "a query of analytics data, and a message to another address, don't count",
    `fetch("/api/analytics/views?range=7d");\nfetch("/api/analytics/query", { method: "POST", body: JSON.stringify({ name: "views", range: 7 }) });\nfetch("/api/orders", { method: "POST", body: JSON.stringify({ event: "created", data: {} }) });`,
  );
});
