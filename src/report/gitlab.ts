import { toJson } from "./check-output.ts";
import { fullMessage } from "./full-message.ts";
import type { CheckContext, CheckReport } from "./types.ts";

interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
  readonly location: {
    readonly path: string;
    readonly positions: { readonly begin: CodeQualityPosition; readonly end: CodeQualityPosition };
  };
}

interface CodeQualityPosition {
  readonly line: number;
  readonly column: number;
}

/** The code quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function gitlabReport({ findings }: CheckReport, context: CheckContext): string {
  const unique = uniqueTexts();
  const issues: CodeQualityIssue[] = findings.map((finding) => {
    const { at, severity, rule } = finding;
    return {
      description: fullMessage(finding),
      check_name: rule,
      fingerprint: unique(finding.fingerprint),
      severity: severity === "error" ? "major" : "minor",
      location: {
        path: context.repositoryPath(at.file),
        positions: {
          begin: { line: at.line, column: at.column },
          end: { line: at.endLine, column: at.endColumn },
        },
      },
    };
  });
  return toJson(issues);
}

/** GitLab shows one issue of several with one fingerprint. */
function uniqueTexts(): (text: string) => string {
  const seen = new Map<string, number>();
  return (text) => {
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    return count === 0 ? text : `${text}-${count}`;
  };
}
