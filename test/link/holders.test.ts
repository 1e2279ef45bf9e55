import { describe } from "vitest";
import { sends } from "./calls-of.ts";
import { CALL, NODE, NODE_CALL, NODE_SIGNED_UP, SIGNED_UP } from "./posthog-code.ts";

describe("an instance that is made", () => {
  sends("may be constructed in place", `${NODE}new PostHog("k")${NODE_CALL}`, NODE_SIGNED_UP);
  sends(
    "may be constructed into a constant",
    `${NODE}const client = new PostHog("k"); client${NODE_CALL}`,
    NODE_SIGNED_UP,
  );
  sends(
    "may come from a factory of the SDK",
    `import mixpanel from "mixpanel"; const client = mixpanel.init("t"); client.track("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may come from a function of the repository",
    {
      "src/client.ts": `${NODE}export function createClient() { return new PostHog("k"); }`,
      "src/app.ts": `import { createClient } from "./client"; createClient()${NODE_CALL} const kept = createClient(); kept${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may come from an async function",
    {
      "src/client.ts": `${NODE}export async function createClient() { return new PostHog("k"); }`,
      "src/app.ts": `import { createClient } from "./client"; export async function f() { const client = await createClient(); client${NODE_CALL} createClient().then((c) => c.capture({ distinctId: "u1", event: "Signed Up" })); }`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may be kept by a module",
    {
      "src/client.ts": `${NODE}let client: PostHog | undefined; export function getClient() { client ??= new PostHog("k"); return client; }`,
      "src/app.ts": `import { getClient } from "./client"; getClient()${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may be kept by a module after a test",
    {
      "src/client.ts": `${NODE}let client: PostHog | null = null; export const getClient = () => { if (!client) { client = new PostHog("k"); } return client; };`,
      "src/app.ts": `import { getClient } from "./client"; getClient()?.capture({ distinctId: "u1", event: "Signed Up" });`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may be kept by a module that JavaScript wrote",
    {
      "src/client.js": `${NODE}let client = null; export function getClient() { if (client) return client; client = new PostHog("k"); return client; }`,
      "src/app.js": `import { getClient } from "./client"; getClient()${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may be kept on the global object",
    {
      "src/client.ts": `${NODE}const store = globalThis as unknown as { hog?: PostHog }; export const client = store.hog ?? new PostHog("k"); store.hog = client;`,
      "src/app.ts": `import { client } from "./client"; client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may be null where it is not configured",
    {
      "src/client.ts": `${NODE}export const client = process.env.KEY ? new PostHog(process.env.KEY) : null;`,
      "src/app.ts": `import { client } from "./client"; client?.capture({ distinctId: "u1", event: "Signed Up" });`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may stand behind a condition",
    `${NODE}const client = process.env.KEY && new PostHog("k"); if (client) client${NODE_CALL}`,
    NODE_SIGNED_UP,
  );
  sends(
    "may stand behind a Proxy",
    {
      "src/client.ts": `${NODE}export const client = new Proxy(new PostHog("k"), {});`,
      "src/app.ts": `import { client } from "./client"; client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may stand behind a Proxy that makes it late",
    {
      "src/client.ts": `${NODE}let inner: PostHog | undefined; function get() { inner ??= new PostHog("k"); return inner; } export const client = new Proxy({} as PostHog, { get(_, key) { return Reflect.get(get(), key); } });`,
      "src/app.ts": `import { client } from "./client"; client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may be made by an immediately called function",
    `${NODE}const client = (() => new PostHog("k"))(); client${NODE_CALL}`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be handed through a generic function",
    `${NODE}function keep<T>(value: T): T { return value; } const client = keep(new PostHog("k")); client${NODE_CALL}`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be cached by a generic helper",
    `${NODE}function lazy<T>(make: () => T): () => T { let value: T | undefined; return () => (value ??= make()); } const client = lazy(() => new PostHog("k")); client()${NODE_CALL}`,
    NODE_SIGNED_UP,
  );
  sends("may be frozen", `${NODE}const client = Object.freeze(new PostHog("k")); client${NODE_CALL}`, NODE_SIGNED_UP);
  sends(
    "may stand in an object",
    {
      "src/clients.ts": `${NODE}export const clients = { product: new PostHog("k"), other: 1 };`,
      "src/app.ts": `import { clients } from "./clients"; clients.product${NODE_CALL} clients["product"]${NODE_CALL} const { product } = clients; product${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may stand in a table with an unknown key",
    {
      "src/clients.ts": `${NODE}const clients = { eu: new PostHog("k"), us: new PostHog("l") }; export function clientOf(region: "eu" | "us") { return clients[region]; }`,
      "src/app.ts": `import { clientOf } from "./clients"; export const f = (region: "eu" | "us") => clientOf(region)${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may stand in a list",
    `${NODE}const clients = [new PostHog("k"), new PostHog("l")]; clients[0]${NODE_CALL} for (const client of clients) client${NODE_CALL} clients.forEach((client) => client.capture({ distinctId: "u1", event: "Signed Up" }));`,
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may stand in a Map",
    `${NODE}const clients = new Map<string, PostHog>(); export const f = (key: string) => clients.get(key)?.capture({ distinctId: "u1", event: "Signed Up" });`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be known by a declared type only",
    `import type { PostHog } from "posthog-node"; declare function load(): PostHog; const client: PostHog = load(); client${NODE_CALL} export function f(given: PostHog) { given${NODE_CALL} }`,
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may be known by a cast only",
    `import type { PostHog } from "posthog-js"; export const f = () => (window as unknown as { hog: PostHog }).hog${CALL}`,
    SIGNED_UP,
  );
});

describe("what a file hands on of an SDK under a name of its own", () => {
  sends(
    "may be a hook",
    {
      "src/tracking.ts": `import * as sdk from "react-tracking";\nexport const useTracker: () => { trackEvent: (event: object) => void } = sdk.useTracking;`,
      "src/app.tsx": `import { useTracker } from "./tracking";\nexport const App = () => { const { trackEvent } = useTracker(); return <a onClick={() => trackEvent({ eventName: "Opened", from: "menu" })} />; };`,
    },
    'track "Opened" { from: "menu" }',
  );
  sends(
    "may be a class",
    {
      "src/sdk.ts": `import { PostHog } from "posthog-node";\nexport const Client = PostHog;`,
      "src/app.ts": `import { Client } from "./sdk";\nexport const client = new Client("key");\nclient.capture({ distinctId: "u", event: "Opened" });`,
    },
    'track "Opened" userId: "u"',
  );
});

describe("a global", () => {
  sends("may be read from window", `window.analytics.track("Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends("may be read by optional chaining", `window.analytics?.track?.("Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends("may be read from globalThis", `globalThis.posthog${CALL}`, SIGNED_UP);
  sends("may be read from self", `self.posthog${CALL}`, SIGNED_UP);
  sends("may be read through a cast", `(window as any).posthog${CALL}`, SIGNED_UP);
  sends("may be read by key", `window["posthog"]${CALL}`, SIGNED_UP);
  sends(
    "may be declared",
    `declare const posthog: { capture(name: string, properties?: object): void }; posthog${CALL} window.posthog${CALL}`,
    SIGNED_UP,
    SIGNED_UP,
  );
  sends(
    "may be declared on Window",
    `declare global { interface Window { posthog: any } } window.posthog${CALL}`,
    SIGNED_UP,
  );
  sends("may be kept in a constant", `const hog = window.posthog; hog${CALL}`, SIGNED_UP);
  sends("may be destructured", `const { posthog } = window; posthog${CALL}`, SIGNED_UP);
  sends(
    "may be called without window where it is unmistakable",
    `gtag("event", "Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be a queue",
    `window.dataLayer = window.dataLayer || []; window.dataLayer.push({ event: "Signed Up", plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be tested for first",
    `if (typeof window !== "undefined" && window.posthog) { window.posthog${CALL} }`,
    SIGNED_UP,
  );
  sends(
    "is not a local of that name",
    `const posthog = { capture(name: string) { return name; } }; posthog.capture("Signed Up"); window.x = 1;`,
  );
});
