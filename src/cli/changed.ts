import { relative, resolve, sep } from "node:path";
import { UserError } from "../errors.ts";
import { changesSince, stagedChanges, stagedHost } from "../host/git-changes.ts";
import type { Host } from "../host/host.ts";
import { overlayHost } from "../host/overlay-host.ts";
import type { KeptRuns } from "../project/kept-runs.ts";
import { openProject, type Project } from "../project/open-project.ts";
import type { Touching } from "../project/touched.ts";
import type { ReadOptions } from "../read.ts";
import { cleanPath } from "../util/posix-path.ts";
import type { Io } from "./io.ts";

export interface ChangedFlags {
  readonly plan?: string;
  readonly staged?: boolean;
  readonly since?: string;
  readonly onlyChangedLines?: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  /** Files and globs of parts. */
  readonly from?: readonly string[];
}

/** A project as the flags want it seen, and what of it they ask about. */
export interface AskedProject extends Project {
  /** The code, where it isn't read from the host. */
  readonly parts?: NonNullable<ReadOptions["parts"]>;
  readonly touching?: Touching;
  readonly addsNamed?: boolean;
}

/**
 * Opens the project: the work tree, the index of the next commit, or with one text from standard input.
 *
 * @throws UserError for flags that don't go together, a path that is not there, and where git can't answer
 */
export async function openAsked(
  paths: readonly string[],
  flags: ChangedFlags,
  io: Io,
  kept?: KeptRuns,
): Promise<AskedProject> {
  const project = await openView(paths, flags, io, kept);
  if (flags.from === undefined) return project;
  const { openParts } = await import("../project/open-parts.ts");
  return { ...project, parts: openParts(flags.from, io.cwd, project.host, io.program) };
}

async function openView(
  paths: readonly string[],
  flags: ChangedFlags,
  io: Io,
  kept: KeptRuns | undefined,
): Promise<AskedProject> {
  const view = kept && ((disk: Host) => kept.folders.view(disk));
  const common = { cwd: io.cwd, ...(flags.plan !== undefined && { plan: flags.plan }) };
  if (flags.stdin || flags.stdinFilename !== undefined) return openWithText(common, flags, paths, io);
  const { staged = false, since } = flags;
  if (!staged && since === undefined) {
    if (flags.onlyChangedLines) {
      throw new UserError("`--only-changed-lines` needs to know since when.", {
        help: "Add `--staged` or `--since REF`.",
      });
    }
    return openProject({ ...common, paths, ...(view && { view }) });
  }
  const project = openProject({
    ...common,
    paths,
    skipsMissing: true,
    ...(view && { view }),
    ...(staged && { view: stagedHost }),
  });
  const { root } = project.host;
  const changes = staged ? stagedChanges(root) : changesSince(root, since!);
  return { ...project, addsNamed: false, touching: { changes, linesOnly: flags.onlyChangedLines === true } };
}

async function openWithText(
  common: { readonly cwd: string; readonly plan?: string },
  { stdin, stdinFilename: name }: ChangedFlags,
  paths: readonly string[],
  io: Io,
): Promise<AskedProject> {
  if (!stdin || name === undefined) {
    throw new UserError("`--stdin` and `--stdin-filename` belong together.", {
      help: "The one says that a text comes from standard input, the other which file of the project it is.",
    });
  }
  if (paths.length > 0) throw new UserError("`--stdin` takes one text: name its file with `--stdin-filename`.");
  const text = await io.readStdin();
  let file: string | undefined;
  const view = (disk: Host) => {
    file = cleanPath(relative(disk.root, resolve(io.cwd, name)).replaceAll(sep, "/"));
    if (!file) throw new UserError(`\`${name}\` lies outside of ${disk.root}.`);
    return overlayHost(disk, new Map([[file, text]]));
  };
  const project = openProject({ ...common, view });
  return { ...project, addsNamed: false, scope: [file!] };
}
