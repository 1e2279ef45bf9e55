import type { DirectiveNode, ElementNode, ExpressionNode, Node, SimpleExpressionNode } from "@vue/compiler-dom";
import { vueCompiler } from "./parsers.ts";
import { camelCased, listenerName } from "./prop-names.ts";
import type { Reading } from "./reading.ts";
import type { EmbeddedAttribute, Span } from "./types.ts";

export interface VueReading extends Reading {
  /** Every element has its end tag. */
  isWellFormed: boolean;
  /** Handlers that Vue 2 takes and Vue 3's parser does not: `@click="if (a) b()"`. */
  readonly statementHandlers: Set<number>;
}

const STATEMENT = /^\s*(?:if|for|while|switch|try|throw|return|const|let|var)\b/;
const FUNCTION_BODY = "()=>{";

/** By the length of the source: an unclosed comment's end lies behind the end of the file. */
export function spanOf({ loc }: Node): Span {
  return { start: loc.start.offset, end: loc.start.offset + loc.source.length };
}

export function staticAttribute(element: ElementNode, name: string): string | undefined {
  const { NodeTypes } = vueCompiler();
  for (const prop of element.props) {
    if (prop.type === NodeTypes.ATTRIBUTE && prop.name === name) return prop.value?.content ?? "";
  }
  return undefined;
}

/**
 * Reads an element's attributes and keeps their expressions. `branch` is where the element ends if its content stands
 * in a branch of an `if`; `branchEnd` is where the branch before it did.
 */
export function readVueAttributes(
  reading: VueReading,
  element: ElementNode,
  branchEnd: number | undefined,
): { attributes: EmbeddedAttribute[]; branch: number | undefined } {
  const { NodeTypes, ElementTypes } = vueCompiler();
  const isComponent = element.tagType === ElementTypes.COMPONENT;
  const attributes: EmbeddedAttribute[] = [];
  let branch: number | undefined;
  for (const prop of element.props) {
    if (prop.type === NodeTypes.ATTRIBUTE) {
      const text = prop.value ? { text: prop.value.content } : {};
      attributes.push({ name: propName(prop.name, isComponent), ...spanOf(prop), ...text });
    } else if (/^(?:if|else-if|else)$/.test(prop.name)) {
      branch = openBranch(reading, prop, element, branchEnd);
    } else {
      const attribute = readDirective(reading, prop, isComponent);
      if (attribute) attributes.push(attribute);
    }
  }
  return { attributes, branch };
}

/**
 * Keeps an expression in its own place, and tells where; undefined where there is none or it does not parse.
 */
export function keepExpression(reading: VueReading, node: ExpressionNode | undefined, place?: Span): Span | undefined {
  if (!node) return undefined;
  const span = place ?? spanOf(node);
  const code = codeOf(reading, node, span);
  return code === undefined ? undefined : reading.canvas.expression(span, code);
}

function readDirective(reading: VueReading, node: DirectiveNode, isComponent: boolean): EmbeddedAttribute | undefined {
  const arg = node.arg as SimpleExpressionNode | undefined;
  if (arg && !arg.isStatic) keepDynamicArgument(reading, arg);
  switch (node.name) {
    case "for":
      keepExpression(reading, node.forParseResult?.source);
      return undefined;
    case "slot":
    case "slot-scope":
      return undefined; // It names what the slot hands back; nothing is passed in.
    case "on": {
      if (!arg) return attributeOf(node, "v-on", keepExpression(reading, node.exp));
      const name = arg.isStatic ? listenerName(arg.content) : `@${arg.loc.source}`;
      return attributeOf(node, name, keepHandler(reading, node));
    }
    case "bind": {
      if (!arg) return attributeOf(node, "...", keepExpression(reading, node.exp));
      const name = arg.isStatic ? propName(arg.content, isComponent) : arg.loc.source;
      return attributeOf(node, name, node.exp ? keepExpression(reading, node.exp) : keepShorthand(reading, arg));
    }
    case "model": {
      const name = arg?.isStatic ? propName(arg.content, isComponent) : isComponent ? "modelValue" : "v-model";
      return attributeOf(node, name, keepExpression(reading, node.exp));
    }
    default:
      return attributeOf(node, `v-${node.name}`, keepExpression(reading, node.exp));
  }
}

function attributeOf(node: DirectiveNode, name: string, expression: Span | undefined): EmbeddedAttribute {
  return { name, ...spanOf(node), ...(expression ? { expression } : {}) };
}

/** `data-` and `aria-` attributes are no props. */
function propName(name: string, isComponent: boolean): string {
  return isComponent && !/^(?:data|aria)-/.test(name) ? camelCased(name) : name;
}

function keepDynamicArgument(reading: VueReading, arg: SimpleExpressionNode): void {
  if (arg.ast === false) return;
  const { start, end } = spanOf(arg);
  reading.canvas.expression({ start: start + "[".length, end: end - "]".length });
}

/** `:event-name` alone means `:event-name="eventName"`. */
function keepShorthand(reading: VueReading, arg: SimpleExpressionNode): Span | undefined {
  const variable = camelCased(arg.content);
  if (!/^[\w$]+$/.test(variable)) return undefined;
  const { start } = spanOf(arg);
  return reading.canvas.expression({ start, end: start + arg.content.length }, variable);
}

/** A function or a path to one is the handler; anything else is what the handler does, and becomes a function's body. */
function keepHandler(reading: VueReading, node: DirectiveNode): Span | undefined {
  const { canvas, source } = reading;
  const exp = node.exp as SimpleExpressionNode | undefined;
  if (!exp) return undefined;
  const span = spanOf(exp);
  if (exp.ast === false && STATEMENT.test(exp.content)) reading.statementHandlers.add(span.start);
  else if (exp.ast === null || isFunctionOrPath(exp)) return keepExpression(reading, exp);
  const code = codeOf(reading, exp, span);
  if (code === undefined) return undefined;
  const opening = span.start - FUNCTION_BODY.length;
  if (opening <= node.loc.start.offset || !hasRoom(source, opening, span)) {
    // No room for the function, as in `@x="…"`: the statements stand alone.
    canvas.separate(span.start - 1);
    canvas.put(span.start, code);
    canvas.separate(span.end);
    return undefined;
  }
  canvas.separate(opening - 1);
  canvas.put(opening, FUNCTION_BODY);
  canvas.put(span.start, code);
  canvas.put(span.end, "}");
  canvas.separate(span.end + 1);
  return { start: opening, end: span.end + 1 };
}

/** Whether code fits between `opening` and the value, and a bracket on the quote after it. */
function hasRoom(source: string, opening: number, value: Span): boolean {
  return !/[\r\n]/.test(source.slice(opening, value.start)) && !/\s/.test(source.charAt(value.end));
}

function isFunctionOrPath(exp: SimpleExpressionNode): boolean {
  let node = exp.ast || undefined;
  while (node?.type === "TSAsExpression" || node?.type === "TSNonNullExpression") node = node.expression;
  if (node?.type === "Program") {
    const [only, ...others] = node.body;
    node = only?.type === "ExpressionStatement" && others.length === 0 ? only.expression : undefined;
  }
  return /^(?:Identifier|(?:Optional)?MemberExpression|ArrowFunctionExpression|FunctionExpression)$/.test(
    node?.type ?? "",
  );
}

/**
 * The code of an expression, as long as it is in the file; undefined where it does not parse or where entities hide
 * line breaks. Entities are decoded, so that code after one stands a little to the left.
 */
function codeOf(reading: VueReading, node: ExpressionNode, span: Span): string | undefined {
  const raw = reading.source.slice(span.start, span.end);
  const { content, ast } = node as SimpleExpressionNode;
  if (ast === false && !reading.statementHandlers.has(span.start)) return undefined;
  if (content.trim() === "") return undefined;
  if (raw.includes(content)) return raw;
  const rawLines = raw.trimStart().split("\n");
  const lines = content.trimStart().split("\n");
  if (lines.length !== rawLines.length) return undefined;
  const leading = raw.slice(0, raw.length - raw.trimStart().length);
  return leading + lines.map((line, index) => line.padEnd(rawLines[index]?.length ?? 0)).join("\n");
}

/**
 * Turns `v-if="test"` into `if(test){` and the end of the element into `}`, and likewise its `v-else`s, where no code
 * stands between. Attributes written before the condition stay outside. Returns where the element ends.
 */
function openBranch(
  reading: VueReading,
  node: DirectiveNode,
  element: ElementNode,
  branchEnd: number | undefined,
): number | undefined {
  const { canvas, source } = reading;
  const directive = spanOf(node);
  const end = element.loc.end.offset;
  const goesOn =
    node.name !== "if" && branchEnd !== undefined && canvas.isBlank({ start: branchEnd, end: directive.start });
  if (node.name === "else") {
    if (!goesOn) return undefined;
    canvas.put(directive.start, "else");
    canvas.body(directive.start + "else".length, end - 1);
    return end;
  }
  if (!node.exp) return undefined;
  const test = spanOf(node.exp);
  const code = codeOf(reading, node.exp, test);
  if (code === undefined) return undefined;
  const keyword = goesOn ? "else if(" : ";if(";
  const opening = test.start - keyword.length;
  if (!reading.isWellFormed || !hasRoom(source, opening, test)) {
    canvas.expression(test, code);
    return undefined;
  }
  canvas.put(opening, keyword);
  canvas.put(test.start, code);
  canvas.put(test.end, ")");
  canvas.body(test.end + 1, end - 1);
  return end;
}
