import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { lowerExpression } from "./lower-expression.ts";
import { declareTypeParameters, lowerFunction } from "./lower-function.ts";
import { lowerBlock } from "./lower-statement.ts";
import { lowerHeritage, lowerType, propertyKey } from "./lower-type.ts";
import type { ClassFact, ClassId, ClassMember, ExprId, TypeFact } from "./types.ts";

type OpenClass = { -readonly [K in keyof ClassFact]: ClassFact[K] } & { members: ClassMember[] };

/** Reads a class with its members; parameter properties of the constructor become fields. */
export function lowerClass(b: Builder, node: ts.ClassLikeDeclaration): ClassId {
  const id = b.classes.length;
  const cls: OpenClass = { name: node.name?.text ?? "", implements: [], members: [], s: b.start(node), e: node.end };
  b.classes.push(cls);
  const decorators = lowerDecorators(b, node);
  if (decorators.length > 0) cls.decorators = decorators;
  b.inScope(() => {
    const params = declareTypeParameters(b, node.typeParameters);
    if (params.length > 0) cls.typeParams = params;
    lowerHeritageClauses(b, node, cls);
    const outer = b.self;
    for (const member of node.members) lowerMember(b, member, cls, id);
    b.self = outer;
  });
  return id;
}

/** The class declared by a statement: its binding already exists. */
function lowerHeritageClauses(b: Builder, node: ts.ClassLikeDeclaration, cls: OpenClass): void {
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token === ts.SyntaxKind.ImplementsKeyword) cls.implements = clause.types.map((t) => lowerHeritage(b, t));
    const parent = clause.token === ts.SyntaxKind.ExtendsKeyword ? clause.types[0] : undefined;
    if (parent === undefined) continue;
    cls.extends = lowerExpression(b, parent.expression);
    const args = parent.typeArguments?.map((t) => lowerType(b, t) ?? ({ k: "?" } as const));
    if (args) cls.extendsArgs = args;
  }
}

function lowerMember(b: Builder, member: ts.ClassElement, cls: OpenClass, id: ClassId): void {
  const isStatic = ts.canHaveModifiers(member) && member.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword);
  const flag = isStatic ? ({ static: true } as const) : {};
  b.self = { c: id };
  if (ts.isConstructorDeclaration(member)) {
    if (member.body === undefined) return;
    cls.ctor = lowerFunction(b, member, { kind: "constructor", name: cls.name, cls: id, self: { c: id } });
    addParameterProperties(b, member, cls);
    return;
  }
  if (ts.isClassStaticBlockDeclaration(member)) {
    lowerBlock(b, member.body.statements);
    return;
  }
  const name = member.name && propertyKey(member.name);
  if (name === undefined || member.name === undefined) return;
  const decorators = lowerDecorators(b, member);
  const shared = {
    n: name,
    ...flag,
    ...flagsOf(member),
    ...(decorators.length > 0 && { decorators }),
    s: b.start(member.name),
    e: member.name.end,
  };
  if (ts.isPropertyDeclaration(member)) {
    const type = typeOfField(b, member);
    const init = member.initializer && lowerExpression(b, member.initializer);
    cls.members.push({ ...shared, kind: "field", ...(init !== undefined && { init }), ...(type && { type }) });
  } else if (ts.isMethodDeclaration(member) || ts.isAccessor(member)) {
    const kind = ts.isGetAccessor(member) ? "getter" : ts.isSetAccessor(member) ? "setter" : "method";
    const fn = lowerFunction(b, member, { kind, name, cls: id, ...flag, self: { c: id }, decorators });
    // An overload's signature gives way to the implementation.
    const before = cls.members.findIndex(
      (m) => m.n === name && m.kind === kind && m.fn !== undefined && !b.functions[m.fn]?.body,
    );
    if (before >= 0 && member.body) cls.members.splice(before, 1);
    cls.members.push({ ...shared, kind, fn });
  }
}

function addParameterProperties(b: Builder, node: ts.ConstructorDeclaration, cls: OpenClass): void {
  node.parameters.forEach((parameter, index) => {
    if (!ts.isParameterPropertyDeclaration(parameter, node) || !ts.isIdentifier(parameter.name)) return;
    const type = typeOfField(b, parameter);
    const decorators = lowerDecorators(b, parameter);
    cls.members.push({
      n: parameter.name.text,
      kind: "field",
      param: index,
      ...flagsOf(parameter),
      ...(type && { type }),
      ...(decorators.length > 0 && { decorators }),
      s: b.start(parameter.name),
      e: parameter.name.end,
    });
  });
}

/** `seats?: number` may be undefined. */
function typeOfField(b: Builder, node: ts.PropertyDeclaration | ts.ParameterDeclaration): TypeFact | undefined {
  const type = lowerType(b, node.type);
  return type && node.questionToken ? { k: "or", of: [type, { k: "prim", n: "undefined" }] } : type;
}

function flagsOf(node: ts.ClassElement | ts.ParameterDeclaration): { hidden?: true; readonly?: true } {
  const modifiers = ts.canHaveModifiers(node) ? (node.modifiers ?? []) : [];
  const isHidden =
    modifiers.some((m) => m.kind === ts.SyntaxKind.PrivateKeyword) ||
    (node.name !== undefined && ts.isPrivateIdentifier(node.name));
  const isReadonly = modifiers.some((m) => m.kind === ts.SyntaxKind.ReadonlyKeyword);
  return { ...(isHidden && { hidden: true }), ...(isReadonly && { readonly: true }) };
}

export function lowerDecorators(b: Builder, node: ts.Node): ExprId[] {
  const decorators = ts.canHaveDecorators(node) ? ts.getDecorators(node) : undefined;
  return decorators?.map((decorator) => lowerExpression(b, decorator.expression)) ?? [];
}
