import type { Sink, TrackingCall } from "../../calls/types.ts";

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

/** True for an event of a vocabulary that the plan names: `segment/ecommerce`, `ga4`. */
export function isStandardIn(vocabulary: string, name: string): boolean {
  return byVocabulary[vocabulary.split("/")[0] ?? ""]?.events.has(name) ?? false;
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

function names(events: string, properties: string): Names {
  return { events: new Set(events.split("|")), properties: new Set(properties.split(" ")) };
}

/** From the vendors' specifications; of the properties those of more than one word, since one word fits every casing. */
const segment = names(
  "Products Searched|Product List Viewed|Product List Filtered|Promotion Viewed|Promotion Clicked|Product Clicked|" +
    "Product Viewed|Product Added|Product Removed|Cart Viewed|Checkout Started|Checkout Step Viewed|" +
    "Checkout Step Completed|Payment Info Entered|Order Updated|Order Completed|Order Refunded|Order Cancelled|" +
    "Coupon Entered|Coupon Applied|Coupon Denied|Coupon Removed|Product Added to Wishlist|" +
    "Product Removed from Wishlist|Wishlist Product Added to Cart|Product Shared|Cart Shared|Product Reviewed|" +
    "Account Created|Account Deleted|Signed Up|Signed In|Signed Out|Invite Sent|Account Added User|" +
    "Account Removed User|Trial Started|Trial Ended|Application Installed|Application Opened|" +
    "Application Backgrounded|Application Foregrounded|Application Updated|Application Uninstalled|" +
    "Application Crashed|Install Attributed|Push Notification Received|Push Notification Tapped|" +
    "Push Notification Bounced|Deep Link Opened|Deep Link Clicked|Email Bounced|Email Delivered|Email Link Clicked|" +
    "Email Marked as Spam|Email Opened|Unsubscribed|Live Chat Conversation Started|Live Chat Conversation Ended|" +
    "Live Chat Message Sent|Live Chat Message Received|Experiment Viewed|Video Playback Started|" +
    "Video Playback Paused|Video Playback Interrupted|Video Playback Buffer Started|" +
    "Video Playback Buffer Completed|Video Playback Seek Started|Video Playback Seek Completed|" +
    "Video Playback Resumed|Video Playback Completed|Video Playback Exited|Video Content Started|" +
    "Video Content Playing|Video Content Completed|Video Ad Started|Video Ad Playing|Video Ad Completed|" +
    "Video Quality Updated|Conversation Started|Message Sent|Message Received|Conversation Ended|Action Invoked|" +
    "Media Generated|Component Loaded|Feedback Submitted|Segment Consent Preference Updated",
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

const ga4 = names(
  "ad_impression|add_payment_info|add_shipping_info|add_to_cart|add_to_wishlist|begin_checkout|campaign_details|" +
    "earn_virtual_currency|generate_lead|join_group|level_up|login|post_score|purchase|refund|remove_from_cart|" +
    "screen_view|search|select_content|select_item|select_promotion|share|sign_up|spend_virtual_currency|" +
    "tutorial_begin|tutorial_complete|unlock_achievement|view_cart|view_item|view_item_list|view_promotion|" +
    "view_search_results|working_lead|qualify_lead|disqualify_lead|close_convert_lead|close_unconvert_lead|" +
    "exception|page_view|timing_complete|app_remove|app_store_refund|app_store_subscription_cancel|" +
    "app_store_subscription_renew|click|error|file_download|first_open|first_visit|form_start|form_submit|" +
    "in_app_purchase|scroll|session_start|user_engagement|view_complete|video_progress|video_start",
  "achievement_id ad_format ad_platform ad_source ad_unit_name campaign_id content_id content_type " +
    "disqualified_lead_reason event_callback event_category event_label event_timeout group_id item_brand " +
    "item_category item_id item_list_id item_list_name item_name item_variant lead_status location_id " +
    "non_interaction page_location page_path page_referrer page_title payment_type screen_class screen_name " +
    "search_term send_to session_id shipping_tier transaction_id transport_type unconvert_lead_reason user_id " +
    "virtual_currency_name",
);

const meta = names(
  "AddPaymentInfo|AddToCart|AddToWishlist|CompleteRegistration|Contact|CustomizeProduct|Donate|FindLocation|" +
    "InitiateCheckout|Lead|Purchase|Schedule|Search|StartTrial|SubmitApplication|Subscribe|ViewContent|PageView",
  "content_category content_ids content_name content_type delivery_category event_id num_items predicted_ltv " +
    "search_string",
);

const tiktok = names(
  "AddPaymentInfo|AddToCart|AddToWishlist|ApplicationApproval|CompleteRegistration|Contact|CustomizeProduct|" +
    "Download|FindLocation|InitiateCheckout|Purchase|Schedule|Search|StartTrial|SubmitApplication|SubmitForm|" +
    "Subscribe|ViewContent|ClickButton|PlaceAnOrder|CompletePayment",
  "content_id content_ids content_name content_type event_id search_string",
);

/** What these send by themselves, and the keys that their protocol has; names with `$` are known to be the vendor's. */
const posthog = names(
  "survey shown|survey sent|survey dismissed|Application Installed|Application Updated|Application Opened|" +
    "Application Became Active|Application Backgrounded",
  "distinct_id",
);
const mixpanel = names("", "distinct_id mp_lib");
const amplitude = names(
  "revenue_amount|session_start|session_end|[Amplitude] Page Viewed|[Amplitude] Form Started|" +
    "[Amplitude] Form Submitted|[Amplitude] File Downloaded|[Amplitude] Element Clicked|[Amplitude] Element Changed|" +
    "[Amplitude] Screen Viewed|[Amplitude] Deep Link Opened",
  "device_id user_id session_id event_type event_properties user_properties insert_id",
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
