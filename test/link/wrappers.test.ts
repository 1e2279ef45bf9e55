import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const POSTHOG = `import posthog from "posthog-js";`;
const wrapper = `${POSTHOG}\nexport function trackEvent(name: string, data?: object) { posthog.capture(name, { ...data, app: "web" }); }`;

describe("wrappers", () => {
  sends(
    "the callers of a function that forwards its parameter are the sites",
    {
      "src/track.ts": wrapper,
      "src/app.ts": `import { trackEvent } from "./track";\ntrackEvent("Signed Up", { plan: "pro" });`,
    },
    'track "Signed Up" { plan: "pro" }',
    'track (forwarder) ? { app: "web", … }',
  );

  sends(
    "several hops, each adding constant text, are followed",
    {
      "src/track.ts": `${wrapper}\nexport const trackCart = (step: string) => trackEvent(\`Cart: \${step}\`);`,
      "src/app.ts": `import { trackCart } from "./track";\ntrackCart("Opened");`,
    },
    'track "Cart: Opened"',
    'track (forwarder) ? { app: "web", … }',
    "track (forwarder) `Cart: ${}`",
  );

  sends(
    "a member of what a hook returns is a wrapper, whoever calls the hook",
    {
      "src/use-analytics.ts": `${POSTHOG}\nexport function useAnalytics() { const capture = (event: string) => posthog.capture(event); return { capture }; }`,
      "src/button.tsx": `import { useAnalytics } from "./use-analytics";\nexport function Button() { const { capture } = useAnalytics(); return <button onClick={() => capture("Clicked Save")} />; }`,
    },
    'track "Clicked Save"',
    "track (forwarder) ?",
  );

  sends(
    "a service that is injected is found by its type, through a barrel and an interface",
    {
      "src/analytics/service.ts": `import { Analytics } from "@segment/analytics-node";\nexport interface Tracker { track(event: string, userId: string): void }\nexport class AnalyticsService implements Tracker { private segment = new Analytics({ writeKey: "k" }); track(event: string, userId: string) { this.segment.track({ event, userId }); } }`,
      "src/analytics/index.ts": `export * from "./service";`,
      "src/signup.ts": `import type { Tracker } from "./analytics";\nexport class Signup { constructor(private readonly tracker: Tracker) {} run(id: string) { this.tracker.track("Signed Up", id); } }`,
    },
    "track (forwarder) ? userId: string",
    'track "Signed Up" userId: string',
  );

  sends(
    "props of a component flow into the call inside, which stays the site",
    {
      "src/link.tsx": `${POSTHOG}\nexport const TrackedLink = ({ event }: { event: string }) => <a onClick={() => posthog.capture(event)} />;`,
      "src/nav.tsx": `import { TrackedLink } from "./link";\nexport const Nav = () => <><TrackedLink event="Opened Docs" /><TrackedLink event="Opened Blog" /></>;`,
    },
    'track "Opened Docs" | "Opened Blog"',
  );

  sends(
    "a parameter that serves more than tracking moves no site; its callers' values flow in",
    `${POSTHOG}\nfunction open(tab: string) { setTab(tab); posthog.capture(\`Opened \${tab}\`); }\nopen("Billing"); open("Team");\ndeclare function setTab(tab: string): void;`,
    'track "Opened Billing" | "Opened Team"',
  );

  sends(
    "a function that always sends one event is the site, its callers are not",
    `${POSTHOG}\nexport function trackSignup(plan: string) { posthog.capture("Signed Up", { plan }); }\ntrackSignup("pro");`,
    'track "Signed Up" { plan: string }',
  );

  sends(
    "a tracker handed over as an argument is followed",
    {
      "src/client.ts": `${POSTHOG}\nexport const client = posthog;`,
      "src/app.ts": `import { client } from "./client";\nfunction report(tracker: any) { tracker.capture("Reported"); }\nreport(client);`,
    },
    'track "Reported"',
  );

  sends(
    "mutations of a query library hand on what they are given",
    {
      "src/telemetry.ts": `import { useMutation } from "@tanstack/react-query";\n${POSTHOG}\nexport const useTelemetry = () => { const { mutate } = useMutation({ mutationFn: ({ event }: { event: string }) => posthog.capture(event) }); return (event: string) => mutate({ event }); };`,
      "src/app.tsx": `import { useTelemetry } from "./telemetry";\nexport function App() { const track = useTelemetry(); track("App Opened"); return null; }`,
    },
    'track "App Opened"',
    "track (forwarder) ?",
    "track (forwarder) ?",
  );

  sends(
    "recursion ends",
    `${POSTHOG}\nfunction a(name: string) { b(name); posthog.capture(name); }\nfunction b(name: string) { a(name); }\na("Once");`,
    'track "Once" | ?',
  );

  sends(
    "props of single-file components flow in",
    {
      "src/Tracked.svelte": `<script lang="ts">\nimport posthog from "posthog-js";\nlet { event }: { event: string } = $props();\n</script>\n<button onclick={() => posthog.capture(event)}>x</button>`,
      "src/Page.svelte": `<script lang="ts">\nimport Tracked from "./Tracked.svelte";\n</script>\n<Tracked event="Saved" />`,
    },
    'track "Saved"',
  );

  sends(
    "imports hold for a module script that stands before them",
    {
      "src/track.ts": wrapper,
      "src/Form.svelte": `<script module lang="ts">\nexport function verify() { trackEvent("Verified"); }\n</script>\n<script lang="ts">\nimport { trackEvent } from "./track";\n</script>`,
    },
    'track "Verified"',
    'track (forwarder) ? { app: "web", … }',
  );

  sends(
    "whoever passes traits identifies, where the wrapper itself keeps the id",
    {
      "src/track.ts": `${POSTHOG}\nexport const identify = (id: { device: string }, traits: object) => {};\nlet device = localStorage.device;\nexport const describe = (traits: object) => posthog.identify(device, { ...traits, os: "ios" });`,
      "src/app.ts": `import { describe } from "./track";\ndescribe({ plan: "pro" });`,
    },
    'identify traits { plan: "pro", os: "ios" } userId: ?',
    'identify (forwarder) traits { os: "ios", … } userId: ?',
  );

  sends(
    "a function that identifies with what it finds itself is the site",
    {
      "src/track.ts": `${POSTHOG}\nexport const identifyDevice = () => posthog.identify(localStorage.device, { os: "ios" });`,
      "src/app.ts": `import { identifyDevice } from "./track";\nidentifyDevice();`,
    },
    'identify traits { os: "ios" } userId: ?',
  );

  sends(
    "a parameter that is masked for a log is still only passed on",
    {
      "src/track.ts": `${POSTHOG}\nimport { hash } from "./hash";\nexport function merge({ from, to }: { from: string; to: string }) {\n  posthog.alias(to, from);\n  logger.info("merged", { from: hash(from), to: hash(to) });\n}`,
      "src/hash.ts": "export const hash = (text: string) => text.length;",
      "src/app.ts": `import { merge } from "./track";\nmerge({ from: "a", to: "b" });`,
    },
    'alias userId: "b" previousId: "a"',
    "alias (forwarder) userId: string previousId: string",
  );

  sends(
    "a message of a type of the SDK's own is what callers write",
    {
      "src/track.ts": `import { type EventMessage, PostHog } from "posthog-node";\nconst client = new PostHog("k");\nexport const send = (message: EventMessage) => client.capture(message);`,
      "src/app.ts": `import { send } from "./track";\nsend({ distinctId: "u1", event: "Signed Up" });`,
    },
    'track "Signed Up" userId: "u1"',
    "track (forwarder) ? { … } userId: ?",
  );

  sends(
    "so is one of a type that another package gives; a tracker of an SDK's type is a tracker",
    {
      "src/track.ts": `${POSTHOG}\nimport type { Optional } from "utility-types";\nimport type { PostHog } from "posthog-js";\nexport function createAction(definition: Optional<{ event: string }, "event">) { return { run: () => posthog.capture(definition.event) }; }\nexport function visit(client: PostHog) { client.capture("Visited"); }`,
      "src/app.ts": `import { createAction } from "./track";\nexport const copy = createAction({ event: "Copied" });`,
    },
    'track "Copied"',
    "track (forwarder) ?",
    'track "Visited"',
  );

  sends(
    "a function that does something else with its parameter is the site",
    {
      "src/track.ts": `${POSTHOG}\nimport { open } from "./open";\nexport function show(name: string) {\n  posthog.capture(name);\n  open(name);\n}`,
      "src/open.ts": "export const open = (name: string) => { location.hash = name; };",
      "src/app.ts": `import { show } from "./track";\nshow("cart");`,
    },
    "track ?",
  );
});
