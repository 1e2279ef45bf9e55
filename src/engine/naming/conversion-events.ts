import { isSignupName } from "./account-events.ts";
import { normaliseName } from "./words.ts";

/**
 * Names of what a business counts: a purchase, a subscription, a trial, a lead. A payment alone is none: it also
 * succeeds when a subscription renews.
 */
const conversions =
  /^(?:(?:order|purchase|checkout)_(?:completed|complete|succeeded|placed|paid)|(?:completed|placed)_(?:order|purchase|checkout)|(?:subscription|trial)_(?:started|created)|(?:started|created)_(?:subscription|trial)|purchased?|subscribed|demo_(?:requested|booked)|lead_(?:created|submitted)|generate_lead|lead|start_trial|subscribe)$/;

/** True for an event name that means what a business counts: `Signed Up`, `Order Completed`, `generate_lead`. */
export function isConversionName(name: string): boolean {
  return isSignupName(name) || conversions.test(normaliseName(name));
}

const renewals = /renew|recurring|subscription_?cycle|invoice\W*_?(?:paid|payment)|dunning/i;

/** True for a text that says that somebody who pays already pays again. */
export function saysRenewal(text: string): boolean {
  return renewals.test(text);
}
