import { relative, resolve, sep } from "node:path";
import { UserError } from "../../errors.ts";
import { configOf } from "../../lint.ts";
import type { Project } from "../../project/open-project.ts";
import { toJson } from "../../report/check-output.ts";
import { cleanPath } from "../../util/posix-path.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { deliver, reportContext, tellProblems } from "../output.ts";
import type { CheckFlags } from "../program.ts";
import { ruleFlagsOf } from "../rule-flags.ts";

/** `--print-config FILE`: severity and options of each rule for that file, as JSON. The file need not exist. */
export async function printConfig(project: Project, file: string, flags: CheckFlags, io: Io): Promise<ExitCode> {
  const { root } = project.host;
  const path = cleanPath(relative(root, resolve(io.cwd, file)).replaceAll(sep, "/"));
  if (path === undefined || path === "") {
    throw new UserError(`\`${file}\` is not a file below the root, ${root}.`, {
      help: "--print-config takes one file.",
    });
  }
  const { config, findings } = await configOf(
    path,
    { ...project, ruleFlags: ruleFlagsOf(flags), plugins: flags.plugins },
    project.host,
  );
  await deliver(toJson(config), flags.outputFile, io);
  return tellProblems(findings, reportContext(root, io, flags.outputFile).displayPath, io);
}
