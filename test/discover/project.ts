import { type DiscoverOptions, discover } from "../../src/discover/discover.ts";
import type { Discovery, Resolution } from "../../src/discover/types.ts";
import { memoryHost } from "../../src/host/memory-host.ts";

export type Files = Readonly<Record<string, string | object>>;

/** Discovery over files in memory; objects are written as JSON. */
export function discoverIn(files: Files, options: DiscoverOptions = {}): Discovery {
  return discover(memoryHost(asTexts(files)), options);
}

/** How imports resolve in such files: the path of a file, `package:name/subpath`, or nothing. */
export function resolverIn(files: Files): (specifier: string, fromFile: string) => string | undefined {
  const { resolver } = discoverIn(files);
  return (specifier, fromFile) => show(resolver.resolve(specifier, fromFile));
}

function show(resolution: Resolution | undefined): string | undefined {
  if (resolution?.kind !== "package") return resolution?.path;
  return `package:${resolution.name}${resolution.subpath === "" ? "" : `/${resolution.subpath}`}`;
}

export function asTexts(files: Files): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? content : JSON.stringify(content),
    ]),
  );
}
