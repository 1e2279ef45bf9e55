import { InternalError, UserError } from "../errors.ts";
import type { Io } from "./io.ts";

/** One clear message; the stack only for those who look for it. */
export function describeError(error: unknown, env: Io["env"]): string {
  if (error instanceof UserError)
    return `error: ${error.message}\n${error.help === undefined ? "" : `${error.help}\n`}`;
  const internal = error instanceof InternalError ? error : new InternalError("tracklint", error);
  const stack = internal.cause instanceof Error ? internal.cause.stack : undefined;
  const detail = env.TRACKLINT_DEBUG ? `${stack ?? ""}\n` : "";
  return `${internal.message}\nThis is a bug of tracklint. TRACKLINT_DEBUG=1 shows where it happened.\n${detail}`;
}
