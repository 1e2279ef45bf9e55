import { ts } from "ts-morph";
import type { PlanEvent } from "../../src/plan/model.ts";
import { type Mutation, mistake, none, type Verdict } from "./mutation.ts";
import type { Codebase, Site } from "./sites.ts";
import { isCommented } from "./sites.ts";
import { bare, linesOf, replaced } from "./syntax.ts";

/** The name of an event: another constant, other text in it, another case, the constant's own name for its text. */
export function* changedNames(code: Codebase): Generator<Mutation> {
  const done = new Set<ts.Node>();
  for (const site of code.sites) {
    const { name, event } = site;
    if (name === undefined || event === undefined) continue;
    const literal = code.names.literalOf(name);
    if (literal !== undefined && !done.has(literal)) {
      done.add(literal);
      yield* ofLiteral(code, literal, event);
    }
    if (bare(name) !== literal) yield* ofReference(code, site, name, event);
  }
}

/** A text, written once and sent by one site or more. */
function* ofLiteral(code: Codebase, literal: ts.StringLiteralLike, event: PlanEvent): Generator<Mutation> {
  const file = literal.getSourceFile().fileName;
  const users = code.sites.filter(({ name }) => name && code.names.literalOf(name) === literal);
  const lines = [linesOf(file, literal), ...users.map((site) => linesOf(site.file, site.statement))];
  const texts = { "change a constant": literal.text.slice(0, -1), "change a name's case": otherCase(literal.text) };
  for (const [operator, text] of Object.entries(texts)) {
    if (text === literal.text) continue;
    yield {
      operator,
      change: replaced(file, literal, JSON.stringify(text)),
      subject: event.name,
      lines,
      mark: `\`${text}\``,
      ...unknownName(code, text, users.every(isCommented)),
    };
  }
}

function* ofReference(code: Codebase, site: Site, name: ts.Expression, event: PlanEvent): Generator<Mutation> {
  const one = bare(name);
  if (!ts.isPropertyAccessExpression(one)) return;
  const text = one.name.text;
  const common = { subject: event.name, lines: [linesOf(site.file, site.statement)] };
  yield {
    operator: "inline a constant, by its name",
    change: replaced(site.file, name, JSON.stringify(text)),
    ...common,
    mark: `\`${text}\``,
    ...unknownName(code, text, isCommented(site)),
  };
  const [beside] = code.names.besides(one);
  if (beside === undefined) return;
  const object = one.expression.getText();
  yield {
    operator: "change a constant for the one beside it",
    change: replaced(site.file, name, `${object}.${beside}`),
    ...common,
    ...otherEvent(code, site, `${object}.${beside}`),
  };
}

function unknownName({ plan }: Codebase, text: string, isMeant: boolean): Verdict {
  if (isMeant) return none("a comment in the code says that the plan doesn't have the name yet");
  return plan.find(text) === undefined ? mistake("the plan has no such event") : none("the plan has that name too");
}

/** Another event is a mistake where its keys are others, or where it isn't sent from here. */
function otherEvent(code: Codebase, site: Site, written: string): Verdict {
  const { expression } = ts.createSourceFile("x.ts", written, ts.ScriptTarget.Latest, true)
    .statements[0] as ts.ExpressionStatement;
  const text = code.names.textOf(expression);
  const event = text === undefined ? undefined : code.plan.find(text);
  if (event === undefined) return none("what stands beside it is no event of the plan");
  const { name, platform } = site.source;
  if (event.sources && !event.sources.has(name)) return mistake("the plan has that event sent from other sources");
  const keys = keysOf(site);
  if (keys === undefined) return none("the payload is not written out");
  const payload = event.payloadFor(name, platform);
  const lacks = [...payload.properties.values()].some((one) => one.required && !keys.includes(one.name));
  const adds = !payload.additionalProperties && keys.some((key) => !payload.properties.has(key));
  if (lacks) return mistake("the plan requires what that event lacks here");
  return adds ? mistake("the plan refuses what that event carries here") : none("the payload fits that event as well");
}

/** Every key that a site sends; undefined where not all are written out. */
export function keysOf({ payloads, message, call }: Site): string[] | undefined {
  const isNone = payloads.length === 0 && (message !== undefined || call.arguments.length === 1);
  if (isNone) return [];
  const spread = payloads.flatMap((one) => one.properties.filter(ts.isSpreadAssignment));
  if (payloads.length === 0 || spread.length >= payloads.length) return undefined;
  return payloads.flatMap((one) =>
    one.properties.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : [])),
  );
}

/** `Signed Up` is `signed_up`, `order_id` is `orderId`, `plan` is `Plan`. */
export function otherCase(text: string): string {
  if (/ /.test(text)) return text.toLowerCase().replaceAll(" ", "_");
  if (/_/.test(text)) return text.toLowerCase().replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
  if (/[a-z][A-Z]/.test(text)) return text.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  return /^[a-z]/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text.toLowerCase();
}
