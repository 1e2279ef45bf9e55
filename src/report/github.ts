import type { Finding } from "../diagnostics/finding.ts";
import { COMMAND_NEWLINE, commandData, commandProperty } from "./escape.ts";
import { levelWord } from "./level-word.ts";
import type { CheckContext, CheckReport } from "./types.ts";

/**
 * Annotations of GitHub Actions, as workflow commands:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function githubReport({ findings }: CheckReport, context: CheckContext): string {
  return findings.map((finding) => `${annotation(finding, context)}\n`).join("");
}

function annotation({ at, severity, rule, message, help, plan, url }: Finding, context: CheckContext): string {
  const properties: (readonly [string, string | number])[] = [
    ["title", `tracklint (${rule})`],
    ["file", context.repositoryPath(at.file)],
    ["line", at.line],
    ["col", at.column],
    // The runner drops the columns of what spans several lines: such a finding is shown where it starts.
    ...(at.endLine === at.line
      ? ([
          ["endLine", at.endLine],
          ["endColumn", at.endColumn],
        ] as const)
      : []),
  ];
  const lines = [
    message,
    ...(help === undefined ? [] : [help]),
    ...(plan === undefined ? [] : [`Plan: ${context.repositoryPath(plan.file)}:${plan.line}:${plan.column}`]),
    ...(url === undefined ? [] : [url]),
  ];
  const told = properties.map(([name, value]) => `${name}=${commandProperty(String(value))}`).join(",");
  return `::${levelWord(severity)} ${told}::${lines.map(commandData).join(COMMAND_NEWLINE)}`;
}
