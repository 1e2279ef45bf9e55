/**
 * - 0: nothing at error level
 * - 1: findings at error level, or more warnings than `--max-warnings`
 * - 2: the user's mistake: flags, plan, configuration
 * - 3: ours: an internal error; the other findings still came
 */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Outcome {
  readonly errors: number;
  readonly warnings: number;
  /** The plan or its `lint` section is not as it must be. */
  readonly planInvalid: boolean;
  readonly internalErrors: number;
}

export interface ExitFlags {
  readonly maxWarnings?: number;
  /** Findings don't fail the run; mistakes and internal errors still do. */
  readonly exitZero?: boolean;
}

export function exitCodeOf(outcome: Outcome, flags: ExitFlags): ExitCode {
  if (outcome.internalErrors > 0) return 3;
  if (outcome.planInvalid) return 2;
  if (flags.exitZero) return 0;
  const tooMany = flags.maxWarnings !== undefined && outcome.warnings > flags.maxWarnings;
  return outcome.errors > 0 || tooMany ? 1 : 0;
}
