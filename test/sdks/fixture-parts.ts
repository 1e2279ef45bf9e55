import type { RolePlace, Sdk, SdkGlobal, SdkImport, SdkInstance, SdkStartForm } from "../../src/sdks/sdk.ts";
import type { Example } from "./example.ts";
import { surfaceById } from "./vendor-files.ts";

/** How a receiver takes a method: `r.m(a)`, `r(a)`, `r("m", a)`, `r.push(["m", a])`, `r(["m", a])`. */
type Form = "member" | "call" | "command" | "push" | "queue";

export interface Receiver {
  readonly text: string;
  readonly form: Form;
  /** Names of the only methods that it takes. */
  readonly only?: readonly string[];
  readonly indent?: string;
  readonly optional?: boolean;
}

/** `r.m(a)` and its like. */
export function apply({ text, form }: Receiver, method: string, args: string): string {
  const list = [`'${method}'`, ...(args === "" ? [] : [args])].join(", ");
  switch (form) {
    case "member":
      return `${text}.${method}(${args})`;
    case "call":
      return `${text}(${args})`;
    case "command":
      return `${text}(${list})`;
    case "push":
      return `${text}.push([${list}])`;
    case "queue":
      return `${text}([${list}])`;
  }
}

/** Declares imports once each, with local names that differ. */
export function importWriter(sdk: Sdk) {
  const local = new Map<SdkImport, string>();
  const taken = new Set<string>(sdk.globals.filter(({ bare }) => bare).map(({ name }) => name));
  const fresh = (base: string): string => {
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base}${n}`;
    taken.add(name);
    return name;
  };
  return {
    fresh,
    use(entry: SdkImport): string {
      const known = local.get(entry);
      if (known !== undefined) return known;
      const name = fresh(entry.symbol);
      local.set(entry, name);
      return name;
    },
    lines: (): readonly string[] => importLines([...local]),
  };
}

export function importLines(local: readonly (readonly [SdkImport, string])[]): readonly string[] {
  const named = new Map<string, string[]>();
  const others: string[] = [];
  for (const [{ from, style, symbol }, name] of local) {
    if (style === "default") others.push(`import ${name} from '${from}';`);
    else if (style === "namespace") others.push(`import * as ${name} from '${from}';`);
    else if (style === "require") others.push(`const ${name} = require('${from}');`);
    else named.set(from, [...(named.get(from) ?? []), name === symbol ? name : `${symbol} as ${name}`]);
  }
  return [...[...named].map(([from, symbols]) => `import { ${symbols.join(", ")} } from '${from}';`), ...others];
}

/** The imports that give an instance's symbol; one undefined where a prop or a global does. */
export function importsOf(sdk: Sdk, { how, symbol }: SdkInstance): readonly (SdkImport | undefined)[] {
  const [head] = symbol.split(".");
  const entries = sdk.imports.filter((entry) => entry.symbol === head && entry.is !== "function");
  return how === "prop" || entries.length === 0 ? [undefined] : entries;
}

export function exampleOf(sdk: Sdk, { how, symbol }: SdkInstance): string {
  const entry = surfaceById(sdk.id)?.instances?.find((instance) => instance.how === how && instance.symbol === symbol);
  return entry?.example ?? "";
}

/** Arguments that say the key, the options and what the start's clauses ask for. */
export function startArguments({ key, options = [], when = [] }: SdkStartForm): string {
  const args: string[] = [];
  const put = (place: RolePlace, value: string): void => {
    const path = place.path.split(".").filter((part) => part !== "");
    args[place.arg] = path.reduceRight((inner, name) => `{ ${name}: ${inner} }`, value);
  };
  for (const place of options.slice(0, 1)) put(place, "{}");
  if (key) put(key, "'KEY'");
  for (const clause of when) if ("equals" in clause) args[clause.arg] = `'${clause.equals}'`;
  return Array.from(args, (arg) => arg ?? "undefined").join(", ");
}

/** Whether the example of a method starts the SDK: by itself, or by a constructor in it. */
export function startsBy({ how, name, when }: SdkStartForm, { method, layout, text }: Example): boolean {
  if (how === "constructor") return text.startsWith(`new ${name}(`);
  if (how !== "init" || name !== method.name) return false;
  return when === undefined || JSON.stringify(layout.when?.slice(0, when.length)) === JSON.stringify(when);
}

/** Queues that only take commands have a name with an underscore before it. */
export function receiversOf({ name, calls, commands }: SdkGlobal, text: string): readonly Receiver[] {
  if (calls !== undefined) return [{ text, form: "call", only: [calls] }];
  if (commands === "call") return [{ text, form: "command" }];
  const push: Receiver = { text, form: "push" };
  const member: Receiver = { text, form: "member" };
  if (commands === undefined) return [member];
  return name.startsWith("_") ? [push] : [member, push];
}

export function silentOf(sdk: Sdk): readonly string[] {
  return surfaceById(sdk.id)?.silent ?? [];
}

export function attribute(path: string, value: string): string {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return `${name}=${value}`;
  return `${name}={${rest.reduceRight((inner, key) => `{ ${key}: ${inner} }`, value)}}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
