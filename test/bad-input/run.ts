import { expect, vi } from "vitest";
import type { ExitCode } from "../../src/cli/exit-code.ts";
import type { Io, Output } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/main.ts";
import type { CheckOutput, FindingOutput } from "../../src/report/output-types.ts";

// Real folders and the whole program: a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder. Whatever the input, nobody is shown a stack trace or the inside of tracklint. */
export async function run(folder: string, ...argv: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    stdout: collect(out),
    stderr: collect(err),
    cwd: folder,
    env: { NO_COLOR: "1" },
    build: () => undefined,
    program: "test",
    now: Date.now,
    writeFile: () => expect.unreachable("nothing was to be written"),
    replaceFile: () => expect.unreachable("nothing was to be written"),
    readStdin: async () => "",
    interrupted: async () => undefined,
    exists: () => false,
    ask: undefined,
  };
  const code = await runCli(argv, io);
  const ran = { code, out: out.join(""), err: err.join("") };
  for (const text of [ran.out, ran.err]) {
    expect(text).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(text).not.toMatch(/internal[- ]error/i);
  }
  expect(err.join("")).not.toContain("undefined");
  return ran;
}

export interface Checked extends Ran {
  readonly report: CheckOutput;
  /** The findings of a rule or code. */
  of(rule: string): readonly FindingOutput[];
}

/** `tracklint check --format json`. */
export async function check(folder: string, ...argv: readonly string[]): Promise<Checked> {
  const ran = await run(folder, "check", "--format", "json", ...argv);
  const report = JSON.parse(ran.out) as CheckOutput;
  return { ...ran, report, of: (rule) => report.findings.filter((finding) => finding.rule === rule) };
}

/** A finding as a person would point at it: `src/a.ts:3:7`. */
export function placeOf({ file, line, column }: FindingOutput): string {
  return `${file}:${line}:${column}`;
}

function collect(chunks: string[]): Output {
  return {
    async write(text) {
      chunks.push(text);
    },
    isTTY: false,
    columns: undefined,
  };
}
