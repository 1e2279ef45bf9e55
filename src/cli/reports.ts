import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { UserError } from "../errors.ts";
import { withoutCommands } from "../report/escape.ts";
import type { CheckReport } from "../report/types.ts";
import { nearestName } from "../util/nearest-name.ts";
import { checkContext } from "./check-context.ts";
import { CHECK_FORMATS, type CheckFormat } from "./formats.ts";
import type { Io } from "./io.ts";
import { deliver } from "./output.ts";

/** A report that a run prints. */
export interface WantedReport {
  readonly format: CheckFormat;
  /** A file, relative to the working directory; absent: standard output. */
  readonly path?: string;
}

export interface ReportFlags {
  /** Absent: the user named none. */
  readonly format?: readonly WantedReport[];
  readonly outputFile?: string;
  readonly fixDryRun?: boolean;
  readonly watch?: boolean;
}

/** Formats whose text is code in part: GitHub Actions could take a line of it for a command. */
const PLAIN_TEXT: ReadonlySet<CheckFormat> = new Set(["pretty", "compact", "agent"]);

/** `name` or `name=file`, one more of those that were given. */
export function formatFlag(text: string, earlier: readonly WantedReport[] = []): readonly WantedReport[] {
  const [, name = "", path] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!isFormat(name)) {
    const names = Object.keys(CHECK_FORMATS);
    const near = nearestName(name, names);
    throw new InvalidArgumentError(
      `It is one of ${names.join(", ")}, or name=file.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    );
  }
  if (path === "") throw new InvalidArgumentError(`Write it as ${name}=FILE, or as ${name} for standard output.`);
  return [...earlier, { format: name, ...(path === undefined ? {} : { path }) }];
}

/**
 * What a run prints and where. On GitHub Actions, where nobody chose, annotations come after the report for people.
 *
 * @throws UserError where two reports would go to one place
 */
export function wantedReports(flags: ReportFlags, { cwd, env }: Pick<Io, "cwd" | "env">): readonly WantedReport[] {
  const { format: chosen, outputFile } = flags;
  if (chosen === undefined) {
    if (outputFile !== undefined) return [{ format: "pretty", path: outputFile }];
    const annotates = env.GITHUB_ACTIONS === "true" && !flags.fixDryRun && !flags.watch;
    return annotates ? [{ format: "pretty" }, { format: "github" }] : [{ format: "pretty" }];
  }
  const [first, second] = chosen.filter(({ path }) => path === undefined);
  if (first !== undefined && second !== undefined) {
    throw new UserError(
      `\`--format ${first.format}\` and \`--format ${second.format}\` would both go to ${outputFile === undefined ? "standard output" : `\`${outputFile}\``}.`,
      { help: `Name a file for one of them: \`--format ${second.format}=FILE\`.` },
    );
  }
  if (outputFile !== undefined && first === undefined) {
    throw new UserError(`No report is left for \`--output-file ${outputFile}\`: every \`--format\` names its file.`);
  }
  const wanted = chosen.map((one) => (outputFile === undefined ? one : { path: outputFile, ...one }));
  const files = wanted.flatMap(({ path }) => (path === undefined ? [] : [resolve(cwd, path)]));
  const twice = wanted.find(
    ({ path }) => path !== undefined && files.filter((one) => one === resolve(cwd, path)).length > 1,
  );
  if (twice !== undefined) throw new UserError(`Two reports would go to \`${twice.path}\`.`);
  return wanted;
}

/** Prints the reports, each where it belongs. */
export async function printReports(
  report: CheckReport,
  wanted: readonly WantedReport[],
  root: string,
  io: Io,
): Promise<void> {
  for (const { format, path } of wanted) {
    const text = await CHECK_FORMATS[format](report, checkContext(root, io, path));
    const isForRunner = path === undefined && io.env.GITHUB_ACTIONS === "true" && PLAIN_TEXT.has(format);
    await deliver(isForRunner ? withoutCommands(text) : text, path, io);
  }
}

function isFormat(name: string): name is CheckFormat {
  return Object.hasOwn(CHECK_FORMATS, name);
}
