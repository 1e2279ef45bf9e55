import type { FunctionNode, Inventory } from "../calls/types.ts";
import { contains, type Range } from "../diagnostics/range.ts";
import { groupBy } from "../util/group-by.ts";

/** Finds the name of the innermost known function around a place; undefined at module level and in the plan. */
export function enclosingNames(code: Inventory): (at: Range) => string | undefined {
  const byFile = groupBy(code.functions.values(), (node) => node.at.file);
  return (at) => {
    let inner: FunctionNode | undefined;
    for (const node of byFile.get(at.file) ?? []) {
      if (contains(node.at, at) && (inner === undefined || contains(inner.at, node.at))) inner = node;
    }
    return inner?.name;
  };
}
