import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ExitCode } from "../../src/cli/exit-code.ts";
import { type Io, type Output, replaceFile } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/main.ts";

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  /** Files written by the command, by the path that it was given. */
  readonly written: Readonly<Record<string, string>>;
}

export interface Terminal {
  readonly env?: Io["env"];
  /** Absent: nothing is kept for the next run. */
  readonly build?: string;
  readonly program?: string;
  readonly stdin?: string;
  /** When the person at the terminal stops what runs. */
  readonly interrupted?: Io["interrupted"];
  /** Is told of all that is printed as it comes. */
  readonly onOutput?: (text: string) => void;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** What the person at the terminal types, question by question; absent: nobody sits there. */
  readonly answers?: readonly string[];
}

/** Runs the command line in this process, in a folder. */
export async function runIn(folder: string, argv: readonly string[], terminal: Terminal = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const written: Record<string, string> = {};
  const output = (chunks: string[]): Output => ({
    async write(text) {
      chunks.push(text);
      terminal.onOutput?.(text);
    },
    isTTY: terminal.isTTY ?? false,
    columns: terminal.columns,
  });
  const answers = [...(terminal.answers ?? [])];
  const io: Io = {
    stdout: output(out),
    stderr: output(err),
    cwd: folder,
    env: terminal.env ?? {},
    build: () => terminal.build,
    program: terminal.program ?? "test",
    now: Date.now,
    writeFile(path, text) {
      written[path] = text;
    },
    replaceFile,
    interrupted: terminal.interrupted ?? (() => new Promise(() => undefined)),
    readStdin: async () => terminal.stdin ?? "",
    exists: (path) => existsSync(resolve(folder, path)),
    ask:
      terminal.answers === undefined
        ? undefined
        : async (question) => {
            out.push(question);
            return answers.shift() ?? "";
          },
  };
  const code = await runCli(argv, io);
  return { code, out: out.join(""), err: err.join(""), written };
}
