import { discover } from "../../src/discover/discover.ts";
import type { Host } from "../../src/host/host.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { loadPlan } from "../../src/plan/load-plan.ts";
import type { PlanPlace } from "../../src/project/plan-place.ts";
import type { Files } from "../init/mutations.ts";
import { type Codebase, findSites } from "./sites.ts";
import { parseAll } from "./syntax.ts";

export function planPlace(text: string): PlanPlace {
  return { host: memoryHost({ "tracking-plan.yaml": text }), path: "tracking-plan.yaml", prefix: "plan" };
}

/** @param wrappers names of the repository's own functions that track */
export function openCodebase(
  files: Files,
  place: PlanPlace,
  wrappers: readonly string[],
  host: Host = memoryHost(files),
): Codebase {
  const { plan } = loadPlan(place.host, place.path);
  if (plan === undefined) throw new Error(`${place.path} is no sound plan`);
  const { sourceOf, files: inScope } = discover(host, { plan });
  const kept = new Set(inScope);
  const scripts = Object.entries(files).filter(([file]) => kept.has(file) || file.endsWith("package.json"));
  return findSites(parseAll(Object.fromEntries(scripts)), plan, sourceOf, wrappers);
}
