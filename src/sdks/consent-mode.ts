/**
 * Google's consent mode, as its tags read it. From developers.google.com/tag-platform/security/guides/consent: `default`
 * comes before any command that sends data, and version 2 asks for the two states about advertising beside the storage
 * types; the names are those of the typings of gtag.js.
 */
export const googleConsentMode = {
  vendor: "google",
  /** Tags that run as soon as they are configured. */
  tags: "ga4",
  /** A container, whose consent platform or template may set the default where no code shows it. */
  container: "gtm",
  requires: ["ad_user_data", "ad_personalization"],
} as const;
