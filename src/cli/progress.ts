import type { Progress } from "../util/progress.ts";
import type { Io } from "./io.ts";

/** Runs that are shorter show nothing. */
const PATIENCE_MILLISECONDS = 1000;
const REDRAW_MILLISECONDS = 100;
const ERASE_LINE = "\r\u001b[K";

const DOING: Readonly<Record<string, string>> = {
  plan: "reading the plan",
  "earlier plan": "reading the earlier plan",
  cache: "comparing with the last run",
  discover: "listing files",
  skim: "reading files",
  parse: "parsing",
  link: "following calls",
  rules: "applying rules",
  plugins: "loading plugins",
};

export interface ProgressLine {
  readonly progress?: Progress;
  /** Takes the line away. To be called before anything else is printed. */
  clear(): void;
}

/** A line on a terminal's standard error that says what is being done; none in a pipe, in CI or on a dumb terminal. */
export function progressLine({ stderr, env }: Pick<Io, "stderr" | "env">): ProgressLine {
  if (!stderr.isTTY || env.CI || env.TERM === "dumb") return { clear: () => undefined };
  const started = performance.now();
  let drawn: number | undefined;
  return {
    progress(stage, done, total) {
      const now = performance.now();
      if (now - started < PATIENCE_MILLISECONDS || (drawn !== undefined && now - drawn < REDRAW_MILLISECONDS)) return;
      drawn = now;
      // A terminal is written at once: nothing has to be waited for, and the run leaves no time to.
      void stderr.write(`${ERASE_LINE}${text(stage, done, total)}`);
    },
    clear() {
      if (drawn !== undefined) void stderr.write(ERASE_LINE);
      drawn = undefined;
    },
  };
}

function text(stage: string, done: number | undefined, total: number | undefined): string {
  const counted = done === undefined ? "" : ` ${number(done)}${total === undefined ? "" : ` of ${number(total)}`}`;
  return `${DOING[stage] ?? stage}${counted}…`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** Draws the line while the work goes on. */
export async function withProgress<Result>(
  io: Io,
  work: (options: { readonly progress?: Progress }) => Promise<Result>,
): Promise<Result> {
  const line = progressLine(io);
  try {
    return await work(line.progress === undefined ? {} : { progress: line.progress });
  } finally {
    line.clear();
  }
}
