import type { TrackingCall } from "../calls/types.ts";

/** Items as prose, the first `most` of them: `a, b and 3 more`. */
export function listOf(items: readonly string[], most: number): string {
  return items.length <= most ? items.join(", ") : `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

/** Names of the code or the plan as prose, each once: `` `a`, `b` and 3 more ``. */
export function listOfNames(names: Iterable<string>, most: number): string {
  return listOf(
    [...new Set(names)].map((name) => `\`${name}\``),
    most,
  );
}

/** What a message calls a call: by its event, else by what it does. */
export function nameOfCall({ kind, events }: Pick<TrackingCall, "kind" | "events">): string {
  const [event] = events;
  if (event !== undefined) return `\`${event.value}\``;
  return kind === "track" ? "An event" : `A call of \`${kind}\``;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
