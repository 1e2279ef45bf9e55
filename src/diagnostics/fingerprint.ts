import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";

/** A finding before it has its identity. */
export interface FindingDraft extends Omit<Finding, "fingerprint"> {
  /** What it is about: an event, `event/property`, a vendor, a plan pointer. */
  readonly subject: string;
  /** Name of the enclosing function, where there is one. */
  readonly enclosing?: string;
}

/**
 * Gives findings their fingerprints: from rule, file, subject, enclosing function, and the ordinal among equals in the
 * order given. Line numbers play no part, so that an edit above a finding doesn't make it a new one.
 */
export function withFingerprints(drafts: Iterable<FindingDraft>): Finding[] {
  const seen = new Map<string, number>();
  return Array.from(drafts, ({ subject, enclosing, ...finding }) => {
    const identity = JSON.stringify([finding.rule, finding.at.file, subject, enclosing ?? ""]);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    const fingerprint = createHash("sha256").update(`${identity}#${ordinal}`).digest("hex").slice(0, 16);
    return { ...finding, fingerprint };
  });
}
