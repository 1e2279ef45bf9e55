import { CommanderError } from "commander";
import { UserError } from "../errors.ts";
import { describeError } from "./describe-error.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { type Chosen, createProgram } from "./program.ts";

export { nodeIo } from "./io.ts";

/**
 * Runs tracklint with the arguments after its name. Never ends the process and never throws: what goes wrong is
 * printed on standard error and told by the exit code.
 */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const command = await parse(argv, io);
    return typeof command === "number" ? command : await command(io);
  } catch (error) {
    await io.stderr.write(describeError(error, io.env));
    return error instanceof UserError ? 2 : 3;
  }
}

/** The command that the arguments ask for; an exit code where they ask for help or can't be understood. */
async function parse(argv: readonly string[], io: Io): Promise<Chosen | ExitCode> {
  let out = "";
  let err = "";
  let chosen: Chosen | undefined;
  const program = createProgram((command) => {
    chosen = command;
  });
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
    command
      .exitOverride()
      .showHelpAfterError(`Run \`tracklint ${command === program ? "" : `${command.name()} `}--help\` for usage.`)
      .configureOutput({
        writeOut: (text) => {
          out += text;
        },
        writeErr: (text) => {
          err += text;
        },
        getOutHelpWidth: () => io.stdout.columns ?? 100,
        getErrHelpWidth: () => io.stderr.columns ?? 100,
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    await io.stdout.write(out);
    await io.stderr.write(err);
    return error.exitCode === 0 ? 0 : 2;
  }
  return chosen ?? 0;
}
