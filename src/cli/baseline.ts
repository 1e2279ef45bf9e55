import { BASELINE_FILE, printBaseline } from "../baseline/baseline.ts";
import { readBaseline } from "../baseline/read-baseline.ts";
import { UserError } from "../errors.ts";
import type { BaselineOptions, CheckResult } from "../lint.ts";
import { openBaseline } from "../project/baseline-file.ts";
import { count } from "../report/pretty-summary.ts";
import { visible } from "../report/visible.ts";
import type { Io } from "./io.ts";
import type { CheckFlags } from "./program.ts";

/** A baseline that is read, and written back where the flags ask for it. */
export interface OpenBaseline extends BaselineOptions {
  /** Absolute path. */
  readonly path: string;
  readonly isNew: boolean;
}

/**
 * The baseline that the flags ask for; undefined where there is none.
 *
 * @throws UserError where it is damaged, or named and not there
 */
export async function baselineOf(flags: CheckFlags, root: string, io: Io): Promise<OpenBaseline | undefined> {
  const { updateBaseline, pruneBaseline, baseline: named } = flags;
  const change = updateBaseline ? "update" : pruneBaseline ? "prune" : undefined;
  if (named === false) {
    if (change === undefined) return undefined;
    throw new UserError(`--no-baseline leaves nothing to ${change}.`, { help: "Leave one of the two flags out." });
  }
  const { path, file, text } = openBaseline(root, BASELINE_FILE, io.cwd, named);
  if (text === undefined && change !== "update") {
    if (named === undefined && change === undefined) return undefined;
    throw new UserError(`There is no baseline \`${named ?? file}\`.`, {
      help: "`tracklint check --update-baseline` writes one.",
    });
  }
  const entries = text === undefined ? [] : await readBaseline(text, file);
  return { path, file, entries, isNew: text === undefined, ...(change === undefined ? {} : { change }) };
}

/** Writes the changed baseline, and says on standard error what became of it. */
export async function saveBaseline(
  { path, file, isNew, change }: OpenBaseline,
  result: CheckResult,
  displayPath: (file: string) => string,
  io: Io,
): Promise<void> {
  if (change === undefined) return;
  const shown = visible(displayPath(file));
  if (result.changedBaseline === undefined) {
    await io.stderr.write(`${shown} was left as it is: first mend what keeps the code from being judged.\n`);
    return;
  }
  const { entries, added, removed } = result.changedBaseline;
  const changes = [...(added > 0 ? [`${added} added`] : []), ...(removed > 0 ? [`${removed} removed`] : [])].join(", ");
  const tally = count(entries.length, "entry", "entries");
  if (!isNew && changes === "") {
    await io.stderr.write(`${shown} is up to date: ${tally}\n`);
    return;
  }
  io.writeFile(path, printBaseline(entries));
  await io.stderr.write(`✔ Wrote ${shown}: ${tally}${changes === "" ? "" : ` (${changes})`}\n`);
}
