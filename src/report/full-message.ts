import type { Finding } from "../diagnostics/finding.ts";

/** What was found, and what to do, as one text. */
export function fullMessage({ message, help }: Pick<Finding, "message" | "help">): string {
  if (help === undefined) return message;
  return `${message}${/[.!?]$/.test(message) ? "" : "."} ${help}`;
}
