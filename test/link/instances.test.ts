import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const SIGNED_UP = `track "Signed Up" { plan: "pro" }`;
const CALL = `.capture("Signed Up", { plan: "pro" });`;

describe("an import", () => {
  sends("may be the default", `import posthog from "posthog-js"; posthog${CALL}`, SIGNED_UP);
  sends("may be renamed", `import { default as hog } from "posthog-js"; hog${CALL}`, SIGNED_UP);
  sends("may be named", `import { posthog } from "posthog-js"; posthog${CALL}`, SIGNED_UP);
  sends("may be named anew", `import { posthog as hog } from "posthog-js"; hog${CALL}`, SIGNED_UP);
  sends("may be a namespace", `import * as hog from "posthog-js"; hog.default${CALL}`, SIGNED_UP);
  sends(
    "may be a namespace of functions",
    `import * as amplitude from "@amplitude/analytics-browser"; amplitude.track("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends("may be import-equals", `import posthog = require("posthog-js"); posthog${CALL}`, SIGNED_UP);
  sends("may be required", { "src/app.js": `const posthog = require("posthog-js"); posthog${CALL}` }, SIGNED_UP);
  sends(
    "may be required by member",
    { "src/app.js": `const posthog = require("posthog-js").default; posthog${CALL}` },
    SIGNED_UP,
  );
  sends(
    "may be required and destructured",
    { "src/app.cjs": `const { track } = require("@amplitude/analytics-node"); track("Signed Up", { plan: "pro" });` },
    `track "Signed Up" { plan: "pro" }`,
  );
  sends(
    "may be awaited",
    `async function f() { const posthog = await import("posthog-js"); posthog.default${CALL} }`,
    SIGNED_UP,
  );
  sends(
    "may be awaited and destructured",
    `async function f() { const { default: posthog } = await import("posthog-js"); posthog${CALL} }`,
    SIGNED_UP,
  );
  sends("may be awaited in place", `async function f() { (await import("posthog-js")).default${CALL} }`, SIGNED_UP);
  sends("may be followed by then", `import("posthog-js").then((m) => m.default${CALL.slice(0, -1)});`, SIGNED_UP);
  sends(
    "may be followed by then with a pattern",
    `import("posthog-js").then(({ default: posthog }) => { posthog${CALL} });`,
    SIGNED_UP,
  );
  sends(
    "may be a bare function",
    `import { track } from "@vercel/analytics"; track("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
});

describe("a module of the repository", () => {
  const use = (imported: string) => `${imported} posthog${CALL}`;
  sends(
    "may export an instance by name",
    {
      "src/client.ts": `import hog from "posthog-js"; export const posthog = hog;`,
      "src/app.ts": use(`import { posthog } from "./client";`),
    },
    SIGNED_UP,
  );
  sends(
    "may export an instance as default",
    {
      "src/client.ts": `import hog from "posthog-js"; export default hog;`,
      "src/app.ts": use(`import posthog from "./client";`),
    },
    SIGNED_UP,
  );
  sends(
    "may re-export an SDK's default",
    { "src/client.ts": `export { default } from "posthog-js";`, "src/app.ts": use(`import posthog from "./client";`) },
    SIGNED_UP,
  );
  sends(
    "may re-export an SDK's default under a name",
    {
      "src/client.ts": `export { default as posthog } from "posthog-js";`,
      "src/app.ts": use(`import { posthog } from "./client";`),
    },
    SIGNED_UP,
  );
  sends(
    "may re-export all of an SDK",
    { "src/client.ts": `export * from "posthog-js";`, "src/app.ts": use(`import { posthog } from "./client";`) },
    SIGNED_UP,
  );
  sends(
    "may re-export an SDK as a namespace",
    {
      "src/client.ts": `export * as sdk from "posthog-js";`,
      "src/app.ts": `import { sdk } from "./client"; sdk.posthog${CALL}`,
    },
    SIGNED_UP,
  );
  sends(
    "may export a renamed local",
    {
      "src/client.ts": `import hog from "posthog-js"; const inner = hog;\nexport { inner as posthog };`,
      "src/app.ts": use(`import { posthog } from "./client";`),
    },
    SIGNED_UP,
  );
  sends(
    "may stand behind nested barrels",
    {
      "src/lib/analytics/client.ts": `import hog from "posthog-js"; export const posthog = hog;`,
      "src/lib/analytics/index.ts": `export * from "./client";`,
      "src/lib/index.ts": `export * from "./analytics";\nexport * from "./other";`,
      "src/lib/other.ts": `export const other = 1;`,
      "src/app.ts": use(`import { posthog } from "./lib";`),
    },
    SIGNED_UP,
  );
  sends(
    "may be imported as a namespace",
    {
      "src/client.ts": `import hog from "posthog-js"; export const posthog = hog;`,
      "src/app.ts": `import * as client from "./client"; client.posthog${CALL}`,
    },
    SIGNED_UP,
  );
  sends(
    "may import and export in two statements",
    {
      "src/client.ts": `import posthog from "posthog-js";\nexport { posthog };`,
      "src/app.ts": use(`import { posthog } from "./client";`),
    },
    SIGNED_UP,
  );
  sends(
    "may assign module.exports",
    {
      "src/client.js": `const { PostHog } = require("posthog-node"); module.exports = new PostHog("k");`,
      "src/app.js": `const posthog = require("./client"); posthog.capture({ distinctId: "u1", event: "Signed Up", properties: { plan: "pro" } });`,
    },
    `track "Signed Up" { plan: "pro" } userId: "u1"`,
  );
  sends(
    "may assign an object to module.exports",
    {
      "src/client.js": `const { PostHog } = require("posthog-node"); const posthog = new PostHog("k"); module.exports = { posthog };`,
      "src/app.js": `const { posthog } = require("./client"); posthog.capture({ distinctId: "u1", event: "Signed Up" });`,
    },
    `track "Signed Up" userId: "u1"`,
  );
  sends(
    "may assign a member of exports",
    {
      "src/client.js": `const { PostHog } = require("posthog-node"); exports.posthog = new PostHog("k");`,
      "src/app.js": `const { posthog } = require("./client"); posthog.capture({ distinctId: "u1", event: "Signed Up" });`,
    },
    `track "Signed Up" userId: "u1"`,
  );
  sends(
    "may assign a member of module.exports",
    {
      "src/client.js": `const { PostHog } = require("posthog-node"); module.exports.posthog = new PostHog("k");`,
      "src/app.js": `const client = require("./client"); client.posthog.capture({ distinctId: "u1", event: "Signed Up" });`,
    },
    `track "Signed Up" userId: "u1"`,
  );
  sends(
    "may chain exports",
    {
      "src/client.js": `const { PostHog } = require("posthog-node"); const client = exports = module.exports = new PostHog("k");`,
      "src/app.js": `const client = require("./client"); client.capture({ distinctId: "u1", event: "Signed Up" });`,
    },
    `track "Signed Up" userId: "u1"`,
  );
  sends(
    "may be what a compiler wrote",
    {
      "src/client.js": `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); const posthog_js_1 = require("posthog-js"); exports.default = posthog_js_1.default;`,
      "src/app.js": `const client_1 = require("./client"); client_1.default${CALL}`,
    },
    SIGNED_UP,
  );
  sends(
    "may export with export-equals",
    {
      "src/client.ts": `import hog from "posthog-js"; export = hog;`,
      "src/app.ts": use(`import posthog = require("./client");`),
    },
    SIGNED_UP,
  );
  sends(
    "may be imported from CommonJS",
    {
      "src/client.js": `const { PostHog } = require("posthog-node"); module.exports = { posthog: new PostHog("k") };`,
      "src/app.mjs": `import { posthog } from "./client.js"; posthog.capture({ distinctId: "u1", event: "Signed Up" });`,
    },
    `track "Signed Up" userId: "u1"`,
  );
  sends(
    "may be imported dynamically",
    {
      "src/client.ts": `import hog from "posthog-js"; export const posthog = hog;`,
      "src/app.ts": `export async function f() { const { posthog } = await import("./client"); posthog${CALL} }`,
    },
    SIGNED_UP,
  );
});

describe("a person told to a feature flag service", () => {
  const told = (code: string, ...calls: string[]) => sends(`identifies nobody: ${code}`, code, ...calls);
  told(
    `import { initialize } from "launchdarkly-js-client-sdk"; initialize("e", { key: "u" }).identify({ kind: "organization", key: "o" });`,
    `other traits { kind: "organization" } userId: "o"`,
  );
  told(
    `import { useLDClient } from "launchdarkly-react-client-sdk"; function F({ id }: { id: string }) { useLDClient()?.identify({ key: id }); }`,
    `other userId: string`,
  );
});

describe("VS Code's telemetry", () => {
  sends(
    "is a logger that the editor makes, also from behind a function",
    {
      "src/telemetry.ts": `import * as vscode from "vscode";\nlet logger: vscode.TelemetryLogger;\nexport const start = (sender: vscode.TelemetrySender) => { logger = vscode.env.createTelemetryLogger(sender); };\nexport const getTelemetry = () => logger;`,
      "src/extension.ts": `import { commands } from "vscode";\nimport { getTelemetry } from "./telemetry";\ncommands.registerCommand("shop.open", () => getTelemetry().logUsage("shop.opened", { source: "command" }));`,
    },
    'track "shop.opened" { source: "command" }',
  );

  sends(
    "is a reporter of the package for extensions",
    `import TelemetryReporter from "@vscode/extension-telemetry";\nconst reporter = new TelemetryReporter("key");\nreporter.sendTelemetryEvent("shop.opened", { source: "command" }, { took: 1 });`,
    'track "shop.opened" { source: "command" }',
  );

  sends(
    "is nothing that other parts of the editor's API do",
    `import { window, env } from "vscode";\nconst channel = window.createOutputChannel("TelemetryLogger");\nchannel.appendLine("started");\nenv.openExternal(uri);`,
  );
});

describe("Application Insights", () => {
  sends(
    "takes the name in an object, or alone in the first version's snippet",
    `appInsights.trackEvent({ name: "Opened", properties: { source: "menu" } });\nappInsights.trackEvent("Closed", { source: "key" });`,
    'track "Opened" { source: "menu" }',
    'track "Closed" { source: "key" }',
  );
});
