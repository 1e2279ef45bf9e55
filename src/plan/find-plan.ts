import type { Host } from "../host/host.ts";
import { cleanPath, parentOf } from "../util/posix-path.ts";

// Apart from `load-plan.ts`, so that a run without a plan loads neither a YAML parser nor a validator.

const planNames = ["tracking-plan.yaml", "tracking-plan.yml"] as const;

/** Path of the tracking plan in a folder or the nearest folder above it, up to the root; paths are relative to the root. */
export function findPlan(host: Host, fromDirectory: string): string | undefined {
  for (let folder = cleanPath(fromDirectory) ?? ""; ; folder = parentOf(folder)) {
    const path = planNames
      .map((name) => (folder === "" ? name : `${folder}/${name}`))
      .find((path) => host.isFile(path));
    if (path !== undefined || folder === "") return path;
  }
}
