import { ts } from "ts-morph";
import { removed } from "../init/mutations.ts";
import { type Mutation, mistake, none, type Verdict } from "./mutation.ts";
import type { Codebase, Site } from "./sites.ts";
import { functionName } from "./sites.ts";
import {
  around,
  bare,
  enclosingFunction,
  type Lines,
  lastName,
  linesOf,
  nodesOf,
  propertyOf,
  replaced,
} from "./syntax.ts";

/** A condition: negated, deleted, not waited for, with another constant. And what stands for one: the choice that a call carries. */
export function* changedConditions(code: Codebase): Generator<Mutation> {
  for (const [file, tree] of code.trees) {
    for (const node of nodesOf(tree)) {
      if (ts.isIfStatement(node)) yield* ofCondition(code, file, node.expression, node);
      if (ts.isConditionalExpression(node)) yield* ofCondition(code, file, node.condition, node);
      if (ts.isPropertyAssignment(node) && node.name.getText() === "consent") yield* ofCarried(code, file, node);
    }
  }
  for (const site of code.sites) yield* ofContext(code, site);
}

const CHOICE = /consent|choice|optedin|opted_in|optout/i;

function* ofCondition(
  code: Codebase,
  file: string,
  condition: ts.Expression,
  whole: ts.IfStatement | ts.ConditionalExpression,
) {
  const covered = coveredSites(code, file, whole);
  const starts = startsIn(whole);
  const reach = reachOf(file, whole, covered);
  const base = { ...reach, subject: covered[0]?.event?.name ?? `condition ${file}` };
  const verdict = judged(code, condition, whole, covered, starts.length > 0);
  const text = condition.getText();
  const inner = ts.isPrefixUnaryExpression(condition) ? condition.operand : undefined;
  const negated = inner ? inner.getText() : `!(${text})`;
  yield { operator: "negate a condition", change: replaced(file, condition, negated), ...base, ...verdict };
  if (ts.isIfStatement(whole)) {
    const head = isExit(whole)
      ? removed(file, whole.getSourceFile().text, whole)
      : { file, start: whole.getStart(), end: whole.thenStatement.getStart(), text: "" };
    if (!whole.elseStatement) yield { operator: "delete a condition", change: head, ...base, ...verdict };
  }
  for (const node of nodesOf(condition)) {
    if (ts.isAwaitExpression(node)) {
      const change = replaced(file, node, node.expression.getText());
      yield { operator: "drop an await", change, ...base, ...verdict };
    }
    if (!ts.isStringLiteralLike(node) || !code.plan.consent?.categories.has(node.text)) continue;
    const other = [...code.plan.consent.categories.keys()].find((one) => one !== node.text && one !== "necessary");
    if (other === undefined) continue;
    const change = replaced(file, node, JSON.stringify(other));
    yield {
      operator: "change a constant in a condition",
      change,
      ...base,
      ...otherCategory(code, verdict, covered, other),
    };
  }
}

/** The calls that run only as the condition says: inside, or after a way out. */
function coveredSites({ sites }: Codebase, file: string, whole: ts.Node): Site[] {
  const owner = enclosingFunction(whole);
  const isAfter = ts.isIfStatement(whole) && isExit(whole);
  return sites.filter(({ file: other, call }) => {
    if (other !== file) return false;
    const outer = [...around(call)];
    return outer.includes(whole) || (isAfter && call.pos > whole.end && (owner === undefined || outer.includes(owner)));
  });
}

function isExit({ thenStatement }: ts.IfStatement): boolean {
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return (
    last !== undefined && (ts.isReturnStatement(last) || ts.isContinueStatement(last) || ts.isThrowStatement(last))
  );
}

/** Calls that start an SDK, which a condition covers as it does others. */
function startsIn(whole: ts.Node): ts.Node[] {
  const owner = enclosingFunction(whole) ?? whole;
  return [...nodesOf(owner)].filter(
    (node) => ts.isCallExpression(node) && /^(load|init|start)/.test(lastName(node.expression) ?? ""),
  );
}

/** Findings about what a condition covers stand in its function, or where that function sends for others. */
function reachOf(file: string, whole: ts.Node, covered: readonly Site[]): { lines: Lines[]; isAlone?: boolean } {
  const owner = enclosingFunction(whole) ?? whole;
  const isLocal = covered.length > 0 && covered.every(({ event }) => event !== undefined);
  return { lines: [linesOf(file, owner)], ...(isLocal ? {} : { isAlone: true }) };
}

function judged(
  code: Codebase,
  condition: ts.Expression,
  whole: ts.Node,
  covered: readonly Site[],
  isStart: boolean,
): Verdict {
  if (!CHOICE.test(condition.getText())) return none("it doesn't ask for the user's choice");
  if (covered.length === 0 && !isStart) return none("it covers no tracking");
  const { exempt = [], default: usual } = code.plan.consent ?? {};
  const isExempt = ({ event }: Site) => exempt.includes(event?.consent ?? usual ?? "");
  if (covered.length > 0 && covered.every(isExempt)) return none("the plan asks for no consent there");
  if (covered.every(carriesChoice) && covered.length > 0) return none("the calls carry the choice themselves");
  if (isCoveredElsewhere(code, whole)) return none("another check of the choice stands around it");
  const isStarted = covered.length > 0 && covered.every(({ source }) => source.platform === "browser");
  const isUsual = covered.every(({ event }) => event?.consent === undefined || event.consent === usual);
  if (isStarted && isUsual) return none("the SDK starts only after a check of the choice");
  return mistake("what is sent no longer follows the user's choice");
}

function carriesChoice({ message }: Site): boolean {
  return propertyOf(message, "context") !== undefined;
}

/** Another condition around it, around the calls of its function, or in the functions that it covers. */
function isCoveredElsewhere(code: Codebase, whole: ts.Node): boolean {
  const isChoice = (node: ts.Node) => {
    const owner = enclosingFunction(node);
    const inOwner = owner ? [...nodesOf(owner)] : [];
    return inOwner.some((one) => ts.isIfStatement(one) && one !== whole && CHOICE.test(one.expression.getText()));
  };
  if (isChoice(whole)) return true;
  const called = startsIn(whole).map((node) => (ts.isCallExpression(node) ? lastName(node.expression) : undefined));
  const declared = [...code.trees.values()].flatMap((tree) => [...nodesOf(tree)].filter(ts.isFunctionDeclaration));
  const opened = declared.filter(({ name }) => name && called.includes(name.text));
  if (opened.length > 0 && opened.every(({ body }) => body?.statements.some(isChoice))) return true;
  const name = functionName(whole);
  if (name === undefined) return false;
  const callers = [...code.trees.values()].flatMap((tree) =>
    [...nodesOf(tree)].filter(
      (node) =>
        ts.isCallExpression(node) && ts.isIdentifier(bare(node.expression)) && lastName(node.expression) === name,
    ),
  );
  return callers.length > 0 && callers.every(isChoice);
}

function otherCategory({ plan }: Codebase, verdict: Verdict, covered: readonly Site[], other: string): Verdict {
  if (covered.length === 0) return verdict;
  const needs = covered.map(({ event }) => event?.consent ?? plan.consent?.default);
  return needs.some((need) => need !== other && need !== "necessary")
    ? mistake("the plan has another category for the event")
    : none("it is the category that the plan has for the event");
}

/** `consent: …` in what calls carry. */
function* ofCarried(code: Codebase, file: string, node: ts.PropertyAssignment): Generator<Mutation> {
  const site = code.sites.find(({ call }) => [...around(node)].includes(call));
  const base = site ? { lines: [linesOf(file, site.statement)] } : { lines: [linesOf(file, node)], isAlone: true };
  const verdict = site
    ? uncarried(code, site)
    : /context/i.test(functionName(node) ?? "")
      ? mistake("calls no longer carry the user's choice")
      : none("it is no part of what is sent");
  const change = removed(file, node.getSourceFile().text, node);
  yield { operator: "drop a field", change, subject: site?.event?.name ?? `consent ${file}`, ...base, ...verdict };
}

/** `context: …`, where the plan has it carry the choice. */
function* ofContext(code: Codebase, site: Site): Generator<Mutation> {
  const property = propertyOf(site.message, "context");
  if (property === undefined || site.verb !== "track") return;
  const base = { lines: [linesOf(site.file, site.statement)], subject: site.event?.name ?? `context ${site.file}` };
  const text = property.getSourceFile().text;
  const verdict = uncarried(code, site);
  yield { operator: "drop a field", change: removed(site.file, text, property), ...base, ...verdict };
  const value = ts.isPropertyAssignment(property) ? property.initializer.getText() : "context";
  yield { operator: "rename a field", change: replaced(site.file, property, `options: ${value}`), ...base, ...verdict };
}

function uncarried({ plan }: Codebase, { event, call, message }: Site): Verdict {
  if (plan.consent?.payload === undefined) return none("the plan doesn't have calls carry the choice");
  const context = propertyOf(message, "context");
  if (!/consent|context\b|requestContext/.test(context?.getText() ?? "") || /traits/.test(context?.getText() ?? ""))
    return none("it holds no choice");
  if (plan.consent.exempt.includes(event?.consent ?? "")) return none("the plan asks for no consent there");
  const owner = enclosingFunction(call);
  const isGuarded =
    owner && [...nodesOf(owner)].some((one) => ts.isIfStatement(one) && CHOICE.test(one.expression.getText()));
  return isGuarded
    ? none("a check of the choice stands around it")
    : mistake("the call no longer carries the user's choice");
}
