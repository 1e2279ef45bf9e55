import type { Identifier, Sink } from "../../calls/types.ts";
import type { Range } from "../../diagnostics/range.ts";
import { sdkById } from "../../sdks/index.ts";
import { isDisguised, type PersonalKind, personalOrigin } from "../naming/personal-data.ts";
import { normaliseName } from "../naming/words.ts";
import { alternativesOf } from "../static-values.ts";

/** What sort of personal data is a bad id: it says who somebody is, and changes. */
export type PersonalIdKind = Extract<PersonalKind, "email" | "phone" | "name">;

export interface PersonalId {
  readonly kind: PersonalIdKind;
  /** The expression that it comes from, as written: `session.user.email`. */
  readonly text: string;
  readonly at: Range;
}

/** True where an e-mail address is what the vendor itself knows people by. */
export function knowsByEmail({ sdk }: Pick<Sink, "sdk">): boolean {
  return sdkById(sdk)?.knowsByEmail === true;
}

/** The personal data that an id is, on every path or on some; by where it comes from. */
export function personalIdOf(id: Identifier): PersonalId | undefined {
  const origins =
    id.origins ??
    alternativesOf(id.value).flatMap((value) =>
      "origin" in value && value.origin !== undefined ? [{ text: value.origin, at: id.at }] : [],
    );
  for (const { text, at, ...told } of origins) {
    const name = "name" in told ? told.name : undefined;
    const kind = kindOf(text) ?? (name !== undefined && !isDisguised(text) ? kindOf(name) : undefined);
    if (kind !== undefined) return { kind, text: text.endsWith(")") ? (name ?? text) : text, at };
  }
  return undefined;
}

function kindOf(text: string): PersonalIdKind | undefined {
  const kind = isDisguised(text) ? undefined : personalOrigin(text);
  // What somebody is called on a site is a handle, made to be an id.
  if (kind === "name" && /(?:^|_)user_name$/.test(normaliseName(text))) return undefined;
  return kind === "email" || kind === "phone" || kind === "name" ? kind : undefined;
}
