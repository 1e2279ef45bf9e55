import { sdkById } from "../../sdks/index.ts";

const products: Readonly<Record<string, string>> = { ga4: "Google Analytics", gtm: "Google Tag Manager" };

/** Who takes messages without being a vendor: told by an address, a channel or a name alone. */
const unseen: Readonly<Record<string, string>> = {
  "first-party": "this repository's own endpoint",
  http: "an HTTP endpoint",
  message: "a message channel",
  unknown: "a tracker outside this repository",
};

/** The vendor as people know it; Google's two products by their own names. */
export function vendorLabel(of: { readonly sdk: string; readonly vendor: string; readonly family: string }): string {
  return (
    (of.vendor === "google" ? products[of.family] : undefined) ??
    sdkById(of.sdk)?.vendorName ??
    unseen[of.vendor] ??
    of.vendor
  );
}

/** What is started and covered on its own: a vendor, or one of Google's two products. */
export function productOf({ vendor, family }: { readonly vendor: string; readonly family: string }): string {
  return vendor === "google" ? `google/${family}` : vendor;
}
