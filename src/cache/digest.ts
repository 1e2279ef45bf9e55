import { createHash } from "node:crypto";

/** Names a text: equal digests, equal texts. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
