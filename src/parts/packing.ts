import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Names a text: equal digests, equal texts. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Longer than any text that a host hands out for its facts: what claims to be more is a bomb. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A text as a part holds it: source code shrinks to a third, and most of it is never unpacked. */
export function packed(text: string): string {
  return deflateRawSync(text).toString("base64");
}

/** @throws RangeError, Error of zlib */
export function unpacked(text: string): string {
  return inflateRawSync(Buffer.from(text, "base64"), { maxOutputLength: MAX_BYTES }).toString("utf8");
}
