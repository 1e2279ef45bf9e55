import type { Sdk, SdkGlobal, SdkImport, SdkInstance, SdkStartForm } from "../../src/sdks/sdk.ts";
import { type Example, examplesOf, freeNames } from "./example.ts";
import { type ExpectedCall, expectedOf } from "./expected-call.ts";
import {
  apply,
  attribute,
  capital,
  exampleOf,
  importsOf,
  importWriter,
  type Receiver,
  receiversOf,
  silentOf,
  startArguments,
  startsBy,
} from "./fixture-parts.ts";

export interface ExpectedStart {
  readonly line: number;
  readonly how: SdkStartForm["how"];
}

export interface Fixture {
  /** `calls.ts`, or `calls.tsx` where it has components. */
  readonly file: string;
  readonly text: string;
  readonly expected: { readonly calls: readonly ExpectedCall[]; readonly starts: readonly ExpectedStart[] };
}

/** A line of a fixture and what stands on it. */
interface Line {
  readonly text: string;
  readonly call?: Omit<ExpectedCall, "line">;
  readonly start?: SdkStartForm["how"];
}

/** Names that examples use for things which the surface doesn't give. */
const given: Readonly<Record<string, string>> = {
  app: 'const app = { name: "web" };',
  user: 'const user = { userID: "USER" };',
};

/**
 * The fixture of a surface: each call that its file has an example of, on the first receiver that takes it; one call on
 * each further receiver, by each import; and each way to start it. Undefined where it has no methods.
 */
export function fixtureOf(sdk: Sdk): Fixture | undefined {
  if (sdk.methods.length === 0) return undefined;
  const examples = examplesOf(sdk);
  const imports = importWriter(sdk);
  const lines: Line[] = [];
  const done = new Set<Example>();
  const receivers: Receiver[] = [];

  for (const instance of sdk.instances) {
    for (const entry of importsOf(sdk, instance)) writeInstance(instance, entry);
  }
  for (const entry of sdk.imports.filter(({ is }) => is === "function" || is === "queue")) writeFunction(entry);
  for (const global of sdk.globals) writeGlobal(global);
  for (const start of sdk.starts.filter(({ how }) => how === "component")) writeComponent(start);
  writeMarkup();
  for (const entry of sdk.imports.filter(({ is }) => is === "hoc")) writeHoc(entry);
  for (const text of silentOf(sdk)) writeSilent(text);

  const names = new Set(lines.flatMap(({ text }) => text.match(/\b(?:app|user)\b/g) ?? []));
  const declarations = imports.lines();
  const head = [
    ...declarations,
    ...(declarations.length > 0 ? [""] : []),
    ...[...names].map((name) => given[name] ?? ""),
  ];
  const all: Line[] = [...head.map((text) => ({ text })), ...lines];
  const text = `${all.map((line) => line.text).join("\n")}\n`;
  return {
    file: /<\w+[ >]/.test(text) ? "calls.tsx" : "calls.ts",
    text,
    expected: {
      calls: all.flatMap(({ call }, index) => (call ? [{ line: index + 1, ...call }] : [])),
      starts: all.flatMap(({ start }, index) => (start ? [{ line: index + 1, how: start }] : [])),
    },
  };

  function writeInstance(instance: SdkInstance, entry: SdkImport | undefined): void {
    const [head = ""] = instance.symbol.split(".");
    const local = entry ? imports.use(entry) : head;
    const made = withImports(exampleOf(sdk, instance).replace(new RegExp(`\\b${head}\\b`), local), head);
    const promise = instance.promise ? "await " : "";
    const receiver = instance.calls === undefined ? {} : { only: [instance.calls], form: "call" as const };
    if (instance.how === "import" || instance.how === "module") {
      writeInits({ text: local, form: "member" });
      writeCalls({ text: local, form: "member", ...receiver });
    } else if (instance.how === "prop") {
      writeProp(instance.symbol);
    } else if (instance.how === "hook") {
      const name = freshName("client");
      const pattern = instance.member === undefined ? name : `{ ${instance.member}: ${name} }`;
      lines.push({ text: `export function use${capital(name)}() {` }, { text: `  const ${pattern} = ${made};` });
      const optional = instance.mayBeUndefined ?? false;
      writeCalls({ text: name, form: "member", ...receiver, indent: "  ", optional });
      lines.push({ text: "}" });
      if (instance.destructurable && instance.member === undefined) writeDestructured(made);
    } else {
      const name = freshName(examples.some(({ text }) => freeNames(text).has("analytics")) ? "analytics" : "client");
      const start = startOf(instance);
      lines.push({ text: `const ${name} = ${promise}${made};`, ...(start && { start }) });
      if (start === undefined) writeInits({ text: name, form: "member" });
      writeCalls({ text: name, form: "member", ...receiver });
    }
  }

  function writeProp(symbol: string): void {
    const [object = "", member = ""] = symbol.split(".");
    const example = representative({ text: symbol, form: "member" });
    if (example === undefined) return;
    const body = `${symbol}.${example.text};`;
    const text =
      object === "this"
        ? `export const component = { methods: { send() { ${body} } } };`
        : `export const With${capital(member)} = (props: any) => { ${body} };`;
    pushCall(text, example);
  }

  function writeDestructured(made: string): void {
    const example = representative({ text: "", form: "member" });
    if (example === undefined || !/^\w+$/.test(example.method.name)) return;
    const name = freshName("useDestructured");
    lines.push({ text: `export function ${name}() {` }, { text: `  const { ${example.method.name} } = ${made};` });
    pushCall(`  ${withImports(example.text)};`, example);
    lines.push({ text: "}" });
  }

  function writeFunction(entry: SdkImport): void {
    const starts = sdk.starts.filter(({ how, name }) => how === "init" && name === entry.symbol);
    if (entry.is === "queue") writeCalls({ text: imports.use(entry), form: "queue" });
    for (const start of starts) lines.push({ text: `${imports.use(entry)}(${startArguments(start)});`, start: "init" });
    const own = examples.filter(({ method }) => method.name === entry.symbol);
    if (own.length === 0) return;
    const bare = own.filter(({ method }) => method.call === "function");
    const open = bare.filter((example) => !done.has(example));
    const [first] = own;
    for (const example of open.length > 0 ? open : first ? [first] : []) {
      const local = imports.use(entry);
      pushCall(`${withImports(example.text.replace(/^\w+/, local), local)};`, example);
    }
  }

  function writeGlobal(global: SdkGlobal): void {
    const text = global.bare ? global.name : `window.${global.name}`;
    for (const receiver of receiversOf(global, text)) {
      if (receiver.form !== "push") writeInits(receiver);
      writeCalls(receiver);
    }
  }

  /** `init` on what the package or the page gives, where no example of a method starts the SDK. */
  function writeInits(receiver: Receiver): void {
    for (const start of sdk.starts) {
      if (start.how !== "init" || start.when !== undefined) continue;
      // A script that only takes commands starts itself; its `init` is the package's.
      if (receiver.form === "command" && sdk.instances.some(({ how }) => how === "import" || how === "module"))
        continue;
      if (sdk.imports.some(({ symbol, is }) => symbol === start.name && is === "function")) continue;
      if (receiver.form === "call" || sdk.methods.some(({ name }) => name === start.name)) continue;
      lines.push({ text: `${apply(receiver, start.name, startArguments(start))};`, start: "init" });
    }
    for (const start of sdk.starts.filter(({ name, when }) => when !== undefined && receiver.only?.includes(name))) {
      if (examples.some((example) => startsBy(start, example))) continue;
      lines.push({ text: `${receiver.text}(${startArguments(start)});`, start: "init" });
    }
  }

  function writeComponent(start: SdkStartForm): void {
    const entries = sdk.imports.filter(({ symbol, is }) => symbol === start.name && is === "component");
    for (const entry of entries) {
      const props = [
        ...(start.key ? [attribute(start.key.path, '"KEY"')] : []),
        ...(start.options ?? [])
          .filter(({ path }) => !start.key?.path.startsWith(path))
          .map(({ path }) => `${path}={{}}`),
      ];
      lines.push({
        text: `export const ${freshName("App")} = () => <${[imports.use(entry), ...props].join(" ")} />;`,
        start: "component",
      });
    }
  }

  function writeHoc(entry: SdkImport): void {
    const example = examples.find(({ method }) => method.name === entry.symbol);
    if (example === undefined) return;
    const local = imports.use(entry);
    const wrapped = example.text.replace(/^\w+/, local);
    lines.push({ text: `export const ${freshName(`With${capital(entry.symbol)}`)} = ${wrapped}(() => null);` });
  }

  /** A call that must be taken for none, on the first receiver. */
  function writeSilent(text: string): void {
    const [first] = receivers;
    if (first)
      lines.push({ text: `${first.form === "call" ? text.replace(/^\w+/, first.text) : `${first.text}.${text}`};` });
  }

  /** Components and attributes that send by what they say. */
  function writeMarkup(): void {
    for (const { component, kind, roles } of sdk.jsx ?? []) {
      const entry = sdk.imports.find(({ symbol }) => symbol === component);
      if (entry === undefined) continue;
      const traits = roles.traits === undefined ? "" : ` ${roles.traits}={{ trait: 1 }}`;
      lines.push({
        text: `export const Sender = () => <${imports.use(entry)} ${roles.userId}="USER"${traits} />;`,
        call: { kind, method: component, traits: ["trait"], userId: "USER" },
      });
    }
  }

  /** All calls that no receiver before has taken, else one. */
  function writeCalls(receiver: Receiver): void {
    if (receiver.indent === undefined) receivers.push(receiver);
    const taken = examples.filter((example) => takes(receiver, example));
    const open = taken.filter((example) => !done.has(example));
    const one = representative(receiver);
    for (const example of open.length > 0 ? open : one ? [one] : []) {
      if (example.text.startsWith("new ") && done.has(example)) continue;
      pushCall(`${receiver.indent ?? ""}${statement(receiver, example)};`, example);
    }
  }

  function representative(receiver: Receiver): Example | undefined {
    const taken = examples.filter((example) => takes(receiver, example) && /^\w+$/.test(example.method.name));
    return taken.find(({ method }) => method.kind === "track") ?? taken[0];
  }

  function takes(receiver: Receiver, { method }: Example): boolean {
    if (receiver.only) return receiver.only.includes(method.name);
    return method.call === "method";
  }

  function statement(receiver: Receiver, { text, method }: Example): string {
    if (text.startsWith("new ")) return withImports(text);
    const open = text.indexOf("(");
    return receiver.form === "member" && !receiver.only
      ? `${receiver.text}${receiver.optional ? "?." : "."}${withImports(text, text.match(/^\w+/)?.[0])}`
      : apply(receiver, method.name, withImports(text, method.name).slice(open + 1, -1));
  }

  function pushCall(text: string, example: Example): void {
    done.add(example);
    const start = sdk.starts.find((candidate) => startsBy(candidate, example));
    const call = example.method.dispatches ? {} : { call: expectedOf(sdk, example) };
    lines.push({ text, ...call, ...(start && { start: start.how }) });
  }

  /** Declares what an expression names, but for names in `known`, and writes the imports' local names into it. */
  function withImports(text: string, ...known: (string | undefined)[]): string {
    let result = text;
    for (const name of freeNames(text)) {
      const entry = known.includes(name)
        ? undefined
        : (sdk.imports.find(({ symbol, is }) => symbol === name && is !== "function") ?? builderImport(name));
      if (entry === undefined || sdk.methods.some((method) => method.name === name)) continue;
      const local = imports.use(entry);
      if (local !== name) result = result.replaceAll(new RegExp(`\\b${name}\\b`, "g"), local);
    }
    return result;
  }

  function builderImport(name: string): SdkImport | undefined {
    return sdk.imports.find(({ symbol }) => symbol === name);
  }

  function startOf({ symbol }: SdkInstance): SdkStartForm["how"] | undefined {
    const last = symbol.split(".").at(-1);
    return sdk.starts.find(({ how, name }) => name === symbol || (how === "init" && name === last))?.how;
  }

  function freshName(base: string): string {
    return imports.fresh(base);
  }
}
