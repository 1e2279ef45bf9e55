import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const tools = fileURLToPath(new URL("tools/node_modules/.bin/", import.meta.url));

/** The files that README.md says to write, by their paths: each block begins with one. */
export const RECIPES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...between(readFileSync(join(project, "README.md"), "utf8")).matchAll(/```\w+\n(?:#|\/\/) (\S+)\n([\s\S]*?)```/g),
  ].map(([, path = "", text = ""]) => [path, text]),
);

function between(readme: string): string {
  return readme.slice(readme.indexOf("<!-- hooks:start -->"), readme.indexOf("<!-- hooks:end -->"));
}

/** Why a tool can't be tried on this machine; CI has all of them. */
export function missingTool(tool: string): string | undefined {
  if (process.env.CI || tool === "git") return undefined;
  if (tool.startsWith("pre-commit")) {
    return spawnSync("pre-commit", ["--version"]).error && "pre-commit is not installed: see https://pre-commit.com";
  }
  return existsSync(join(tools, "husky")) ? undefined : "the tools are not installed: `npm run hook-tools`";
}

export const posthog = (...events: readonly string[]): string =>
  `import posthog from "posthog-js";\n${events.map((event) => `posthog.capture("${event}");\n`).join("")}`;

export interface Ended {
  readonly code: number | null;
  /** Of both streams, as a person sees it. */
  readonly output: string;
}

export interface HookedRepository {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  run(command: string, args: readonly string[], cwd?: string): Ended;
  /** A worktree of it, with its own packages. */
  worktree(): string;
  commits(cwd?: string): number;
}

/** A repository of a project with a plan, in which tracklint and the tools are installed as its packages. */
export function hookedRepository(): HookedRepository {
  const folder = temporaryRepository({
    ".gitignore": "node_modules/\n",
    "package.json": '{ "name": "shop", "private": true }\n',
    "notes.md": "# Notes\n",
    "tracking-plan.yaml": "tracklint: 1\nevents: [Cart Opened, Cart Closed]\n",
    "src/cart.ts": posthog("Cart Opened"),
  });
  const home = temporaryFolder({ ".gitconfig": "[user]\n  name = Test\n  email = test@example.com\n" });
  install(folder);
  // Nothing of this machine's set-up, of CI or of the git that may have started the tests.
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
    PRE_COMMIT_HOME: join(home, "pre-commit"),
  };
  const run = (command: string, args: readonly string[], cwd = folder): Ended => {
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
    if (error) throw error;
    return { code: status, output: stdout + stderr };
  };
  return {
    folder,
    run,
    write: (files) => writeFiles(folder, files),
    worktree() {
      const tree = join(temporaryFolder(), "tree");
      git(folder, "worktree", "add", "--quiet", tree);
      onTestFinished(() => void git(folder, "worktree", "prune"));
      install(tree);
      return tree;
    },
    commits: (cwd = folder) => Number(git(cwd, "rev-list", "--count", "HEAD")),
  };
}

function install(folder: string): void {
  const bin = join(folder, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(join(project, "bin/tracklint.js"), join(bin, "tracklint"));
  for (const name of ["husky", "lefthook", "lint-staged"]) symlinkSync(join(tools, name), join(bin, name));
}

/** Does what README.md says for a tool, and what the tool's own page says to switch it on. */
export function installHook(tool: string, repository: HookedRepository): void {
  const { folder, write, run } = repository;
  const take = (path: string) => write({ [path]: RECIPES[path]! });
  const must = (command: string, ...args: readonly string[]) => {
    const { code, output } = run(command, args);
    if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${output}`);
  };
  switch (tool) {
    case "husky":
      take(".husky/pre-commit");
      must("npx", "husky");
      break;
    case "lefthook":
      take("lefthook.yml");
      must("npx", "lefthook", "install");
      break;
    case "lint-staged":
      take(".lintstagedrc.json");
      write({ ".husky/pre-commit": "npx lint-staged\n" });
      must("npx", "husky");
      break;
    case "pre-commit":
      take(".pre-commit-config.yaml");
      must("pre-commit", "install");
      break;
    case "pre-commit, from this repository": {
      const [address, revision] = hookSource();
      write({
        ".pre-commit-config.yaml": `repos:\n  - repo: ${address}\n    rev: ${revision}\n    hooks:\n      - id: tracklint\n`,
      });
      must("pre-commit", "install", "--install-hooks");
      break;
    }
    default:
      take(".git/hooks/pre-commit");
      chmodSync(join(folder, ".git/hooks/pre-commit"), 0o755);
  }
}

/**
 * A repository with this one's hooks and a package that starts this build: pre-commit clones, packs and installs it as
 * it would this one, but needs no network.
 */
function hookSource(): readonly [address: string, revision: string] {
  const folder = temporaryRepository({
    ".pre-commit-hooks.yaml": readFileSync(join(project, ".pre-commit-hooks.yaml"), "utf8"),
    "package.json": '{ "name": "tracklint", "version": "1.0.0", "type": "module", "bin": { "tracklint": "start.js" } }',
    "start.js": `#!/usr/bin/env node\nawait import(${JSON.stringify(join(project, "bin/tracklint.js"))});\n`,
  });
  return [folder, git(folder, "rev-parse", "HEAD").trim()];
}
