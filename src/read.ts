import type { CodeResult } from "./calls/code-result.ts";
import { unreadableFile } from "./diagnostics/unreadable-file.ts";
import { discover } from "./discover/discover.ts";
import type { Discovery } from "./discover/types.ts";
import { InternalError, UserError } from "./errors.ts";
import type { Host } from "./host/host.ts";
import type { LoadedPlan } from "./judge.ts";
import type { Plan } from "./plan/model.ts";
import type { PlanPlace } from "./project/plan-place.ts";
import type { Stopwatch } from "./util/stopwatch.ts";

export interface ReadOptions {
  /** Files and folders to judge, relative to the host's root; default: all. */
  readonly scope?: readonly string[];
  readonly plan?: PlanPlace;
}

export const EVERYTHING: readonly string[] = [""];

export interface ReadCode {
  readonly code: CodeResult;
  readonly discovery: Discovery;
}

/** Reads the code, as the plan says which. */
export async function readCode(
  options: ReadOptions,
  plan: Plan | undefined,
  host: Host,
  watch: Stopwatch,
): Promise<ReadCode> {
  const discovery = await findFiles(options, plan, host, watch);
  const code = await stage(watch, "code", async () => {
    const { buildInventory } = await import("./link/build-inventory.ts");
    const built = await buildInventory({ host, discovery, plan });
    const unread = discovery.problems.map(({ path, message }) => unreadableFile(path, message));
    return { ...built, findings: [...built.findings, ...unread] };
  });
  return { code, discovery };
}

export async function readPlan(place: PlanPlace | undefined, watch: Stopwatch): Promise<LoadedPlan | undefined> {
  if (place === undefined) return undefined;
  return stage(watch, "plan", async () => {
    const { loadPlan } = await import("./plan/load-plan.ts");
    return loadPlan(place.host, place.path);
  });
}

/**
 * All files of the repository, and what was named of those that are usually left out. Rules ask about the whole: an
 * event is unused only if nobody sends it, and a signup may be linked next door.
 */
export function findFiles(
  options: ReadOptions,
  plan: Plan | undefined,
  host: Host,
  watch: Stopwatch,
): Promise<Discovery> {
  return stage(watch, "discover", () => {
    const { include = [], exclude = [] } = plan?.lint ?? {};
    const common = { include, exclude, ...(plan === undefined ? {} : { plan }) };
    const whole = discover(host, common);
    const scope = options.scope ?? EVERYTHING;
    if (scope.includes("")) return whole;
    const named = discover(host, { ...common, paths: scope });
    return { ...whole, files: [...new Set([...whole.files, ...named.files])].sort() };
  });
}

/** Runs and times a stage; names it in an error that is ours. */
export async function stage<Result>(
  watch: Stopwatch,
  name: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await watch.time(name, work);
  } catch (error) {
    if (error instanceof UserError || error instanceof InternalError) throw error;
    throw new InternalError(name, error);
  }
}

/**
 * The plan as it was at a revision; without one, where the branch began.
 *
 * @param loaded a sound plan
 * @throws UserError for a revision that isn't there, or at which there was no plan
 */
export async function readPlanBefore(
  { plan: place, against }: ReadOptions & { readonly against?: string },
  loaded: LoadedPlan | undefined,
  watch: Stopwatch,
) {
  if (place === undefined) {
    if (against === undefined) return undefined;
    throw new UserError("There is no tracking plan to compare.", { help: "Name it with `--plan`." });
  }
  const isAsked = against !== undefined || loaded?.plan?.events.some(({ version }) => version !== undefined) === true;
  if (loaded?.plan?.hasEvents !== true || !isAsked) return undefined;
  return stage(watch, "earlier plan", async () => {
    const { planBefore } = await import("./project/plan-before.ts");
    return planBefore(place, against, loaded.texts);
  });
}
