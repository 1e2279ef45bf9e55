import { resolve } from "node:path";
import type { ComputedFixes } from "../fix/compute-fixes.ts";
import type { CheckResult } from "../lint.ts";
import { count } from "../report/pretty-summary.ts";
import type { Io } from "./io.ts";
import type { CheckFlags } from "./program.ts";

/** What one fix uncovers, another mends: a second run must find nothing to do. */
const MAX_ROUNDS = 6;

export function wantsFixes({ fix, fixSuggestions, fixDryRun }: CheckFlags): boolean {
  return fixDryRun !== true && (fix === true || fixSuggestions === true);
}

/** What the fixes would change, as `git apply` takes it in the working directory. */
export async function fixesAsDiff(
  result: CheckResult,
  flags: CheckFlags,
  displayPath: (file: string) => string,
): Promise<string> {
  const { unifiedDiff } = await import("../fix/unified-diff.ts");
  const { files } = await compute(result, flags);
  return files.map((fixed) => unifiedDiff({ ...fixed, file: displayPath(fixed.file) })).join("");
}

/**
 * Applies fixes and judges again, until there is nothing left to fix.
 *
 * @param judge reads everything anew
 * @returns what is left
 * @throws UserError where a file can't be written; it is then as it was
 */
export async function applyFixes(judge: () => Promise<CheckResult>, flags: CheckFlags, io: Io): Promise<CheckResult> {
  const changed = new Set<string>();
  let fixed = 0;
  let result = await judge();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { files, fixed: now } = await compute(result, flags);
    if (files.length === 0) break;
    for (const { file, before, after } of files) {
      io.replaceFile(resolve(result.root, file), before, after);
      changed.add(file);
    }
    fixed += now;
    result = await judge();
  }
  if (fixed > 0) await io.stderr.write(`✔ Fixed ${count(fixed, "problem")} in ${count(changed.size, "file")}\n`);
  return result;
}

async function compute(result: CheckResult, flags: CheckFlags): Promise<ComputedFixes> {
  if (result.findings.every(({ fix }) => fix === undefined)) return { files: [], fixed: 0 };
  const { computeFixes } = await import("../fix/compute-fixes.ts");
  return computeFixes({ ...result, suggestions: flags.fixSuggestions === true });
}
