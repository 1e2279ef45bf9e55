import { normaliseName, splitParts } from "./words.ts";

/** Names of a completed signup. A person's, not a newsletter's or a waiting list's, and no step on the way to it. */
const signups: ReadonlySet<string> = new Set(
  (
    "signed_up sign_up signup sign_ups signs_up user_signed_up user_sign_up user_signup user_signs_up customer_signed_up " +
    "customer_signup member_signed_up new_signup new_sign_up new_user_signed_up new_user_signup new_user_registered " +
    "sign_up_completed signup_completed sign_up_complete signup_complete completed_signup completed_sign_up " +
    "sign_up_success signup_success sign_up_successful signup_successful sign_up_succeeded signup_succeeded " +
    "sign_up_finished signup_finished user_signup_completed user_sign_up_completed " +
    "registered user_registered customer_registered account_registered registration user_registration " +
    "registration_completed registration_complete completed_registration complete_registration registration_success " +
    "registration_successful registration_succeeded user_registration_completed " +
    "account_created created_account user_account_created account_create"
  ).split(" "),
);

/** Says where it happened and nothing else. */
const contexts: ReadonlySet<string> = new Set(
  "auth authentication account accounts user users onboarding web app api server backend frontend mobile".split(" "),
);

/** True for an event name that means that somebody has signed up: `Signed Up`, `[Authentication] - Signup`, `auth:sign_up`. */
export function isSignupName(name: string): boolean {
  return means(name, (action) => signups.has(action));
}

/** True for an event name that means that somebody has logged in: `Signed In`, `user_logged_in`, `auth:login`. */
export function isLoginName(name: string): boolean {
  return means(name, (action) => logins.test(action));
}

/** True for an event name that means that somebody has logged out: `Signed Out`, `user_logged_out`, `auth:logout`. */
export function isLogoutName(name: string): boolean {
  return means(name, (action) => logouts.test(action));
}

const done = "(?:_(?:completed|complete|succeeded|success|successful))?";
const logins = new RegExp(`^(?:(?:user|customer|member)_)?(?:sign|log|signed|logged)_?in${done}$`);
const logouts = new RegExp(`^(?:(?:user|customer|member)_)?(?:sign|log|signed|logged)_?out${done}$`);

/** Asks of the whole name, and of what is left of it without the parts that say where it happened. */
function means(name: string, isMeant: (action: string) => boolean): boolean {
  const bare = name.replace(/[[({][^\])}]*[\])}]/g, " ");
  const parts = splitParts(/\p{L}/u.test(bare) ? bare : name).map(normaliseName);
  const action = parts.filter((part) => !contexts.has(part));
  return isMeant(parts.join("_")) || (action.length === 1 && isMeant(action[0] ?? ""));
}
