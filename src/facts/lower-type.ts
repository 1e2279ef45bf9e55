import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import type { TypeFact, TypeMember } from "./types.ts";

const K = ts.SyntaxKind;
const UNKNOWN: TypeFact = { k: "?" };

/** A type as far as values can be told from it; anything else is `?`. */
export function lowerType(b: Builder, node: ts.TypeNode | undefined): TypeFact | undefined {
  return node === undefined ? undefined : lower(b, node);
}

function lower(b: Builder, node: ts.TypeNode): TypeFact {
  switch (node.kind) {
    case K.StringKeyword:
      return { k: "prim", n: "string" };
    case K.NumberKeyword:
      return { k: "prim", n: "number" };
    case K.BooleanKeyword:
      return { k: "prim", n: "boolean" };
    case K.UndefinedKeyword:
      return { k: "prim", n: "undefined" };
    case K.VoidKeyword:
      return { k: "prim", n: "void" };
    case K.AnyKeyword:
    case K.UnknownKeyword:
      return { k: "prim", n: "any" };
    case K.ObjectKeyword:
      return { k: "prim", n: "object" };
    case K.BigIntKeyword:
      return { k: "prim", n: "bigint" };
    case K.LiteralType:
      return lowerLiteral(b, (node as ts.LiteralTypeNode).literal);
    case K.ParenthesizedType:
      return lower(b, (node as ts.ParenthesizedTypeNode).type);
    case K.UnionType:
      return { k: "or", of: (node as ts.UnionTypeNode).types.map((t) => lower(b, t)) };
    case K.IntersectionType:
      return { k: "and", of: (node as ts.IntersectionTypeNode).types.map((t) => lower(b, t)) };
    case K.ArrayType:
      return { k: "arr", of: lower(b, (node as ts.ArrayTypeNode).elementType) };
    case K.TupleType:
      return { k: "tuple", of: (node as ts.TupleTypeNode).elements.map((t) => lower(b, t)) };
    case K.NamedTupleMember:
      return lower(b, (node as ts.NamedTupleMember).type);
    case K.OptionalType:
    case K.RestType:
      return lower(b, (node as ts.OptionalTypeNode | ts.RestTypeNode).type);
    case K.TypeLiteral:
      return lowerMembers(b, (node as ts.TypeLiteralNode).members);
    case K.FunctionType: {
      const fn = node as ts.FunctionTypeNode;
      return { k: "fn", params: fn.parameters.map((p) => lowerType(b, p.type) ?? UNKNOWN), ret: lower(b, fn.type) };
    }
    case K.TypeReference: {
      const ref = node as ts.TypeReferenceNode;
      const path = entityPath(ref.typeName);
      return refTo(b, path, ref.typeArguments);
    }
    case K.TypeOperator: {
      const operator = node as ts.TypeOperatorNode;
      if (operator.operator === K.KeyOfKeyword) return { k: "keyof", of: lower(b, operator.type) };
      return lower(b, operator.type);
    }
    case K.IndexedAccessType: {
      const access = node as ts.IndexedAccessTypeNode;
      return { k: "idx", o: lower(b, access.objectType), i: lower(b, access.indexType) };
    }
    case K.TypeQuery: {
      const [head, ...rest] = entityPath((node as ts.TypeQueryNode).exprName);
      if (head === undefined) return UNKNOWN;
      const id = b.lookUp(head);
      return { k: "typeof", n: head, ...(id !== undefined && { b: id }), ...(rest.length > 0 && { path: rest }) };
    }
    case K.TemplateLiteralType: {
      const template = node as ts.TemplateLiteralTypeNode;
      return {
        k: "tpl",
        quasis: [template.head.text, ...template.templateSpans.map((span) => span.literal.text)],
        parts: template.templateSpans.map((span) => lower(b, span.type)),
        s: b.start(node),
        e: node.end,
      };
    }
    case K.MappedType:
      return lowerMapped(b, node as ts.MappedTypeNode);
    case K.ImportType: {
      const imported = node as ts.ImportTypeNode;
      const argument = imported.argument;
      if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal)) return UNKNOWN;
      return { k: "import", s: argument.literal.text, path: imported.qualifier ? entityPath(imported.qualifier) : [] };
    }
    default:
      return UNKNOWN;
  }
}

function lowerMapped(b: Builder, node: ts.MappedTypeNode): TypeFact {
  const { typeParameter, questionToken } = node;
  const over = lowerType(b, typeParameter.constraint) ?? UNKNOWN;
  return b.inScope(() => {
    const id = b.declare(typeParameter.name, "type", { type: over }, "type");
    const t = lowerType(b, node.type) ?? UNKNOWN;
    const optional = questionToken?.kind === K.QuestionToken ? ({ o: true } as const) : {};
    return { k: "map", b: id, over, t, ...optional };
  });
}

/** Members of an interface or type literal. Call signatures and computed keys are left out. */
export function lowerMembers(b: Builder, members: readonly ts.TypeElement[]): TypeFact {
  const list: TypeMember[] = [];
  let index: TypeFact | undefined;
  for (const member of members) {
    if (ts.isIndexSignatureDeclaration(member)) {
      index = lowerType(b, member.type) ?? UNKNOWN;
      continue;
    }
    const name = member.name && propertyKey(member.name);
    if (name === undefined || member.name === undefined) continue;
    const place = { s: b.start(member.name), e: member.name.end };
    const optional = member.questionToken === undefined ? {} : ({ o: true } as const);
    if (ts.isPropertySignature(member))
      list.push({ n: name, t: lowerType(b, member.type) ?? UNKNOWN, ...optional, ...place });
    else if (ts.isMethodSignature(member)) {
      const params = member.parameters.map((p) => lowerType(b, p.type) ?? UNKNOWN);
      list.push({ n: name, t: { k: "fn", params, ret: lowerType(b, member.type) ?? UNKNOWN }, ...optional, ...place });
    }
  }
  return index === undefined ? { k: "obj", m: list } : { k: "obj", m: list, index };
}

/** The name of a property, where it is written down and not computed. */
export function propertyKey(name: ts.PropertyName | ts.MemberName): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)) return name.expression.text;
  return undefined;
}

function refTo(b: Builder, path: readonly string[], args: readonly ts.TypeNode[] | undefined): TypeFact {
  const [head, ...rest] = path;
  if (head === undefined) return UNKNOWN;
  if (rest.length === 0 && head === "Array" && args?.[0]) return { k: "arr", of: lower(b, args[0]) };
  const id = b.lookUpType(head);
  return {
    k: "ref",
    n: head,
    ...(id !== undefined && { b: id }),
    ...(rest.length > 0 && { path: rest }),
    ...(args && { a: args.map((t) => lower(b, t)) }),
  };
}

/** A type given by an expression with type arguments, as in `extends` and `implements`. */
export function lowerHeritage(b: Builder, node: ts.ExpressionWithTypeArguments): TypeFact {
  const path = expressionPath(node.expression);
  return path ? refTo(b, path, node.typeArguments) : UNKNOWN;
}

function expressionPath(node: ts.Expression): string[] | undefined {
  if (ts.isIdentifier(node)) return [node.text];
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const left = expressionPath(node.expression);
  return left && [...left, node.name.text];
}

function entityPath(name: ts.EntityName): string[] {
  return ts.isIdentifier(name) ? [name.text] : [...entityPath(name.left), name.right.text];
}

function lowerLiteral(b: Builder, literal: ts.LiteralTypeNode["literal"]): TypeFact {
  if (literal.kind === K.NullKeyword) return { k: "prim", n: "null" };
  if (literal.kind === K.TrueKeyword) return { k: "lit", v: true };
  if (literal.kind === K.FalseKeyword) return { k: "lit", v: false };
  if (ts.isStringLiteralLike(literal)) return { k: "lit", v: literal.text, s: b.start(literal), e: literal.end };
  const isNegative = ts.isPrefixUnaryExpression(literal) && literal.operator === K.MinusToken;
  const digits = isNegative ? literal.operand : literal;
  if (ts.isNumericLiteral(digits) && Number.isFinite(Number(digits.text)))
    return { k: "lit", v: (isNegative ? -1 : 1) * Number(digits.text) };
  return UNKNOWN;
}
