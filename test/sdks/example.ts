import { ts } from "ts-morph";
import { layoutEntries, methodEntries } from "../../src/sdks/decode.ts";
import type { RolePlace, Sdk, SdkLayout, SdkMethod, WhenClause } from "../../src/sdks/sdk.ts";
import type { LayoutEntry } from "../../src/sdks/vendor-file.ts";
import { surfaceById, surfaces } from "./vendor-files.ts";

/** One layout of a method with the example that the vendor file gives for it. */
export interface Example {
  readonly method: SdkMethod;
  readonly layout: SdkLayout;
  /** As written in the file: mostly without the receiver. */
  readonly text: string;
}

/** The examples of a decoded surface, in the order of its methods and layouts. */
export function examplesOf(sdk: Sdk): readonly Example[] {
  const surface = surfaces.find(({ id }) => id === sdk.id);
  if (surface === undefined) throw new Error(`no surface ${sdk.id}`);
  const entries: (readonly LayoutEntry[])[] = methodEntries(surface, surfaceById).map(layoutEntries);
  return sdk.methods.flatMap((method, m) =>
    method.layouts.map((layout, l) => ({ method, layout, text: entries[m]?.[l]?.example ?? "" })),
  );
}

/** Parses one expression; undefined where it is not exactly one. */
export function parseExpression(text: string): ts.Expression | undefined {
  const file = ts.createSourceFile("example.tsx", `(${text});`, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const [statement] = file.statements;
  const broken = "parseDiagnostics" in file && Array.isArray(file.parseDiagnostics) && file.parseDiagnostics.length > 0;
  if (broken || file.statements.length !== 1 || statement === undefined) return undefined;
  if (!ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression)) return undefined;
  return statement.expression.expression;
}

/** Calls of a chain, outermost (last) first: `a(1).b(2)` gives b, a. Ends at `new` and at names. */
function chainOf(expression: ts.Expression): readonly { name: string; args: readonly ts.Expression[] }[] {
  if (ts.isCallExpression(expression)) {
    const { expression: callee, arguments: args } = expression;
    if (ts.isPropertyAccessExpression(callee)) return [{ name: callee.name.text, args }, ...chainOf(callee.expression)];
    return [{ name: callee.getText(), args }];
  }
  return ts.isPropertyAccessExpression(expression) ? chainOf(expression.expression) : [];
}

/** Arguments of the call of a method in its example. */
export function argumentsOf(method: SdkMethod, text: string): readonly ts.Expression[] {
  const expression = parseExpression(text);
  const name = method.name.split(".").at(-1);
  const call = expression && chainOf(expression).find((link) => link.name === name);
  if (call === undefined) throw new Error(`no call of ${method.name} in: ${text}`);
  return call.args;
}

/** The expression that a role takes from an example, or undefined where the example leaves it out. */
export function roleIn(place: RolePlace, method: SdkMethod, text: string): ts.Expression | undefined {
  const expression = parseExpression(text);
  const args =
    place.of === undefined
      ? argumentsOf(method, text)
      : expression && chainOf(expression).find((link) => link.name === place.of)?.args;
  let argument = args?.[place.arg];
  if (
    argument &&
    place.builder !== undefined &&
    ts.isCallExpression(argument) &&
    argument.expression.getText() === place.builder
  ) {
    argument = argument.arguments[0];
  }
  return argument && descend(argument, place.path);
}

function descend(value: ts.Expression, path: string): ts.Expression | undefined {
  let current: ts.Expression | undefined = value;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (current === undefined) return undefined;
    if (ts.isArrayLiteralExpression(current)) current = current.elements[step === "*" ? 0 : Number(step)];
    else current = propertyOf(current, step);
  }
  return current;
}

function propertyOf(value: ts.Expression, name: string): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  const property = value.properties.find((p) => p.name && keyText(p.name) === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** The keys of what a role takes, less those that it excepts; undefined where that is no object in the example. */
export function keysIn(place: RolePlace, sdk: Sdk, method: SdkMethod, text: string): readonly string[] | undefined {
  const value = roleIn(place, method, text);
  if (value === undefined) return undefined;
  const builder = sdk.builders?.find((entry) => entry.class === place.builder);
  if (builder !== undefined) {
    return chainOf(value)
      .flatMap(({ name, args }) => {
        const [first] = args;
        if (builder.fields?.[name] !== undefined) return [builder.fields[name]];
        if (builder.objects?.includes(name) && first) return objectKeys(first);
        return first && ts.isStringLiteral(first) ? [first.text] : [];
      })
      .reverse();
  }
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  return objectKeys(value).filter((key) => !place.except?.includes(key));
}

function objectKeys(value: ts.Expression): readonly string[] {
  return ts.isObjectLiteralExpression(value) ? value.properties.flatMap((p) => (p.name ? [keyText(p.name)] : [])) : [];
}

function keyText(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}

/** Whether a clause holds for the arguments of an example, where everything is known. */
export function holds(clause: WhenClause, args: readonly ts.Expression[]): boolean {
  const value = args[clause.arg];
  if ("is" in clause) {
    const isObject = value !== undefined && ts.isObjectLiteralExpression(value);
    if (clause.is === "absent") return value === undefined;
    if (clause.is === "object") return isObject;
    if (clause.is === "string") return value !== undefined && !isObject;
    return value === undefined || isObject;
  }
  if (value === undefined) return false;
  if ("has" in clause) return descend(value, clause.has) !== undefined;
  if ("mayHave" in clause) return descend(value, clause.mayHave) !== undefined;
  if ("builder" in clause) return ts.isCallExpression(value) && value.expression.getText() === clause.builder;
  const at = descend(value, clause.path ?? "");
  return at !== undefined && ts.isStringLiteral(at) && at.text === clause.equals;
}

/** Free names of an example that nothing in it declares. */
export function freeNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isName(node)) names.add(node.text);
    node.forEachChild(visit);
  };
  const expression = parseExpression(text);
  if (expression) visit(expression);
  return names;
}

/** True where an identifier names a member, a key or a parameter instead of referring to something. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ts.isParameter(parent)
  );
}
