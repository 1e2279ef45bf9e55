import type { Cache, Kept } from "./cache/cache.ts";
import type { CodeResult } from "./calls/code-result.ts";
import { unreadableFile } from "./diagnostics/unreadable-file.ts";
import { discover } from "./discover/discover.ts";
import { namedScope, type Scope } from "./discover/scope.ts";
import type { Discovery } from "./discover/types.ts";
import { InternalError, UserError } from "./errors.ts";
import type { Host } from "./host/host.ts";
import { textIfReadable } from "./host/if-readable.ts";
import type { KeptLinking } from "./link/linking.ts";
import type { TextMemory } from "./link/text-memory.ts";
import type { JoinedParts } from "./parts/join-parts.ts";
import type { ReadPlan } from "./plan/loaded-plan.ts";
import type { Plan } from "./plan/model.ts";
import type { PlanPlace } from "./project/plan-place.ts";
import { readPlanFiles } from "./project/read-plan.ts";
import type { Progress } from "./util/progress.ts";
import type { Stopwatch } from "./util/stopwatch.ts";

export interface ReadOptions {
  /** Files and folders to judge, relative to the host's root; default: all. */
  readonly scope?: readonly string[];
  /** False: what is usually left out stays so where its file is named, as a hook names whatever changed. */
  readonly addsNamed?: boolean;
  readonly plan?: PlanPlace;
  /** What earlier runs left; absent: all is worked out anew. */
  readonly cache?: Cache;
  /** What the last run of this process linked; it goes together with a cache that lasts as long. */
  readonly keptLinking?: KeptLinking;
  readonly progress?: Progress;
  /** The code, where it is not read from the host but from parts of it that were made elsewhere. */
  readonly parts?: JoinedParts;
}

export const EVERYTHING: readonly string[] = [""];

/** What reading the code gave, whether now or in an earlier run. */
export interface ReadCode extends PlainCode, Pick<CodeResult, "textOf" | "explain"> {
  discovery(): Promise<Discovery>;
  /** Keeps what follows from it; absent where nothing is kept. */
  readonly kept?: Kept;
}

/** Of plain data: what a cache may keep. */
interface PlainCode extends Pick<CodeResult, "inventory" | "findings" | "directives" | "stats"> {
  /** Files in scope, sorted. */
  readonly files: readonly string[];
}

/** Reads the code, as the plan says which. */
export async function readCode(
  options: ReadOptions,
  read: ReadPlan | undefined,
  host: Host,
  watch: Stopwatch,
): Promise<ReadCode> {
  const { parts, scope = EVERYTHING, addsNamed = true } = options;
  const cache = parts === undefined ? options.cache : undefined;
  // Where no file is added for being named, what is named doesn't change what is read.
  const added = addsNamed && !scope.includes("") ? scope : [];
  const question = [added, [...(read?.texts ?? [])]];
  const known = cache && (await stage(watch, "cache", () => cache.recall<PlainCode>(question, textQuestions)));
  let built: BuiltCode | undefined;
  const plan = async () => (await read?.load())?.plan;
  const work = async (through: Host, memory?: TextMemory) => {
    built = await buildCode(options, await plan(), through, watch, memory);
    return built.plain;
  };
  const plain =
    known ??
    (await (cache === undefined ? work(codeHost(options, host), parts?.memory) : cache.record(question, work)));
  return {
    ...plain,
    ...(cache && { kept: cache.beside() }),
    ...(known && { stats: { ...known.stats, read: 0, parsed: 0, stages: [] } }),
    discovery: async () => built?.discovery ?? findFiles(options, await plan(), host, watch),
    async explain(asked) {
      built ??= await buildCode(options, await plan(), codeHost(options, host), watch, parts?.memory);
      return built.explain(asked);
    },
    textOf: (file) => textIfReadable(codeHost(options, host), file),
  };
}

async function textQuestions() {
  return (await import("./link/questions.ts")).questionOf;
}

interface BuiltCode extends Pick<CodeResult, "explain"> {
  readonly plain: PlainCode;
  readonly discovery: Discovery;
}

async function buildCode(
  options: ReadOptions,
  plan: Plan | undefined,
  host: Host,
  watch: Stopwatch,
  memory?: TextMemory,
): Promise<BuiltCode> {
  const discovery = await findFiles(options, plan, host, watch);
  return stage(watch, "code", async () => {
    const { buildInventory } = await import("./link/build-inventory.ts");
    const { inventory, findings, directives, stats, explain } = await buildInventory({
      host,
      discovery,
      plan,
      ...(memory && { memory }),
      ...(options.keptLinking && { kept: options.keptLinking }),
      ...(options.progress && { progress: options.progress }),
    });
    const unread = discovery.problems.map(({ path, message }) => unreadableFile(path, message));
    const said = [...findings, ...unread, ...(options.parts?.findings ?? [])];
    const plain = { inventory, findings: said, directives, stats, files: discovery.files };
    return { plain, discovery, explain };
  });
}

/** Where the code is. The plan and its plugins are where the run is. */
function codeHost({ parts }: ReadOptions, host: Host): Host {
  return parts?.host ?? host;
}

/** What of the code is to be judged. */
export function scopeOf(options: ReadOptions, host: Host): readonly Scope[] {
  return (options.scope ?? EVERYTHING).map((named) => namedScope(named, codeHost(options, host), []));
}

/** The files of the plan; absent where there is none. */
export async function readPlan(
  { plan: place, cache }: Pick<ReadOptions, "plan" | "cache">,
  watch: Stopwatch,
): Promise<ReadPlan | undefined> {
  return place && stage(watch, "plan", () => readPlanFiles(place, cache));
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
    const whole = discover(codeHost(options, host), common);
    const scope = options.scope ?? EVERYTHING;
    if (scope.includes("") || options.addsNamed === false) return whole;
    const named = discover(codeHost(options, host), { ...common, paths: scope });
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
 * @param read a sound plan
 * @throws UserError for a revision that isn't there, or at which there was no plan
 */
export async function readPlanBefore(
  { plan: place, against }: ReadOptions & { readonly against?: string },
  read: ReadPlan | undefined,
  watch: Stopwatch,
) {
  if (place === undefined) {
    if (against === undefined) return undefined;
    throw new UserError("There is no tracking plan to compare.", { help: "Name it with `--plan`." });
  }
  const isAsked = against === undefined ? read?.hasVersions : (await read?.load())?.plan?.hasEvents;
  if (read === undefined || isAsked !== true) return undefined;
  return stage(watch, "earlier plan", async () => {
    const { planBefore } = await import("./project/plan-before.ts");
    return planBefore(place, against, read.texts);
  });
}
