import type { Expr, ExprId } from "../facts/types.ts";

/** The expressions that one is written of, in no promised order. What a function or an element holds is not among them. */
export function childrenOf(expr: Expr): readonly ExprId[] {
  switch (expr.k) {
    case "tpl":
      return expr.parts;
    case "mem":
      return [expr.o];
    case "idx":
      return [expr.o, expr.i];
    case "call":
    case "new":
      return [expr.f, ...expr.a];
    case "spread":
    case "un":
    case "await":
    case "as":
      return [expr.x];
    case "obj":
      return expr.p.flatMap((prop) =>
        prop.k === "spread" ? [prop.x] : prop.k === "computed" ? [prop.key, prop.v] : [prop.v],
      );
    case "arr":
    case "seq":
      return expr.i;
    case "cond":
      return [expr.t, expr.a, expr.b];
    case "log":
    case "bin":
      return [expr.l, expr.r];
    case "asg":
      return [expr.t, expr.v];
    case "import":
      return [expr.s];
    default:
      return [];
  }
}
