import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { lowerExpression } from "./lower-expression.ts";
import type { ExprId, PropFact } from "./types.ts";

const K = ts.SyntaxKind;

/** An element with its attributes as properties. Text is not kept. */
export function lowerJsx(b: Builder, node: ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment): ExprId {
  const x = b.reserve(node);
  const e = b.elements.length;
  b.exprs[x] = { k: "jsx", e };
  const place = { s: b.start(node), e: node.end, ctx: b.ctx, fn: b.fn };
  // Reserved before its children, so that the elements stand in the order of the text.
  b.elements.push({ name: "", attributes: [], children: [], ...place });
  if (ts.isJsxFragment(node)) {
    b.elements[e] = { name: "", attributes: [], children: lowerChildren(b, node.children), ...place };
    return x;
  }
  const opening = ts.isJsxElement(node) ? node.openingElement : node;
  const tag = lowerTag(b, opening.tagName);
  b.elements[e] = {
    ...(tag !== undefined && { tag }),
    name: opening.tagName.getText(b.source),
    attributes: lowerAttributes(b, opening.attributes),
    children: ts.isJsxElement(node) ? lowerChildren(b, node.children) : [],
    ...place,
  };
  return x;
}

function lowerTag(b: Builder, tag: ts.JsxTagNameExpression): ExprId | undefined {
  if (ts.isIdentifier(tag) && /^[a-z]/.test(tag.text)) return undefined;
  if (tag.kind === K.JsxNamespacedName) return undefined;
  return lowerExpression(b, tag as ts.Expression);
}

function lowerAttributes(b: Builder, attributes: ts.JsxAttributes): PropFact[] {
  return attributes.properties.map((attribute): PropFact => {
    if (ts.isJsxSpreadAttribute(attribute)) return { k: "spread", x: lowerExpression(b, attribute.expression) };
    const name = attribute.name.getText(b.source);
    const place = { s: b.start(attribute.name), e: attribute.name.end };
    return { k: "prop", n: name, v: lowerAttributeValue(b, attribute), ...place };
  });
}

function lowerAttributeValue(b: Builder, attribute: ts.JsxAttribute): ExprId {
  const value = attribute.initializer;
  if (value === undefined) return b.add({ k: "lit", v: true }, attribute);
  if (ts.isStringLiteral(value)) return b.add({ k: "lit", v: value.text }, value);
  if (ts.isJsxExpression(value)) {
    return value.expression ? lowerExpression(b, value.expression) : b.add({ k: "undef" }, value);
  }
  return lowerJsx(b, value);
}

function lowerChildren(b: Builder, children: readonly ts.JsxChild[]): ExprId[] {
  const list: ExprId[] = [];
  for (const child of children) {
    if (ts.isJsxText(child)) continue;
    if (ts.isJsxExpression(child)) {
      if (child.expression) list.push(lowerExpression(b, child.expression));
    } else list.push(lowerJsx(b, child));
  }
  return list;
}
