import { UserError } from "../errors.ts";
import {
  HOOK_GLOB,
  HOOK_PATTERN,
  type HookTool,
  HUSKY_FILE,
  hookCommandOf,
  LEFTHOOK_FILES,
  lintStagedFileOf,
  PRE_COMMIT_FILE,
  type ProjectFiles,
} from "./hook-tools.ts";
import { insertIntoJson, insertIntoYaml, jsonAt } from "./insert-entry.ts";

/** What becomes of a file, so that a tool runs tracklint before a commit. */
export type HookEdit =
  | {
      readonly kind: "write";
      readonly path: string;
      /** undefined: the file is new */
      readonly before: string | undefined;
      readonly after: string;
      readonly executable: boolean;
    }
  /** It runs tracklint already. */
  | { readonly kind: "there"; readonly path: string }
  /** The file can't be edited as text: what to add is for a person. */
  | { readonly kind: "by hand"; readonly path: string; readonly add: string };

/** The hook that git runs in this clone. */
export interface GitHook {
  readonly path: string;
  readonly text: string | undefined;
  /** False where other repositories have it too. */
  readonly isOwn: boolean;
  /** From the top of the work tree to the project; `""` where it is the top. */
  readonly folder: string;
}

/**
 * Adds tracklint to what runs before a commit, and leaves the rest of the file as it is.
 *
 * @throws UserError where the file is broken
 */
export function addHook(tool: HookTool, files: ProjectFiles, gitHook?: GitHook): HookEdit {
  const command = hookCommandOf(files);
  switch (tool) {
    case "husky":
      return addToHusky(files.readText(HUSKY_FILE), command);
    case "lefthook":
      return addToLefthook(files, command);
    case "pre-commit":
      return addToPreCommit(files.readText(PRE_COMMIT_FILE), command);
    case "lint-staged":
      return addToLintStaged(files);
    case "git":
      if (gitHook !== undefined) return addToGitHook(gitHook, command);
      throw new UserError("There is no git repository here, so there is no hook to write.", {
        help: "`git init` makes one; `--hook` also takes the name of a tool.",
      });
  }
}

function written(path: string, before: string | undefined, after: string, executable = false): HookEdit {
  return { kind: "write", path, before, after, executable };
}

/** husky stops at the first command that fails, so the last line is as good as any. */
function addToHusky(text: string | undefined, command: string): HookEdit {
  if (text === undefined) return written(HUSKY_FILE, undefined, `${command}\n`, true);
  if (runsTracklint(text)) return { kind: "there", path: HUSKY_FILE };
  if (/^(?:exec|exit)\b/m.test(text)) return { kind: "by hand", path: HUSKY_FILE, add: command };
  return written(HUSKY_FILE, text, `${withNewline(text)}${command}\n`);
}

const SHELL = /^#!\s*\S*(?:\/|\/env\s+)(?:ba|da|z|k)?sh\b/;

/** A plain hook ends as its last command does: an earlier one that fails must end it. So tracklint goes to the front. */
function addToGitHook({ path, text, isOwn, folder }: GitHook, command: string): HookEdit {
  const started = folder === "" ? command : `(cd '${folder.replaceAll("'", "'\\''")}' && ${command})`;
  const line = `${started} || exit 1`;
  if (!isOwn) return { kind: "by hand", path, add: line };
  if (text === undefined) return written(path, undefined, `#!/bin/sh\n${line}\n`, true);
  if (runsTracklint(text)) return { kind: "there", path };
  if (!SHELL.test(text)) return { kind: "by hand", path, add: line };
  const [first = "", ...rest] = text.split("\n");
  return written(path, text, [first, line, ...(rest.length === 0 ? [""] : rest)].join("\n"));
}

function addToLefthook(files: ProjectFiles, command: string): HookEdit {
  const path = LEFTHOOK_FILES.find((name) => files.isFile(name)) ?? "lefthook.yml";
  const text = files.readText(path);
  const how = [`glob: "${HOOK_GLOB}"`, `run: ${command}`];
  const job = ["- name: tracklint", ...how.map((line) => `  ${line}`)];
  const whole = ["pre-commit:", ...indented(["jobs:", ...indented(job)])];
  if (text === undefined) return written(path, undefined, `${whole.join("\n")}\n`);
  if (runsTracklint(text)) return { kind: "there", path };
  const byHand: HookEdit = { kind: "by hand", path, add: whole.join("\n") };
  if (!/\.ya?ml$/.test(path)) return byHand;
  const after = insertIntoYaml(path, text, [
    { at: ["pre-commit", "jobs"], lines: job },
    { at: ["pre-commit", "commands"], lines: ["tracklint:", ...indented(how)] },
    { at: ["pre-commit"], lines: ["jobs:", ...indented(job)] },
    { at: [], lines: whole },
  ]);
  return after === undefined ? byHand : written(path, text, after);
}

function addToPreCommit(text: string | undefined, command: string): HookEdit {
  const path = PRE_COMMIT_FILE;
  const hook = [
    "- id: tracklint",
    "  name: tracklint",
    `  entry: ${command}`,
    "  language: system",
    `  files: ${HOOK_PATTERN}`,
    "  pass_filenames: false",
  ];
  const repo = ["- repo: local", ...indented(["hooks:", ...indented(hook)])];
  const whole = ["repos:", ...indented(repo)];
  if (text === undefined) return written(path, undefined, `${whole.join("\n")}\n`);
  if (runsTracklint(text)) return { kind: "there", path };
  const after = insertIntoYaml(path, text, [
    { at: ["repos"], lines: repo },
    { at: [], lines: whole },
  ]);
  return after === undefined ? { kind: "by hand", path, add: whole.join("\n") } : written(path, text, after);
}

/** lint-staged has the project's programs in its PATH, and adds the names of the files. */
const LINT_STAGED_COMMAND = "tracklint --staged";

function addToLintStaged(files: ProjectFiles): HookEdit {
  const path = lintStagedFileOf(files) ?? (files.isFile("package.json") ? "package.json" : ".lintstagedrc.json");
  const text = files.readText(path);
  const isShared = path === "package.json";
  const rule = `"${HOOK_GLOB}": "${LINT_STAGED_COMMAND}"`;
  if (text === undefined) return written(path, undefined, `{\n  ${rule}\n}\n`);
  if (runsTracklint(isShared ? jsonAt(path, text, "lint-staged") : text)) return { kind: "there", path };
  const byHand: HookEdit = { kind: "by hand", path, add: rule };
  if (/\.[cm]?[jt]s$/.test(path)) return byHand;
  const isJson = path.endsWith(".json") || text.trimStart().startsWith("{");
  const after = isJson
    ? insertIntoJson(path, text, [...(isShared ? ["lint-staged"] : []), HOOK_GLOB], LINT_STAGED_COMMAND)
    : insertIntoYaml(path, text, [{ at: [], lines: [rule] }]);
  return after === undefined ? byHand : written(path, text, after);
}

/** True where a line that is no comment starts tracklint, or names it. */
function runsTracklint(text: string): boolean {
  return text.split("\n").some((line) => /\btracklint\b/.test(line) && !/^\s*(?:#|\/\/|\*)/.test(line));
}

function withNewline(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
