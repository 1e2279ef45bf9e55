import { distance } from "fastest-levenshtein";

/**
 * The candidate that `name` was probably meant to be; undefined when none is near. Case and separators count only
 * between equally near candidates: `order_completed` is near `Order Completed`. An equal name is not a candidate.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(name);
  let best: { readonly candidate: string; readonly loose: number; readonly exact: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const other = normalise(candidate);
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    if (Math.abs(wanted.length - other.length) > allowed) continue;
    const loose = distance(wanted, other);
    // A name of which nothing is left is another name, however short both are.
    if (loose > allowed || (loose > 0 && loose >= Math.min(wanted.length, other.length))) continue;
    const exact = distance(name, candidate);
    if (best === undefined || loose < best.loose || (loose === best.loose && exact < best.exact)) {
      best = { candidate, loose, exact };
    }
  }
  return best?.candidate;
}

/** Whether one name becomes the other by at most so many edits of a letter. */
export function areWithin(name: string, other: string, edits: number): boolean {
  return distance(name, other) <= edits;
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[\s_\-.:/]+/g, "");
}
