import type { Dialect } from "./types.ts";

const DIALECTS: Readonly<Record<string, Dialect>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  // JSX stands in plain .js files of many React codebases.
  ".js": "jsx",
  ".mjs": "jsx",
  ".cjs": "jsx",
  ".jsx": "jsx",
  ".json": "json",
  ".vue": "vue",
  ".svelte": "svelte",
  ".astro": "astro",
};

/** The dialect that a file's name asks for; undefined where tracklint doesn't read such files. */
export function dialectOf(path: string): Dialect | undefined {
  return DIALECTS[path.slice(path.lastIndexOf("."))];
}
