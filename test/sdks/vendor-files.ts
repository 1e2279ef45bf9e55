import { readdirSync, readFileSync } from "node:fs";
import type { CompiledSurface, VendorFile } from "../../src/sdks/vendor-file.ts";

const folder = new URL("../../src/sdks/vendors/", import.meta.url);

/** File name and content of every vendor file. */
export const vendorFiles: readonly (readonly [string, VendorFile])[] = readdirSync(folder)
  .sort()
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), "utf8"))] as const);

export const surfaces: readonly CompiledSurface[] = vendorFiles.flatMap(([, file]) =>
  file.sdks.map((surface) => ({ ...surface, vendor: file.vendor, vendorName: file.name })),
);

export function surfaceById(id: string): CompiledSurface | undefined {
  return surfaces.find((surface) => surface.id === id);
}
