import { sdkById } from "../../sdks/index.ts";

const products: Readonly<Record<string, string>> = { ga4: "Google Analytics", gtm: "Google Tag Manager" };

/** What is told by its address or its name alone has no vendor. */
const unseen: Readonly<Record<string, string>> = {
  http: "what is sent over HTTP",
  unknown: "the tracker that is not in this repository",
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
