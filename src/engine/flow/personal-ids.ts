import type { Identifier, IdOrigin, Sink } from "../../calls/types.ts";
import type { Range } from "../../diagnostics/range.ts";
import { sdkById } from "../../sdks/index.ts";
import { isDisguised, type PersonalKind, personalOrigin } from "../naming/personal-data.ts";
import { normaliseName } from "../naming/words.ts";
import { alternativesOf } from "../static-values.ts";

/** What sort of personal data is a bad id: it says who somebody is, and changes. */
export type PersonalIdKind = Extract<PersonalKind, "email" | "phone" | "name">;

export interface PersonalId extends KnownId {
  readonly kind: PersonalIdKind;
}

/** True where an e-mail address is what the vendor itself knows people by. */
export function knowsByEmail({ sdk }: Pick<Sink, "sdk">): boolean {
  return sdkById(sdk)?.knowsByEmail === true;
}

/** What sort of value an id is. `id`: a database's; `hash`: of whatever it may be. */
export type IdKind = PersonalIdKind | "id" | "hash";

/** One of the values that an id may be, where the code says what it is. */
export interface KnownId {
  readonly kind: IdKind;
  /** The expression that it comes from, as written: `session.user.email`. */
  readonly text: string;
  readonly at: Range;
}

/** The values that an id may be, by where they come from; those of which nothing is known are left out. */
export function knownIdsIn(id: Identifier): readonly KnownId[] {
  const origins: readonly IdOrigin[] =
    id.origins ??
    alternativesOf(id.value).flatMap((value) =>
      "origin" in value && value.origin !== undefined ? [{ text: value.origin, at: id.at }] : [],
    );
  return origins.flatMap(({ text, name, at }) => {
    const kind = kindOf(text) ?? (name === undefined ? undefined : kindOf(name));
    return kind === undefined ? [] : [{ kind, text: text.endsWith(")") ? (name ?? text) : text, at }];
  });
}

/** The personal data that an id is, on every path or on some. */
export function personalIdOf(id: Identifier): PersonalId | undefined {
  return knownIdsIn(id).find((one): one is PersonalId => one.kind !== "id" && one.kind !== "hash");
}

function kindOf(text: string): IdKind | undefined {
  if (isDisguised(text)) return "hash";
  const kind = personalOrigin(text);
  // What somebody is called on a site is a handle, made to be an id.
  const isHandle = kind === "name" && /(?:^|_)user_name$/.test(normaliseName(text));
  if (!isHandle && (kind === "email" || kind === "phone" || kind === "name")) return kind;
  return isIdOfPerson(text) ? "id" : undefined;
}

/** `user.id`, `userId`, `session.user._id`, `req.auth.sub`. */
function isIdOfPerson(text: string): boolean {
  const chain = text.replace(/\s+as\s+[\w<>[\].]+|[?!]/g, "");
  if (!/^[\w$.[\]()]+$/.test(chain)) return false;
  const [last = "", parent = ""] = chain.split(".").reverse().map(normaliseName);
  if (/^(?:user|account|customer|member)_?(?:id|uid|uuid)$/.test(last)) return true;
  return (
    /^(?:id|uid|uuid|sub)$/.test(last) && /(?:^|_)(?:user|account|customer|member|me|profile|owner|auth)$/.test(parent)
  );
}
