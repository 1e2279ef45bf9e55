import { expect, test } from "vitest";
import { scanCalls } from "./calls-of.ts";

/** What is known of the message ids of the calls, in the order of their places. */
async function messageIds(code: string) {
  return (await scanCalls(code)).map(({ messageId }) => messageId?.text);
}

test("a message id stands where the SDK has a place for it", async () => {
  const ids = await messageIds(`import { Analytics } from "@segment/analytics-node";
import { PostHog } from "posthog-node";
const analytics = new Analytics({ writeKey: "key" });
export function run(posthog: PostHog, id: string) {
  analytics.track({ userId: "u", event: "A", messageId: id });
  analytics.track({ userId: "u", event: "B" });
  posthog.capture({ distinctId: "u", event: "C", uuid: "x" });
  fbq("track", "Purchase", { value: 1 }, { eventID: id });
}`);
  expect(ids).toEqual(["id", undefined, '"x"', "id"]);
});

test("a message id that a wrapper hands on is its callers'", async () => {
  const ids = await messageIds(`import { Analytics } from "@segment/analytics-node";
const analytics = new Analytics({ writeKey: "key" });
function track(event: string, messageId?: string) { analytics.track({ userId: "u", event, messageId }); }
track("A", "m-1");
track("B");`);
  expect(ids.slice(-2)).toEqual(['"m-1"', undefined]);
});
