import type { Host } from "./host/host.ts";
import type { Part } from "./parts/part.ts";
import { type ReadOptions, readPlan, stage } from "./read.ts";
import { Stopwatch } from "./util/stopwatch.ts";

export interface PartOptions extends ReadOptions {
  /** Folder of a package, relative to the root. */
  readonly folder: string;
}

/**
 * Reads one package, for `check` with `parts`. The plan says which files are in scope, and nothing else.
 *
 * @throws UserError where the folder is no package
 * @throws InternalError where a whole stage fails
 */
export async function readPackage({ folder, ...options }: PartOptions, host: Host): Promise<Part> {
  const watch = new Stopwatch();
  const loaded = await (await readPlan(options, watch))?.load();
  return stage(watch, "part", async () => {
    const { makePart } = await import("./parts/make-part.ts");
    return makePart({ host, plan: loaded?.plan, folder });
  });
}
