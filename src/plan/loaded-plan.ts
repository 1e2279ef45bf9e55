import type { Finding } from "../diagnostics/finding.ts";
import type { Plan } from "./model.ts";

export interface LoadedPlan {
  /**
   * What could be read. With findings it is incomplete: its lint settings can be used, but what the code sends should
   * not be held against it. Absent where no file is a YAML map.
   */
  readonly plan?: Plan | undefined;
  /** All of rule `plan-invalid` and severity `error`, in the order of their places. */
  readonly findings: readonly Finding[];
  /** The text of every file of the plan, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A plan whose files were read. What they say is worked out where somebody asks: the texts tell whether it is known. */
export interface ReadPlan extends Omit<LoadedPlan, "plan"> {
  /** It names plugins. */
  readonly hasPlugins: boolean;
  /** Its events have versions, so that an earlier plan says something about them. */
  readonly hasVersions: boolean;
  load(): Promise<LoadedPlan>;
}

/** True where the code can be held against the plan. */
export function isSound(loaded: Pick<LoadedPlan, "findings"> | undefined): boolean {
  return loaded?.findings.length === 0;
}
