import type { AttributionRead } from "../calls/traces.ts";

/** What a visitor arrives with, and by which it is told what brought them. */
export type AttributionKind = AttributionRead["kind"];

/**
 * Parameters that ad platforms append to a landing page's address, and the cookies and fields that hold them. From the
 * lists that browser SDKs collect: posthog-js, mixpanel-browser (utils.js) and @amplitude/analytics-core (constants); fbc
 * and fbp from Meta's Conversions API, `FPGCLAW` and `_gcl_aw` from stape-io/data-client (common_cookie).
 */
const clickIds: readonly string[] = (
  "gclid gclsrc dclid gbraid wbraid gad_source fbclid fbc fbp msclkid twclid ttclid ttp li_fat_id igshid rdt_cid epik " +
  "qclid sccid irclid ko_click_id _kx _gcl_aw _gcl_gb FPGCLAW uet_msclkid"
).split(" ");

const clickIdNames: ReadonlySet<string> = new Set(clickIds.map(plainName));
/** `utm_source` of Google's campaign builder, and any other that begins so: vendors take them all. */
const utm = /^utm(?:_[a-z]+){0,3}$/;
const campaign = /^(?:campaign(?:_(?:name|source|medium|term|content))?|(?:marketing_)?attribution)$/;
const referrer = /^(?:(?:http|document|page)_)?(?:referrer|referer|referring)(?:_(?:url|domain|host|hostname|site))?$/;
const moments = /^(?:initial|first|last|latest|original|landing|signup|visit|session|first_touch|last_touch)_/;

interface NameFacts {
  readonly kind: AttributionKind | undefined;
  readonly isParameter: boolean;
}

/** Code says the same few thousand names again and again. */
const factsByName = new Map<string, NameFacts>();

/** What a key holds, by its name alone: `utm_source`, `$initial_referrer`, `firstUtmCampaign`, `_fbc`. */
export function attributionOf(name: string): AttributionKind | undefined {
  return factsOf(name).kind;
}

/** True for what is written so for this purpose only, wherever it stands: a campaign may be anything, `utm_source` is none. */
export function isParameterName(name: string): boolean {
  return factsOf(name).isParameter;
}

function factsOf(name: string): NameFacts {
  let facts = factsByName.get(name);
  if (facts === undefined) {
    const plain = plainName(name);
    facts = { kind: kindOf(plain), isParameter: /^utm_[a-z]+/.test(plain) || clickIdNames.has(plain) };
    factsByName.set(name, facts);
  }
  return facts;
}

function kindOf(plain: string): AttributionKind | undefined {
  const bare = plain.replace(moments, "").replace(moments, "");
  if (utm.test(bare) || campaign.test(bare)) return "campaign";
  if (referrer.test(bare)) return "referrer";
  return clickIdNames.has(bare) || clickIdNames.has(plain) ? "click-id" : undefined;
}

function plainName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

/** A text that reads such a parameter, or a request's Referer. `utm_source=` is a link that the code writes itself. */
export const ATTRIBUTION_TEXT =
  /\butm_(?:source|medium|campaign)\b(?!=)|\b(?:utmSource|utmCampaign|gclid|gbraid|wbraid|fbclid|msclkid|ttclid|twclid|li_fat_id)\b(?!=)|headers?\.referr?er\b|["'`][Rr]eferr?er["'`]\s*[)\]]/;
