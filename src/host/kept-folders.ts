import { foldersAbove, parentOf } from "../util/posix-path.ts";
import type { Entry, Host } from "./host.ts";

/**
 * What the runs of one process know of which files there are. Texts are read anew by each of them, and so is what nobody
 * watches: what was installed, and folders in which git lists nothing.
 */
export class KeptFolders {
  #listed: { readonly files: readonly string[] | undefined } | undefined;
  #watched: { readonly folders: ReadonlySet<string> | undefined } | undefined;
  readonly #entries = new Map<string, readonly Entry[]>();
  readonly #files = new Map<string, boolean>();
  readonly #directories = new Map<string, boolean>();
  readonly #realPaths = new Map<string, string | undefined>();

  /** A file or folder came or went, or git lists others. */
  forget(): void {
    this.#listed = undefined;
    this.#watched = undefined;
    for (const known of [this.#entries, this.#files, this.#directories, this.#realPaths]) known.clear();
  }

  /** A host of a run, which asks the disk only for what no run has asked since `forget`. What can't be read is asked for again. */
  view(host: Host): Host {
    const gitFiles = () => {
      this.#listed ??= { files: host.gitFiles() };
      return this.#listed.files;
    };
    const isWatched = (folder: string) => {
      this.#watched ??= { folders: foldersWith(gitFiles()) };
      const { folders } = this.#watched;
      return folders === undefined ? !INSTALLED.test(folder) : folders.has(folder);
    };
    const inWatched = (path: string) => !INSTALLED.test(path) && isWatched(parentOf(path));
    // Beside a manifest a folder of what is installed may appear.
    const mayInstall = (found: readonly Entry[]) => found.some(({ name }) => name === "package.json");
    const entries = remembered(this.#entries, host.entries, (path, found) => isWatched(path) && !mayInstall(found));
    return {
      ...host,
      entries,
      list: (path) => entries(path).map(({ name }) => name),
      isFile: remembered(this.#files, host.isFile, inWatched),
      isDirectory: remembered(this.#directories, host.isDirectory, inWatched),
      realPath: remembered(this.#realPaths, host.realPath, inWatched),
      gitFiles,
    };
  }
}

/** What was installed is in here. */
export const INSTALLED = /(?:^|\/)node_modules(?:\/|$)/;

/** The folders that hold some of these files, and those above them; undefined where nothing is listed. */
export function foldersWith(files: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (files === undefined) return undefined;
  const folders = new Set([""]);
  for (const path of files) {
    for (const folder of foldersAbove(path)) {
      if (folder !== "" && folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function remembered<Answer>(
  known: Map<string, Answer>,
  ask: (path: string) => Answer,
  isKept: (path: string, answer: Answer) => boolean,
): (path: string) => Answer {
  return (path) => {
    if (known.has(path)) return known.get(path) as Answer;
    const answer = ask(path);
    if (isKept(path, answer)) known.set(path, answer);
    return answer;
  };
}
