import type { TrackingCall } from "../calls/types.ts";
import { findProperty, propertiesOf, propertyAt } from "./payloads.ts";

/**
 * Keys of a payload by which a tool, or whoever loads the data, drops the second copy of a message:
 * `$insert_id` of Mixpanel (https://docs.mixpanel.com/reference/event-deduplication) and PostHog, `insert_id` of Amplitude,
 * `event_id` of Meta, TikTok and LinkedIn (https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events),
 * `messageId` of Segment and RudderStack.
 */
const messageIdKeys = ["messageId", "message_id", "event_id", "eventId", "eventID", "$insert_id", "insert_id"];

/** Google drops a purchase whose transaction it has had: https://support.google.com/analytics/answer/12313109 */
const messageIdKeysOfFamily: Readonly<Record<string, readonly string[]>> = { ga4: ["transaction_id"] };

/** True for a key that is there to tell copies of a message from one another and says nothing of what happened. */
export function isMessageIdKey(key: string): boolean {
  return messageIdKeys.includes(key);
}

/** True where a call may carry an id by which a second copy of the same message is known. `more` are further keys. */
export function carriesMessageId(call: TrackingCall, more: readonly string[] = []): boolean {
  if (call.messageId !== undefined || propertyAt(call.context, "messageId") !== undefined) return true;
  const payload = propertiesOf(call);
  const keys = [...messageIdKeys, ...call.sinks.flatMap(({ family }) => messageIdKeysOfFamily[family] ?? []), ...more];
  return !payload.complete || keys.some((key) => findProperty(payload, key) !== undefined);
}
