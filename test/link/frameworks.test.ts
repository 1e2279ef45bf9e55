import { describe } from "vitest";
import { sends } from "./calls-of.ts";
import { BROWSER, CALL, SIGNED_UP } from "./posthog-code.ts";

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
