import { decodeSurface } from "./decode.ts";
import { namesJson, surfacesJson } from "./generated.ts";
import type { Sdk, SdkGlobal } from "./sdk.ts";
import type { CompiledSurface, KnownEndpoint, KnownNames } from "./vendor-file.ts";

export { consentPlatforms } from "./consent-platforms.ts";
export {
  commandPackages,
  lifelines,
  methodExports,
  routeFiles,
  serverlessPlatforms,
  workerHandlers,
} from "./serverless-platforms.ts";

/** A global together with the surface that it belongs to. One name may belong to several. */
export interface KnownGlobal extends SdkGlobal {
  readonly sdk: Sdk;
}

const names: KnownNames = JSON.parse(namesJson);
const json = new Map(names.surfaces.map(({ id }, index) => [id, surfacesJson[index]]));
const packages = new Map(Object.entries(names.packages));
const globals = new Map(Object.entries(names.globals));
const decoded = new Map<string, Sdk>();

/** The surface with this id, decoded at its first use; undefined where there is none. */
export function sdkById(id: string): Sdk | undefined {
  const known = decoded.get(id);
  if (known !== undefined) return known;
  const surface = compiledSurface(id);
  if (surface === undefined) return undefined;
  const sdk = decodeSurface(surface, compiledSurface);
  decoded.set(id, sdk);
  return sdk;
}

/** All surfaces, grouped by vendor. Decodes them all: ask by name where a name is known. */
export function allSdks(): readonly Sdk[] {
  return sdksOf(names.surfaces.map(({ id }) => id));
}

/**
 * Surfaces that a specifier gives: by the specifier as written (`posthog-node/edge`), else by its package
 * (`posthog-node/lib/x`). Empty where it is none of a known SDK.
 */
export function sdksByPackage(specifier: string): readonly Sdk[] {
  return sdksOf(packages.get(specifier) ?? packages.get(packageOf(specifier)) ?? []);
}

/** What a global of this name (without `window.`) may be. */
export function globalsByName(name: string): readonly KnownGlobal[] {
  return sdksOf(globals.get(name)?.sdks ?? []).flatMap((sdk) =>
    sdk.globals.filter((global) => global.name === name).map((global) => ({ ...global, sdk })),
  );
}

/** Specifiers whose appearance makes a file a candidate. */
export const seedPackages: readonly string[] = names.seeds;

/** Words that make a file a candidate where the specifier alone says nothing (`vscode`). */
export const seedWords: readonly string[] = names.seedWords;

/** Globals whose appearance makes a file a candidate; those not `bare` only behind `window`, `globalThis` or `self`. */
export const seedGlobals: readonly { readonly name: string; readonly bare: boolean }[] = [...globals].map(
  ([name, { bare }]) => ({ name, bare }),
);

/** Addresses that take events. Decodes nothing. */
export const collectorAddresses: readonly KnownEndpoint[] = names.endpoints;

/** The vendors that a plan may mean by a name: one of a surface, a vendor or a family. Decodes nothing. */
export function vendorsNamed(name: string): ReadonlySet<string> {
  const meant = names.surfaces.filter(({ id, vendor, family }) => [id, vendor, family].includes(name));
  return new Set(meant.map(({ vendor }) => vendor));
}

/** Words that make a specifier worth asking `vendorWordOf` about. */
export const vendorWords: readonly string[] = names.words.map((entry) => entry.word);

/**
 * Surfaces that a fork or wrapper of an SDK stands for: `@acme/rudder-sdk-node` has RudderStack's own word in its
 * unscoped name and resembles its Node SDK most. Empty where the name has no vendor's word; several where the best
 * resemblance is shared.
 */
export function vendorWordOf(packageName: string): readonly Sdk[] {
  const parts = partsOf(packageName);
  const entry = names.words.find(
    ({ word, with: beside }) => parts.includes(word) && (beside?.some((part) => parts.includes(part)) ?? true),
  );
  if (entry === undefined) return [];
  const ranked = names.surfaces
    .filter(({ vendor, packages: own }) => vendor === entry.vendor && own.length > 0)
    .map(({ id, packages: own }) => ({
      id,
      score: Math.max(...own.map((name) => resemblance(parts, partsOf(name)))),
    }));
  const best = Math.max(...ranked.map(({ score }) => score));
  return sdksOf(ranked.filter(({ score }) => score === best).map(({ id }) => id));
}

/** Dice's coefficient of two names' parts. */
function resemblance(a: readonly string[], b: readonly string[]): number {
  return (2 * a.filter((part) => b.includes(part)).length) / (a.length + b.length);
}

/** Parts of an unscoped name: `@acme/rudder-sdk-node` gives rudder, sdk, node. */
function partsOf(packageName: string): readonly string[] {
  const unscoped = packageName.startsWith("@") ? packageName.slice(packageName.indexOf("/") + 1) : packageName;
  return unscoped.toLowerCase().split(/[-_./]/);
}

/** The package that a specifier leads into: `@segment/analytics-next` of `@segment/analytics-next/dist/types`. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function compiledSurface(id: string): CompiledSurface | undefined {
  const text = json.get(id);
  return text === undefined ? undefined : JSON.parse(text);
}

function sdksOf(ids: readonly string[]): readonly Sdk[] {
  return ids.flatMap((id) => sdkById(id) ?? []);
}
