import { astroCompiler } from "./parsers.ts";
import { findRawBlocks, keepScripts, maskSpans } from "./raw-blocks.ts";
import { finishReading, type Reading, startReading } from "./reading.ts";
import type { EmbeddedAttribute, EmbeddedScript, Span } from "./types.ts";

/** A node of the compiler's tree (ESTree with JSX). Its offsets count bytes of UTF-8. */
interface AstroNode extends Span {
  readonly type: string;
  readonly name?: string | AstroNode;
  readonly value?: unknown;
  readonly expression?: AstroNode;
  readonly argument?: AstroNode;
  readonly openingElement?: { readonly name: AstroNode; readonly attributes: readonly AstroNode[] };
  readonly children?: readonly AstroNode[];
  readonly body?: readonly AstroNode[];
}

interface AstroReading extends Reading {
  /** From an offset in bytes to one in UTF-16 code units. */
  readonly at: (bytes: number) => number;
}

/** Whether expressions stand as statements, or as elements of the array that takes the place of markup in code. */
type Place = "statement" | "element";

const FRONTMATTER = /(\s*---)([\s\S]*?\n)[^\S\r\n]*---/y;

/**
 * Reads an Astro component. Only the markup goes through Astro's parser; frontmatter and scripts are found by text, so
 * that an error in either costs the other nothing.
 */
export function readAstro(source: string): EmbeddedScript {
  const reading = startReading(source, "ts");
  const markup = maskSpans(source, keepAstroScripts(reading));
  const inBytes: AstroReading = { ...reading, at: fromBytes(markup) };
  for (const node of parseMarkup(inBytes, markup)) readMarkup(inBytes, node, "statement");
  return finishReading(reading);
}

/** Keeps the frontmatter and the scripts; returns where code and styles stand that are no markup. */
export function keepAstroScripts(reading: Reading): Span[] {
  const frontmatter = frontmatterOf(reading.source);
  const blocks = findRawBlocks(reading.source).filter(({ content }) => content.start > (frontmatter?.end ?? 0));
  if (frontmatter) reading.canvas.statements(frontmatter);
  keepScripts(reading, blocks);
  const contents = blocks.map((block) => block.content);
  return frontmatter ? [frontmatter, ...contents] : contents;
}

function frontmatterOf(source: string): Span | undefined {
  const match = new RegExp(FRONTMATTER).exec(source);
  if (!match) return undefined;
  const start = match[1]?.length ?? 0;
  return { start, end: start + (match[2]?.length ?? 0) };
}

/**
 * The compiler is native code without a bound of its own: from some 5,000 levels of brackets or tags on it overflows
 * the stack and takes the process with it. What opens a level is counted, closed or not, so that no text gets by.
 */
const MOST_LEVELS = 2_500;
const OPENS_LEVEL = /[([{!?]|=>|<(?=[a-z>])/gi;

/** A comment that ends where it begins makes the compiler panic, which takes the process with it. */
const EMPTY_COMMENT = /<!--(?=-?>)/;

/** The compiler gives no tree once it has found an error. */
function parseMarkup(reading: AstroReading, markup: string): readonly AstroNode[] {
  if ((markup.match(OPENS_LEVEL)?.length ?? 0) > MOST_LEVELS) {
    reading.errors.push({ message: "The template is not read: it is too large for Astro's parser", offset: 0 });
    return [];
  }
  const broken = EMPTY_COMMENT.exec(markup);
  if (broken) {
    reading.errors.push({ message: "The template is not read: a comment ends where it begins", offset: broken.index });
    return [];
  }
  const { ast, diagnostics } = astroCompiler().parse(markup);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  for (const { text, labels } of errors) {
    reading.errors.push({ message: text, offset: reading.at(labels[0]?.start ?? 0) });
  }
  return errors.length > 0 ? [] : (ast.body as AstroNode[]);
}

function readMarkup(reading: AstroReading, node: AstroNode, place: Place): void {
  if (node.type === "JSXElement" && node.openingElement) {
    const { name, attributes } = node.openingElement;
    const { start, end } = spanOf(reading, name);
    reading.elements.push({
      tag: reading.source.slice(start, end),
      ...spanOf(reading, node),
      attributes: attributes.map((attribute) => readAttribute(reading, attribute, place)),
    });
  } else if (node.type === "JSXExpressionContainer" && node.expression) {
    keepExpression(reading, bracedSpan(reading, node), node.expression, place);
  } else if (node.type === "AstroComment") {
    reading.comments.push({ text: String(node.value), ...spanOf(reading, node) });
  }
  for (const child of node.children ?? []) readMarkup(reading, child, place);
}

function readAttribute(reading: AstroReading, node: AstroNode, place: Place): EmbeddedAttribute {
  const span = spanOf(reading, node);
  if (node.type === "JSXSpreadAttribute" && node.argument) {
    const expression = keepExpression(reading, spanOf(reading, node.argument), node.argument, place);
    return { name: "...", ...span, expression };
  }
  const value = node.value as AstroNode | null;
  const name = nameOf(reading, node);
  if (value?.type === "Literal") return { name, ...span, text: String(value.value) };
  if (!value?.expression) return { name, ...span };
  const expression = keepExpression(reading, valueSpan(reading, value, name), value.expression, place);
  return { name, ...span, expression };
}

function nameOf(reading: AstroReading, attribute: AstroNode): string {
  const { start, end } = spanOf(reading, attribute.name as AstroNode);
  return reading.source.slice(start, end).replace(/\}$/, ""); // The name of `{shorthand}` comes with its brace.
}

/** The value of `name={expression}`, of a template literal, which has no braces, or of `{name}`. */
function valueSpan(reading: AstroReading, container: AstroNode, name: string): Span {
  const { start, end } = spanOf(reading, container);
  const first = reading.source.charAt(start);
  if (first === "{") return bracedSpan(reading, container);
  return first === "`" ? { start, end } : { start, end: start + name.length };
}

/** Keeps an expression; markup in it becomes an array of the expressions that it holds. */
function keepExpression(reading: AstroReading, span: Span, node: AstroNode, place: Place): Span {
  const { canvas } = reading;
  const kept = place === "statement" ? canvas.expression(span) : canvas.listItem(span);
  for (const markup of outermostMarkup(node)) {
    const { start, end } = spanOf(reading, markup);
    const array = { start, end: Math.min(end, span.end) };
    canvas.blank(array);
    canvas.put(array.start, "[");
    canvas.put(array.end - 1, "]");
    readMarkup(reading, markup, "element");
  }
  return kept;
}

function outermostMarkup(node: AstroNode): AstroNode[] {
  if (node.type === "JSXElement" || node.type === "JSXFragment") return [node];
  return Object.values(node).flat().filter(isNode).flatMap(outermostMarkup);
}

function isNode(value: unknown): value is AstroNode {
  return typeof value === "object" && value !== null && "type" in value;
}

function spanOf(reading: AstroReading, node: AstroNode): Span {
  return { start: reading.at(node.start), end: reading.at(node.end) };
}

function bracedSpan(reading: AstroReading, node: AstroNode): Span {
  const { start, end } = spanOf(reading, node);
  return { start: start + "{".length, end: end - "}".length };
}

/** The compiler's offsets count bytes of UTF-8, ours UTF-16 code units. */
function fromBytes(source: string): (bytes: number) => number {
  if (!/[^\0-\x7f]/.test(source)) return (bytes) => bytes;
  const offsets: number[] = [];
  for (let offset = 0; offset < source.length; ) {
    const codePoint = source.codePointAt(offset) ?? 0;
    const bytes = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    for (let byte = 0; byte < bytes; byte++) offsets.push(offset);
    offset += codePoint < 0x10000 ? 1 : 2;
  }
  return (bytes) => offsets[bytes] ?? source.length;
}
