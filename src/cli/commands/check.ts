import { type BaselineOptions, check } from "../../lint.ts";
import type { KeptRuns } from "../../project/kept-runs.ts";
import { mayTouch } from "../../project/touched.ts";
import { errorsOnly } from "../../report/errors-only.ts";
import { baselineOf, saveBaseline } from "../baseline.ts";
import { cacheOf } from "../cache.ts";
import { type AskedProject, openAsked } from "../changed.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import { applyFixes, fixesAsDiff, wantsFixes } from "../fix.ts";
import type { Io } from "../io.ts";
import { deliver, hasInvalidPlan, reportContext, tellTimes } from "../output.ts";
import type { CheckFlags } from "../program.ts";
import { withProgress } from "../progress.ts";
import { printReports, type WantedReport, wantedReports } from "../reports.ts";
import { ruleFlagsOf } from "../rule-flags.ts";
import { printConfig } from "./print-config.ts";
import { showFiles } from "./show-files.ts";

export async function runCheck(paths: readonly string[], flags: CheckFlags, io: Io): Promise<ExitCode> {
  if (!flags.watch) return checkOnce(paths, flags, io);
  const { watchAndRun } = await import("../watch.ts");
  const written = wantedReports(flags, io).flatMap(({ path }) => (path === undefined ? [] : [path]));
  return watchAndRun(paths, written, io, (kept) => checkOnce(paths, flags, io, kept));
}

/** @param kept what the earlier runs of this process left */
async function checkOnce(paths: readonly string[], flags: CheckFlags, io: Io, kept?: KeptRuns): Promise<ExitCode> {
  const open = () => openAsked(paths, flags, io, kept);
  const wanted = wantedReports(flags, io);
  const project = await open();
  if (flags.showFiles) return showFiles(project, flags, io);
  if (flags.printConfig !== undefined) return printConfig(project, flags.printConfig, flags, io);
  if (isOtherCommit(project, flags, wanted)) return 0;

  const { root } = project.host;
  const baseline = await baselineOf(flags, root, io);
  const judge = (own: AskedProject, known: BaselineOptions | undefined) =>
    withProgress(io, (progress) =>
      check(
        {
          ...own,
          ...progress,
          ...cacheOf(own.host, flags, io, kept),
          ruleFlags: ruleFlagsOf(flags),
          plugins: flags.plugins,
          ...(known && { baseline: known }),
          ...(flags.against !== undefined && { against: flags.against }),
        },
        own.host,
      ),
    );
  const fixAndJudge = async () => {
    // What becomes part of a baseline today may be fixed first. A host serves one run.
    const before = baseline && { file: baseline.file, entries: baseline.entries };
    const fixed = await applyFixes(async () => judge(await open(), before), flags, io);
    return baseline?.change === undefined ? fixed : judge(await open(), baseline);
  };
  const result = wantsFixes(flags) ? await fixAndJudge() : await judge(project, baseline);

  const { displayPath } = reportContext(root, io, undefined);
  const shown = flags.quiet ? errorsOnly(result) : result;
  if (flags.fixDryRun) await deliver(await fixesAsDiff(result, flags, displayPath), flags.outputFile, io);
  else await printReports(shown, wanted, root, io);
  if (baseline !== undefined) await saveBaseline(baseline, result, displayPath, io);
  await tellTimes(result.stats, flags, io);
  return exitCodeOf(
    {
      errors: result.summary.errors,
      warnings: result.summary.warnings,
      planInvalid: hasInvalidPlan(result.findings),
      internalErrors: result.internalErrors.length,
    },
    flags,
  );
}

/** True for a commit that is none of our business: who commits is told nothing, and doesn't wait. */
function isOtherCommit({ touching }: AskedProject, { staged }: CheckFlags, wanted: readonly WantedReport[]): boolean {
  const isForPerson = wanted.every(({ format, path }) => format === "pretty" && path === undefined);
  return staged === true && isForPerson && touching !== undefined && !mayTouch(touching);
}
