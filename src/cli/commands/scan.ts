import { explain, scan } from "../../lint.ts";
import { readPackage } from "../../part.ts";
import { fileIn, openProject } from "../../project/open-project.ts";
import { count } from "../../report/pretty-summary.ts";
import { visible } from "../../report/visible.ts";
import { cacheOf } from "../cache.ts";
import type { ExitCode } from "../exit-code.ts";
import { EXPLAIN_FORMATS, SCAN_FORMATS, WRAPPER_FORMATS } from "../formats.ts";
import type { Io } from "../io.ts";
import { deliver, reportContext, tellProblems, tellTimes } from "../output.ts";
import type { PlaceFlag, ScanFlags } from "../program.ts";
import { withProgress } from "../progress.ts";

export async function runScan(paths: readonly string[], flags: ScanFlags, io: Io): Promise<ExitCode> {
  if (flags.out !== undefined) return writePart(flags.out, paths, flags, io);
  if (flags.explain !== undefined) return runExplainPlace(flags.explain, paths, flags, io);
  const project = openProject({ cwd: io.cwd, paths, ...planFlag(flags) });
  const { code, root, findings, stats } = await withProgress(io, (progress) =>
    scan({ ...project, ...progress, ...cacheOf(project.host, flags, io) }, project.host),
  );
  const context = reportContext(root, io, flags.outputFile);
  const text = flags.wrappers
    ? await WRAPPER_FORMATS[flags.format](code.wrappers, context, root)
    : await SCAN_FORMATS[flags.format](code, context, root);
  await deliver(text, flags.outputFile, io);
  await tellTimes(stats, flags, io);
  return tellProblems(findings, context.displayPath, io);
}

async function writePart(out: string, paths: readonly string[], flags: ScanFlags, io: Io): Promise<ExitCode> {
  const { openPackage } = await import("../../project/open-package.ts");
  const place = openPackage({ cwd: io.cwd, paths, ...planFlag(flags) });
  const part = await readPackage(place, place.host);
  const { printPart } = await import("../../parts/print-part.ts");
  io.writeFile(out, printPart(part, io.program));
  const files = [...part.files.values()].filter(({ text }) => text !== undefined).length;
  await io.stderr.write(`✔ Wrote ${visible(out)}: ${count(files, "file")} of ${visible(place.folder) || "the root"}\n`);
  return 0;
}

async function runExplainPlace(
  place: PlaceFlag,
  paths: readonly string[],
  flags: ScanFlags,
  io: Io,
): Promise<ExitCode> {
  const project = openProject({ cwd: io.cwd, paths, ...planFlag(flags) });
  const asked = { ...place, file: fileIn(project, io.cwd, place.file) };
  const { explanation, root, findings, stats, textOf } = await withProgress(io, (progress) =>
    explain(asked, { ...project, ...progress }, project.host),
  );
  const context = reportContext(root, io, flags.outputFile);
  const text = await EXPLAIN_FORMATS[flags.format]({ explanation, textOf }, context, root);
  await deliver(text, flags.outputFile, io);
  await tellTimes(stats, flags, io);
  return tellProblems(findings, context.displayPath, io);
}

function planFlag({ plan }: ScanFlags): { readonly plan?: string } {
  return plan === undefined ? {} : { plan };
}
