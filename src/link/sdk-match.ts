import { globalsByName, packageOf, sdksByPackage, vendorWordOf } from "../sdks/index.ts";
import type { Sdk, SdkImport, SdkMethod } from "../sdks/sdk.ts";
import type { External, Step } from "./value.ts";

/** An SDK surface, and what was done with what it gave: the names and calls after its instance, or a bare function. */
export interface Reached {
  readonly sdk: Sdk;
  /** `instance`: `rest` are steps on an instance. `symbol`: the import itself, not yet called. */
  readonly as: "instance" | "symbol";
  readonly entry?: SdkImport;
  readonly rest: readonly Step[];
}

/** A method of an SDK that a call performs. Several entries of one name differ by their layouts. */
export interface SinkMatch {
  readonly sdk: Sdk;
  readonly methods: readonly SdkMethod[];
  /** Leading arguments that say which method: `snowplow("trackPageView", …)`. */
  readonly skip: number;
  /** The arguments are the items of the first argument: `_hsq.push(["identify", …])`. */
  readonly list?: true;
  /** The steps before the method's own. */
  readonly receiver: readonly Step[];
}

/** The SDK surfaces that an external value belongs to. */
export function reach(value: External): readonly Reached[] {
  let reached = REACHED.get(value);
  if (reached === undefined) {
    reached = value.pkg === undefined ? reachGlobal(value) : reachPackage(value.pkg, value.steps);
    REACHED.set(value, reached);
  }
  return reached;
}

/** Values don't change, and each is asked many times. */
const REACHED = new WeakMap<External, readonly Reached[]>();
const SDKS = new Map<string, PackageSdks>();

/** What a package is known to be: an SDK, or by a vendor's word in its name a fork of one. */
interface PackageSdks {
  readonly sdks: readonly Sdk[];
  readonly isFork: boolean;
}

function sdksOfPackage(pkg: string): PackageSdks {
  let found = SDKS.get(pkg);
  if (found === undefined) {
    const known = sdksByPackage(pkg);
    found = known.length > 0 ? { sdks: known, isFork: false } : { sdks: vendorWordOf(packageOf(pkg)), isFork: true };
    SDKS.set(pkg, found);
  }
  return found;
}

/** What calling an external value performs; `command` is the text of the first argument, where it is known. */
export function sinksOf(callee: External, command: (list: boolean) => string | undefined): SinkMatch[] {
  const matches: SinkMatch[] = [];
  for (const { sdk, as, entry, rest } of reach(callee)) {
    if (as === "instance") addInstanceMatches(matches, sdk, rest, command);
    else if (entry?.is === "function" && rest.length === 0) addFunction(matches, sdk, entry.symbol);
    else if (entry?.is === "queue" && rest.length === 0) addCommand(matches, sdk, command(true), true);
  }
  if (callee.pkg === undefined) addGlobalCalls(matches, callee, command);
  return matches;
}

/**
 * Whether an object of a package's type has a member that is a method of an SDK, or stands before one (`people` of
 * `people.set`). The types of its messages have none: `send(message: EventMessage) { client.capture(message); }`.
 */
export function hasMethod(value: External, name: string): boolean {
  return reach(value).some(
    ({ sdk }) =>
      isTransparent(name) || [...sdk.methods, ...sdk.starts].some((method) => patternOf(method.name).includes(name)),
  );
}

function addInstanceMatches(
  into: SinkMatch[],
  sdk: Sdk,
  rest: readonly Step[],
  command: (list: boolean) => string | undefined,
): void {
  const methods = sdk.methods.filter((method) => method.call !== "hoc" && endsWith(rest, patternOf(method.name)));
  if (methods.length > 0) {
    const [first] = methods;
    const receiver = rest.slice(0, rest.length - patternOf(first?.name ?? "").length);
    if (receiver.every((step) => typeof step !== "string" || isTransparent(step)) || isCallChain(receiver)) {
      into.push({ sdk, methods, skip: 0, receiver });
      return;
    }
  }
  // `const plausible = usePlausible(); plausible("Signup")`
  const called = sdk.instances.find((instance) => instance.calls !== undefined)?.calls;
  if (rest.length === 0 && called) addFunction(into, sdk, called);
  if (rest.length === 1 && rest[0] === "push" && sdk.globals.some((global) => global.commands === "push")) {
    addCommand(into, sdk, command(true), true);
  }
}

/** Members that hand on what they belong to. */
function isTransparent(step: string): boolean {
  return step === "default" || step === "current" || step === "value" || step === "instance" || step === "_original";
}

/** `getInstance().track`, `init(…).track`: the last step before the method is a call. */
function isCallChain(receiver: readonly Step[]): boolean {
  return receiver.length > 0 && typeof receiver.at(-1) !== "string";
}

function addFunction(into: SinkMatch[], sdk: Sdk, name: string): void {
  const methods = sdk.methods.filter((method) => method.name === name && method.call !== "hoc");
  if (methods.length > 0) into.push({ sdk, methods, skip: 0, receiver: [] });
}

function addCommand(into: SinkMatch[], sdk: Sdk, command: string | undefined, list: boolean): void {
  if (command === undefined) return;
  // Snowplow: `trackPageView:tracker1`.
  const name = command.split(":")[0] ?? command;
  const methods = sdk.methods.filter((method) => method.name === name && method.call !== "hoc");
  if (methods.length > 0) into.push({ sdk, methods, skip: 1, ...(list && { list: true }), receiver: [] });
}

function addGlobalCalls(into: SinkMatch[], callee: External, command: (list: boolean) => string | undefined): void {
  const [name] = callee.steps;
  if (typeof name !== "string") return;
  for (const global of globalsByName(name)) {
    if (!global.bare && !callee.viaWindow) continue;
    if (callee.steps.length === 1) {
      if (global.calls) addFunction(into, global.sdk, global.calls);
      if (global.commands === "call") addCommand(into, global.sdk, command(false), false);
    } else if (callee.steps.length === 2 && callee.steps[1] === "push" && global.commands === "push") {
      addCommand(into, global.sdk, command(true), true);
    }
  }
}

function reachGlobal(value: External): Reached[] {
  const [name, ...rest] = value.steps;
  if (typeof name !== "string") return [];
  return globalsByName(name)
    .filter((global) => global.bare || value.viaWindow)
    .flatMap((global) => instancesFrom(global.sdk, name, rest));
}

function reachPackage(pkg: string, steps: readonly Step[]): Reached[] {
  const { sdks, isFork } = sdksOfPackage(pkg);
  const reached = sdks.flatMap((sdk) => reachSurface(sdk, pkg, steps, isFork));
  if (reached.length > 0 || steps[0] !== "default" || isFork) return reached;
  // A default import that the vendor doesn't document, and that bundlers and older versions have.
  return sdks
    .filter((sdk) => sdk.imports.some((entry) => entry.from === pkg))
    .map((sdk) => ({ sdk, as: "instance", rest: steps.slice(1) }));
}

function reachSurface(sdk: Sdk, pkg: string, steps: readonly Step[], isFork: boolean): Reached[] {
  const exact = sdk.imports.filter((entry) => entry.from === pkg);
  const entries =
    exact.length > 0 || isFork
      ? isFork
        ? sdk.imports
        : exact
      : sdk.imports.filter((entry) => packageOf(entry.from) === packageOf(pkg));
  // What an import names itself comes before what it may be a member of.
  for (const way of [afterSymbol, afterWhole]) {
    for (const entry of entries) {
      const found = way(entry, steps, isFork).flatMap((rest) => classify(sdk, entry, rest));
      if (found.length > 0) return found;
    }
  }
  return typedInstance(sdk, entries, steps);
}

/** The steps after the imported symbol. */
function afterSymbol(entry: SdkImport, steps: readonly Step[], isFork: boolean): (readonly Step[])[] {
  const [first, second] = steps;
  if (entry.style === "named") {
    if (first === entry.symbol) return [steps.slice(1)];
    return first === "default" && second === entry.symbol ? [steps.slice(2)] : [];
  }
  return first === "default" && (entry.style === "default" || isFork) ? [steps.slice(1)] : [];
}

/** `import * as x`, `require()`, also of what is documented as a default import, and the other way round. */
function afterWhole(entry: SdkImport, steps: readonly Step[]): (readonly Step[])[] {
  const whole = entry.style === "namespace" || entry.style === "require";
  if (whole) return steps[0] === "default" ? [steps.slice(1)] : [steps];
  return entry.style === "default" && steps[0] !== "default" ? [steps] : [];
}

function classify(sdk: Sdk, entry: SdkImport, rest: readonly Step[]): Reached[] {
  const [first] = rest;
  switch (entry.is) {
    case "instance":
    case "module":
      return [...instancesFrom(sdk, entry.symbol, rest)];
    case "class":
      if (isCreated(first))
        return isBuilder(sdk, entry.symbol) ? [] : [{ sdk, as: "instance", entry, rest: rest.slice(1) }];
      return afterFactory(sdk, entry.symbol, rest) ?? [{ sdk, as: "symbol", entry, rest }];
    case "factory":
    case "hook":
      if (first === undefined || typeof first === "string") {
        return afterFactory(sdk, entry.symbol, rest) ?? [{ sdk, as: "symbol", entry, rest }];
      }
      return [resultOf(sdk, entry, rest.slice(1))];
    case "function":
      // `getUser().addAlias(…)`: the chain starts with a function.
      return rest.length === 0
        ? [{ sdk, as: "symbol", entry, rest }]
        : [{ sdk, as: "instance", rest: [entry.symbol, ...rest] }];
    default:
      return [{ sdk, as: "symbol", entry, rest }];
  }
}

function isCreated(step: Step | undefined): boolean {
  return step !== undefined && typeof step !== "string" && step.created === true;
}

function isBuilder(sdk: Sdk, symbol: string): boolean {
  return sdk.builders?.some((builder) => builder.class === symbol) ?? false;
}

/** The instance among what a factory or a hook gives. */
function resultOf(sdk: Sdk, entry: SdkImport, rest: readonly Step[]): Reached {
  const member = sdk.instances.find((instance) => instance.symbol === entry.symbol)?.member;
  if (member !== undefined && rest[0] === member) return { sdk, as: "instance", entry, rest: rest.slice(1) };
  return { sdk, as: "instance", entry, rest };
}

/** An instance from the thing itself, past a factory that it carries: `amplitude.getInstance()`, `posthog.init(…)`. */
function instancesFrom(sdk: Sdk, symbol: string, rest: readonly Step[]): Reached[] {
  return afterFactory(sdk, symbol, rest) ?? [{ sdk, as: "instance", rest }];
}

function afterFactory(sdk: Sdk, symbol: string, rest: readonly Step[]): Reached[] | undefined {
  for (const instance of sdk.instances) {
    if (instance.how !== "factory" && instance.how !== "hook") continue;
    const [head, ...path] = instance.symbol.split(".");
    if (head !== symbol || path.length === 0) continue;
    const matches = path.every((name, index) => rest[index] === name);
    const call = rest[path.length];
    if (!matches || call === undefined || typeof call === "string") continue;
    return [{ sdk, as: "instance", rest: rest.slice(path.length + 1) }];
  }
  return undefined;
}

/** A value whose declared type is some type of the package: `posthog?: PostHogInterface`. */
function typedInstance(sdk: Sdk, entries: readonly SdkImport[], steps: readonly Step[]): Reached[] {
  const [name, made] = steps;
  if (typeof name !== "string" || made === undefined || typeof made === "string") return [];
  if (made.created !== true || made.call !== undefined) return [];
  const known = entries.find((entry) => entry.symbol === name);
  if (known && known.is !== "class" && known.is !== "constant") return [];
  return isBuilder(sdk, name) ? [] : [{ sdk, as: "instance", rest: steps.slice(2) }];
}

/** `people.set` → two names; `getUser().addAlias` → a name, a call, a name. */
function patternOf(name: string): readonly string[] {
  return name.split(".").flatMap((part) => (part.endsWith("()") ? [part.slice(0, -2), "()"] : [part]));
}

function endsWith(steps: readonly Step[], pattern: readonly string[]): boolean {
  const offset = steps.length - pattern.length;
  if (offset < 0) return false;
  return pattern.every((part, index) => {
    const step = steps[offset + index];
    return part === "()" ? step !== undefined && typeof step !== "string" : step === part;
  });
}
