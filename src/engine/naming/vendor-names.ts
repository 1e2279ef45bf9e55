import type { Sink, TrackingCall } from "../../calls/types.ts";
import type { Plan } from "../../plan/model.ts";
import { standardVocabularies } from "../../sdks/vocabularies.ts";
import { automaticEvents } from "../vendors.ts";

/**
 * Whose names a call uses. Most tools take any name, so that one convention can hold for all of them: `product`. Google,
 * tag managers and ad platforms have a vocabulary and rules of their own.
 */
export type Vocabulary = "product" | "ga4" | "gtm" | "meta" | "tiktok" | "snowplow";

const ownVocabulary: Readonly<Record<string, Vocabulary>> = {
  ga4: "ga4",
  gtm: "gtm",
  meta: "meta",
  tiktok: "tiktok",
  snowplow: "snowplow",
};

/** The vocabulary of a call; `product` where at least one of its sinks takes any name. */
export function vocabularyOf(call: TrackingCall): Vocabulary {
  const own = call.sinks.map((sink) => ownVocabulary[sink.family]);
  return own.every((vocabulary) => vocabulary !== undefined) ? (own[0] ?? "product") : "product";
}

/** True for a name that one of the call's destinations defines itself, by a specification or for what it sends alone. */
export function isStandardEvent(call: TrackingCall, name: string): boolean {
  return isSchemaAddress(name) || call.sinks.some((sink) => namesOf(sink).events.has(name));
}

/** True for a property or trait that one of the call's destinations defines itself, or that comes from a link. */
export function isStandardProperty(call: TrackingCall, name: string): boolean {
  return (
    linkParameters.test(name) || name === personKey || call.sinks.some((sink) => namesOf(sink).properties.has(name))
  );
}

/** True for an event of the vocabularies that a plan names, `segment/ecommerce`, `ga4`: of the whole, where it names a part. */
export function isStandardInPlan(plan: Plan | undefined, name: string): boolean {
  return plan?.vocabularies.some((entry) => byVocabulary[entry.split("/")[0] ?? ""]?.events.has(name)) ?? false;
}

/** Names that are no words: an Iglu schema, a trigger that the tag manager fires itself. */
function isSchemaAddress(name: string): boolean {
  return name.startsWith("iglu:") || name.startsWith("gtm.");
}

/** The person's id as PostHog and Mixpanel spell it on the wire, which collectors of one's own pass on as it is. */
const personKey = "distinct_id";

/** Given by whoever made the link: campaign parameters and click ids. */
const linkParameters =
  /^(?:utm_\w+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|fbc|fbp|msclkid|twclid|ttclid|li_fat_id|igshid|rdt_cid|epik|qclid|sccid|irclid|_kx)$/;

interface Names {
  readonly events: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
}

/**
 * The events of a vendor's specification and what else it sends or once named so, and of its properties those of more
 * than one word, since one word fits every casing.
 */
function names(vocabulary: string, properties: string, more: readonly string[] = []): Names {
  const specified = standardVocabularies.find((one) => one.vocabulary === vocabulary)?.events ?? [];
  return {
    events: new Set([...specified.map(({ name }) => name), ...more]),
    properties: new Set(properties.split(" ")),
  };
}

const segment = names(
  "segment",
  "account_name ad_asset_id ad_creative ad_enabled ad_group ad_pod_id ad_type agent_id agent_name agent_username " +
    "asset_id campaign_id campaign_name cart_id categoryPreferences checkout_id content_asset_id content_asset_ids " +
    "content_pod_id content_pod_ids conversationId conversation_duration conversation_id coupon_id coupon_name " +
    "createdAt droppedFrames email_id email_subject experiment_id experiment_name firstName first_name " +
    "from_background full_episode full_screen groupId image_url invitee_email invitee_first_name " +
    "invitee_last_name invitee_role lastName last_name link_id link_url list_id list_name load_type messageId " +
    "message_body message_id order_id payment_method pod_id pod_length pod_position postalCode previous_build " +
    "previous_version product_id promotion_id referring_application review_body review_id seek_position session_id " +
    "share_message share_via shipping_method startupTime sub_type total_length trial_end_date trial_plan_name " +
    "trial_start_date user_agent variation_id variation_name video_player wishlist_id wishlist_name",
);

/** Of generating leads, of apps, and of the pages of Universal Analytics. */
const ga4Events = (
  "working_lead qualify_lead disqualify_lead close_convert_lead close_unconvert_lead exception timing_complete error " +
  "app_remove app_store_refund app_store_subscription_cancel app_store_subscription_renew in_app_purchase"
).split(" ");

const ga4 = names(
  "ga4",
  "achievement_id ad_format ad_platform ad_source ad_unit_name campaign_id content_id content_type " +
    "disqualified_lead_reason event_callback event_category event_label event_timeout group_id item_brand " +
    "item_category item_id item_list_id item_list_name item_name item_variant lead_status location_id " +
    "non_interaction page_location page_path page_referrer page_title payment_type screen_class screen_name " +
    "search_term send_to session_id shipping_tier transaction_id transport_type unconvert_lead_reason user_id " +
    "virtual_currency_name",
  [...(automaticEvents.ga4 ?? []), ...ga4Events],
);

const meta = names(
  "meta",
  "content_category content_ids content_name content_type delivery_category event_id num_items predicted_ltv " +
    "search_string",
);

const tiktok = names("tiktok", "content_id content_ids content_name content_type event_id search_string", [
  "PlaceAnOrder",
  "CompletePayment",
]);

/** Of what these send by themselves, and the keys that their protocol has; names with `$` are known to be the vendor's. */
const posthog = names("posthog", "");
const mixpanel = names("mixpanel", "mp_lib");
const amplitude = names(
  "amplitude",
  "device_id user_id session_id event_type event_properties user_properties insert_id",
  [
    "revenue_amount",
    ...(automaticEvents.amplitude ?? []),
    ...[
      "Page Viewed",
      "Form Started",
      "Form Submitted",
      "File Downloaded",
      "Element Clicked",
      "Element Changed",
      "Screen Viewed",
      "Deep Link Opened",
    ].map((name) => `[Amplitude] ${name}`),
  ],
);
const none = names("", "");

const byVocabulary: Readonly<Record<string, Names>> = {
  segment,
  rudderstack: segment,
  ga4,
  meta,
  tiktok,
  posthog,
  mixpanel,
  amplitude,
};

const byFamily: Readonly<Record<string, Names>> = {
  "segment-spec": segment,
  ga4,
  gtm: ga4,
  meta,
  tiktok,
  posthog,
  mixpanel,
  amplitude,
  "amplitude-legacy": amplitude,
};

function namesOf(sink: Sink): Names {
  return byFamily[sink.family] ?? none;
}
