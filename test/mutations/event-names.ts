import { ts } from "ts-morph";
import { bare, type Code, keyOf, nodesOf } from "./syntax.ts";

/** What a reader finds who looks a name up: constants by name, over all files. */
export interface EventNames {
  /** The text that an expression stands for; undefined where it must be computed. */
  textOf(node: ts.Expression): string | undefined;
  /** The literal that holds it. */
  literalOf(node: ts.Expression): ts.StringLiteralLike | undefined;
  /** Names of the members beside the one that an expression reads. */
  besides(node: ts.Expression): string[];
}

type Table = ReadonlyMap<string, ts.Expression>;

export function eventNames({ trees }: Code): EventNames {
  const tables = new Map<string, Table>();
  const constants = new Map<string, ts.Expression>();
  for (const tree of trees.values()) {
    for (const node of nodesOf(tree)) {
      if (ts.isEnumDeclaration(node)) tables.set(node.name.text, membersOf(node));
      if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined) continue;
      const value = bare(node.initializer);
      if (ts.isObjectLiteralExpression(value)) tables.set(node.name.text, entriesOf(value));
      else if (node.parent.flags & ts.NodeFlags.Const) constants.set(node.name.text, value);
    }
  }

  const tableOf = (node: ts.Expression): Table | undefined => {
    const one = bare(node);
    if (ts.isIdentifier(one)) return tables.get(one.text);
    if (ts.isObjectLiteralExpression(one)) return entriesOf(one);
    if (!ts.isPropertyAccessExpression(one)) return undefined;
    const inner = tableOf(one.expression)?.get(one.name.text);
    return inner && tableOf(inner);
  };

  const lookUp = (node: ts.Expression, depth = 0): ts.Expression | undefined => {
    const one = bare(node);
    if (depth > 4) return undefined;
    if (ts.isIdentifier(one)) {
      const value = constants.get(one.text);
      return value && lookUp(value, depth + 1);
    }
    if (!ts.isPropertyAccessExpression(one)) return one;
    const value = tableOf(one.expression)?.get(one.name.text);
    return value && lookUp(value, depth + 1);
  };

  const textOf = (node: ts.Expression): string | undefined => {
    const found = lookUp(node);
    if (found === undefined) return undefined;
    if (ts.isStringLiteralLike(found)) return found.text;
    if (!ts.isTemplateExpression(found)) return undefined;
    const parts = found.templateSpans.map((span) => {
      const text = textOf(span.expression);
      return text === undefined ? undefined : text + span.literal.text;
    });
    return parts.includes(undefined) ? undefined : found.head.text + parts.join("");
  };

  return {
    textOf,
    literalOf(node) {
      const found = lookUp(node);
      return found && ts.isStringLiteralLike(found) ? found : undefined;
    },
    besides(node) {
      const one = bare(node);
      if (!ts.isPropertyAccessExpression(one)) return [];
      return [...(tableOf(one.expression)?.keys() ?? [])].filter((name) => name !== one.name.text);
    },
  };
}

function membersOf(node: ts.EnumDeclaration): Table {
  const members = node.members.flatMap((member) => {
    const key = keyOf(member);
    return key === undefined || member.initializer === undefined ? [] : [[key, member.initializer] as const];
  });
  return new Map(members);
}

function entriesOf(node: ts.ObjectLiteralExpression): Table {
  const entries = node.properties.flatMap((property) => {
    const key = keyOf(property);
    return key === undefined || !ts.isPropertyAssignment(property) ? [] : [[key, property.initializer] as const];
  });
  return new Map(entries);
}
