import type { Finding } from "../diagnostics/finding.ts";
import type { ReportContext } from "./types.ts";
import { visible } from "./visible.ts";

/** Findings as one line each, for the side of a command whose output is something else. */
export function briefFindings(findings: readonly Finding[], displayPath: ReportContext["displayPath"]): string {
  return findings
    .map(({ at, severity, message, help }) => {
      const place = `${displayPath(at.file)}:${at.line}:${at.column}`;
      const level = severity === "error" ? "error" : "warning";
      return `${visible(`${place}: ${level}: ${message}${help === undefined ? "" : `. ${help}`}`)}\n`;
    })
    .join("");
}
