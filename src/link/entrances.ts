import type { ExprId, FunctionId } from "../facts/types.ts";
import { functionKey } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import { isProcedure, receives } from "./message-path.ts";
import type { Module } from "./module.ts";
import type { TableKind } from "./table.ts";
import { alternatives } from "./value.ts";

/** Where messages come in from outside: what a sender must say to reach a handler. */
export type Entrance =
  /** Segments of a path, `*` for a parameter; `/api` of a file that is a route says nothing and is left out. */
  | { readonly kind: "route"; readonly segments: readonly string[] }
  | { readonly kind: "channel"; readonly name: string }
  /** The name of a procedure, after that of its router where it is known. */
  | { readonly kind: "procedure"; readonly name: string };

const HTTP_DECORATOR = /^(?:Post|Put|Patch|All)\b/;
const REGISTERS = /(?:^|\.)(?:post|put|patch|all|createFileRoute|createAPIFileRoute)$/;

/** Files whose path is a route: the part that says which. */
const ROUTE_FILES: readonly RegExp[] = [
  /^(?:.*?\/)?app\/(.+)\/route\.[cm]?[jt]sx?$/,
  /^(?:.*?\/)?pages\/(api\/.+)\.[cm]?[jt]sx?$/,
  /^(?:.*?\/)?src\/routes\/(.+)\/\+server\.[jt]s$/,
  /^(?:.*?\/)?server\/(?:routes\/)?(api\/.+?|.+?)(?:\.(?:post|put|patch))?\.[jt]s$/,
  /^(?:.*?\/)?app\/routes\/(.+?)(?:\/route)?\.[jt]sx?$/,
  /^(?:.*?\/)?app\/(.+)\+api\.[jt]sx?$/,
];
const SERVER_FILE = /(?:^|\/)server\/(?:api|routes)\//;

/** The ways into the function around a call, from the inside out. */
export function entrancesOf(ev: Evaluator, m: Module, fn: FunctionId): readonly Entrance[] {
  for (let id = fn; id >= 0; id = m.facts.functions[id]?.parent ?? -1) {
    const own =
      decorated(m, id) ?? registered(m, id) ?? procedure(m, id) ?? ev.table(HANDLERS).get(functionKey(m, id)).at(-1);
    if (own) return [own];
  }
  const route = routeOfFile(m.path);
  return route ? [route] : [];
}

/** `@Controller("telemetry")` with `@Post("measure")`. */
function decorated(m: Module, fn: FunctionId): Entrance | undefined {
  const fact = m.facts.functions[fn];
  const method = fact?.decorators?.find((d) => HTTP_DECORATOR.test(m.textOf(d, 40)));
  if (fact?.cls === undefined || method === undefined) return undefined;
  const controller = m.facts.classes[fact.cls]?.decorators?.find((d) =>
    /^(?:Json|Rest)?Controller\b|^Route\b/.test(m.textOf(d, 40)),
  );
  return controller === undefined ? undefined : route(`${pathArgument(m, controller)}/${pathArgument(m, method)}`);
}

/** The text that a decorator is given, or the `path` of its options. */
function pathArgument(m: Module, x: ExprId): string {
  const call = m.expr(x);
  const first = call.k === "call" && call.a[0] !== undefined ? m.expr(call.a[0]) : undefined;
  if (first?.k === "lit") return String(first.v);
  const path = first?.k === "obj" ? first.p.find((p) => p.k === "prop" && p.n === "path") : undefined;
  const value = path?.k === "prop" ? m.expr(path.v) : undefined;
  return value?.k === "lit" ? String(value.v) : "";
}

/** `app.post("/api/track", handler)`, `fastify.route({ url, handler })`, `ipcMain.on("track", handler)`. */
function registered(m: Module, fn: FunctionId): Entrance | undefined {
  const argOf = m.facts.functions[fn]?.argOf;
  return argOf && entranceAt(m, argOf.call, receives(m, fn) !== undefined);
}

function entranceAt(m: Module, x: ExprId, isChannel: boolean): Entrance | undefined {
  const call = m.expr(x);
  if (call.k !== "call" || call.a[0] === undefined) return undefined;
  const callee = m.textOf(call.f, 80);
  const first = m.expr(call.a[0]);
  if (isChannel) {
    const isNamed = first.k === "lit" && typeof first.v === "string" && call.a.length > 1 && first.v !== "message";
    return isNamed ? { kind: "channel", name: String(first.v) } : undefined;
  }
  if (REGISTERS.test(callee) && first.k === "lit") return route(String(first.v));
  // `router.route("/track").post(handler)`
  const owner = m.expr(call.f);
  const chained = owner.k === "mem" ? m.expr(owner.o) : undefined;
  if (REGISTERS.test(callee) && chained?.k === "call" && /\.route$/.test(m.textOf(chained.f, 80)))
    return entranceOfText(m, chained.a[0]);
  if (!/\.route$/.test(callee) || first.k !== "obj") return undefined;
  const url = first.p.find((p) => p.k === "prop" && (p.n === "url" || p.n === "path"));
  return url?.k === "prop" ? entranceOfText(m, url.v) : undefined;
}

function entranceOfText(m: Module, x: ExprId | undefined): Entrance | undefined {
  const text = x === undefined ? undefined : m.expr(x);
  return text?.k === "lit" ? route(String(text.v)) : undefined;
}

/** `analytics: router({ track: procedure.mutation(handler) })`. */
function procedure(m: Module, fn: FunctionId): Entrance | undefined {
  const argOf = m.facts.functions[fn]?.argOf;
  if (argOf === undefined || !isProcedure(m, fn)) return undefined;
  for (const expr of m.facts.exprs) {
    const prop = expr.k === "obj" ? expr.p.find((p) => p.k === "prop" && p.v === argOf.call) : undefined;
    if (prop?.k === "prop") return { kind: "procedure", name: prop.n };
  }
  return undefined;
}

/** Functions that are handed to a router or to a channel by name. */
const HANDLERS: TableKind<Entrance> = {
  *entriesOf(ev, m) {
    for (const { x } of m.facts.calls) {
      const call = m.expr(x);
      if (call.k !== "call" || call.a.length === 0) continue;
      const callee = m.expr(call.f);
      if (callee.k !== "mem" || !/^(?:post|put|patch|all|route|on|handle|onNotification|onRequest)$/.test(callee.n))
        continue;
      const entrance = entranceAt(m, x, /^(?:on|handle|onNotification|onRequest)$/.test(callee.n));
      if (entrance === undefined) continue;
      for (const arg of call.a.filter((a) => m.expr(a).k === "id" || m.expr(a).k === "mem"))
        for (const value of alternatives(ev.value(m, arg)))
          if (value.k === "fn") yield [functionKey(value.m, value.fn), entrance];
    }
  },
};

/** The route that a file is by its path. */
function routeOfFile(path: string): Entrance | undefined {
  for (const pattern of ROUTE_FILES) {
    const found = pattern.exec(path)?.[1];
    if (found === undefined || (pattern.source.includes("server\\/(") && !SERVER_FILE.test(path))) continue;
    // Remix writes segments in one name, apart by dots.
    return route(pattern.source.includes("app\\/routes") ? found.replaceAll(".", "/") : found);
  }
  return undefined;
}

function route(text: string): Entrance | undefined {
  const segments = text
    .split("/")
    .filter((part) => part !== "" && part !== "index" && part !== "_index" && !/^[(@].*\)?$/.test(part))
    .map((part) => (/^[:[$*{]|^\(.*\)$/.test(part) ? "*" : part));
  const own = segments[0] === "api" ? segments.slice(1) : segments;
  return own.some((part) => part !== "*") ? { kind: "route", segments: own } : undefined;
}
