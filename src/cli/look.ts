import type { Io, Output } from "./io.ts";

const NARROWEST = 40;
const WITHOUT_TERMINAL = 100;
const WIDEST = 120;

/** How text for people looks on an output: `NO_COLOR` and `FORCE_COLOR` win over what the output is. */
export function lookOf(output: Output, env: Io["env"]): { readonly colour: boolean; readonly width: number } {
  const columns = output.columns ?? Number(env.COLUMNS ?? "");
  const width = columns > 0 ? Math.min(Math.max(columns, NARROWEST), WIDEST) : WITHOUT_TERMINAL;
  return { colour: wantsColour(output, env), width };
}

/** See no-color.org and force-color.org: set and not empty counts, whatever the value; `FORCE_COLOR=0` is off by custom. */
function wantsColour(output: Output, env: Io["env"]): boolean {
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  if (env.NO_COLOR) return false;
  return output.isTTY && env.TERM !== "dumb";
}
