/**
 * The only door to the outside world. Paths are relative to the root, with `/` between segments; `""` is the root.
 * Nothing outside the root is ever read, links included. A host serves one run: it may remember what it saw.
 */
export interface Host {
  /** Absolute path of the root, for messages and for starting git. */
  readonly root: string;
  /**
   * The bytes as UTF-8 text, without a byte order mark; undefined where there is no such file. Bytes that are no UTF-8
   * become U+FFFD. Throws `HostError` where it can't be read, looks binary or lies outside the root.
   */
  readText(path: string): string | undefined;
  /** True for a file, not for a folder. Follows links inside the root. */
  isFile(path: string): boolean;
  /** True for a folder. Follows links inside the root. */
  isDirectory(path: string): boolean;
  /** Names in a folder, sorted; empty where there is none. Throws `HostError` where the folder can't be read. */
  list(path: string): readonly string[];
  /** As `list`, with what each name is; sockets, pipes and devices are left out. */
  entries(path: string): readonly Entry[];
  /** The path with its links followed; undefined where nothing is there or it lies outside the root. */
  realPath(path: string): string | undefined;
  /**
   * Existing files of the git work tree below the root (tracked, and untracked but not ignored), those of checked-out
   * submodules included; unsorted; undefined outside git. Links to files inside the root are left out.
   */
  gitFiles(): readonly string[] | undefined;
  /** What tells cheaply that a file was not written since; undefined where nothing does, or there is no file. */
  stamp(path: string): Stamp | undefined;
}

/** Of a file at one moment. */
export interface Stamp {
  /** Size, times and number of the file: equal marks, equal bytes, unless it was written twice within a tick of its clock. */
  readonly mark: string;
  /** When it was last written or replaced, in milliseconds since 1970. */
  readonly writtenAt: number;
}

/** A name in a folder. */
export interface Entry {
  readonly name: string;
  readonly kind: "file" | "directory" | "link";
}

/** A file that exists but can't be read, with the reason in words a person understands. */
export class HostError extends Error {
  readonly path: string;
  constructor(path: string, reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = "HostError";
    this.path = path;
  }
}
