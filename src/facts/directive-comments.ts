import { ts } from "ts-morph";
import type { FileFacts } from "./types.ts";

const MENTION = /tracklint-/g;
/** What stands before a directive on its line: the opening of its comment, or nothing in a further line of a block. */
const OPENING = /(?:\/\/+|\/\*+)[ \t]*$/;
const BLOCK_LINE = /^[ \t]*\**[ \t]*$/;
const BLOCK_END = "*/";

/**
 * The comments that begin, or have a line that begins, with `tracklint-`: each up to the end of its line or its block.
 * They are found from the word backwards, and not by looking for `//`, which strings hold as well (`"https://…"`).
 */
export function directiveComments(source: ts.SourceFile): FileFacts["comments"] {
  return [...source.text.matchAll(MENTION)].flatMap(({ index }) => {
    const lineStart = lastBreak(source.text, index) + 1;
    const before = source.text.slice(lineStart, index);
    const opening = OPENING.exec(before);
    if ((opening === null && !BLOCK_LINE.test(before)) || isInToken(source, index)) return [];
    if (opening === null && !isInBlock(source.text, index)) return [];
    const start = opening === null ? index : lineStart + opening.index;
    return [{ text: source.text.slice(start, endOf(source.text, index)), start }];
  });
}

function lastBreak(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at), text.lastIndexOf("\r", at));
}

function endOf(text: string, from: number): number {
  const lineEnd = /\r\n|\n|\r/.exec(text.slice(from))?.index ?? text.length - from;
  const block = text.slice(from, from + lineEnd).indexOf(BLOCK_END);
  return from + (block < 0 ? lineEnd : block + BLOCK_END.length);
}

function isInBlock(text: string, at: number): boolean {
  return text.lastIndexOf("/*", at) > text.lastIndexOf(BLOCK_END, at);
}

/** True inside a string, a template, a regular expression or the text of an element. */
function isInToken(source: ts.SourceFile, at: number): boolean {
  let node: ts.Node | undefined = source;
  while (node !== undefined) {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) return true;
    if (ts.isJsxText(node) || ts.isRegularExpressionLiteral(node)) return true;
    node = ts.forEachChild(node, (child) => (child.getStart(source) <= at && at < child.end ? child : undefined));
  }
  return false;
}
