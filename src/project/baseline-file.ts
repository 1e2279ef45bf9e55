import { existsSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { UserError } from "../errors.ts";
import { HostError } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";

export interface BaselineFile {
  /** Absolute path. */
  readonly path: string;
  /** Relative to the root of the run. */
  readonly file: string;
  /** Undefined where it isn't there. */
  readonly text: string | undefined;
}

/**
 * Finds and reads the baseline.
 *
 * @param usual where it stands relative to the root, unless one is named
 * @param named relative to `cwd`
 * @throws UserError where it is there and can't be read
 */
export function openBaseline(root: string, usual: string, cwd: string, named: string | undefined): BaselineFile {
  const path = named === undefined ? resolve(root, usual) : resolve(cwd, named);
  const file = relative(root, path).replaceAll(sep, "/");
  if (!existsSync(dirname(path))) return { path, file, text: undefined };
  try {
    const host = nodeHost(dirname(path));
    if (host.isDirectory(basename(path))) throw new UserError(`The baseline \`${named ?? usual}\` is a folder.`);
    return { path, file, text: host.readText(basename(path)) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`Can't read the baseline \`${named ?? usual}\`: it ${error.message}.`, { cause: error });
  }
}
