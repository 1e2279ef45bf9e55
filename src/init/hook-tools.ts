/** What runs something before a commit. The order is that in which `init` looks for one. */
export const HOOK_TOOLS = ["husky", "lefthook", "pre-commit", "lint-staged", "git"] as const;
export type HookTool = (typeof HOOK_TOOLS)[number];

/** What is asked of a project's files; paths are relative to its root. */
export interface ProjectFiles {
  /** undefined where there is no such file */
  readText(path: string): string | undefined;
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
}

/** Code, and plans: what makes a tool run tracklint. */
export const HOOK_GLOB = "*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,yaml,yml}";
export const HOOK_PATTERN = String.raw`\.([cm]?[jt]sx?|vue|svelte|astro|ya?ml)$`;

export const HUSKY_FILE = ".husky/pre-commit";
export const PRE_COMMIT_FILE = ".pre-commit-config.yaml";
export const LEFTHOOK_FILES: readonly string[] = ["lefthook", ".lefthook", ".config/lefthook"].flatMap((name) =>
  ["yml", "yaml", "toml", "json", "jsonc"].map((ending) => `${name}.${ending}`),
);
/** Beside these, the key `lint-staged` of a package.json. */
export const LINT_STAGED_FILES: readonly string[] = [
  ...["", ".json", ".yaml", ".yml", ".mjs", ".mts", ".cjs", ".cts", ".js", ".ts"].map((end) => `.lintstagedrc${end}`),
  ...[".mjs", ".mts", ".cjs", ".cts", ".js", ".ts"].map((end) => `lint-staged.config${end}`),
];

/** The tool that a project uses; undefined where none shows. */
export function hookToolOf(files: ProjectFiles): Exclude<HookTool, "git"> | undefined {
  if (files.isDirectory(".husky")) return "husky";
  if (LEFTHOOK_FILES.some((path) => files.isFile(path))) return "lefthook";
  if (files.isFile(PRE_COMMIT_FILE)) return "pre-commit";
  return lintStagedFileOf(files) === undefined ? undefined : "lint-staged";
}

/** Where lint-staged is told what to run. */
export function lintStagedFileOf(files: ProjectFiles): string | undefined {
  const own = LINT_STAGED_FILES.find((path) => files.isFile(path));
  if (own !== undefined) return own;
  return /"lint-staged"\s*:\s*[{[]/.test(files.readText("package.json") ?? "") ? "package.json" : undefined;
}

const RUNNERS = [
  ["pnpm-lock.yaml", "pnpm exec"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bunx"],
  ["bun.lockb", "bunx"],
] as const;

/** How the project's package manager starts tracklint. */
export function hookCommandOf(files: ProjectFiles): string {
  const runner = RUNNERS.find(([lock]) => files.isFile(lock))?.[1] ?? "npx";
  return `${runner} tracklint --staged`;
}
