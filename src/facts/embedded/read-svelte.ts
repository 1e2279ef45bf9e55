import type { AST } from "svelte/compiler";
import { svelteCompiler } from "./parsers.ts";
import { findRawBlocks, keepScripts, maskSpans } from "./raw-blocks.ts";
import { finishReading, type Reading, startReading } from "./reading.ts";
import { bracedSpan, isUnreadable, readSvelteAttributes, spanOf } from "./svelte-attributes.ts";
import type { EmbeddedScript } from "./types.ts";

/**
 * Reads a Svelte component, of Svelte 3 to 5. Only the markup goes through Svelte's parser: scripts and styles are
 * found by text, so that neither a syntax error in one nor a preprocessor's language costs the template.
 */
export function readSvelte(source: string): EmbeddedScript {
  const reading = startReading(source, "js");
  const blocks = findRawBlocks(source);
  keepScripts(reading, blocks);
  const contents = blocks.map((block) => block.content);
  const root = parseMarkup(reading, maskSpans(source, contents));
  if (root) {
    readFragment(reading, root.fragment);
    readCommentsInTags(reading, root);
  }
  return finishReading(reading);
}

/** Parses again in Svelte's forgiving mode after an error: then only what is broken is missing. */
function parseMarkup(reading: Reading, markup: string): AST.Root | undefined {
  const { parse } = svelteCompiler();
  try {
    return parse(markup, { modern: true });
  } catch (cause) {
    reading.errors.push(errorOf(cause));
  }
  try {
    return parse(markup, { modern: true, loose: true });
  } catch {
    return undefined; // The first error, recorded above, says what is wrong in the author's terms.
  }
}

function errorOf(cause: unknown): { message: string; offset: number } {
  const { message, position } = cause as { message?: string; position?: [number, number] };
  return { message: String(message ?? cause).split("\n", 1)[0] ?? "", offset: position?.[0] ?? 0 };
}

function readFragment(reading: Reading, fragment: AST.Fragment | null | undefined): void {
  for (const node of fragment?.nodes ?? []) readNode(reading, node);
}

function readNode(reading: Reading, node: AST.Fragment["nodes"][number]): void {
  switch (node.type) {
    case "Text":
    case "DebugTag":
      return;
    case "Comment":
      reading.comments.push({ text: node.data, start: node.start, end: node.end });
      return;
    case "ExpressionTag":
    case "HtmlTag":
    case "RenderTag":
    case "AttachTag":
      if (!isUnreadable(node.expression)) reading.canvas.expression(bracedSpan(reading.source, node));
      return;
    case "ConstTag":
    case "DeclarationTag":
      if (!node.declaration.declarations.some(({ init }) => isUnreadable(init))) {
        reading.canvas.statements(bracedSpan(reading.source, node, /\{\s*@?/y));
      }
      return;
    case "IfBlock":
      readIf(reading, node, node.end - 1);
      return;
    case "EachBlock":
      openBlock(reading, node);
      readExpressions(reading, [node.expression, node.key]);
      readFragment(reading, node.body);
      readFragment(reading, node.fallback);
      return;
    case "AwaitBlock":
      openBlock(reading, node);
      readExpressions(reading, [node.expression]);
      for (const part of [node.pending, node.then, node.catch]) readFragment(reading, part);
      return;
    case "KeyBlock":
      openBlock(reading, node);
      readExpressions(reading, [node.expression]);
      readFragment(reading, node.fragment);
      return;
    case "SnippetBlock":
      readSnippet(reading, node);
      return;
    default:
      reading.elements.push({
        tag: node.name,
        start: node.start,
        end: node.end,
        attributes: readSvelteAttributes(reading, node),
      });
      readFragment(reading, node.fragment);
  }
}

function readExpressions(reading: Reading, expressions: readonly (object | null | undefined)[]): void {
  for (const expression of expressions) {
    if (expression && !isUnreadable(expression)) reading.canvas.expression(spanOf(expression));
  }
}

/** Makes a block a block of the script too, so that a `{@const}` is seen where it is in scope. */
function openBlock({ canvas }: Reading, block: { start: number; end: number }): void {
  canvas.separate(block.start);
  canvas.put(block.start + 1, "{");
  canvas.put(block.end - 1, "}");
}

/** `{#if test}…{:else if test}…{:else}…{/if}` is as long as the statement it means. `close` is where the last `}` goes. */
function readIf(reading: Reading, block: AST.IfBlock, close: number): void {
  const { canvas, source } = reading;
  const brace = endOfHead(source, spanOf(block.test).end);
  if (isUnreadable(block.test) || brace === undefined) {
    readFragment(reading, block.consequent);
    readFragment(reading, block.alternate);
    return;
  }
  const keyword = source.indexOf("if", block.start);
  if (block.elseif) {
    canvas.put(keyword - "else i".length, "else if(");
  } else {
    canvas.separate(block.start);
    canvas.put(keyword - 1, "if(");
  }
  canvas.keep({ start: keyword + "if".length, end: brace });
  canvas.put(brace, ")");

  const chained = block.alternate?.nodes[0];
  const isChain = chained?.type === "IfBlock" && chained.elseif;
  const elseStart = isChain ? chained.start : startOfElse(source, block, brace);
  canvas.body(brace + 1, elseStart ?? close);
  readFragment(reading, block.consequent);
  if (isChain) {
    readIf(reading, chained, close);
  } else if (elseStart !== undefined) {
    const word = source.indexOf("else", elseStart);
    canvas.put(word, "else");
    canvas.body(word + "else".length, close);
    readFragment(reading, block.alternate);
  }
}

function startOfElse(source: string, block: AST.IfBlock, brace: number): number | undefined {
  if (!block.alternate) return undefined;
  const match = /\{\s*:else/g;
  match.lastIndex = block.consequent.nodes.at(-1)?.end ?? brace;
  return match.exec(source)?.index;
}

/** `{#snippet name(parameters)}…{/snippet}` is as long as `function name(parameters){…}`. */
function readSnippet(reading: Reading, block: AST.SnippetBlock): void {
  const { canvas, source } = reading;
  const name = spanOf(block.expression);
  const lastParameter = block.parameters.at(-1);
  const brace = source.indexOf("}", lastParameter ? spanOf(lastParameter).end : name.end);
  canvas.separate(block.start);
  canvas.put(source.indexOf("#snippet", block.start), "function");
  canvas.keep({ start: name.start, end: brace });
  canvas.put(brace, "{");
  canvas.put(block.end - 1, "}");
  readFragment(reading, block.body);
}

/** Where the `}` stands that ends a block's head, after its last expression. */
function endOfHead(source: string, from: number): number | undefined {
  const rest = /(?:[\s)]|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*\n)*\}/y;
  rest.lastIndex = from;
  return rest.test(source) ? rest.lastIndex - 1 : undefined;
}

/** Comments between the attributes of a tag; those inside code are kept with it. */
function readCommentsInTags(reading: Reading, root: AST.Root): void {
  for (const { value, start, end } of root.comments) {
    if (reading.canvas.isBlank({ start, end })) reading.comments.push({ text: value, start, end });
  }
}
