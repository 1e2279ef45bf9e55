import { existsSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isGlob, literalBase } from "../discover/globs.ts";
import { UserError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import { findPlan } from "../plan/find-plan.ts";
import { nearestName } from "../util/nearest-name.ts";
import type { PlanPlace } from "./plan-place.ts";
import { findProjectRoot } from "./project-root.ts";

export interface ProjectOptions {
  /** The folder that relative paths start from; default: that of the process. */
  readonly cwd?: string;
  /** Files and folders to judge; none: `cwd`. */
  readonly paths?: readonly string[];
  /** The plan file; absent: the nearest `tracking-plan.yaml` from `cwd` up to the root. */
  readonly plan?: string;
  /** What is seen of the files, where it isn't what is on the disk: the index of git, a text that is being written. */
  readonly view?: (host: Host) => Host;
  /** Absolute path of the root; default: found from what is named. */
  readonly root?: string;
  /** Paths that are not there are passed over: a hook names what was deleted too. */
  readonly skipsMissing?: boolean;
}

export interface Project {
  readonly host: Host;
  /** What was named, relative to the root; `""` is the root itself. Empty where nothing of what was named is there. */
  readonly scope: readonly string[];
  readonly plan?: PlanPlace;
}

/**
 * Finds the root, the plan, and what is to be judged.
 *
 * @throws UserError where a path is not there, unless such are skipped
 */
export function openProject(options: ProjectOptions): Project {
  const cwd = realpathSync.native(options.cwd ?? ".");
  const named = (options.paths ?? []).length === 0 ? ["."] : options.paths!;
  const there = options.skipsMissing ? named.filter((path) => isGlob(path) || existsSync(resolve(cwd, path))) : named;
  const targets = there.map((path) => targetOf(cwd, path));
  const folders = targets.map((target) => target.folder);
  const root = options.root ?? findProjectRoot(folders.length === 0 ? cwd : commonFolder(folders));
  const disk = nodeHost(root);
  const host = options.view?.(disk) ?? disk;
  const plan = options.plan === undefined ? nearestPlan(host, cwd) : namedPlan(host, cwd, options.plan);
  return {
    host,
    scope: targets.map((target) => below(root, target.path)),
    ...(plan === undefined ? {} : { plan }),
  };
}

/**
 * A file of the project, relative to its root.
 *
 * @throws UserError where it is not there, is a folder, or lies outside of the project
 */
export function fileIn({ host }: Project, cwd: string, written: string): string {
  const { path, stats } = lookUp(realpathSync.native(cwd), written, "file");
  if (!stats.isFile()) throw new UserError(`\`${written}\` is not a file.`, { help: "Name a file and a line of it." });
  if (isInside(path, host.root)) return below(host.root, path);
  throw new UserError(`\`${written}\` lies outside of ${host.root}.`, {
    help: "Name a folder that holds it, or start tracklint there.",
  });
}

interface Target {
  readonly path: string;
  readonly folder: string;
}

/** A path that exists is itself, brackets and all (`app/[id]/page.tsx`); else it may be a glob. */
function targetOf(cwd: string, path: string): Target {
  if (existsSync(resolve(cwd, path)) || !isGlob(path)) {
    const { path: real, stats } = lookUp(cwd, path, "file or folder");
    return { path: real, folder: stats.isDirectory() ? real : dirname(real) };
  }
  const base = literalBase(path);
  const { path: folder } = lookUp(cwd, base, "folder");
  return { path: join(folder, relative(base, path)), folder };
}

/** Follows links, as the shell would. */
function lookUp(cwd: string, path: string, what: string): { readonly path: string; readonly stats: Stats } {
  try {
    const real = realpathSync.native(resolve(cwd, path));
    return { path: real, stats: statSync(real) };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const missing = code === "ENOENT" || code === "ENOTDIR";
    const near = missing ? nearestPath(cwd, path) : undefined;
    throw new UserError(missing ? `There is no ${what} \`${path}\`.` : `Can't read \`${path}\` (${code}).`, {
      help: near ? `Did you mean \`${near}\`?` : `Paths are relative to the working directory, ${cwd}.`,
      cause,
    });
  }
}

/** What stands beside a missing path under nearly its name. */
function nearestPath(cwd: string, path: string): string | undefined {
  const folder = dirname(resolve(cwd, path));
  if (!existsSync(folder)) return undefined;
  const near = nearestName(basename(path), nodeHost(folder).list(""));
  return near === undefined ? undefined : join(dirname(path), near).replaceAll(sep, "/");
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    while (!isInside(folder, common)) common = dirname(common);
    return common;
  });
}

function nearestPlan(host: Host, cwd: string): PlanPlace | undefined {
  const path = findPlan(host, isInside(cwd, host.root) ? below(host.root, cwd) : "");
  return path === undefined ? undefined : { host, path, prefix: "" };
}

function namedPlan(host: Host, cwd: string, plan: string): PlanPlace {
  const path = planFile(cwd, plan);
  const inside = isInside(path, host.root) ? below(host.root, path) : undefined;
  if (inside !== undefined && host.isFile(inside)) return { host, path: inside, prefix: "" };
  const place = locatePlan(cwd, plan);
  return { ...place, prefix: below(host.root, place.host.root) };
}

/**
 * A plan by itself, at the root of its own project.
 *
 * @throws UserError where it is not there
 */
export function locatePlan(cwd: string, plan: string): PlanPlace {
  const path = planFile(cwd, plan);
  const host = nodeHost(findProjectRoot(dirname(path)));
  return { host, path: below(host.root, path), prefix: "" };
}

function planFile(cwd: string, plan: string): string {
  const { path, stats } = lookUp(cwd, plan, "plan file");
  if (stats.isFile()) return path;
  throw new UserError(`\`${plan}\` is not a file.`, { help: "The plan is one YAML file." });
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way);
}

/** The way from one folder to a path, with `/`. */
function below(folder: string, path: string): string {
  return relative(folder, path).replaceAll(sep, "/");
}
