import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { lowerExpression } from "./lower-expression.ts";
import type { Binding, PathStep } from "./types.ts";

const K = ts.SyntaxKind;

/** Declares what the statements of a block declare, before any of them is read: names may be used above their declaration. */
export function declareStatements(b: Builder, statements: readonly ts.Statement[]): void {
  for (const statement of statements) declareStatement(b, statement);
}

function declareStatement(b: Builder, node: ts.Statement): void {
  if (isAmbient(node)) {
    declareAmbient(b, node);
    return;
  }
  switch (node.kind) {
    case K.VariableStatement:
      declareList(b, (node as ts.VariableStatement).declarationList);
      return;
    case K.FunctionDeclaration: {
      const name = (node as ts.FunctionDeclaration).name;
      if (name) b.declare(name, "fn");
      return;
    }
    case K.ClassDeclaration: {
      const name = (node as ts.ClassDeclaration).name;
      if (name) b.declare(name, "class");
      return;
    }
    case K.EnumDeclaration:
      b.declare((node as ts.EnumDeclaration).name, "enum");
      return;
    case K.InterfaceDeclaration:
    case K.TypeAliasDeclaration:
      b.declare((node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration).name, "type", {}, "type");
      return;
    case K.ModuleDeclaration:
      declareModule(b, node as ts.ModuleDeclaration);
      return;
    default:
      hoistVars(b, node);
  }
}

/** `declare const analytics: …`: the value is a global; classes and enums keep their shape. */
export function isAmbient(node: ts.Statement): node is ts.VariableStatement | ts.FunctionDeclaration {
  if (!ts.isVariableStatement(node) && !ts.isFunctionDeclaration(node)) return false;
  const modifiers = node.modifiers ?? [];
  // `export declare` describes what the module itself has, as in a declaration file.
  return modifiers.some((m) => m.kind === K.DeclareKeyword) && !modifiers.some((m) => m.kind === K.ExportKeyword);
}

function declareAmbient(b: Builder, node: ts.VariableStatement | ts.FunctionDeclaration): void {
  if (ts.isFunctionDeclaration(node)) {
    if (node.name) b.declare(node.name, "fn", { ambient: true });
    return;
  }
  for (const { name } of node.declarationList.declarations)
    if (ts.isIdentifier(name)) b.declare(name, "const", { ambient: true });
}

/** `declare global { … }` declares for this file too; `declare module "x"` for others only. */
function declareModule(b: Builder, node: ts.ModuleDeclaration): void {
  if (node.flags & ts.NodeFlags.GlobalAugmentation) {
    for (const statement of node.body && ts.isModuleBlock(node.body) ? node.body.statements : [])
      if (ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement)) declareAmbient(b, statement);
  } else if (ts.isIdentifier(node.name)) b.declare(node.name, "namespace");
}

export function declareList(b: Builder, list: ts.VariableDeclarationList): void {
  const kind = list.flags & ts.NodeFlags.Const ? "const" : list.flags & ts.NodeFlags.Let ? "let" : "var";
  for (const declaration of list.declarations) {
    if (ts.isIdentifier(declaration.name)) b.declare(declaration.name, kind);
    else declareNames(b, declaration.name, kind);
  }
}

function declareNames(b: Builder, pattern: ts.BindingPattern, kind: Binding["kind"]): void {
  for (const element of pattern.elements) {
    if (ts.isOmittedExpression(element)) continue;
    if (ts.isIdentifier(element.name)) b.declare(element.name, kind);
    else declareNames(b, element.name, kind);
  }
}

/** `var` in nested blocks belongs to the function. */
function hoistVars(b: Builder, node: ts.Node): void {
  if (ts.isVariableDeclarationList(node)) {
    if (!(node.flags & ts.NodeFlags.BlockScoped)) declareList(b, node);
    return;
  }
  if (ts.isExpression(node) || ts.isFunctionLike(node) || ts.isClassLike(node)) return;
  node.forEachChild((child) => hoistVars(b, child));
}

/** Walks a destructuring pattern and hands each name with its path from the value. Defaults are read on the way. */
export function declarePattern(
  b: Builder,
  pattern: ts.BindingPattern,
  kind: Binding["kind"],
  found: (name: ts.Identifier, path: readonly PathStep[]) => void,
  prefix: readonly PathStep[] = [],
): void {
  const taken: string[] = [];
  pattern.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    const or = element.initializer ? { or: lowerExpression(b, element.initializer) } : {};
    const path = [...prefix, { ...stepOf(pattern, element, index, taken), ...or }];
    if (ts.isIdentifier(element.name)) found(element.name, path);
    else declarePattern(b, element.name, kind, found, path);
  });
}

function stepOf(pattern: ts.BindingPattern, element: ts.BindingElement, index: number, taken: string[]): PathStep {
  if (ts.isArrayBindingPattern(pattern)) return element.dotDotDotToken ? { restFrom: index } : { index };
  if (element.dotDotDotToken) return { rest: [...taken] };
  const name = element.propertyName ?? element.name;
  const key = ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : "";
  taken.push(key);
  return { key };
}
