import type { ShortRun } from "../calls/delivery.ts";
import type { Discovery, Workspace } from "../discover/types.ts";
import type { ExprId, FunctionId, TypeFact } from "../facts/types.ts";
import type { Host } from "../host/host.ts";
import type { Plan } from "../plan/model.ts";
import { commandPackages, methodExports, routeFiles, serverlessPlatforms, workerHandlers } from "../sdks/index.ts";
import type { ServerlessPlatform } from "../sdks/sdk.ts";
import { matchesPackage } from "../util/matches-package.ts";
import { foldersAbove } from "../util/posix-path.ts";
import { qualifiedName } from "./build-calls.ts";
import { functionKey } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { alternatives, present } from "./value.ts";

/** What a folder or the plan says of how processes live. */
interface Proof {
  readonly platform: ServerlessPlatform;
  readonly name: string;
  readonly proof: string;
}

const SHEBANG = /^#!.*\b(?:node|tsx|ts-node|bun|deno)\b/;
const EXITS = /\bprocess\s*\.\s*exit\s*\(/;
const PLANNED: ReadonlySet<string> = new Set(["serverless", "edge"]);

/** Finds the functions that a platform or a shell calls once in the life of a process, and what proves it. */
export class ShortRuns {
  readonly #ev: Evaluator;
  readonly #host: Host;
  readonly #discovery: Discovery;
  readonly #plan: Plan | undefined;
  readonly #workspaces: ReadonlyMap<string, Workspace>;
  readonly #proofs = new Map<string, readonly Proof[]>();
  readonly #runs = new Map<Module, ReadonlyMap<FunctionId, ShortRun>>();

  constructor(ev: Evaluator, host: Host, discovery: Discovery, plan: Plan | undefined) {
    this.#ev = ev;
    this.#host = host;
    this.#discovery = discovery;
    this.#plan = plan;
    this.#workspaces = new Map(discovery.workspaces.map((workspace) => [workspace.directory, workspace]));
  }

  /** The run that a function is, if it is one; -1 is the top of a file. */
  of(m: Module, fn: FunctionId): ShortRun | undefined {
    if (this.#plannedRuntime(m) === "long-lived") return undefined;
    if (fn < 0) return SHEBANG.test(m.source.text) ? this.#command(m, fn, "#!") : undefined;
    let runs = this.#runs.get(m);
    if (runs === undefined) {
      runs = this.#find(m);
      this.#runs.set(m, runs);
    }
    return runs.get(fn);
  }

  /** What the folder and the dependencies of the project around a file prove of all its code. */
  ofProject(path: string): { readonly platform: string; readonly proof: string } | undefined {
    const [found] = this.#proofsIn(this.#directoryOf(path));
    return found && { platform: found.name, proof: found.proof };
  }

  #find(m: Module): Map<FunctionId, ShortRun> {
    const runs = new Map<FunctionId, ShortRun>();
    const add = (fn: FunctionId, { name, proof }: Pick<Proof, "name" | "proof">, as?: string) => {
      if (runs.has(fn)) return;
      const own = nameAndPlace(m, fn);
      const called = own.name.endsWith("(anonymous)") && as !== undefined ? { ...own, name: as } : own;
      runs.set(fn, { kind: "handler", platform: name, proof, ...called });
    };
    const exported = exportedFunctions(m);
    for (const { name, fns } of exported) {
      const proof = this.#proofOfExport(m, name);
      if (proof) for (const fn of fns) add(fn, proof, name);
    }
    for (const platform of serverlessPlatforms) {
      for (const fn of typedHandlers(m, platform, exported))
        add(fn, { name: platform.name, proof: `types of ${platform.types?.package}` });
    }
    this.#addGiven(m, add);
    const worker = workerMembers(m);
    const proof = worker.length > 0 ? this.#proofOfWorker(m, worker) : undefined;
    if (proof) for (const { fn } of worker) add(fn, proof);
    for (const [fn, fact] of m.facts.functions.entries()) {
      const parent = fact.cls === undefined ? undefined : m.facts.classes[fact.cls]?.extends;
      if (fact.name === "run" && parent !== undefined && this.#isOf(m, parent, commandPackages))
        runs.set(fn, this.#command(m, fn, "oclif"));
    }
    return runs;
  }

  /** Functions that are given to a package that makes handlers or commands of them. */
  #addGiven(m: Module, add: (fn: FunctionId, proof: Pick<Proof, "name" | "proof">) => void): void {
    const packages = serverlessPlatforms.flatMap(({ name, around = [] }) => around.map((pkg) => ({ name, pkg })));
    const imported = packages.filter(({ pkg }) =>
      m.facts.imports.some(({ specifier }) => matchesPackage(specifier, pkg)),
    );
    if (imported.length === 0) return;
    for (const { x } of m.facts.calls) {
      const expr = m.expr(x);
      if (expr.k !== "call") continue;
      const from = imported.find(({ pkg }) => this.#isOf(m, expr.f, [pkg]));
      if (from === undefined) continue;
      const direct = m.facts.functions.flatMap((fact, fn) => (fact.argOf?.call === x ? [fn] : []));
      const named = expr.a.flatMap((a) =>
        alternatives(this.#ev.value(m, a)).flatMap((v) => (v.k === "fn" && v.m === m ? [v.fn] : [])),
      );
      for (const fn of [...direct, ...named]) add(fn, { name: from.name, proof: from.pkg });
    }
  }

  #isOf(m: Module, x: ExprId, packages: readonly string[]): boolean {
    return alternatives(present(this.#ev.value(m, x))).some(
      (v) => v.k === "ext" && v.pkg !== undefined && packages.some((name) => matchesPackage(v.pkg ?? "", name)),
    );
  }

  #proofOfExport(m: Module, name: string): Pick<Proof, "name" | "proof"> | undefined {
    for (const { name: platform, paths = [], pathExports = [] } of serverlessPlatforms) {
      const isHandler = pathExports.some((one) => one === name);
      const path = isHandler ? paths.map((pattern) => pattern.exec(m.path)?.[0]).find(Boolean) : undefined;
      if (path) return { name: platform, proof: path.replace(/^\//, "") };
    }
    const isRoute = routeFiles.some(({ file, exports }) => exports.includes(name) && file.test(m.path));
    if (isRoute && declaresEdge(m)) return { name: "the edge runtime", proof: 'runtime = "edge"' };
    const directory = this.#directoryOf(m.path);
    const isInApi = m.path.startsWith(directory === "" ? "api/" : `${directory}/api/`);
    const fits = {
      routes: isRoute,
      handler: name === "handler",
      "api-folder": isInApi && (name === "default" || methodExports.has(name)),
      worker: false,
    };
    // Most exports are no handlers of any platform: no folder has to be looked at for them.
    if (!Object.values(fits).includes(true)) return undefined;
    return this.#proofsFor(m).find(({ platform: { exports = [] } }) => exports.some((form) => fits[form]));
  }

  #proofOfWorker(m: Module, members: readonly WorkerMember[]): Pick<Proof, "name" | "proof"> | undefined {
    const given = this.#proofsFor(m).find(({ platform }) => platform.exports?.includes("worker"));
    if (given) return given;
    const takesEnvironment = members.some(({ params, hasPort }) => params > 1 && !hasPort);
    return takesEnvironment ? { name: "Cloudflare Workers", proof: "export default { fetch }" } : undefined;
  }

  #plannedRuntime(m: Module): string | undefined {
    return this.#plan?.sources.get(this.#discovery.sourceOf(m.path).name)?.runtime;
  }

  /** What the plan, the project's folder and its dependencies prove. */
  #proofsFor(m: Module): readonly Proof[] {
    const runtime = this.#plannedRuntime(m) ?? "";
    const planned = PLANNED.has(runtime)
      ? serverlessPlatforms.map((platform) => ({ platform, name: platform.name, proof: `runtime: ${runtime}` }))
      : [];
    const directory = this.#directoryOf(m.path);
    const folders = [...foldersAbove(m.path)].filter((folder) => folder.length >= directory.length);
    return [...planned, ...folders.flatMap((folder) => this.#proofsIn(folder))];
  }

  #proofsIn(folder: string): readonly Proof[] {
    const known = this.#proofs.get(folder);
    if (known) return known;
    const workspace = this.#workspaces.get(folder);
    const proofs = serverlessPlatforms.flatMap((platform): Proof[] => {
      const { name, files = [], dependencies = [] } = platform;
      const file = files.find((one) => this.#isConfiguration(folder === "" ? one : `${folder}/${one}`));
      const proof = file ?? dependencies.find((one) => workspace?.dependencies.has(one));
      return proof === undefined ? [] : [{ platform, name, proof }];
    });
    this.#proofs.set(folder, proofs);
    return proofs;
  }

  /** CloudFormation shares the name of its file with other templates. */
  #isConfiguration(path: string): boolean {
    if (!this.#host.isFile(path)) return false;
    return (
      !/(?:^|\/)template\.ya?ml$/.test(path) || /AWS::(?:Serverless|Lambda)::/.test(this.#host.readText(path) ?? "")
    );
  }

  /** The folder of the project around a file. */
  #directoryOf(path: string): string {
    return [...foldersAbove(path)].find((folder) => this.#workspaces.has(folder)) ?? "";
  }

  #command(m: Module, fn: FunctionId, proof: string): ShortRun {
    const isEnded = EXITS.test(m.source.text);
    return { kind: "command", platform: "a command", proof, ...nameAndPlace(m, fn), ...(isEnded && { isEnded }) };
  }
}

function nameAndPlace(m: Module, fn: FunctionId): Pick<ShortRun, "id" | "name" | "at"> {
  const fact = m.facts.functions[fn];
  const nameAt = fact?.nameAt ?? 0;
  const name = fn < 0 ? m.path : qualifiedName(m, fn);
  return { id: functionKey(m, fn), name, at: m.range(nameAt, nameAt + Math.max(fact?.name.length ?? 1, 1)) };
}

/** `export const runtime = "edge"` of Next.js. */
function declaresEdge(m: Module): boolean {
  return m.facts.exports.some((fact) => {
    if (!("b" in fact) || fact.n !== "runtime") return false;
    const { init } = m.facts.bindings[fact.b] ?? {};
    const value = init === undefined ? undefined : m.expr(init);
    return value?.k === "lit" && (value.v === "edge" || value.v === "experimental-edge");
  });
}

interface Exported {
  readonly name: string;
  readonly fns: readonly FunctionId[];
}

/** The functions that a module exports, those inside wrappers (`export const POST = withAuth(async () => …)`) too. */
function exportedFunctions(m: Module): Exported[] {
  const found: Exported[] = [];
  for (const fact of m.facts.exports) {
    if ("b" in fact) found.push({ name: fact.n, fns: functionsOfBinding(m, fact.b, 0) });
    else if ("x" in fact) found.push({ name: fact.n === "=" ? "default" : fact.n, fns: functionsIn(m, fact.x, 0) });
  }
  for (const write of m.facts.memberWrites) {
    const target = write.o < 0 ? undefined : m.textOf(write.o);
    if (target === "module" && write.n === "exports") found.push({ name: "default", fns: functionsIn(m, write.x, 0) });
    else if (target === "exports" || target === "module.exports")
      found.push({ name: write.n, fns: functionsIn(m, write.x, 0) });
  }
  return found;
}

function functionsOfBinding(m: Module, b: number, depth: number): readonly FunctionId[] {
  const binding = m.facts.bindings[b];
  if (binding?.fn !== undefined) return [binding.fn];
  return binding?.init === undefined || binding.path ? [] : functionsIn(m, binding.init, depth + 1);
}

function functionsIn(m: Module, x: ExprId, depth: number): readonly FunctionId[] {
  if (depth > 6) return [];
  const expr = m.expr(x);
  switch (expr.k) {
    case "fn":
      return [expr.fn];
    case "id":
      return functionsOfBinding(m, expr.b, depth);
    case "as":
      return functionsIn(m, expr.x, depth + 1);
    case "call": {
      const callee = m.expr(expr.f);
      const of = callee.k === "mem" ? functionsIn(m, callee.o, depth + 1) : [];
      return [...of, ...expr.a.flatMap((a) => functionsIn(m, a, depth + 1))];
    }
    default:
      return [];
  }
}

/** Functions whose declared type is a handler's; by the type of a parameter only what is exported like a handler. */
function typedHandlers(m: Module, { types }: ServerlessPlatform, exported: readonly Exported[]): FunctionId[] {
  if (types === undefined || !m.facts.imports.some(({ specifier }) => matchesPackage(specifier, types.package)))
    return [];
  const isMeant = (type: TypeFact | undefined) => {
    const name = type && importedName(m, type, types.package);
    return name !== undefined && types.names.some((one) => (typeof one === "string" ? one === name : one.test(name)));
  };
  const entries = new Set(
    exported.flatMap(({ name, fns }) => (/^default$|handler$/i.test(name) || methodExports.has(name) ? fns : [])),
  );
  return m.facts.functions.flatMap((fact, fn) =>
    isMeant(fact.as) || (entries.has(fn) && fact.params.some(({ type }) => isMeant(type))) ? [fn] : [],
  );
}

function importedName(m: Module, type: TypeFact, from: string): string | undefined {
  if (type.k !== "ref" || type.b === undefined) return undefined;
  const binding = m.facts.bindings[type.b];
  const specifier = binding?.from && m.facts.imports[binding.from.import]?.specifier;
  if (specifier === undefined || !matchesPackage(specifier, from)) return undefined;
  return binding?.from?.name === "*" ? type.path?.at(-1) : binding?.from?.name;
}

interface WorkerMember {
  readonly fn: FunctionId;
  readonly params: number;
  /** It says on which port it listens: a server of Bun's. */
  readonly hasPort: boolean;
}

/** `export default { fetch(request, env, context) {…} }`. */
function workerMembers(m: Module): WorkerMember[] {
  for (const fact of m.facts.exports) {
    if ("star" in fact || "import" in fact || fact.n !== "default") continue;
    const x = "x" in fact ? fact.x : m.facts.bindings[fact.b]?.init;
    let expr = x === undefined ? undefined : m.expr(x);
    if (expr?.k === "id") {
      const { init } = m.facts.bindings[expr.b] ?? {};
      expr = init === undefined ? undefined : m.expr(init);
    }
    if (expr?.k === "as") expr = m.expr(expr.x);
    if (expr?.k !== "obj") continue;
    const props = expr.p.flatMap((prop) => (prop.k === "prop" ? [prop] : []));
    const hasPort = props.some(({ n }) => n === "port" || n === "hostname" || n === "websocket");
    return props
      .filter(({ n }) => workerHandlers.has(n))
      .flatMap(({ v }) => functionsIn(m, v, 0))
      .map((fn) => ({ fn, params: m.facts.functions[fn]?.params.length ?? 0, hasPort }));
  }
  return [];
}
