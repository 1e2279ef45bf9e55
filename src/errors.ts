/** The user's mistake: a flag, the plan's path, the configuration. Printed without a stack trace; exit code 2. */
export class UserError extends Error {
  /** What to do about it. */
  readonly help: string | undefined;
  constructor(message: string, options: { help?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UserError";
    this.help = options.help;
  }
}

/** Our mistake, with the stage, file or rule in which it happened; exit code 3. */
export class InternalError extends Error {
  readonly stage: string;
  constructor(stage: string, cause: unknown) {
    super(`Internal error in ${stage}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = "InternalError";
    this.stage = stage;
  }
}
