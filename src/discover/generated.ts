/** Where a header stands, in characters. */
const headerLength = 2048;

const headerWords =
  /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b|\bdo not (?:edit|modify) (?:this|it|the file|by hand|manually|directly)\b|\bauto(?:matically)?[- ]?generated\b|\b(?:file|code|client|module) (?:is|was|has been) generated\b/i;

/** In characters. Shorter texts are read as they are, however they are laid out. */
const minifiedFrom = 5000;
const longLine = 500;
/** Long lines of data have next to none of these, those of code more than one in a hundred characters. */
const codeMark = /[;{}]/g;

/**
 * True for text that a program wrote: a header says so (`@generated`, `DO NOT EDIT`, `auto-generated`), or most of it
 * is code in very long lines, as minifiers write it. Long lines of data in a file of code don't count.
 */
export function isGeneratedText(text: string): boolean {
  return headerWords.test(leadingComments(text.slice(0, headerLength))) || isMinified(text);
}

/** The comments before the first line of code. */
function leadingComments(text: string): string {
  const comments: string[] = [];
  let inBlock = false;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    const opensBlock = trimmed.startsWith("/*") || trimmed.startsWith("<!--");
    if (!inBlock && !opensBlock && !/^(?:$|\/\/|#!|["']use [a-z]+["'];?$|<script\b)/.test(trimmed)) break;
    comments.push(trimmed);
    if (inBlock || opensBlock) inBlock = !(trimmed.includes("*/") || trimmed.includes("-->"));
  }
  return comments.join(" ");
}

function isMinified(text: string): boolean {
  if (text.length < minifiedFrom) return false;
  let minified = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > longLine) {
      const marks = text.slice(start, end).match(codeMark)?.length ?? 0;
      if (marks * 100 > end - start) minified += end - start;
    }
    start = end + 1;
  }
  return minified * 2 > text.length;
}
