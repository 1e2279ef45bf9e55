import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { lowerExpression, lowerIdentifier, skipParentheses } from "./lower-expression.ts";
import type { ExprId } from "./types.ts";

const K = ts.SyntaxKind;

const ASSIGNMENT = new Map<ts.SyntaxKind, string>([
  [K.EqualsToken, "="],
  [K.PlusEqualsToken, "+="],
  [K.QuestionQuestionEqualsToken, "??="],
  [K.BarBarEqualsToken, "||="],
  [K.AmpersandAmpersandEqualsToken, "&&="],
  [K.MinusEqualsToken, "-="],
  [K.AsteriskEqualsToken, "*="],
  [K.SlashEqualsToken, "/="],
]);

/** The operator as written, where it assigns; undefined for others. */
export function assignmentOperator(operator: ts.SyntaxKind): string | undefined {
  return ASSIGNMENT.get(operator);
}

export function lowerAssignment(b: Builder, node: ts.BinaryExpression, op: string): ExprId {
  const target = skipParentheses(node.left);
  // `x ??= f()`: the right side is not always worked out.
  const v = op.length === 3 ? b.within({}, () => lowerExpression(b, node.right)) : lowerExpression(b, node.right);
  const t = lowerTarget(b, target, v, op);
  return b.add({ k: "asg", op, t, v }, node);
}

/** The left side of an assignment; the write is noted at what it goes to. */
function lowerTarget(b: Builder, target: ts.Expression, v: ExprId, op: string): ExprId {
  const pos = b.start(target);
  if (ts.isIdentifier(target)) {
    const t = lowerIdentifier(b, target);
    const expr = b.exprs[t];
    if (expr?.k === "id") b.bindings[expr.b]?.writes.push({ x: v, op, ctx: b.ctx, pos });
    if (expr?.k === "glob") b.memberWrites.push({ o: -1, n: expr.n, x: v, op, ctx: b.ctx, fn: b.fn, pos });
    return t;
  }
  const t = lowerExpression(b, target);
  const expr = b.exprs[t];
  const write = { x: v, op, ctx: b.ctx, fn: b.fn, pos };
  if (expr?.k === "mem") b.memberWrites.push({ o: expr.o, n: expr.n, ...write });
  else if (expr?.k === "idx") b.memberWrites.push({ o: expr.o, n: "", key: expr.i, ...write });
  else if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) noteUnknownWrites(b, target);
  return t;
}

/** `({ a, b } = f())`: what is written is not followed. */
function noteUnknownWrites(b: Builder, pattern: ts.Node): void {
  pattern.forEachChild((child) => {
    if (ts.isIdentifier(child)) noteUnknownWrite(b, child);
    else noteUnknownWrites(b, child);
  });
}

function noteUnknownWrite(b: Builder, name: ts.Identifier): ExprId {
  const id = b.lookUp(name.text);
  const x = b.add({ k: "other", what: "update" }, name);
  if (id !== undefined) b.bindings[id]?.writes.push({ x, op: "=", ctx: b.ctx, pos: b.start(name) });
  return x;
}

/** `delete props.x`, which is a write too. */
export function lowerDelete(b: Builder, node: ts.DeleteExpression): ExprId {
  const x = lowerExpression(b, node.expression);
  const expr = b.exprs[x];
  if (expr?.k === "mem") {
    const pos = b.start(node.expression);
    b.memberWrites.push({ o: expr.o, n: expr.n, x, op: "delete", ctx: b.ctx, fn: b.fn, pos });
  }
  return b.add({ k: "un", op: "delete", x }, node);
}

/** Methods that put something into a list, a set or a map. */
const FILLS: ReadonlySet<string> = new Set(["push", "unshift", "add", "set"]);

/** `Object.assign(props, more)` writes to what it is given first, `list.push(item)` to what it is called on. */
export function noteWritingCall(b: Builder, call: ExprId): void {
  const expr = b.exprs[call];
  const callee = expr?.k === "call" ? b.exprs[expr.f] : undefined;
  if (expr?.k !== "call" || callee?.k !== "mem") return;
  if (FILLS.has(callee.n)) {
    const pos = b.starts[call] ?? 0;
    const items = callee.n === "set" ? expr.a.slice(1, 2) : expr.a;
    for (const x of items) b.memberWrites.push({ o: callee.o, n: "", x, op: "push", ctx: b.ctx, fn: b.fn, pos });
  }
  if (callee.n !== "assign") return;
  const owner = b.exprs[callee.o];
  const [target, ...sources] = expr.a;
  if (owner?.k !== "glob" || owner.n !== "Object" || target === undefined) return;
  const pos = b.starts[call] ?? 0;
  for (const x of sources) b.memberWrites.push({ o: target, n: "", x, op: "assign", ctx: b.ctx, fn: b.fn, pos });
}

/** `x++`: a write of a number. */
export function lowerUpdate(b: Builder, operand: ts.Expression, node: ts.Node): ExprId {
  if (ts.isIdentifier(operand)) noteUnknownWrite(b, operand);
  else lowerExpression(b, operand);
  return b.add({ k: "other", what: "update" }, node);
}
