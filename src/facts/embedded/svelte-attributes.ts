import type { AST } from "svelte/compiler";
import { listenerName } from "./prop-names.ts";
import type { Reading } from "./reading.ts";
import type { EmbeddedAttribute, Span } from "./types.ts";

type AttributeNode = AST.ElementLike["attributes"][number];

/** Svelte's trees carry acorn's offsets, which their types leave out. */
export function spanOf(node: object): Span {
  const { start, end } = node as Span;
  return { start, end };
}

/** In its forgiving mode Svelte puts an identifier without a name where it could not parse. */
export function isUnreadable(expression: object | null | undefined): boolean {
  const node = expression as { type?: string; name?: string } | null | undefined;
  return node?.type === "Identifier" && node.name === "";
}

/** What stands between the braces of a tag, comments and parentheses included. */
export function bracedSpan(source: string, tag: Span, opening = /\{\s*(?:@[a-z]+)?/y): Span {
  opening.lastIndex = tag.start;
  return opening.test(source) ? { start: opening.lastIndex, end: tag.end - 1 } : spanOf(tag);
}

/** Reads an element's attributes and keeps their expressions. */
export function readSvelteAttributes(reading: Reading, element: AST.ElementLike): EmbeddedAttribute[] {
  const attributes = element.attributes.flatMap((node) => readAttribute(reading, node) ?? []);
  const dynamic =
    element.type === "SvelteComponent"
      ? element.expression
      : element.type === "SvelteElement"
        ? element.tag
        : undefined;
  if (dynamic && dynamic.type !== "Literal" && !isUnreadable(dynamic)) {
    const expression = reading.canvas.expression(spanOf(dynamic));
    attributes.push({ name: "this", ...expression, expression });
  }
  return attributes;
}

function readAttribute(reading: Reading, node: AttributeNode): EmbeddedAttribute | undefined {
  const span = spanOf(node);
  switch (node.type) {
    case "Attribute":
      return { name: node.name, ...span, ...readValue(reading, node.value) };
    case "StyleDirective":
      return { name: `style:${node.name}`, ...span, ...readValue(reading, node.value) };
    case "SpreadAttribute":
      return { name: "...", ...span, ...readExpression(reading, node.expression) };
    case "AttachTag":
      if (!isUnreadable(node.expression)) reading.canvas.expression(bracedSpan(reading.source, node));
      return undefined;
    case "LetDirective":
      return undefined; // It names what the slot hands back; nothing is passed in.
    case "OnDirective":
      return { name: listenerName(node.name), ...span, ...readExpression(reading, node.expression) };
    case "BindDirective": {
      const name = node.name === "this" ? "bind:this" : node.name;
      return { name, ...span, ...readExpression(reading, node.expression) };
    }
    default: {
      const name = /^[^\s=|]+/.exec(reading.source.slice(span.start, span.end))?.[0] ?? node.name;
      return { name, ...span, ...readExpression(reading, node.expression) };
    }
  }
}

/** A value in several parts (`"a{b}c"`) has neither a text nor an expression; the parts' expressions are kept. */
function readValue(reading: Reading, value: AST.Attribute["value"]): Pick<EmbeddedAttribute, "text" | "expression"> {
  if (value === true) return {};
  const parts = Array.isArray(value) ? value : [value];
  const texts = parts.flatMap((part) => (part.type === "Text" ? part.data : []));
  if (texts.length === parts.length) return { text: texts.join("") };
  const expressions = parts.flatMap((part) => {
    if (part.type === "Text" || isUnreadable(part.expression)) return [];
    return [reading.canvas.expression(bracedSpan(reading.source, part))];
  });
  const [expression] = expressions;
  return parts.length === 1 && expression ? { expression } : {};
}

function readExpression(reading: Reading, node: object | null): Pick<EmbeddedAttribute, "expression"> {
  return node && !isUnreadable(node) ? { expression: reading.canvas.expression(spanOf(node)) } : {};
}
