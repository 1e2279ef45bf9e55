import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const TRACKER = `import posthog from "posthog-js";
export class Tracker {
  private client = posthog;
  reset() { if (!this.client) return; this.client.reset(); }
  identify(user: { id: string; mail: string }) { this.client.identify(user.id, { mail: user.mail }); }
}`;

describe("a method that stands for the SDK's of the same name", () => {
  sends(
    "leaves its callers the sites",
    {
      "src/tracker.ts": TRACKER,
      "src/logout.ts": `import { Tracker } from "./tracker"; const tracker = new Tracker(); export function logOut() { tracker.reset(); }`,
    },
    "reset",
    "reset (forwarder)",
    "identify traits { mail: string } userId: string",
  );
  sends(
    "is the site itself where nobody calls it",
    { "src/tracker.ts": TRACKER },
    "reset",
    "identify traits { mail: string } userId: string",
  );
  sends(
    "may be a member of an object",
    {
      "src/tracker.ts": `import posthog from "posthog-js"; export const tracker = { reset: () => posthog.reset(), optOut() { posthog.opt_out_capturing(); } };`,
      "src/logout.ts": `import { tracker } from "./tracker"; tracker.reset(); tracker.optOut();`,
    },
    "reset",
    "reset (forwarder)",
    "consent-optout",
  );
  sends(
    "is no helper of another name, and no function that tells who somebody is",
    {
      "src/logout.ts": `import posthog from "posthog-js";
export class Session { end() { posthog.reset(); } identify() { posthog.identify("robot"); } }
export function reset() { posthog.reset(); }`,
      "src/use.ts": `import { reset, Session } from "./logout"; new Session().end(); new Session().identify(); reset();`,
    },
    "reset",
    `identify userId: "robot"`,
    "reset",
  );
  sends(
    "may set an anonymous id",
    {
      "src/tracker.ts": `import { AnalyticsBrowser } from "@segment/analytics-next";
export class Tracker { constructor(private segment: AnalyticsBrowser) {} setAnonymousId(id: string) { this.segment.setAnonymousId(id); } }`,
      "src/use.ts": `import type { Tracker } from "./tracker"; export function start(tracker: Tracker) { tracker.setAnonymousId("a1"); }`,
    },
    "other (forwarder) anonymousId: string",
    `other anonymousId: "a1"`,
  );
});

describe("a function that is handed the tracker and tells who somebody is", () => {
  sends(
    "is the site",
    `import { Analytics } from "@segment/analytics-node";
const client = new Analytics({ writeKey: "k" });
function identify(user: { id: string; mail: string }, analytics: Analytics) { analytics.identify({ userId: user.id, traits: { mail: user.mail } }); }
export function logIn(user: { id: string; mail: string }) { identify(user, client); }`,
    "identify traits { mail: string } userId: string",
  );
  sends(
    "is a wrapper where the tracker is its own",
    `import { Analytics } from "@segment/analytics-node";
const client = new Analytics({ writeKey: "k" });
function identify(user: { id: string; mail: string }) { client.identify({ userId: user.id, traits: { mail: user.mail } }); }
export function logIn(user: { id: string; mail: string }) { identify(user); }`,
    "identify (forwarder) traits { mail: string } userId: string",
    "identify traits { mail: string } userId: string",
  );
});
