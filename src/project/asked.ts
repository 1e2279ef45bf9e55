import type { EngineCode } from "../diagnostics/engine-codes.ts";
import type { Finding } from "../diagnostics/finding.ts";
import type { Scope } from "../discover/scope.ts";

const UNTRUSTED: ReadonlySet<string> = new Set<EngineCode>(["plan-invalid", "internal-error", "missing-part"]);

/** Told whatever was named: the run can't be trusted before these are mended. */
export function makesUntrusted({ rule }: Finding): boolean {
  return UNTRUSTED.has(rule);
}

/** The findings that the user asked for by what was named. */
export function asked(scope: readonly Scope[], planFiles: ReadonlySet<string>): (finding: Finding) => boolean {
  const covers = coveredBy(scope);
  // Who names single files, as a commit hook does, asks about these and not about what the plan lacks.
  const asksForPlan = scope.some((named) => named.folder !== undefined);
  return (finding) =>
    covers(finding.at.file) || makesUntrusted(finding) || (asksForPlan && planFiles.has(finding.at.file));
}

export function coveredBy(scope: readonly Scope[]): (file: string) => boolean {
  return (file) => scope.some((named) => named.covers(file));
}
