import ignore, { type Ignore } from "ignore";
import { type Host, HostError } from "../host/host.ts";

/** Never the project's own code, whether an ignore file says so or not. */
const skippedFolders = new Set([
  "node_modules",
  "bower_components",
  ".git",
  ".hg",
  ".svn",
  ".yarn",
  ".next",
  ".nuxt",
  ".output",
  ".svelte-kit",
  ".turbo",
  ".vercel",
]);

/** An ignore file and the folder that it speaks for. */
interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * All files below a folder, as far as no `.gitignore` at or below it ignores them. Links are not followed: what they
 * lead to inside the root is met by itself; those that lead nowhere are listed, so that reading them says why. Folders
 * that can't be read are handed to `onProblem`.
 */
export function walk(host: Host, from: string, onProblem: (problem: HostError) => void): string[] {
  const files: string[] = [];
  const pending: { readonly folder: string; readonly ignores: readonly IgnoreRules[] }[] = [
    { folder: from, ignores: [] },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { folder } = next;
    const prefix = folder === "" ? "" : `${folder}/`;
    const entries = contained(() => host.entries(folder), onProblem) ?? [];
    const own = entries.some((entry) => entry.name === ".gitignore" && entry.kind === "file")
      ? contained(() => host.readText(`${prefix}.gitignore`), onProblem)
      : undefined;
    const ignores = own === undefined ? next.ignores : [{ folder, rules: ignore().add(own) }, ...next.ignores];
    for (const { name, kind } of entries) {
      const path = prefix + name;
      if (kind === "directory") {
        if (!skippedFolders.has(name) && !isIgnored(`${path}/`, ignores)) pending.push({ folder: path, ignores });
      } else if (!isIgnored(path, ignores) && (kind === "file" || host.realPath(path) === undefined)) {
        files.push(path);
      }
    }
  }
  return files;
}

/** The innermost ignore file that has an opinion decides. */
function isIgnored(path: string, innermostFirst: readonly IgnoreRules[]): boolean {
  for (const { folder, rules } of innermostFirst) {
    const { ignored, unignored } = rules.test(folder === "" ? path : path.slice(folder.length + 1));
    if (ignored || unignored) return ignored;
  }
  return false;
}

function contained<T>(read: () => T, onProblem: (problem: HostError) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    onProblem(error);
    return undefined;
  }
}
