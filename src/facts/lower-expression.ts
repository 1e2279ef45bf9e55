import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { assignmentOperator, lowerAssignment, lowerDelete, lowerUpdate, noteWritingCall } from "./lower-assignment.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerFunction } from "./lower-function.ts";
import { lowerJsx } from "./lower-jsx.ts";
import { lowerType, propertyKey } from "./lower-type.ts";
import type { CallFact, Expr, ExprId, FunctionFact, PropFact, TypeFact } from "./types.ts";

const K = ts.SyntaxKind;

/** Reads an expression; `use` says what becomes of its value. */
export function lowerExpression(b: Builder, node: ts.Expression, use: CallFact["use"] = "value"): ExprId {
  switch (node.kind) {
    case K.ParenthesizedExpression:
      return lowerExpression(b, (node as ts.ParenthesizedExpression).expression, use);
    case K.NonNullExpression:
    case K.SatisfiesExpression:
      return lowerExpression(b, (node as ts.NonNullExpression | ts.SatisfiesExpression).expression, use);
    case K.AsExpression:
    case K.TypeAssertionExpression:
      return lowerAs(b, node as ts.AsExpression, use);
    case K.StringLiteral:
    case K.NoSubstitutionTemplateLiteral:
      return b.add({ k: "lit", v: (node as ts.StringLiteralLike).text }, node);
    case K.NumericLiteral:
      return b.add(numberOf((node as ts.NumericLiteral).text), node);
    case K.TrueKeyword:
      return b.add({ k: "lit", v: true }, node);
    case K.FalseKeyword:
      return b.add({ k: "lit", v: false }, node);
    case K.NullKeyword:
      return b.add({ k: "lit", v: null }, node);
    case K.Identifier:
      return lowerIdentifier(b, node as ts.Identifier);
    case K.ThisKeyword:
      return b.add({ k: "this", ...b.self }, node);
    case K.SuperKeyword:
      return b.add({ k: "super", ...(b.self.c !== undefined && { c: b.self.c }) }, node);
    case K.TemplateExpression:
      return lowerTemplate(b, node as ts.TemplateExpression);
    case K.PropertyAccessExpression: {
      const access = node as ts.PropertyAccessExpression;
      const o = lowerExpression(b, access.expression);
      return b.add({ k: "mem", o, n: access.name.text, ...(access.questionDotToken && { q: true }) }, node);
    }
    case K.ElementAccessExpression:
      return lowerElementAccess(b, node as ts.ElementAccessExpression);
    case K.CallExpression:
      return lowerCall(b, node as ts.CallExpression, use);
    case K.NewExpression: {
      const created = node as ts.NewExpression;
      const x = b.reserve(node);
      const f = lowerExpression(b, created.expression);
      b.calls.push({ x, ctx: b.ctx, fn: b.fn, use });
      b.exprs[x] = { k: "new", f, a: lowerArguments(b, created.arguments ?? [], x), ...lowerTypeArguments(b, created) };
      return x;
    }
    case K.ObjectLiteralExpression:
      return lowerObject(b, node as ts.ObjectLiteralExpression);
    case K.ArrayLiteralExpression:
      return b.add({ k: "arr", i: lowerList(b, (node as ts.ArrayLiteralExpression).elements) }, node);
    case K.ArrowFunction:
    case K.FunctionExpression: {
      const fn = node as ts.ArrowFunction | ts.FunctionExpression;
      const x = b.reserve(node);
      b.exprs[x] = {
        k: "fn",
        fn: lowerFunction(b, fn, {
          kind: fn.kind === K.ArrowFunction ? "arrow" : "function",
          name: fn.name?.text ?? "",
        }),
      };
      return x;
    }
    case K.ClassExpression:
      return b.add({ k: "cls", c: lowerClass(b, node as ts.ClassExpression) }, node);
    case K.ConditionalExpression: {
      const c = node as ts.ConditionalExpression;
      const t = lowerExpression(b, c.condition);
      const yes = b.within({ test: t, holds: true }, () => lowerExpression(b, c.whenTrue, use));
      const no = b.within({ test: t, holds: false }, () => lowerExpression(b, c.whenFalse, use));
      return b.add({ k: "cond", t, a: yes, b: no }, node);
    }
    case K.BinaryExpression:
      return lowerBinary(b, node as ts.BinaryExpression, use);
    case K.PrefixUnaryExpression:
      return lowerPrefix(b, node as ts.PrefixUnaryExpression);
    case K.PostfixUnaryExpression:
      return lowerUpdate(b, (node as ts.PostfixUnaryExpression).operand, node);
    case K.TypeOfExpression:
      return b.add({ k: "un", op: "typeof", x: lowerExpression(b, (node as ts.TypeOfExpression).expression) }, node);
    case K.VoidExpression:
      return b.add(
        { k: "un", op: "void", x: lowerExpression(b, (node as ts.VoidExpression).expression, "dropped") },
        node,
      );
    case K.DeleteExpression:
      return lowerDelete(b, node as ts.DeleteExpression);
    case K.AwaitExpression:
      return b.add({ k: "await", x: lowerExpression(b, (node as ts.AwaitExpression).expression, "await") }, node);
    case K.YieldExpression: {
      const { expression, asteriskToken } = node as ts.YieldExpression;
      const inner = expression && lowerExpression(b, expression, "await");
      // `yield* effect` gives what the effect ends with, as `await` does of a promise.
      if (inner !== undefined && asteriskToken) return b.add({ k: "await", x: inner }, node);
      return b.add({ k: "other", what: "yield" }, node);
    }
    case K.TaggedTemplateExpression: {
      const tagged = node as ts.TaggedTemplateExpression;
      lowerExpression(b, tagged.tag);
      const text = lowerExpression(b, tagged.template);
      // Without escapes it is the text as written.
      if (tagged.tag.getText(b.source) === "String.raw" && !tagged.template.getText(b.source).includes("\\"))
        return text;
      return b.add({ k: "other", what: "tagged" }, node);
    }
    case K.SpreadElement:
      return b.add({ k: "spread", x: lowerExpression(b, (node as ts.SpreadElement).expression) }, node);
    case K.JsxElement:
    case K.JsxSelfClosingElement:
    case K.JsxFragment:
      return lowerJsx(b, node as ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment);
    case K.ExpressionWithTypeArguments:
      return lowerExpression(b, (node as ts.ExpressionWithTypeArguments).expression, use);
    case K.RegularExpressionLiteral:
      return b.add({ k: "other", what: "regex" }, node);
    case K.BigIntLiteral:
      return b.add({ k: "other", what: "number" }, node);
    case K.MetaProperty:
      return b.add({ k: "other", what: "meta" }, node);
    default:
      return b.add({ k: "other", what: "other" }, node);
  }
}

/** A number that survives being written down: neither infinite nor minus zero. */
function numberOf(text: string): Expr {
  const v = Number(text);
  return Number.isFinite(v) ? { k: "lit", v: v === 0 ? 0 : v } : { k: "other", what: "number" };
}

export function lowerIdentifier(b: Builder, node: ts.Identifier): ExprId {
  const id = b.lookUp(node.text);
  if (id !== undefined)
    return b.add(b.bindings[id]?.ambient ? { k: "glob", n: node.text, b: id } : { k: "id", b: id }, node);
  if (node.text === "undefined") return b.add({ k: "undef" }, node);
  return b.add({ k: "glob", n: node.text }, node);
}

function lowerAs(b: Builder, node: ts.AsExpression | ts.TypeAssertion, use: CallFact["use"]): ExprId {
  const x = lowerExpression(b, node.expression, use);
  const type = lowerType(b, node.type);
  // `as const` and casts to an unknown type tell nothing of the value.
  if (type === undefined || type.k === "?" || (type.k === "ref" && type.n === "const")) return x;
  return b.add({ k: "as", x, t: type }, node);
}

function lowerTemplate(b: Builder, node: ts.TemplateExpression): ExprId {
  const parts = node.templateSpans.map((span) => lowerExpression(b, span.expression));
  return b.add({ k: "tpl", quasis: [node.head.text, ...node.templateSpans.map((s) => s.literal.text)], parts }, node);
}

function lowerElementAccess(b: Builder, node: ts.ElementAccessExpression): ExprId {
  const o = lowerExpression(b, node.expression);
  const optional = node.questionDotToken ? ({ q: true } as const) : {};
  const argument = node.argumentExpression;
  if (ts.isStringLiteralLike(argument)) return b.add({ k: "mem", o, n: argument.text, ...optional }, node);
  return b.add({ k: "idx", o, i: lowerExpression(b, argument), ...optional }, node);
}

function lowerCall(b: Builder, node: ts.CallExpression, use: CallFact["use"]): ExprId {
  const x = b.reserve(node);
  if (node.expression.kind === K.ImportKeyword && node.arguments[0]) {
    b.exprs[x] = { k: "import", s: lowerExpression(b, node.arguments[0]) };
    return x;
  }
  const f = lowerExpression(b, node.expression);
  b.calls.push({ x, ctx: b.ctx, fn: b.fn, use });
  const a = lowerArguments(b, node.arguments, x);
  b.exprs[x] = { k: "call", f, a, ...lowerTypeArguments(b, node), ...(node.questionDotToken && { q: true }) };
  noteWritingCall(b, x);
  return x;
}

function lowerTypeArguments(b: Builder, node: ts.CallExpression | ts.NewExpression): { t?: TypeFact[] } {
  if (node.typeArguments === undefined) return {};
  return { t: node.typeArguments.map((type) => lowerType(b, type) ?? { k: "?" }) };
}

function lowerArguments(b: Builder, nodes: readonly ts.Expression[], call: ExprId): ExprId[] {
  return nodes.map((node, index) => {
    const bare = skipParentheses(node);
    if (ts.isObjectLiteralExpression(bare)) return lowerObject(b, bare, { call, index });
    if (!ts.isArrowFunction(bare) && !ts.isFunctionExpression(bare)) return lowerExpression(b, node);
    const x = b.reserve(bare);
    const kind = bare.kind === K.ArrowFunction ? "arrow" : "function";
    b.exprs[x] = { k: "fn", fn: lowerFunction(b, bare, { kind, name: bare.name?.text ?? "", argOf: { call, index } }) };
    return x;
  });
}

export function skipParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? skipParentheses(node.expression) : node;
}

function lowerList(b: Builder, nodes: readonly ts.Expression[]): ExprId[] {
  return nodes.map((node) =>
    ts.isOmittedExpression(node) ? b.addAt({ k: "undef" }, node.pos, node.end) : lowerExpression(b, node),
  );
}

function lowerObject(b: Builder, node: ts.ObjectLiteralExpression, argOf?: FunctionFact["argOf"]): ExprId {
  const x = b.reserve(node);
  const props: PropFact[] = [];
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      props.push({ k: "spread", x: lowerExpression(b, property.expression) });
      continue;
    }
    if (ts.isShorthandPropertyAssignment(property)) {
      props.push(prop(b, property.name.text, lowerIdentifier(b, property.name), property.name));
      continue;
    }
    const value = ts.isPropertyAssignment(property)
      ? lowerPropertyValue(b, property.initializer, x, property.name, argOf)
      : lowerObjectMethod(b, property, x, argOf);
    const key = propertyKey(property.name);
    if (key !== undefined)
      props.push({ ...prop(b, key, value, property.name), ...(ts.isGetAccessor(property) && { get: true }) });
    else if (ts.isComputedPropertyName(property.name)) {
      props.push({ k: "computed", key: lowerExpression(b, property.name.expression), v: value });
    }
  }
  b.exprs[x] = { k: "obj", p: props };
  return x;
}

function prop(b: Builder, n: string, v: ExprId, name: ts.Node): PropFact & { k: "prop" } {
  return { k: "prop", n, v, s: b.start(name), e: name.end };
}

/** A `function` under a key has the object as its `this`. */
function lowerPropertyValue(
  b: Builder,
  node: ts.Expression,
  object: ExprId,
  name: ts.PropertyName,
  argOf: FunctionFact["argOf"],
): ExprId {
  const given = argOf ? { argOf: { ...argOf, key: propertyKey(name) ?? "" } } : {};
  const bare = skipParentheses(node);
  const named = propertyKey(name) ?? "";
  if (ts.isFunctionExpression(bare)) {
    const x = b.reserve(bare);
    b.exprs[x] = {
      k: "fn",
      fn: lowerFunction(b, bare, { kind: "function", name: named, self: { o: object }, ...given }),
    };
    return x;
  }
  if (ts.isArrowFunction(bare)) {
    const x = b.reserve(bare);
    b.exprs[x] = { k: "fn", fn: lowerFunction(b, bare, { kind: "arrow", name: named, ...given }) };
    return x;
  }
  return lowerExpression(b, node);
}

function lowerObjectMethod(
  b: Builder,
  node: ts.MethodDeclaration | ts.AccessorDeclaration,
  object: ExprId,
  argOf: FunctionFact["argOf"],
): ExprId {
  const given = argOf ? { argOf: { ...argOf, key: propertyKey(node.name) ?? "" } } : {};
  const x = b.reserve(node);
  const kind = ts.isGetAccessor(node) ? "getter" : ts.isSetAccessor(node) ? "setter" : "method";
  b.exprs[x] = {
    k: "fn",
    fn: lowerFunction(b, node, { kind, name: propertyKey(node.name) ?? "", self: { o: object }, ...given }),
  };
  return x;
}

function lowerBinary(b: Builder, node: ts.BinaryExpression, use: CallFact["use"]): ExprId {
  const operator = node.operatorToken.kind;
  const assignment = assignmentOperator(operator);
  if (assignment !== undefined) return lowerAssignment(b, node, assignment);
  if (operator === K.AmpersandAmpersandToken || operator === K.BarBarToken || operator === K.QuestionQuestionToken) {
    const op = operator === K.AmpersandAmpersandToken ? "&&" : operator === K.BarBarToken ? "||" : "??";
    const l = lowerExpression(b, node.left);
    const guard = op === "??" ? ({ test: l, holds: false, nullish: true } as const) : { test: l, holds: op === "&&" };
    const r = b.within(guard, () => lowerExpression(b, node.right, use));
    return b.add({ k: "log", op, l, r }, node);
  }
  if (operator === K.CommaToken) {
    const l = lowerExpression(b, node.left, "dropped");
    const r = lowerExpression(b, node.right, use);
    return b.add({ k: "seq", i: [l, r] }, node);
  }
  const l = lowerExpression(b, node.left);
  const r = lowerExpression(b, node.right);
  return b.add({ k: "bin", op: node.operatorToken.getText(b.source), l, r }, node);
}

function lowerPrefix(b: Builder, node: ts.PrefixUnaryExpression): ExprId {
  switch (node.operator) {
    case K.ExclamationToken:
      return b.add({ k: "un", op: "!", x: lowerExpression(b, node.operand) }, node);
    case K.MinusToken: {
      if (ts.isNumericLiteral(node.operand)) return b.add(numberOf(`-${node.operand.text}`), node);
      return b.add({ k: "un", op: "-", x: lowerExpression(b, node.operand) }, node);
    }
    case K.PlusToken:
      return b.add({ k: "un", op: "+", x: lowerExpression(b, node.operand) }, node);
    case K.TildeToken:
      return b.add({ k: "un", op: "~", x: lowerExpression(b, node.operand) }, node);
    default:
      return lowerUpdate(b, node.operand, node);
  }
}
