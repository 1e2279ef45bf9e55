import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { declareStatements } from "./declare.ts";
import { lowerExpression } from "./lower-expression.ts";
import { declareTypeParameters, lowerFunction } from "./lower-function.ts";
import { noteExports } from "./lower-module.ts";
import { lowerStatements } from "./lower-statement.ts";
import { lowerHeritage, lowerMembers, lowerType, propertyKey } from "./lower-type.ts";
import type { EnumMember } from "./types.ts";

export function bindingOf(b: Builder, name: ts.Node | undefined) {
  const id = name && b.declared.get(name);
  return id === undefined ? undefined : b.bindings[id];
}

export function lowerFunctionDeclaration(b: Builder, node: ts.FunctionDeclaration): void {
  const binding = bindingOf(b, node.name);
  const fn = lowerFunction(b, node, { kind: "function", name: node.name?.text ?? "default" });
  // Overload signatures have no body; the implementation comes last.
  if (binding && (node.body || binding.fn === undefined)) binding.fn = fn;
  noteExports(b, node, b.addAt({ k: "fn", fn }, b.start(node), node.end));
}

export function lowerEnum(b: Builder, node: ts.EnumDeclaration): void {
  const binding = bindingOf(b, node.name);
  const members = b.inScope(() => lowerEnumMembers(b, node));
  if (binding) binding.members = [...(binding.members ?? []), ...members];
  noteExports(b, node);
}

function lowerEnumMembers(b: Builder, node: ts.EnumDeclaration): EnumMember[] {
  let next: number | undefined = 0;
  // `enum Event { A = "a", B = A }`: the members are names for each other.
  const isComputed = node.members.some(({ initializer }) => initializer && !ts.isStringLiteralLike(initializer));
  return node.members.flatMap((member): EnumMember[] => {
    const n = propertyKey(member.name);
    if (n === undefined) return [];
    const place = { n, s: b.start(member.name), e: member.name.end };
    const v = member.initializer && lowerExpression(b, member.initializer);
    const expr = v === undefined ? undefined : b.exprs[v];
    const auto = v === undefined ? next : expr?.k === "lit" && typeof expr.v === "number" ? expr.v : undefined;
    next = auto === undefined ? undefined : auto + 1;
    if (isComputed && ts.isIdentifier(member.name)) b.declare(member.name, "const", v === undefined ? {} : { init: v });
    return [{ ...place, ...(v === undefined ? auto !== undefined && { auto } : { v }) }];
  });
}

/** What exists elsewhere: its type, or the literal that it is. */
export function lowerAmbient(b: Builder, node: ts.VariableStatement | ts.FunctionDeclaration): void {
  if (ts.isFunctionDeclaration(node)) {
    lowerFunctionDeclaration(b, node);
    return;
  }
  for (const declaration of node.declarationList.declarations) {
    const binding = bindingOf(b, declaration.name);
    const type = lowerType(b, declaration.type);
    if (binding && type) binding.type = type;
    if (binding && declaration.initializer) binding.init = lowerExpression(b, declaration.initializer);
  }
}

/** The statements of a namespace. In one that is only declared, everything is exported. */
function lowerNamespace(b: Builder, node: ts.ModuleDeclaration, statements: readonly ts.Statement[]): void {
  const isDeclared = node.modifiers?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword);
  b.inScope(() => {
    lowerStatements(b, statements);
    if (!isDeclared) return;
    for (const [n, id] of b.scope.names()) b.exports.push({ n, b: id });
  });
}

/** A namespace; what others are told of modules (`declare module "x"`) is none of this file's exports. */
export function lowerModule(b: Builder, node: ts.ModuleDeclaration): void {
  const outer = b.exports;
  b.exports = [];
  if (node.flags & ts.NodeFlags.GlobalAugmentation) {
    for (const statement of node.body && ts.isModuleBlock(node.body) ? node.body.statements : [])
      if (ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement)) lowerAmbient(b, statement);
  } else if (node.body && ts.isModuleBlock(node.body)) lowerNamespace(b, node, node.body.statements);
  else if (node.body && ts.isModuleDeclaration(node.body)) {
    const inner = node.body;
    b.inScope(() => {
      declareStatements(b, [inner]);
      lowerModule(b, inner);
      const id = b.declared.get(inner.name);
      if (id !== undefined) b.exports.push({ n: inner.name.text, b: id });
    });
  }
  const names = b.exports.flatMap((fact) => ("b" in fact ? [fact] : []));
  b.exports = outer;
  const binding = bindingOf(b, node.name);
  if (binding?.kind === "namespace") binding.names = [...(binding.names ?? []), ...names];
  noteExports(b, node);
}

export function lowerTypeDeclaration(b: Builder, node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): void {
  const binding = bindingOf(b, node.name);
  b.inScope(() => {
    const typeParams = declareTypeParameters(b, node.typeParameters);
    const type = ts.isInterfaceDeclaration(node) ? lowerMembers(b, node.members) : lowerType(b, node.type);
    if (binding === undefined || type === undefined) return;
    // Declarations of one interface are merged.
    if (binding.type?.k === "obj" && type.k === "obj")
      binding.type = { ...binding.type, m: [...binding.type.m, ...type.m] };
    else binding.type = type;
    if (typeParams.length > 0) binding.typeParams = typeParams;
    if (!ts.isInterfaceDeclaration(node)) return;
    const parents = (node.heritageClauses ?? []).flatMap((clause) => clause.types.map((t) => lowerHeritage(b, t)));
    if (parents.length > 0) binding.extends = parents;
  });
  noteExports(b, node);
}
