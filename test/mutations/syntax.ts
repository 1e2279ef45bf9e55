import { ts } from "ts-morph";
import { type Change, type Files, parse } from "../init/mutations.ts";

export interface Code {
  readonly files: Files;
  /** Scripts only, in the order of their paths. */
  readonly trees: ReadonlyMap<string, ts.SourceFile>;
}

export function parseAll(files: Files): Code {
  const scripts = Object.keys(files).filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.endsWith(".d.ts"));
  return { files, trees: new Map(scripts.sort().map((file) => [file, parse(file, files[file]!)])) };
}

export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

/** What stands around a node, innermost first. */
export function* around(node: ts.Node): Generator<ts.Node> {
  for (let one = node.parent; one !== undefined && !ts.isSourceFile(one); one = one.parent) yield one;
}

export function enclosingFunction(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (const one of around(node)) if (isFunction(one)) return one;
  return undefined;
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node;
}

/** `a.b?.c` is `c`. */
export function lastName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}

/** The name of a key that is written out. */
export function keyOf(property: ts.ObjectLiteralElementLike | ts.EnumMember): string | undefined {
  const { name } = property;
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

export function writtenValue(property: ts.ObjectLiteralElementLike | undefined): ts.Expression | undefined {
  if (property === undefined) return undefined;
  if (ts.isPropertyAssignment(property)) return bare(property.initializer);
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

export function propertyOf(object: ts.Expression | undefined, key: string) {
  if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  return object.properties.find((one) => keyOf(one) === key);
}

/** Without parentheses, `as`, `satisfies`, `!` and `await`. */
export function bare(node: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node);
  return isWrapped ? bare(node.expression) : node;
}

/** Other text in a node's place, on as many lines. */
export function replaced(file: string, node: ts.Node, text: string): Change {
  const lines = node.getText().split("\n").length - text.split("\n").length;
  return { file, start: node.getStart(), end: node.getEnd(), text: text + "\n".repeat(Math.max(0, lines)) };
}

/** Two nodes of one file in each other's place. */
export function swapped(file: string, one: ts.Node, other: ts.Node): Change {
  const text = one.getSourceFile().text;
  const between = text.slice(one.getEnd(), other.getStart());
  return {
    file,
    start: one.getStart(),
    end: other.getEnd(),
    text: `${other.getText()}${between}${one.getText()}`,
  };
}

export interface Lines {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

export function linesOf(file: string, node: ts.Node): Lines {
  const source = node.getSourceFile();
  return {
    file,
    from: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    to: source.getLineAndCharacterOfPosition(node.getEnd()).line + 1,
  };
}
