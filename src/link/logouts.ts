import type { Logout, TrackingCall } from "../calls/types.ts";
import { compareRanges, type Range } from "../diagnostics/range.ts";
import { isServerFile } from "../discover/platform.ts";
import type { Discovery } from "../discover/types.ts";
import type { ExprId } from "../facts/types.ts";
import { authProviders, connectedServices } from "../sdks/auth-providers.ts";
import type { Candidates } from "./candidates.ts";
import { nameOf } from "./conditions.ts";
import type { Module } from "./module.ts";
import type { World } from "./world.ts";

/** Files that are parsed only to see where somebody logs out. A handful says what there is to say. */
const MAX_FILES = 16;

const LOGOUT_TEXT = /(?:[sS]ign|[lL]og)_?[oO]ut\w*\s*[(=:]/;
const CALLEE = /^(?:log|sign)_?out(?:User|CurrentUser)?$/i;
const FUNCTION = /^(?:handle|on|do|perform)?_?(?:log|sign)_?out(?:User|Click|Handler)?$/i;

/** Whose session a method ends: the product's own. */
const OWN_SESSION = new RegExp(
  `auth|session|user|account|client|store|actions|api|service|context|${authProviders.join("|")}|this$`,
  "i",
);
/** The connection to somebody else's product, a request of a server, or a browser under test. */
const OTHER_SESSION = new RegExp(`${connectedServices.join("|")}|\\b(?:req|request|res|response|cy|page)$`, "i");

/**
 * Where the sources whose client names the person let them log out. These files often don't track at all, so that a few
 * more are read, in those sources only.
 */
export function findLogouts(
  world: World,
  candidates: Candidates,
  calls: readonly TrackingCall[],
  sourceOf: Discovery["sourceOf"],
): Logout[] {
  const isClient = clientSources(calls, sourceOf);
  if (isClient === undefined) return [];
  const isAsked = (path: string) => isClient(path) && !isServerFile(path) && !/(?:^|\/)server\//i.test(path);
  for (const path of candidates.saying(LOGOUT_TEXT, isAsked, MAX_FILES)) world.module(path);
  return world.modules
    .filter((m) => isAsked(m.path) && !/^\s*["']use server["']/.test(m.source.text))
    .flatMap((m) => logoutsIn(m, sourceOf(m.path).name))
    .sort((a, b) => compareRanges(a.at, b.at));
}

/** The sources that may be those of a client whose person is named; undefined where none is. */
function clientSources(
  calls: readonly TrackingCall[],
  sourceOf: Discovery["sourceOf"],
): ((path: string) => boolean) | undefined {
  const naming = calls.filter(
    ({ kind, platform }) => kind === "identify" && (platform === "browser" || platform === "react-native"),
  );
  if (naming.length === 0) return undefined;
  const names = new Set(naming.map(({ source }) => source));
  // The code of a shared package runs in those that depend on it, whichever these are.
  const isShared = naming.some(({ at }) => sourceOf(at.file).shared === true);
  return (path) => {
    const { name, platform, tracked } = sourceOf(path);
    return tracked && (names.has(name) || (isShared && platform !== "server"));
  };
}

function logoutsIn(m: Module, source: string): Logout[] {
  const functions = m.facts.functions.flatMap(({ name, nameAt, body }): Logout[] =>
    body && FUNCTION.test(name) ? [{ name, at: nameAtOf(m, name, nameAt), source, is: "function" }] : [],
  );
  const calls = m.facts.calls.flatMap(({ x }): Logout[] => {
    const expr = m.expr(x);
    const name = expr.k === "call" ? calleeOf(m, expr.f) : undefined;
    return name === undefined ? [] : [{ name, at: m.rangeOf(x), source, is: "call" }];
  });
  return [...functions, ...calls];
}

/** The callee as written, where it ends the session of the product's own person. */
function calleeOf(m: Module, callee: ExprId): string | undefined {
  const name = nameOf(m, callee);
  const expr = m.expr(callee);
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (!CALLEE.test(last)) return undefined;
  if (expr.k !== "mem") return OTHER_SESSION.test(specifierOf(m, callee)) ? undefined : name;
  const receiver = name.slice(0, -last.length - 1);
  return OWN_SESSION.test(receiver) && !OTHER_SESSION.test(receiver) ? name : undefined;
}

/** The module that a name is imported from; empty where it is not imported. */
function specifierOf(m: Module, x: ExprId): string {
  const expr = m.expr(x);
  const from = expr.k === "id" ? m.facts.bindings[expr.b]?.from : undefined;
  return from === undefined ? "" : (m.facts.imports[from.import]?.specifier ?? "");
}

/** The name where it is written there; an arrow function begins elsewhere. */
function nameAtOf(m: Module, name: string, at: number): Range {
  return m.range(at, at + (m.source.text.startsWith(name, at) ? name.length : 1));
}
