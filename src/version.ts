import { readFileSync } from "node:fs";

/** The folder of the package, from its sources and from its build alike: both lie one folder below it. */
export const packageRoot = new URL("../", import.meta.url);

/** The version of this package. */
export function readVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(new URL("package.json", packageRoot), "utf8"));
  return manifest.version;
}
