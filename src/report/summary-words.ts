import { count } from "./pretty-summary.ts";
import type { CheckReport } from "./types.ts";

/** `1 error, 2 warnings in 3 files`, or that there are none. */
export function problemCount({ findings, summary, quiet }: CheckReport): string {
  const { errors, warnings, files, baselined } = summary;
  if (findings.length === 0) return `no ${baselined > 0 ? "new " : ""}${quiet ? "errors" : "problems"}`;
  const parts = [
    ...(errors > 0 ? [count(errors, "error")] : []),
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
  ];
  return `${parts.join(", ")} in ${count(files, "file")}`;
}

/** Whether there is a plan, and whether the code was held against it. */
export function planState({ plan, planIsSound }: CheckReport, path: (file: string) => string): string {
  if (plan === undefined) return "no tracking plan (npx tracklint init writes one)";
  return `plan ${path(plan)}${planIsSound ? "" : " has mistakes, the code was not checked against it"}`;
}
