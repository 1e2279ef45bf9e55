import type { Severity } from "../diagnostics/finding.ts";

/** A severity as people read it. */
export function levelWord(severity: Severity): "error" | "warning" {
  return severity === "error" ? "error" : "warning";
}
