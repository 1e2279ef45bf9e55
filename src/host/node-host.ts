import { constants, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { UserError } from "../errors.ts";
import { cleanPath, parentOf } from "../util/posix-path.ts";
import { gitFiles } from "./git-files.ts";
import { type Entry, type Host, HostError, type Stamp } from "./host.ts";
import { sourceFileText } from "./source-file-text.ts";

/**
 * Opening a link fails instead of following it, so that no path has to be resolved before it is read; opening a pipe
 * doesn't wait for a writer. Windows has neither.
 */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** Node takes numeric flags here, its types don't say so. */
const asText = { encoding: "utf8", flag: readFlags as unknown as string } as const;
const opensLinks = constants.O_NOFOLLOW === undefined;
/** Characters of text that stay in memory: those of a repository of some 10,000 files. What is beyond is read again when it is asked for again. */
const MAX_REMEMBERED = 64 * 1024 * 1024;

/** The real file system below a folder. Throws `UserError` where there is no such folder. */
export function nodeHost(root: string): Host {
  const absoluteRoot = resolve(root);
  const realRoot = realRootOf(absoluteRoot);
  const realPrefix = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  /** Folders that were looked at: undefined where all is well, else why nothing in them is read. */
  const folders = new Map<string, string | undefined>([["", undefined]]);

  const texts = new Map<string, string>();
  let remembered = 0;

  const absolute = (path: string) => (path === "" ? realRoot : realPrefix + path);

  /** Follows links. Says why where the target is outside the root or can't be reached. */
  function follow(path: string): { readonly target: string } | { readonly refusal: string } {
    let target: string;
    try {
      target = realpathSync.native(absolute(path));
    } catch (error) {
      const code = codeOf(error);
      if (code === "ELOOP") return { refusal: "is a link that leads back to itself" };
      if (code === "ENOENT" || code === "ENOTDIR") return { refusal: "is a link to something that doesn't exist" };
      return { refusal: reasonOf(error) };
    }
    if (target !== realRoot && !target.startsWith(realPrefix))
      return { refusal: "is a link that leads outside the root" };
    return { target };
  }

  /** Why nothing in a folder is read; undefined where it may be. Looks at every folder once. */
  function refusalOfFolder(folder: string): string | undefined {
    if (folders.has(folder)) return folders.get(folder);
    let refusal = refusalOfFolder(parentOf(folder));
    if (refusal === undefined && isLink(absolute(folder))) {
      const followed = follow(folder);
      if ("refusal" in followed) refusal = `lies in \`${folder}\`, which ${followed.refusal}`;
    }
    folders.set(folder, refusal);
    return refusal;
  }

  /** What is at a path, its links followed; undefined where nothing is, or nothing that may be read. */
  function statOf(path: string): Stats | undefined {
    const inside = cleanPath(path);
    if (inside === undefined || refusalOfFolder(parentOf(inside)) !== undefined) return undefined;
    const stats = statIfThere(absolute(inside), lstatSync);
    if (!stats?.isSymbolicLink()) return stats;
    const followed = follow(inside);
    return "target" in followed ? statIfThere(followed.target, statSync) : undefined;
  }

  /** Files are asked for again when something is found that they may name. */
  function readText(path: string): string | undefined {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const text = readFrom(path);
    if (text !== undefined && remembered + text.length <= MAX_REMEMBERED) {
      texts.set(path, text);
      remembered += text.length;
    }
    return text;
  }

  function readFrom(path: string): string | undefined {
    const inside = cleanPath(path);
    if (inside === undefined) throw new HostError(path, "lies outside the root");
    const refusal = refusalOfFolder(parentOf(inside));
    if (refusal !== undefined) throw new HostError(path, refusal);
    try {
      const file = opensLinks ? targetOf(path, inside) : absolute(inside);
      return sourceFileText(path, readFileSync(file, asText));
    } catch (error) {
      if (error instanceof HostError) throw error;
      const code = codeOf(error);
      if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
      if (isLink(absolute(inside))) return readLinked(path, inside);
      throw new HostError(path, reasonOf(error), error);
    }
  }

  function targetOf(path: string, inside: string): string {
    const file = absolute(inside);
    if (!isLink(file)) return file;
    const followed = follow(inside);
    if ("refusal" in followed) throw new HostError(path, followed.refusal);
    return followed.target;
  }

  function readLinked(path: string, inside: string): string | undefined {
    const target = targetOf(path, inside);
    try {
      return sourceFileText(path, readFileSync(target, asText));
    } catch (error) {
      if (codeOf(error) === "EISDIR") return undefined;
      throw error instanceof HostError ? error : new HostError(path, reasonOf(error), error);
    }
  }

  function entries(path: string): readonly Entry[] {
    const folder = cleanPath(path);
    if (folder === undefined || refusalOfFolder(folder) !== undefined) return [];
    try {
      const found = readdirSync(absolute(folder), { withFileTypes: true })
        .flatMap((entry): Entry[] => {
          if (entry.isFile()) return [{ name: entry.name, kind: "file" }];
          if (entry.isDirectory()) return [{ name: entry.name, kind: "directory" }];
          return entry.isSymbolicLink() ? [{ name: entry.name, kind: "link" }] : [];
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      // What is a folder here is no link: it needs no look of its own.
      for (const { name, kind } of found) {
        if (kind === "directory") folders.set(folder === "" ? name : `${folder}/${name}`, undefined);
      }
      return found;
    } catch (error) {
      const code = codeOf(error);
      if (code === "ENOENT" || code === "ENOTDIR") return [];
      throw new HostError(path, reasonOf(error), error);
    }
  }

  function realPath(path: string): string | undefined {
    const inside = cleanPath(path);
    if (inside === undefined) return undefined;
    const followed = follow(inside);
    if ("refusal" in followed) return undefined;
    return followed.target.slice(realPrefix.length).replaceAll(sep, "/");
  }

  function stamp(path: string): Stamp | undefined {
    const stats = statOf(path);
    if (!stats?.isFile()) return undefined;
    const { size, mtimeMs, ctimeMs, ino } = stats;
    return { mark: `${size} ${mtimeMs} ${ctimeMs} ${ino}`, writtenAt: Math.max(mtimeMs, ctimeMs) };
  }

  let listed: { readonly files: readonly string[] | undefined } | undefined;

  /**
   * A link to a file of the root is left out because that file speaks for itself; one that can't be followed stays, so
   * that whoever reads it learns why.
   */
  function listFiles(): readonly string[] | undefined {
    return gitFiles(realRoot)
      ?.filter((entry) => !entry.isLink || realPath(entry.path) === undefined)
      .map((entry) => entry.path);
  }

  return {
    root: absoluteRoot,
    readText,
    entries,
    realPath,
    stamp,
    isFile: (path) => statOf(path)?.isFile() === true,
    isDirectory: (path) => statOf(path)?.isDirectory() === true,
    list: (path) => entries(path).map((entry) => entry.name),
    gitFiles: () => {
      listed ??= { files: listFiles() };
      return listed.files;
    },
  };
}

function realRootOf(root: string): string {
  try {
    const real = realpathSync.native(root);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    throw new UserError(`Can't read the folder ${root}: ${reasonOf(error)}.`, { cause: error });
  }
  throw new UserError(`${root} is not a folder.`);
}

function isLink(absolutePath: string): boolean {
  return statIfThere(absolutePath, lstatSync)?.isSymbolicLink() === true;
}

function statIfThere(absolutePath: string, stat: typeof lstatSync): Stats | undefined {
  try {
    return stat(absolutePath, { throwIfNoEntry: false });
  } catch (error) {
    // A loop of links on the way, a folder without permission, a name too long: nothing that could be read.
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "there is no permission to read it",
  EPERM: "there is no permission to read it",
  ENOENT: "it doesn't exist",
  ELOOP: "is a link that leads back to itself",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
  ERR_STRING_TOO_LONG: "is too large to read",
  ERR_FS_FILE_TOO_LARGE: "is too large to read",
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons[code ?? ""] ?? `can't be read (${code ?? String(error)})`;
}
