import { resolve } from "node:path";
import { watchFiles } from "../host/watch-files.ts";
import { type KeptRuns, keepRuns } from "../project/kept-runs.ts";
import { openProject } from "../project/open-project.ts";
import { describeError } from "./describe-error.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** Erases the screen and what was scrolled off it, and goes to the top. */
const CLEAR_SCREEN = "\u001b[2J\u001b[3J\u001b[H";

/**
 * Runs a check, and again whenever a file changes, until the user stops it. Gives the exit code of the last run.
 *
 * @param written files that the run itself writes
 * @param once one run, which leaves what it found to the next
 */
export async function watchAndRun(
  paths: readonly string[],
  written: readonly string[],
  io: Io,
  once: (kept: KeptRuns) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { host } = openProject({ cwd: io.cwd, paths });
  const kept = keepRuns();
  let code: ExitCode = 0;
  const run = async () => {
    const started = performance.now();
    if (io.stdout.isTTY) await io.stdout.write(CLEAR_SCREEN);
    try {
      code = await once(kept);
    } catch (error) {
      // A plan that is just being moved, a folder that is gone: the next change may mend it.
      await io.stderr.write(describeError(error, io.env));
      code = 2;
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    await io.stderr.write(`\nChecked in ${seconds} s. Waiting for changes; Ctrl-C ends.\n`);
  };
  let last = Promise.resolve();
  let isWaiting = false;
  /** At most one run waits for the one that is under way: it sees all that changed meanwhile. */
  const again = (hasSameFiles: boolean) => {
    if (!hasSameFiles) kept.folders.forget();
    if (isWaiting) return;
    isWaiting = true;
    last = last.then(() => {
      isWaiting = false;
      return run();
    });
  };
  const watcher = await watchFiles(
    host,
    written.map((path) => resolve(io.cwd, path)),
    again,
  );
  again(true);
  await io.interrupted();
  await watcher.close();
  await last;
  return code;
}
