import { scan } from "../../lint.ts";
import { openProject } from "../../project/open-project.ts";
import type { ExitCode } from "../exit-code.ts";
import { SCAN_FORMATS, WRAPPER_FORMATS } from "../formats.ts";
import type { Io } from "../io.ts";
import { deliver, reportContext, statsText, tellProblems } from "../output.ts";
import type { ScanFlags } from "../program.ts";

export async function runScan(paths: readonly string[], flags: ScanFlags, io: Io): Promise<ExitCode> {
  const project = openProject({ cwd: io.cwd, paths, ...(flags.plan === undefined ? {} : { plan: flags.plan }) });
  const { code, root, findings, stats } = await scan(project, project.host);
  const context = reportContext(root, io, flags.outputFile);
  const text = flags.wrappers
    ? await WRAPPER_FORMATS[flags.format](code.wrappers, context, root)
    : await SCAN_FORMATS[flags.format](code, context, root);
  await deliver(text, flags.outputFile, io);
  if (flags.stats) await io.stderr.write(statsText(stats));
  return tellProblems(findings, context.displayPath, io);
}
