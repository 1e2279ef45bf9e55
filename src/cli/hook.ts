import { basename, dirname, relative, resolve, sep } from "node:path";
import { UserError } from "../errors.ts";
import { preCommitHookOf } from "../host/git-hook.ts";
import { type Host, HostError } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import { addHook, type GitHook, type HookEdit } from "../init/add-hook.ts";
import { type HookTool, hookToolOf } from "../init/hook-tools.ts";
import { createPaint } from "../report/paint.ts";
import { visible } from "../report/visible.ts";
import { askHook, type Terminal } from "./init-questions.ts";
import type { Io } from "./io.ts";
import { lookOf } from "./look.ts";

/** What is to be done so that a tool runs tracklint before a commit. */
export interface HookPlan {
  readonly tool: HookTool;
  readonly edit: HookEdit;
  /** What the tool needs once, before it runs anything. */
  readonly next: string | undefined;
}

/**
 * Asks, where nobody said with which tool and somebody can be asked; reads, and writes nothing.
 *
 * @throws UserError where a file of the tool can't be read or is broken
 */
export async function hookOf(
  said: HookTool | undefined,
  host: Host,
  terminal: Terminal | undefined,
): Promise<HookPlan | undefined> {
  const tool = said ?? (terminal === undefined ? undefined : await askedTool(host, terminal));
  if (tool === undefined) return undefined;
  try {
    return { tool, edit: addHook(tool, host, tool === "git" ? gitHookOf(host) : undefined), next: onceFor(tool, host) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`Can't read \`${visible(error.path)}\`: ${error.message}. Nothing was written.`, {
      cause: error,
    });
  }
}

async function askedTool(host: Host, terminal: Terminal): Promise<HookTool | undefined> {
  const tool = hookToolOf(host);
  if (tool !== undefined) return (await askHook(terminal, `with ${tool}`, true)) ? tool : undefined;
  if (preCommitHookOf(host.root) === undefined) return undefined;
  return (await askHook(terminal, "with a git hook in this clone", false)) ? "git" : undefined;
}

function gitHookOf({ root }: Host): GitHook | undefined {
  const place = preCommitHookOf(root);
  if (place === undefined) return undefined;
  const { file, isOwn, folder } = place;
  // It lies outside of the project's host, in a worktree even of its folder.
  const text = hooksFolder(file)?.readText(basename(file));
  return { path: relative(root, file).replaceAll(sep, "/"), text, isOwn, folder };
}

function hooksFolder(file: string): Host | undefined {
  const folder = dirname(file);
  return nodeHost(dirname(folder)).isDirectory(basename(folder)) ? nodeHost(folder) : undefined;
}

function onceFor(tool: HookTool, host: Host): string | undefined {
  if (tool === "lefthook") return "`npx lefthook install` makes lefthook run in this clone.";
  if (tool === "pre-commit") return "`pre-commit install` makes pre-commit run in this clone.";
  if (tool === "lint-staged") return "lint-staged itself is started by a hook, for example of husky.";
  if (tool === "git" || host.isDirectory(".husky")) return undefined;
  return "`npm install --save-dev husky` and `npx husky` make husky run in this clone.";
}

/** Writes what was planned, and says so. */
export async function applyHook(plan: HookPlan | undefined, { root }: Host, io: Io): Promise<void> {
  if (plan === undefined) return;
  const { edit, next } = plan;
  const file = resolve(root, edit.path);
  const shown = visible(relative(io.cwd, file).replaceAll(sep, "/"));
  const paint = createPaint(lookOf(io.stdout, io.env).colour);
  if (edit.kind === "there") {
    await io.stdout.write(paint.prose(`\`${shown}\` names tracklint already, and stays as it is.\n`));
    return;
  }
  if (edit.kind === "by hand") {
    const lines = edit.add.split("\n").map((line) => `    ${line}\n`);
    await io.stdout.write(
      `${paint.prose(`Add this to \`${shown}\`, which is left to you, and tracklint runs before each commit:`)}\n${lines.join("")}`,
    );
    return;
  }
  if (edit.before === undefined) io.writeFile(relative(io.cwd, file), edit.after, { executable: edit.executable });
  else io.replaceFile(file, edit.before, edit.after);
  await io.stdout.write(
    `${paint.good(`✔ Wrote ${shown}`)}\n  ${paint.prose(`It runs \`tracklint --staged\` before each commit.${next ? ` ${next}` : ""}`)}\n`,
  );
}
