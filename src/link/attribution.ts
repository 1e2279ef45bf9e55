import type { AttributionRead } from "../calls/types.ts";
import { compareRanges } from "../diagnostics/range.ts";
import type { Discovery } from "../discover/types.ts";
import type { Expr, ExprId, PathStep } from "../facts/types.ts";
import { attributionOf, isParameterName } from "../sdks/attribution-keys.ts";
import { nameOf } from "./conditions.ts";
import type { Module } from "./module.ts";
import { isDropped } from "./value-uses.ts";

/** Methods that are asked for a key: `searchParams.get("gclid")`, `req.header("referer")`, `storage.getItem("utm")`. */
const GETTERS: ReadonlySet<string> = new Set(
  "get getAll getItem getHeader header cookie getCookie param query".split(" "),
);
/** Functions that are given one: `getCookie("gclid")`, `useQueryParam("utm_source")`. */
const GETTER_NAME = /^(?!.*(?:set|delete|remove|clear|append))\w*(?:cookie|param|query|header)/i;
/** Functions of the project that read one. */
const READER_NAME = /^(?:\w+\.)*(?:read|get|pick|take|first|parse|extract)\w*\b/i;

/** A key that is asked for, and the expression that gives its value. */
interface Asked {
  readonly name: string;
  readonly of: string;
  /** Undefined for what a parameter takes out of an argument. */
  readonly x: ExprId | undefined;
  /** Where the key is written; default: the expression. */
  readonly at?: { readonly s: number; readonly e: number };
  /** It is destructured out of `x`. */
  readonly binding?: number;
}

/** Where modules ask what brought a visitor. Looks at what is written, so that it costs one pass over the expressions. */
export function findAttribution(modules: readonly Module[], sourceOf: Discovery["sourceOf"]): AttributionRead[] {
  return modules
    .flatMap((m) => {
      const source = sourceOf(m.path).name;
      return askedIn(m).flatMap((asked) => readOf(m, asked, source) ?? []);
    })
    .sort((a, b) => compareRanges(a.at, b.at));
}

function readOf(m: Module, asked: Asked, source: string): AttributionRead | undefined {
  const { name, of, x, binding } = asked;
  const kind = attributionOf(name);
  const from = placeFor(m, x, placeOf(of, name));
  const at = asked.at ? m.range(asked.at.s, asked.at.e) : x === undefined ? undefined : m.rangeOf(x);
  if (kind === undefined || at === undefined || !counts(kind, name, from)) return undefined;
  const text = x === undefined ? name : m.textOf(x);
  return { kind, name, text, from, source, at, isDropped: isDropped(m, x, binding) };
}

/** Outside of what a request or a page holds, only names that mean nothing else count, and a referrer. */
function counts(kind: AttributionRead["kind"], name: string, from: AttributionRead["from"]): boolean {
  return kind === "referrer" || isParameterName(name) || (kind === "campaign" && from === "cookie");
}

function askedIn(m: Module): Asked[] {
  const found: Asked[] = [];
  m.facts.exprs.forEach((expr, x) => {
    addAsked(found, m, x, expr);
  });
  for (const [id, binding] of m.facts.bindings.entries()) {
    const key = keyOf(binding.path?.at(-1));
    if (key === undefined || attributionOf(key) === undefined) continue;
    const x = binding.init;
    if (x === undefined && binding.param === undefined) continue;
    const of = x === undefined ? "" : nameOf(m, x);
    found.push({ name: key, of, x, at: { s: binding.s, e: binding.e }, binding: id });
  }
  return found;
}

/** Nearly every expression asks nothing: what that costs is what the pass costs. */
function addAsked(into: Asked[], m: Module, x: ExprId, expr: Expr): void {
  if (expr.k === "mem") {
    if (attributionOf(expr.n) !== undefined) into.push({ name: expr.n, of: nameOf(m, expr.o), x });
  } else if (expr.k === "idx") {
    const key = textOf(m, expr.i);
    if (key !== undefined && attributionOf(key)) into.push({ name: key, of: nameOf(m, expr.o), x });
  } else if (expr.k === "call" && expr.a.length <= 2) {
    // The key comes last: `get("gclid")`, `read(request, "utm_source")`; what follows a key is written.
    const key = textOf(m, expr.a.at(-1));
    if (key === undefined || attributionOf(key) === undefined) return;
    const callee = m.expr(expr.f);
    const of = `${nameOf(m, expr.f)} ${expr.a.length === 2 ? nameOf(m, expr.a[0]!) : ""}`.trim();
    const isGetter = callee.k === "mem" && GETTERS.has(callee.n) && expr.a.length === 1;
    if (isGetter || GETTER_NAME.test(of) || (isParameterName(key) && READER_NAME.test(of)))
      into.push({ name: key, of, x });
  } else if (expr.k === "arr") {
    // A list of names, which something else asks for one by one.
    const keys = expr.i.flatMap((item) => textOf(m, item) ?? []).filter(isParameterName);
    if (keys.length > 1) into.push({ name: keys[0]!, of: "", x });
  } else if (expr.k === "obj") {
    // A schema of what a request may hold: `z.object({ utm_source: z.string() })`.
    for (const prop of expr.p) {
      if (prop.k !== "prop" || !isParameterName(prop.n) || m.expr(prop.v).k !== "call") continue;
      if (isSchema(m, prop.v)) into.push({ name: prop.n, of: "body", x: prop.v, at: prop });
    }
  }
}

function isSchema(m: Module, x: ExprId): boolean {
  return /\b(?:z|v|yup|joi|t|s|Type|zod|schema)\.\w+\(/i.test(m.textOf(x));
}

function keyOf(step: PathStep | undefined): string | undefined {
  return step !== undefined && "key" in step ? step.key : undefined;
}

function textOf(m: Module, x: ExprId | undefined): string | undefined {
  const expr = x === undefined ? undefined : m.expr(x);
  return expr?.k === "lit" && typeof expr.v === "string" ? expr.v : undefined;
}

/** What only runs where there is a page is no mistake: `typeof window !== "undefined"`. */
function placeFor(m: Module, x: ExprId | undefined, from: AttributionRead["from"]): AttributionRead["from"] {
  if (x === undefined || (from !== "page" && from !== "storage")) return from;
  for (let id = m.facts.ctxs[x] ?? -1; id >= 0; id = m.context(id)?.parent ?? -1) {
    const test = m.context(id)?.test;
    if (test !== undefined && /\btypeof (?:window|document|localStorage)\b/.test(m.textOf(test))) return "other";
  }
  return from;
}

/** What is asked, by how it is called. */
function placeOf(of: string, name: string): AttributionRead["from"] {
  if (/cookie/i.test(of)) return "cookie";
  if (/(?:local|session)storage/i.test(of)) return "storage";
  if (
    /^(?:window\.|globalThis\.)?(?:document|location)(?:\.|$)|\b(?:window|document)\.(?:location|referrer)\b/.test(of)
  ) {
    return "page";
  }
  if (/headers?\b/i.test(of)) return "header";
  if (/^(?:req|request|ctx|c|context\.req)\.(?:get|header)$/.test(of) && attributionOf(name) === "referrer")
    return "header";
  if (/query|search_?params|params\b|\burl\b/i.test(of)) return "query";
  return /\b(?:body|payload|input)\b/i.test(of) ? "body" : "other";
}
