import { ts } from "ts-morph";
import type { Builder, ThisOwner } from "./builder.ts";
import { declarePattern } from "./declare.ts";
import { lowerDecorators } from "./lower-class.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerBlock } from "./lower-statement.ts";
import { lowerType } from "./lower-type.ts";
import type { BindingId, ExprId, FunctionFact, FunctionId, ParamFact } from "./types.ts";

export interface FunctionOptions {
  readonly kind: FunctionFact["kind"];
  readonly name: string;
  readonly cls?: number;
  readonly static?: true;
  /** What `this` is; absent: an arrow's surroundings, else nothing. */
  readonly self?: ThisOwner;
  readonly argOf?: FunctionFact["argOf"];
  readonly decorators?: readonly ExprId[];
}

/** Reads a function with everything in it. */
export function lowerFunction(b: Builder, node: ts.FunctionLikeDeclaration, options: FunctionOptions): FunctionId {
  const id = b.functions.length;
  const nameNode = node.name;
  b.functions.push({
    name: options.name,
    kind: options.kind,
    async: node.modifiers?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword) ?? false,
    parent: b.fn,
    ...(options.cls !== undefined && { cls: options.cls }),
    ...(options.static && { static: true }),
    ...(options.argOf && { argOf: options.argOf }),
    ...(options.decorators?.length && { decorators: options.decorators }),
    params: [],
    returns: [],
    s: b.start(node),
    e: node.end,
    ctx: -1,
    nameAt: nameNode ? b.start(nameNode) : b.start(node),
    body: node.body !== undefined,
  });
  const outer = { fn: b.fn, ctx: b.ctx, self: b.self };
  b.inScope(() => {
    b.fn = id;
    b.ctx = b.context({});
    if (options.kind !== "arrow") b.self = options.self ?? {};
    const fn = b.functions[id];
    if (fn === undefined) return;
    fn.ctx = b.ctx;
    declareTypeParameters(b, node.typeParameters);
    fn.params = node.parameters.filter((p) => !isThisParameter(p)).map((p, index) => lowerParameter(b, p, id, index));
    const returnType = lowerType(b, node.type);
    if (returnType) fn.returnType = returnType;
    const body = node.body;
    if (body === undefined) return;
    if (ts.isBlock(body)) lowerBlock(b, body.statements);
    else fn.returns.push({ x: lowerExpression(b, body, "return"), ctx: b.ctx, pos: b.start(body) });
  }, true);
  b.fn = outer.fn;
  b.ctx = outer.ctx;
  b.self = outer.self;
  return id;
}

/** Type parameters stand for their constraint. */
export function declareTypeParameters(
  b: Builder,
  nodes: readonly ts.TypeParameterDeclaration[] | undefined,
): BindingId[] {
  const list = nodes ?? [];
  const ids = list.map((node) => b.declare(node.name, "type", {}, "type"));
  list.forEach((node, index) => {
    const binding = b.bindings[ids[index] ?? -1];
    if (binding) binding.type = lowerType(b, node.constraint ?? node.default) ?? { k: "prim", n: "any" };
  });
  return ids;
}

function isThisParameter(node: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(node.name) && node.name.text === "this";
}

function lowerParameter(b: Builder, node: ts.ParameterDeclaration, fn: FunctionId, index: number): ParamFact {
  const rest = node.dotDotDotToken ? ({ rest: true } as const) : {};
  const type = lowerType(b, node.type);
  const or = node.initializer && lowerExpression(b, node.initializer);
  const decorators = lowerDecorators(b, node);
  const shared = { ...(type && { type }), ...(or !== undefined && { or }) };
  const flags = {
    ...rest,
    ...(node.questionToken && { opt: true as const }),
    ...(decorators.length > 0 && { decorators }),
  };
  if (ts.isIdentifier(node.name)) {
    const id = b.declare(node.name, "param", { param: { fn, index, ...rest }, ...shared });
    return { b: id, ...shared, ...flags };
  }
  declarePattern(b, node.name, "param", (name, path) =>
    b.declare(name, "param", { param: { fn, index }, path, ...shared }),
  );
  return { b: -1, ...shared, ...flags };
}
