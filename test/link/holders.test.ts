import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const SIGNED_UP = `track "Signed Up" { plan: "pro" }`;
const CALL = `.capture("Signed Up", { plan: "pro" });`;
const NODE = `import { PostHog } from "posthog-node";\n`;
const NODE_CALL = `.capture({ distinctId: "u1", event: "Signed Up" });`;
const NODE_SIGNED_UP = `track "Signed Up" userId: "u1"`;
const BROWSER = `import posthog from "posthog-js";\n`;

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

describe("a class", () => {
  sends(
    "may keep an instance in a field",
    `${NODE}export class Service { client = new PostHog("k"); signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may keep it in a private field",
    `${NODE}export class Service { private readonly client = new PostHog("k"); signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may keep it in a field that is really private",
    `${NODE}export class Service { #client = new PostHog("k"); signedUp() { this.#client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may assign it in the constructor",
    {
      "src/service.js": `${NODE}export class Service { constructor() { this.client = new PostHog("k"); } signedUp() { this.client${NODE_CALL} } }`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may assign it in a method",
    `${NODE}export class Service { private client?: PostHog; init() { this.client = new PostHog("k"); } signedUp() { this.client?.capture({ distinctId: "u1", event: "Signed Up" }); } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may have it as a parameter property",
    `${NODE}export class Service { constructor(private readonly client: PostHog) {} signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be given it",
    {
      "src/app.js": `${NODE}class Service { constructor(client) { this.client = client; } get() { return this.client; } } const service = new Service(new PostHog("k")); service.client${NODE_CALL} service.get()${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may keep it in a static field",
    `${NODE}export class Service { static client = new PostHog("k"); static signedUp() { Service.client${NODE_CALL} this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may assign a static field later",
    `${NODE}export class Service { private static client: PostHog; static init() { Service.client = new PostHog("k"); } static signedUp() { Service.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be a singleton",
    {
      "src/service.ts": `${NODE}export class Service { private static instance: Service; readonly client = new PostHog("k"); static get() { if (!Service.instance) Service.instance = new Service(); return Service.instance; } }`,
      "src/app.ts": `import { Service } from "./service"; Service.get().client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may have a getter for it",
    `${NODE}export class Service { #client?: PostHog; get client() { this.#client ??= new PostHog("k"); return this.#client; } signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may inherit it",
    {
      "src/base.ts": `${NODE}export abstract class Base { protected client = new PostHog("k"); }`,
      "src/service.ts": `import { Base } from "./base"; export class Service extends Base { signedUp() { this.client${NODE_CALL} super.client${NODE_CALL} } }`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may inherit what a parent's constructor is given",
    {
      "src/base.ts": `import type { PostHog } from "posthog-node"; export class Base { constructor(protected client: PostHog) {} }`,
      "src/service.ts": `${NODE}import { Base } from "./base"; export class Service extends Base { constructor() { super(new PostHog("k")); } signedUp() { this.client${NODE_CALL} } }`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may extend a class of an SDK",
    {
      "src/client.ts": `${NODE}export class Client extends PostHog { signedUp() { this${NODE_CALL} } }`,
      "src/app.ts": `import { Client } from "./client"; const client = new Client("k"); client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may override a method of an SDK's class and call it",
    { "src/client.ts": `${NODE}export class Client extends PostHog { signedUp() { super${NODE_CALL} } }` },
    NODE_SIGNED_UP,
  );
  sends(
    "may expose it in an object",
    `${NODE}export class Service { tools = { client: new PostHog("k") }; signedUp() { this.tools.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be an expression",
    `${NODE}const Service = class { client = new PostHog("k"); signedUp() { this.client${NODE_CALL} } }; new Service().signedUp();`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be exported as an instance",
    {
      "src/service.ts": `${NODE}class Service { client = new PostHog("k"); } export default new Service();`,
      "src/app.ts": `import service from "./service"; service.client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may bind a method in its constructor",
    `${NODE}export class Service { client = new PostHog("k"); constructor() { this.signedUp = this.signedUp.bind(this); } signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may hold arrow functions",
    `${NODE}export class Service { client = new PostHog("k"); signedUp = () => { this.client${NODE_CALL} }; }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may use a function's this",
    `${NODE}export class Service { client = new PostHog("k"); signedUp() { const self = this; setTimeout(function () { self.client${NODE_CALL} }, 0); } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be generic",
    `${NODE}class Box<T> { constructor(readonly value: T) {} } const box = new Box(new PostHog("k")); box.value${NODE_CALL}`,
    NODE_SIGNED_UP,
  );
  sends(
    "may have a class of a package as the declared type of a field",
    `import { PostHog } from "posthog-node"; export class Service { declare client: PostHog; signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
});

describe("React", () => {
  sends(
    "has a hook of the SDK",
    {
      "src/app.tsx": `import { usePostHog } from "posthog-js/react"; export function App() { const posthog = usePostHog(); return <a onClick={() => posthog?.capture("Signed Up", { plan: "pro" })} />; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has hooks whose result is destructured",
    {
      "src/app.jsx": `import { usePostHog } from "posthog-js/react"; export function App() { const { capture } = usePostHog(); return <a onClick={() => capture("Signed Up", { plan: "pro" })} />; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has hooks of the repository that return the instance",
    {
      "src/use-analytics.ts": `import { usePostHog } from "posthog-js/react"; export function useAnalytics() { return usePostHog(); }`,
      "src/app.tsx": `import { useAnalytics } from "./use-analytics"; export function App() { const hog = useAnalytics(); hog.capture("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has hooks that return it in an object",
    {
      "src/use-analytics.ts": `${BROWSER}export const useAnalytics = () => ({ posthog, ready: true });`,
      "src/app.tsx": `import { useAnalytics } from "./use-analytics"; export function App() { const { posthog: hog } = useAnalytics(); hog.capture("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has hooks that return it in a list",
    {
      "src/use-analytics.ts": `${BROWSER}export const useAnalytics = () => [posthog, true] as const;`,
      "src/app.tsx": `import { useAnalytics } from "./use-analytics"; export function App() { const [hog] = useAnalytics(); hog.capture("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has useMemo",
    {
      "src/app.tsx": `import { useMemo } from "react";\nimport mixpanel from "mixpanel-browser"; export function App() { const client = useMemo(() => mixpanel.init("t"), []); client.track("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has refs",
    {
      "src/app.tsx": `import { useRef } from "react";\n${BROWSER}export function App() { const hog = useRef(posthog); hog.current.capture("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has refs that are filled later",
    {
      "src/app.tsx": `import * as React from "react";\n${BROWSER}export function App() { const hog = React.useRef(null); React.useEffect(() => { hog.current = posthog; }, []); return <a onClick={() => hog.current?.capture("Signed Up", { plan: "pro" })} />; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has state",
    {
      "src/app.tsx": `import React, { useState } from "react";\n${BROWSER}export function App() { const [hog, setHog] = useState(); React.useEffect(() => { setHog(posthog); }, []); hog?.capture("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has contexts",
    {
      "src/context.tsx": `import { createContext, useContext } from "react";\n${BROWSER}const Context = createContext(null); export function Provider({ children }) { return <Context.Provider value={posthog}>{children}</Context.Provider>; } export function useClient() { return useContext(Context); }`,
      "src/app.tsx": `import { useClient } from "./context"; export function App() { const hog = useClient(); hog.capture("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has contexts with a default",
    {
      "src/context.tsx": `import { createContext } from "react";\n${BROWSER}export const Analytics = createContext({ posthog });`,
      "src/app.tsx": `import { useContext } from "react";\nimport { Analytics } from "./context"; export function App() { const { posthog: hog } = useContext(Analytics); hog.capture("Signed Up", { plan: "pro" }); return null; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has contexts that hold an object and throw where they are missing",
    {
      "src/context.tsx": `import React from "react";\n${BROWSER}type Value = { client: typeof posthog }; const Context = React.createContext<Value | undefined>(undefined); export const AnalyticsProvider = ({ children }) => { const value = React.useMemo(() => ({ client: posthog }), []); return <Context value={value}>{children}</Context>; }; export const useAnalytics = () => { const value = React.useContext(Context); if (!value) throw new Error("no provider"); return value; };`,
      "src/app.tsx": `import { useAnalytics } from "./context"; export function App() { const { client } = useAnalytics(); return <a onClick={() => client.capture("Signed Up", { plan: "pro" })} />; }`,
    },
    SIGNED_UP,
  );
  sends(
    "has event handlers that callbacks keep",
    {
      "src/app.tsx": `import { useCallback } from "react";\n${BROWSER}export function App() { const onClick = useCallback(() => { posthog.capture("Signed Up", { plan: "pro" }); }, []); return <a onClick={onClick} />; }`,
    },
    SIGNED_UP,
  );
});

describe("a React context that is made in a file without an SDK", () => {
  const files = {
    "src/context.ts": `import { createContext } from "react";\nexport interface Tracker { trackEvent(name: string): void }\nexport const TrackerContext = createContext<Tracker | null>(null);\nexport const OtherContext = createContext<Tracker | null>(null);`,
    "src/hook.ts": `import { useContext } from "react";\nimport { TrackerContext } from "./context";\nexport const useTracker = () => ({ trackEvent: (name: string) => useContext(TrackerContext)?.trackEvent(name) });`,
    "src/app.tsx": `import { useTracker } from "./hook";\nexport const App = () => { const { trackEvent } = useTracker(); return <a onClick={() => trackEvent("Opened")} />; };`,
  };
  const provider = (name: string, value: string) =>
    `import posthog from "posthog-js";\nimport { ${name} } from "./context";\nexport const P = ({ children }) => {\n  const trackEvent = (name: string) => { posthog.capture(name); };\n  const tracker = { trackEvent };\n  return <${name}.Provider value={${value}}>{children}</${name}.Provider>;\n};`;
  const FOUND = ['track "Opened"', "track (forwarder) ?", "track (forwarder) ?"];
  sends("is followed", { ...files, "src/provider.tsx": provider("TrackerContext", "tracker") }, ...FOUND);
  sends(
    "is followed with a value made on the spot",
    { ...files, "src/provider.tsx": provider("TrackerContext", "{ trackEvent }") },
    ...FOUND,
  );
  sends(
    "does not stand for another context beside it",
    { ...files, "src/provider.tsx": provider("OtherContext", "tracker") },
    "track ?",
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

describe("Angular's injection token", () => {
  const files = {
    "src/analytics.ts": `import posthog from "posthog-js";\nimport { Injectable } from "@angular/core";\n@Injectable() export class Analytics { track(name: string) { posthog.capture(name); } }`,
    "src/token.ts": `import { InjectionToken } from "@angular/core";\nimport type { Analytics } from "./analytics";\nexport const ANALYTICS = new InjectionToken<Analytics>("analytics");\nexport const TITLE = new InjectionToken<string>("title");`,
    "src/module.ts": `import { Analytics } from "./analytics";\nimport { ANALYTICS } from "./token";\nexport const providers = [{ provide: ANALYTICS, useClass: Analytics }];`,
  };
  sends(
    "stands for what its type argument says",
    {
      ...files,
      "src/app.ts": `import { inject } from "@angular/core";\nimport { ANALYTICS, TITLE } from "./token";\nexport class App { #a = inject(ANALYTICS); title = inject(TITLE); opened() { this.#a.track("Opened"); this.title.track("Nothing"); } }`,
    },
    "track (forwarder) ?",
    'track "Opened"',
  );
});

describe("Vue", () => {
  sends("has refs", `import { ref } from "vue";\n${BROWSER}const hog = ref(posthog); hog.value${CALL}`, SIGNED_UP);
  sends(
    "has computed values",
    `import { computed } from "vue";\n${BROWSER}const hog = computed(() => posthog); hog.value${CALL}`,
    SIGNED_UP,
  );
  sends(
    "has provide and inject",
    {
      "src/main.ts": `import { provide } from "vue";\n${BROWSER}import { KEY } from "./key"; provide(KEY, posthog);`,
      "src/key.ts": `import type { InjectionKey } from "vue";\nimport type { PostHog } from "posthog-js"; export const KEY: InjectionKey<PostHog> = Symbol("posthog");`,
      "src/app.ts": `import { inject } from "vue";\nimport { KEY } from "./key"; const hog = inject(KEY); hog?.capture("Signed Up", { plan: "pro" });`,
    },
    SIGNED_UP,
  );
  sends(
    "has provide and inject by a string",
    {
      "src/main.ts": `import { provide } from "vue";\n${BROWSER}provide("posthog", posthog);`,
      "src/app.ts": `import { inject } from "vue";\nimport type { PostHog } from "posthog-js"; const posthog = inject<PostHog>("posthog"); posthog?.capture("Signed Up", { plan: "pro" });`,
    },
    SIGNED_UP,
  );
  sends(
    "has composables",
    {
      "src/use-analytics.ts": `${BROWSER}export function useAnalytics() { return { posthog }; }`,
      "src/app.vue": `<script setup lang="ts">\nimport { useAnalytics } from "./use-analytics";\nconst { posthog } = useAnalytics();\nposthog.capture("Signed Up", { plan: "pro" });\n</script>`,
    },
    SIGNED_UP,
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

describe("a method", () => {
  sends(
    "may be destructured",
    `import mixpanel from "mixpanel-browser"; const { track } = mixpanel; track("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be destructured under another name",
    `${BROWSER}const { capture: send } = posthog; send("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends("may be taken", `${BROWSER}const send = posthog.capture; send("Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends(
    "may be bound",
    `${BROWSER}const send = posthog.capture.bind(posthog); send("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be bound with the name",
    `${BROWSER}const signedUp = posthog.capture.bind(posthog, "Signed Up"); signedUp({ plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be exported",
    {
      "src/track.ts": `${BROWSER}export const track = posthog.capture.bind(posthog);`,
      "src/app.ts": `import { track } from "./track"; track("Signed Up", { plan: "pro" });`,
    },
    SIGNED_UP,
  );
  sends("may be called with call", `${BROWSER}posthog.capture.call(posthog, "Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends(
    "may be called with apply",
    `${BROWSER}posthog.capture.apply(posthog, ["Signed Up", { plan: "pro" }]);`,
    SIGNED_UP,
  );
  sends("may be called by key", `${BROWSER}posthog["capture"]("Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends(
    "may be called with spread arguments",
    `${BROWSER}const args = ["Signed Up", { plan: "pro" }] as const; posthog.capture(...args);`,
    SIGNED_UP,
  );
  sends(
    "may stand in an object of functions",
    {
      "src/track.ts": `${BROWSER}export const analytics = { track: posthog.capture.bind(posthog) };`,
      "src/app.ts": `import { analytics } from "./track"; analytics.track("Signed Up", { plan: "pro" });`,
    },
    SIGNED_UP,
  );
  sends(
    "may be one of two",
    `${BROWSER}import mixpanel from "mixpanel-browser"; const send = Math.random() > 0.5 ? posthog.capture : mixpanel.track; send("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
});
