import { normaliseName } from "./words.ts";

/** What sort of personal data, or secret, a name speaks of. */
export type PersonalKind = "email" | "phone" | "name" | "address" | "birth" | "ip" | "document" | "secret";

const one = (words: string) => new RegExp(`(?:^|_)(?:${words})$`);

/** The end of a name says what it is: `viewer_email` is an address, `email_count` and `email_id` are none. */
const endings: readonly (readonly [PersonalKind, RegExp])[] = [
  ["email", one("e_?mail|e_?mail_address")],
  [
    "phone",
    one("phone|phone_?number|phone_no|telephone|telephone_number|mobile_number|mobile_phone|cell_phone|msisdn"),
  ],
  [
    "name",
    one(
      "(?:first|last|full|middle|maiden|given|family)_?name|sur_?name|" +
        "(?:user|viewer|visitor|member|invitee|person|patient|contact|recipient|employee|student|guest)_name",
    ),
  ],
  ["address", one("(?:street|postal|home|billing|shipping|mailing|residential|delivery)_address|address_?line_?\\d?")],
  ["birth", one("birth_?date|birth_?day|date_of_birth|dob")],
  ["ip", one("ip|ip_?address|ip_?addr|remote_addr|remote_address")],
  [
    "document",
    one(
      "ssn|social_security|social_security_number|passport_number|passport_no|national_id|national_id_number|" +
        "id_card_number|identity_number|drivers?_licen[cs]e|drivers?_licen[cs]e_number|iban|card_number|credit_card_number",
    ),
  ],
  [
    "secret",
    one(
      "password|passwd|passphrase|api_?key|client_secret|secret_?key|private_key|jwt|magic_link|" +
        "(?:access|refresh|auth|session|bearer|invite|invitation|reset|verification)_?token|" +
        "(?:invite|invitation|reset|password_reset)_?(?:link|url)",
    ),
  ],
];

/** With one of these a name speaks *about* personal data: whether there is any, or what is left after hashing. */
const about: ReadonlySet<string> = new Set(
  (
    "has is was are did can should needs require requires required show shows hide hidden num count total hash hashed sha md5 " +
    "masked redacted encrypted anonymized anonymised verified valid invalid missing changed enabled disabled allow " +
    "send sent via by use with without font"
  ).split(" "),
);
const disguised =
  /hash|sha-?_?(?:1|256|512)\b|md5|digest|hmac|mask|redact|anonymi[sz]|pseudonym|encrypt|obfuscat|tokeni[sz]e/i;

/** Words for a person; what is called `name` under one of them is a person's. */
const people: ReadonlySet<string> = new Set(
  "user viewer visitor member invitee person patient contact recipient employee student guest me profile".split(" "),
);

/** What a key says that its value is. */
export function personalKey(key: string, parent?: string): PersonalKind | undefined {
  const words = normaliseName(key);
  if (words === "name") return parent !== undefined && isPerson(parent) ? "name" : undefined;
  if (saysAbout(words)) return undefined;
  return endings.find(([, ending]) => ending.test(words))?.[0];
}

/** What several are of, where a key is plural: `emails`, `phoneNumbers`. */
export function personalPlural(key: string): PersonalKind | undefined {
  return /[^s]s$/.test(key) ? personalKey(key.slice(0, -1)) : undefined;
}

/** What an expression says that it reads: `user.email`, `session?.user?.name!`, `form.password.trim()`. */
export function personalOrigin(origin: string): PersonalKind | undefined {
  const [last, parent] = lastMembers(origin);
  // A member of an enum or of a class is a constant: `ActionType.resetYourPassword`.
  return last === undefined || /(?:^|[.#])[A-Z]\w*\.\w+$/.test(origin) ? undefined : personalKey(last, parent);
}

/** The same of any part of an expression that puts a text together: `user.firstName + " " + user.lastName`. */
export function personalPart(origin: string): PersonalKind | undefined {
  if (isDisguised(origin)) return undefined;
  const reads = origin.match(/[\w$]+(?:\??\.[\w$]+)*(?![\w$]*\()/g) ?? [];
  return reads.map(personalOrigin).find((kind) => kind !== undefined);
}

/** True where the expression is a whole record of a person, or all that a request brought: `session.user`, `req.body`. */
export function isWholeRecord(origin: string): boolean {
  const [last, parent] = lastMembers(origin);
  if (last === undefined) return false;
  if (last === "body") return parent !== undefined && /^(?:req|request)$/.test(parent);
  return isPerson(last) && last !== "me";
}

/** True for a name of a person: `currentUser`, `viewer`; not for `isGuest`. */
export function isPerson(name: string): boolean {
  const words = normaliseName(name);
  return !saysAbout(words) && people.has(words.split("_").at(-1) ?? "");
}

/** True for a key or an expression that says that the value is hashed, masked or encrypted. */
export function isDisguised(text: string): boolean {
  return disguised.test(text);
}

function saysAbout(words: string): boolean {
  return words.split("_").some((word) => about.has(word));
}

const casts = /\s+(?:as|satisfies)\s+[\w<>[\]|. ]+$/;
const keepsTheText = /\.(?:trim|toLowerCase|toUpperCase|toString|normalize)\(\)$/;

/** The last two names of a chain of reads, its casts and changes of spelling taken off; none where it is no such chain. */
function lastMembers(origin: string): readonly [last?: string, parent?: string] {
  let text = origin.trim();
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(casts, "").replace(/!$/, "").replace(keepsTheText, "");
    text = text.replace(/^String\((.*)\)$/, "$1").replace(/^\(([^()]*)\)$/, "$1");
  }
  const chain = text
    .replaceAll("?.", ".")
    .replaceAll("!.", ".")
    .replace(/\s+as\s+[\w<>[\].]+/g, "");
  // Anything with an operator is no chain of reads.
  if (/[!=<>&|?+*,\s]/.test(chain)) return [];
  const steps = chain.split(/[.#]/);
  const last = steps.at(-1) ?? "";
  if (!/^\$?[\w$]+$/.test(last)) return [];
  const parent = steps
    .at(-2)
    ?.replace(casts, "")
    .replace(/[()]|\[.*\]/g, "");
  return parent === undefined || !/^[\w$]+$/.test(parent) ? [last] : [last, parent];
}
