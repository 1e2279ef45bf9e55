import { Buffer } from "node:buffer";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import type { Interface } from "node:readline";
import { UserError } from "../errors.ts";
import { readBuild, readProgram, readVersion } from "../version.ts";

/** A stream of text for people or programs. */
export interface Output {
  /** Resolves once the text is handed over, so that a slow reader loses nothing. */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

/** All that a command may touch of the process around it. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names the program that runs, as `readBuild` does; undefined: nothing is kept for the next run. */
  build(): string | undefined;
  /** Names tracklint as it is here, as `readProgram` does: what goes from machine to machine is for the same one. */
  readonly program: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Writes a file that the user named, relative to `cwd`; makes its folders. */
  writeFile(path: string, text: string, options?: { readonly executable?: boolean }): void;
  /**
   * Replaces the text of a file, by absolute path; a byte order mark stays. What goes wrong leaves the file as it was.
   *
   * @throws UserError where it can't be written, or doesn't hold `before` any more
   */
  replaceFile(path: string, before: string, after: string): void;
  /** Resolves once the user wants it to end: Ctrl-C. */
  interrupted(): Promise<void>;
  /** All of standard input, as UTF-8 text. */
  readStdin(): Promise<string>;
  /** True where something stands at a path, relative to `cwd`. */
  exists(path: string): boolean;
  /** Asks on the terminal and gives the line that was typed, trimmed; undefined where nobody sits at one. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** The process itself. */
export function nodeIo(): Io {
  const cwd = process.cwd();
  return {
    stdout: nodeOutput(process.stdout),
    stderr: nodeOutput(process.stderr),
    cwd,
    env: process.env,
    build: readBuild,
    get program() {
      return `${readVersion()} ${readProgram() ?? "from its sources"}`;
    },
    now: Date.now,
    writeFile(path, text, { executable = false } = {}) {
      const file = resolve(cwd, path);
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode: executable ? 0o777 : 0o666 });
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new UserError(`Can't write \`${path}\`: ${reason}.`, { cause });
      }
    },
    replaceFile,
    interrupted: () =>
      new Promise((stop) => {
        process.once("SIGINT", () => stop());
        process.once("SIGTERM", () => stop());
      }),
    readStdin: async () => (await import("node:stream/consumers")).text(process.stdin),
    exists: (path) => existsSync(resolve(cwd, path)),
    ask: process.stdin.isTTY && process.stdout.isTTY ? terminalQuestions() : undefined,
  };
}

const BYTE_ORDER_MARK = "\uFEFF";

/** As `Io.replaceFile`: the new text is written beside the file and then takes its name, which happens at once or not. */
export function replaceFile(path: string, before: string, after: string): void {
  let beside: string | undefined;
  try {
    const file = realpathSync(path);
    const bytes = readFileSync(file);
    const mark = bytes.toString("utf8").startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    if (!bytes.equals(Buffer.from(mark + before))) {
      throw new UserError(`\`${path}\` was left as it is: it was changed in the meantime, or isn't UTF-8.`);
    }
    const scrap = `${file}.tracklint-${process.pid}`;
    const descriptor = openSync(scrap, "wx", statSync(file).mode);
    beside = scrap;
    writeFileSync(descriptor, mark + after);
    closeSync(descriptor);
    renameSync(beside, file);
  } catch (cause) {
    if (beside !== undefined) rmSync(beside, { force: true });
    if (cause instanceof UserError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`Can't write \`${path}\`, which is as it was: ${reason}.`, { cause });
  }
}

/**
 * Questions on the terminal. One reader for all of them, so that lines which were typed or pasted ahead are answers too.
 *
 * @throws UserError where a question is not answered: Ctrl-C, or the end of the input
 */
function terminalQuestions(): (question: string) => Promise<string> {
  const ahead: string[] = [];
  let waiting: { answer(line: string): void; stop(): void } | undefined;
  let reader: Promise<Interface> | undefined;
  let isClosed = false;
  const open = async () => {
    const { createInterface } = await import("node:readline");
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    lines.on("line", (line) => {
      const asked = waiting;
      waiting = undefined;
      if (asked === undefined) ahead.push(line);
      else asked.answer(line);
    });
    lines.on("close", () => {
      isClosed = true;
      waiting?.stop();
    });
    return lines;
  };
  return async (question) => {
    reader ??= open();
    const lines = await reader;
    lines.setPrompt(question);
    lines.prompt();
    const line = await new Promise<string>((answer, reject) => {
      const next = ahead.shift();
      const stop = () => reject(new UserError("Stopped; nothing was written."));
      if (next !== undefined) answer(next);
      else if (isClosed) stop();
      else waiting = { answer, stop };
    });
    // A reader that waits for more would keep the process from ending.
    lines.pause();
    return line.trim();
  };
}

function nodeOutput(stream: NodeJS.WriteStream): Output {
  let closed = false;
  // A reader that leaves early (`tracklint | head`) is no error; anything else is.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    closed = true;
  });
  return {
    write: (text) =>
      new Promise((done) => {
        if (closed || text === "") done();
        else stream.write(text, () => done());
      }),
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  };
}
