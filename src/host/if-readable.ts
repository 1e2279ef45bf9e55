import { type Entry, type Host, HostError } from "./host.ts";

/** The text of a file; undefined where there is no such file, or it can't be read. */
export function textIfReadable(host: Host, path: string): string | undefined {
  return ifReadable(() => host.readText(path));
}

/** What is in a folder; nothing where it can't be read. */
export function entriesIfReadable(host: Host, folder: string): readonly Entry[] {
  return ifReadable(() => host.entries(folder)) ?? [];
}

/** Undefined where what is asked of a host can't be read. */
export function ifReadable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
