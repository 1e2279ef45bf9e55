import { type Host, HostError } from "../host/host.ts";
import { digestOf } from "./digest.ts";

/** The digest of a text, and the mark that its file had. */
export interface KnownText {
  readonly mark: string;
  readonly digest: string;
}

/** A clock of a file system may stand still for so long: what was written just before it was read may be written again unnoticed. */
const TICK_MILLISECONDS = 2000;

/** The texts of a host by their digests. A file that has the mark that it had is not read. */
export class KnownTexts {
  readonly #host: Host;
  readonly #before: ReadonlyMap<string, KnownText>;
  readonly #now: number;
  readonly #seen = new Map<string, string>();
  readonly #marks = new Map<string, KnownText>();
  /** Whether files were read whose marks are new. */
  hasChanged = false;

  /** @param now milliseconds since 1970, taken before anything was read */
  constructor(host: Host, before: ReadonlyMap<string, KnownText>, now: number) {
    this.#host = host;
    this.#before = before;
    this.#now = now;
  }

  /** The digest of a text; another string where there is no such file, or it can't be read. */
  digestOf(path: string): string {
    const seen = this.#seen.get(path);
    if (seen !== undefined) return seen;
    const known = this.#before.get(path);
    const stamp = this.#host.stamp(path);
    if (known !== undefined && stamp?.mark === known.mark) {
      this.#marks.set(path, known);
      this.#seen.set(path, known.digest);
      return known.digest;
    }
    const digest = this.#read(path);
    if (stamp !== undefined && stamp.writtenAt < this.#now - TICK_MILLISECONDS) {
      this.#marks.set(path, { mark: stamp.mark, digest });
      this.hasChanged = true;
    }
    this.#seen.set(path, digest);
    return digest;
  }

  /** What a later run may start from. */
  get marks(): ReadonlyMap<string, KnownText> {
    return this.#marks;
  }

  #read(path: string): string {
    try {
      const text = this.#host.readText(path);
      return text === undefined ? "none" : digestOf(text);
    } catch (error) {
      if (error instanceof HostError) return `unreadable: ${error.message}`;
      throw error;
    }
  }
}
