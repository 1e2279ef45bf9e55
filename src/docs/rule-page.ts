import { readFileSync } from "node:fs";
import { packageRoot } from "../version.ts";

/** The Markdown page of a built-in rule, as shipped with the package. */
export function readRulePage(id: string): string {
  return readFileSync(new URL(`rules/${id}.md`, packageRoot), "utf8");
}
