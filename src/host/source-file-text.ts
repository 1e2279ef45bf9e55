import { HostError } from "./host.ts";

const bytesLookedAt = 8192;

/** What a host hands out for a file's decoded content: no byte order mark, and no binary data. */
export function sourceFileText(path: string, decoded: string): string {
  if (decoded.slice(0, bytesLookedAt).includes("\0")) {
    throw new HostError(path, "looks binary: there is a NUL byte near its start");
  }
  return decoded.charCodeAt(0) === 0xfeff ? decoded.slice(1) : decoded;
}
