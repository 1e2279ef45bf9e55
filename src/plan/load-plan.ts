import { UserError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { cleanPath } from "../util/posix-path.ts";
import { buildPlan } from "./build-plan.ts";
import type { LoadedPlan } from "./loaded-plan.ts";
import { Problems } from "./problems.ts";
import { readFiles } from "./read-files.ts";
import { validatePlan } from "./validate-plan.ts";

/**
 * Reads a tracking plan with all that it includes, and validates it. Never throws for what a plan holds; throws
 * `UserError` where the file that is named doesn't exist. `path` is relative to the root.
 */
export function loadPlan(host: Host, path: string): LoadedPlan {
  const clean = cleanPath(path);
  if (clean === undefined) {
    throw new UserError(`The tracking plan ${path} lies outside the root ${host.root}.`, {
      help: "Name a plan below the root, or run tracklint from a folder that holds both.",
    });
  }
  const problems = new Problems();
  const { files, texts, complete } = readFiles(host, clean, problems);
  let isComplete = complete;
  for (const [index, { root }] of files.entries()) {
    if (!validatePlan(root, index > 0, problems)) isComplete = false;
  }
  const maps = files.filter(({ root }) => root.kind === "map");
  const plan = maps.length === 0 ? undefined : buildPlan(clean, maps, { problems, isComplete });
  return { ...(plan === undefined ? {} : { plan }), findings: problems.findings(), texts };
}
