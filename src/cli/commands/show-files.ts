import { filesInScope } from "../../lint.ts";
import type { Project } from "../../project/open-project.ts";
import { visible } from "../../report/visible.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { deliver, reportContext, tellProblems } from "../output.ts";
import type { CheckFlags } from "../program.ts";

/** `--show-files`: the files in scope, one a line. */
export async function showFiles(project: Project, flags: CheckFlags, io: Io): Promise<ExitCode> {
  const { displayPath } = reportContext(project.host.root, io, flags.outputFile);
  const { files, findings } = await filesInScope(project, project.host);
  await deliver(files.map((file) => `${visible(displayPath(file))}\n`).join(""), flags.outputFile, io);
  return tellProblems(findings, displayPath, io);
}
