import { describe, expect, test } from "vitest";
import type { Wrapper } from "../../src/calls/types.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";

const POSTHOG = `import posthog from "posthog-js";`;

/** The wrappers, one line each: `name < what feeds it + what it adds: callers`. */
async function wrappersOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { code } = await scan({}, memoryHost(files));
  return code.wrappers.map(lineOf);
}

function lineOf({ name, feeds, adds, callers }: Wrapper): string {
  const added = adds.length === 0 ? "" : ` + ${adds.join(", ")}`;
  return `${name} < ${feeds.join(", ")}${added}: ${callers.map(({ role, at }) => `${role} ${at.line}`).join(", ") || "nobody"}`;
}

describe("the list of wrappers", () => {
  test("begins with the one that is called most, and tells sites from wrappers among the callers", async () => {
    const lines = await wrappersOf({
      "src/track.ts": `${POSTHOG}
export const track = (event: string) => posthog.capture(event);
export const trackCart = (step: string) => track(\`Cart \${step}\`);`,
      "src/app.ts": `import { track, trackCart } from "./track";
track("A");
track("B");
trackCart("Opened");`,
    });
    expect(lines).toEqual(["track < event: site 2, site 3, forwarder 3", "trackCart < step: site 4"]);
  });

  test("names methods by their class, members by their object, and what a hook gives by the hook", async () => {
    const lines = await wrappersOf({
      "src/a.ts": `${POSTHOG}
export class Analytics { track(event: string) { posthog.capture(event); } }
export const analytics = { send(event: string) { posthog.capture(event); } };
export function useTracking() { const capture = (event: string) => posthog.capture(event); return { capture }; }
export function useTrack() { return (event: string) => posthog.capture(event); }`,
    });
    expect(lines).toEqual([
      "Analytics.track < event: nobody",
      "analytics.send < event: nobody",
      "useTracking → capture < event: nobody",
      "useTrack() < event: nobody",
    ]);
  });

  test("says which part of which argument the name comes from, and what is added to it", async () => {
    const lines = await wrappersOf({
      "src/a.ts": `${POSTHOG}
interface Message { type: string; data: { plan: string } }
export function log(message: Message) { posthog.capture(message.type, { ...message.data, app: "web" }); }
export function emit({ event, ...rest }: { event: string; plan: string }) { posthog.capture(event, rest); }
log({ type: "A", data: { plan: "pro" } });
emit({ event: "B", plan: "pro" });`,
    });
    expect(lines).toEqual(["log < message.type + app: site 5", "emit < { event }: site 6"]);
  });

  test("has kinds, sinks and the conditions inside, those of inner wrappers among them", async () => {
    const { code } = await scan(
      {},
      memoryHost({
        "src/a.ts": `${POSTHOG}
function send(event: string) { if (!enabled) return; posthog.capture(event); }
export function track(event: string) { if (consented) send(event); }
track("A");`,
      }),
    );
    expect(
      code.wrappers.map(({ name, kinds, sinks, guards }) => [
        name,
        kinds,
        sinks.map((s) => s.method),
        guards.map((g) => g.text),
      ]),
    ).toEqual([
      ["send", ["track"], ["capture"], ["!enabled"]],
      ["track", ["track"], ["capture"], ["consented", "!enabled"]],
    ]);
  });

  test("leaves out callbacks that nobody can call by a name, and helpers that send a fixed event", async () => {
    const lines = await wrappersOf({
      "src/a.ts": `${POSTHOG}
import { useUserChanged } from "lib";
useUserChanged((user: { id: string }) => posthog.identify(user.id));
export function signedUp() { posthog.capture("Signed Up"); }
signedUp();`,
    });
    expect(lines).toEqual([]);
  });
});
