import type { Finding } from "../diagnostics/finding.ts";
import type { Range } from "../diagnostics/range.ts";
import type { Host } from "../host/host.ts";

/** A plan file and how to read it. */
export interface PlanPlace {
  /** At the root of the run, or, for a plan outside it, at the root of the plan's own project. */
  readonly host: Host;
  /** Relative to the root of `host`. */
  readonly path: string;
  /** What leads from the root of the run to that of `host`: `""`, or `../..`. */
  readonly prefix: string;
}

/** A file of the plan as it is reached from the root of the run: `../plans/acme.yaml`. */
export function planPathFrom(prefix: string, file: string): string {
  return prefix === "" ? file : `${prefix}/${file}`;
}

/** The findings with the files of the plan named as they are reached from the root of the run. */
export function relocatePlan(
  findings: readonly Finding[],
  planFiles: ReadonlySet<string>,
  prefix: string,
): readonly Finding[] {
  if (prefix === "") return findings;
  const moved = (at: Range) => (planFiles.has(at.file) ? { ...at, file: planPathFrom(prefix, at.file) } : at);
  return findings.map((finding) => ({
    ...finding,
    at: moved(finding.at),
    ...(finding.plan === undefined ? {} : { plan: moved(finding.plan) }),
    related: finding.related.map((related) => ({ ...related, at: moved(related.at) })),
    ...(finding.fix === undefined
      ? {}
      : {
          fix: { ...finding.fix, changes: finding.fix.changes.map((change) => ({ ...change, at: moved(change.at) })) },
        }),
  }));
}
