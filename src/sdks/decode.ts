import { InternalError } from "../errors.ts";
import type { RolePlace, Sdk, SdkImport, SdkLayout, SdkMethod, SdkStartForm } from "./sdk.ts";
import type { CompiledSurface, LayoutEntry, MethodEntry, RoleEntry, StartEntry } from "./vendor-file.ts";

/**
 * A surface as the vendor files write it, with all that they leave unsaid.
 * @param find surfaces by id, for `methodsOf`
 * @throws InternalError where it names a surface that is not there, or a place that is none
 */
export function decodeSurface(surface: CompiledSurface, find: (id: string) => CompiledSurface | undefined): Sdk {
  const methods = methodEntries(surface, find);
  const {
    consent,
    builders,
    jsx,
    attributes,
    http,
    settableKeys,
    firstTouch,
    stamps,
    needs,
    capturesWith,
    quietWith,
    holdOptions,
    withoutId,
    groupsNeedNoPerson,
    keepsId,
    delivery,
  } = surface;
  return {
    id: surface.id,
    vendor: surface.vendor,
    vendorName: surface.vendorName,
    product: surface.product,
    family: surface.family,
    platform: surface.platform,
    status: surface.status ?? "current",
    packages: surface.packages ?? [],
    imports: (surface.imports ?? []).flatMap((entry) => decodeImport(entry, methods)),
    instances: surface.instances ?? [],
    starts: (surface.starts ?? []).map(decodeStart),
    globals: (surface.globals ?? []).map((global) => ({ ...global, bare: global.bare ?? false })),
    methods: methods.map(decodeMethod),
    ...(builders && { builders }),
    ...(jsx && { jsx }),
    ...(attributes && { attributes }),
    ...(http && { http }),
    ...(settableKeys && { settableKeys }),
    ...(firstTouch && { firstTouch }),
    ...(stamps && { stamps }),
    ...(needs && { needs: needs.fields, ...(needs.httpOnly && { needsOverHttp: true as const }) }),
    ...(surface.knowsByEmail && { knowsByEmail: true as const }),
    contextConsent: consent.reads,
    ...(consent.field !== undefined && { consentField: consent.field }),
    asksPerson: surface.asksPerson ?? false,
    startsCapture: surface.startsCapture ?? false,
    ...(capturesWith && { capturesWith }),
    ...(quietWith && { quietWith }),
    ...(holdOptions && { holdOptions }),
    ...(withoutId && { withoutId: withoutId.is }),
    ...(groupsNeedNoPerson && { groupsNeedNoPerson }),
    ...(keepsId && { keepsId }),
    ...(delivery && { delivery }),
  };
}

/** The methods of a surface as its file gives them, those of `methodsOf` included. */
export function methodEntries(
  surface: CompiledSurface,
  find: (id: string) => CompiledSurface | undefined,
): readonly MethodEntry[] {
  const own = surface.methods ?? [];
  if (surface.methodsOf === undefined) return own;
  const base = find(surface.methodsOf);
  if (base === undefined)
    throw new InternalError("sdks", `${surface.id}: methodsOf names no surface: ${surface.methodsOf}`);
  const replaced = new Set([...own.map((method) => method.name), ...(surface.without ?? [])]);
  return [...methodEntries(base, find).filter((method) => !replaced.has(method.name)), ...own];
}

export function layoutEntries(method: MethodEntry): readonly LayoutEntry[] {
  return "layouts" in method ? method.layouts : [method];
}

function decodeImport(entry: SdkImport, methods: readonly MethodEntry[]): readonly SdkImport[] {
  if (entry.symbol !== "*") return [entry];
  const names = new Set(methods.map((method) => method.name).filter((name) => /^\w+$/.test(name)));
  return [...names].map((symbol) => ({ ...entry, symbol }));
}

function decodeStart({ key, options, ...start }: StartEntry): SdkStartForm {
  return {
    ...start,
    ...(key !== undefined && { key: parsePlace(key) }),
    ...(options && { options: options.map(parsePlace) }),
  };
}

function decodeMethod(method: MethodEntry): SdkMethod {
  const { name, kind, subkind, fixedEvent, dispatches, mergesBothWays, forgetsWithNull, newVisitor } = method;
  return {
    name,
    kind,
    ...(subkind !== undefined && { subkind }),
    call: method.call ?? "method",
    ...(fixedEvent !== undefined && { fixedEvent }),
    ...(dispatches && { dispatches }),
    ...(mergesBothWays && { mergesBothWays }),
    ...(forgetsWithNull && { forgetsWithNull }),
    ...(newVisitor && { newVisitor }),
    ...(method.runtimeRequired && { runtimeRequired: method.runtimeRequired }),
    layouts: layoutEntries(method).map(decodeLayout),
    verified: method.verified ?? "typings",
  };
}

function decodeLayout({ when, roles = {}, required, requiredOneOf }: LayoutEntry): SdkLayout {
  return {
    ...(when && { when }),
    roles: Object.fromEntries(Object.entries(roles).map(([role, entry]) => [role, decodeRole(entry)])),
    ...(required && { required }),
    ...(requiredOneOf && { requiredOneOf }),
  };
}

function decodeRole(entry: RoleEntry): RolePlace {
  if (typeof entry === "string") return parsePlace(entry);
  const { at, ...rest } = entry;
  return { ...parsePlace(at), ...rest };
}

function parsePlace(text: string): RolePlace {
  const match = /^(\d+)(?:\.(.+)|(\[.+))?$/.exec(text);
  if (match === null) throw new InternalError("sdks", `not a place: ${text}`);
  return { arg: Number(match[1]), path: match[2] ?? match[3] ?? "" };
}
