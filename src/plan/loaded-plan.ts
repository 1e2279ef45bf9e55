import type { Finding } from "../diagnostics/finding.ts";
import type { Plan } from "./model.ts";

/** A plan as it was read. With findings it is incomplete, or absent. */
export interface LoadedPlan {
  readonly plan?: Plan | undefined;
  readonly findings: readonly Finding[];
  /** Texts of its files. */
  readonly texts: ReadonlyMap<string, string>;
}

/** True where the code can be held against the plan. */
export function isSound(loaded: LoadedPlan | undefined): boolean {
  return loaded?.findings.length === 0;
}
