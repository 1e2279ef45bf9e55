/**
 * The only door to the outside world. Paths are relative to the root, with `/` between segments; `""` is the root.
 * Nothing outside the root is ever read, links included.
 */
export interface Host {
  /** Absolute path of the root, for messages and for starting git. */
  readonly root: string;
  /** The bytes as UTF-8 text, without a byte order mark; undefined where there is no such file. Throws `HostError` where it can't be read. */
  readText(path: string): string | undefined;
  /** True for a file, not for a folder. */
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names in a folder, sorted; empty where there is none. */
  list(path: string): readonly string[];
  /** Files of the git work tree below the root (tracked, and untracked but not ignored); undefined outside git. */
  gitFiles(): readonly string[] | undefined;
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
