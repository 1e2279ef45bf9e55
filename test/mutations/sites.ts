import { ts } from "ts-morph";
import type { Plan, PlanEvent, PlanProperty } from "../../src/plan/model.ts";
import { type EventNames, eventNames } from "./event-names.ts";
import { around, bare, type Code, enclosingFunction, lastName, nodesOf, propertyOf, writtenValue } from "./syntax.ts";

type Verb = "track" | "identify" | "group" | "alias" | "reset" | "flush";

/** A call that a reader takes for tracking, by its name and what it is given. */
export interface Site {
  readonly file: string;
  readonly source: { readonly name: string; readonly platform: string };
  readonly call: ts.CallExpression;
  readonly statement: ts.Node;
  readonly verb: Verb;
  /** What is sent at once in one object: `track({ userId, event, properties })`. */
  readonly message?: ts.ObjectLiteralExpression;
  readonly name?: ts.Expression;
  readonly event?: PlanEvent;
  /** The object of properties or traits, where it is written out, and those that it spreads in. */
  readonly payloads: readonly ts.ObjectLiteralExpression[];
  /** What the plan says of them; undefined where it says nothing. */
  readonly promised?: { readonly properties: ReadonlyMap<string, PlanProperty>; readonly isClosed: boolean };
}

export interface Codebase extends Code {
  readonly plan: Plan;
  readonly sourceOf: (file: string) => { readonly name: string; readonly platform: string };
  readonly names: EventNames;
  readonly sites: readonly Site[];
}

const VERBS: Readonly<Record<string, Verb>> = {
  track: "track",
  capture: "track",
  page: "track",
  screen: "track",
  fbq: "track",
  gtag: "track",
  identify: "identify",
  group: "group",
  alias: "alias",
  reset: "reset",
  flush: "flush",
  closeAndFlush: "flush",
  shutdown: "flush",
};

/** @param wrappers names of the repository's own functions that track */
export function findSites(
  code: Code,
  plan: Plan,
  sourceOf: Codebase["sourceOf"],
  wrappers: readonly string[],
): Codebase {
  const names = eventNames(code);
  // A map: what every object has, such as `toLocaleString`, is no name of a tracking function.
  const verbs = new Map<string, Verb>([
    ...wrappers.map((name) => [name, "track"] as const),
    ...(Object.entries(VERBS) as [string, Verb][]),
  ]);
  const sites = [...code.trees].flatMap(([file, tree]) =>
    [...nodesOf(tree)].filter(ts.isCallExpression).flatMap((call) => {
      const verb = verbs.get(lastName(call.expression) ?? "");
      const site = verb && siteOf({ file, call, verb, plan, names, source: sourceOf(file) });
      return site === undefined ? [] : [site];
    }),
  );
  return { ...code, plan, names, sites: sites.filter(isTracking(sites)), sourceOf };
}

/**
 * `reset` and `group` are names of forms, prompts and queries as well: the owner of such a call is a tracker
 * where the code base names events or people by an owner of that name, in any file.
 */
function isTracking(sites: readonly Site[]): (site: Site) => boolean {
  const trackers = new Set(
    sites.filter(({ verb }) => verb === "track" || verb === "identify").map(({ call }) => ownerOf(call)),
  );
  return ({ call, verb }) => {
    if (verb !== "reset" && verb !== "group") return true;
    const owner = ownerOf(call);
    return owner !== undefined && trackers.has(owner);
  };
}

/** `posthog` of `posthog?.reset()`; undefined of a plain function. */
function ownerOf({ expression }: ts.CallExpression): string | undefined {
  const one = bare(expression);
  return ts.isPropertyAccessExpression(one) ? lastName(one.expression) : undefined;
}

interface Found extends Pick<Site, "file" | "source" | "call" | "verb"> {
  readonly plan: Plan;
  readonly names: EventNames;
}

function siteOf({ file, call, verb, plan, names, source }: Found): Site | undefined {
  const [first] = call.arguments;
  const isMessage = first !== undefined && call.arguments.length === 1 && IDS.some((key) => propertyOf(first, key));
  const message = isMessage && ts.isObjectLiteralExpression(first) ? first : undefined;
  const name =
    verb === "track" ? (message ? writtenValue(propertyOf(message, "event")) : nameIn(call, plan, names)) : undefined;
  const text = name && names.textOf(name);
  const event = text === undefined ? undefined : plan.find(text);
  const isEnd = verb === "reset" || verb === "flush";
  if (
    isEnd ? call.arguments.length > 0 : verb === "track" ? name === undefined : !isMessage && call.arguments.length < 2
  )
    return undefined;

  const written = message
    ? writtenValue(propertyOf(message, verb === "track" ? "properties" : "traits"))
    : call.arguments.findLast((one) => ts.isObjectLiteralExpression(bare(one)));
  const payloads = written === undefined || (written === first && !message) ? [] : objectsIn(written);
  const site = { file, source, call, verb, statement: statementOf(call), payloads };
  const promised = promisedFor(plan, event, { ...site, ...(payloads[0] ? { payload: payloads[0] } : {}) });
  return {
    ...site,
    ...(message ? { message } : {}),
    ...(name ? { name } : {}),
    ...(event ? { event } : {}),
    ...(promised ? { promised } : {}),
  };
}

const IDS = ["event", "userId", "distinctId", "anonymousId", "groupId", "previousId"];

/** The first argument that names an event of the plan, else is a text. */
function nameIn(call: ts.CallExpression, plan: Plan, names: EventNames): ts.Expression | undefined {
  const known = call.arguments.find((one) => plan.find(names.textOf(one) ?? "") !== undefined);
  return known ?? call.arguments.find((one) => ts.isStringLiteralLike(one) && / /.test(one.text));
}

/** An object that is written out, and the constants of its function that it spreads in. */
function objectsIn(node: ts.Expression): ts.ObjectLiteralExpression[] {
  const one = bare(node);
  if (!ts.isObjectLiteralExpression(one)) return [];
  const spread = one.properties.filter(ts.isSpreadAssignment).flatMap(({ expression }) => {
    if (!ts.isIdentifier(expression)) return [];
    const declared = [...around(node)].flatMap((outer) => (ts.isBlock(outer) ? outer.statements : []));
    for (const statement of declared) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        const isIt = ts.isIdentifier(name) && name.text === expression.text && initializer;
        if (isIt && ts.isObjectLiteralExpression(bare(initializer)))
          return [bare(initializer) as ts.ObjectLiteralExpression];
      }
    }
    return [];
  });
  return [one, ...spread];
}

function promisedFor(
  plan: Plan,
  event: PlanEvent | undefined,
  { verb, source, payload }: Pick<Site, "verb" | "source"> & { readonly payload?: ts.ObjectLiteralExpression },
): Site["promised"] {
  if (verb === "identify") return { properties: plan.users, isClosed: plan.users.size > 0 };
  if (verb === "group") {
    const [traits] = plan.groups.values();
    return traits && { properties: traits, isClosed: plan.groups.size === 1 };
  }
  if (event === undefined) return undefined;
  const by = event.variants && writtenValue(propertyOf(payload, event.variants.by));
  const variant = by && ts.isStringLiteralLike(by) ? event.variants?.cases.get(by.text) : undefined;
  const found = variant?.(source.name, source.platform) ?? event.payloadFor(source.name, source.platform);
  return { properties: found.properties, isClosed: !found.additionalProperties };
}

/** The statement that a call is, or stands in. */
function statementOf(call: ts.CallExpression): ts.Node {
  for (const one of around(call)) {
    if (ts.isArrowFunction(one)) return one.body;
    if (ts.isStatement(one)) return one;
  }
  return call;
}

/** A name for what a call is about: two changes of one subject are not made at once. */
export function subjectOf({ event, verb, file }: Site): string {
  return event?.name ?? `${verb} ${file}`;
}

export function isCommented({ statement }: Site): boolean {
  const text = statement.getSourceFile().text;
  return /tracklint-disable[^\n]*\n\s*$/.test(text.slice(0, statement.getStart()));
}

export function functionName(node: ts.Node): string | undefined {
  const found = enclosingFunction(node);
  if (found === undefined) return undefined;
  if (found.name && ts.isIdentifier(found.name)) return found.name.text;
  return ts.isVariableDeclaration(found.parent) && ts.isIdentifier(found.parent.name)
    ? found.parent.name.text
    : undefined;
}
