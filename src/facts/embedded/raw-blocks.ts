import { blanked } from "./canvas.ts";
import { keepScript, type Reading } from "./reading.ts";
import type { Span } from "./types.ts";

/** A `<script>` or `<style>` element, whose content is another language than the markup around it. */
export interface RawBlock {
  readonly tag: "script" | "style";
  /** The attributes as written. */
  readonly attributes: string;
  readonly content: Span;
}

/** A tag inside quotes is part of a string, as in `{@html '<script>…'}`. */
const OPENING = /<!--|(?<!["'`])<(script|style)(?=[\s>/])/gi;
const REST_OF_TAG = /((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^\s>"']+))?)*)\s*(\/?)>/y;

/** Bounds the search for the end of a tag, so that a file of a million unclosed tags is read in linear time. */
const LONGEST_TAG = 1024;

/** Finds script and style elements by text, as HTML does: nothing but the closing tag ends them. */
export function findRawBlocks(source: string): RawBlock[] {
  const blocks: RawBlock[] = [];
  const unclosed = new Set<string>();
  const opening = new RegExp(OPENING);
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const tag = match[1]?.toLowerCase() as RawBlock["tag"] | undefined;
    const start = opening.lastIndex;
    if (tag === undefined) {
      const end = source.indexOf("-->", start);
      if (end < 0) return blocks;
      opening.lastIndex = end;
      continue;
    }
    if (unclosed.has(tag)) continue;
    const head = headOf(source, start);
    if (!head) continue;
    const end = head.selfClosing ? head.end : closingTag(source, tag, head.end);
    if (end < 0) {
      unclosed.add(tag);
      continue;
    }
    blocks.push({ tag, attributes: head.attributes, content: { start: head.end, end } });
    opening.lastIndex = end;
  }
  return blocks;
}

/** The source with the content of the blocks blanked, so that a markup parser can't stumble over it. */
export function maskSpans(source: string, spans: readonly Span[]): string {
  let masked = "";
  let from = 0;
  for (const { start, end } of spans) {
    masked += source.slice(from, start) + blanked(source.slice(start, end));
    from = end;
  }
  return masked + source.slice(from);
}

/** Keeps the JavaScript and TypeScript among the blocks. */
export function keepScripts(reading: Reading, blocks: readonly RawBlock[]): void {
  for (const { tag, attributes, content } of blocks) {
    if (tag !== "script") continue;
    keepScript(reading, content, {
      lang: attributeValue(attributes, "lang"),
      type: attributeValue(attributes, "type"),
      src: attributeValue(attributes, "src"),
    });
  }
}

function headOf(source: string, start: number): { attributes: string; selfClosing: boolean; end: number } | undefined {
  const rest = new RegExp(REST_OF_TAG);
  const match = rest.exec(source.slice(start, start + LONGEST_TAG));
  if (!match) return undefined;
  return { attributes: match[1] ?? "", selfClosing: match[2] === "/", end: start + rest.lastIndex };
}

function closingTag(source: string, tag: string, from: number): number {
  const closing = new RegExp(`</${tag}\\s*>`, "gi");
  closing.lastIndex = from;
  return closing.exec(source)?.index ?? -1;
}

function attributeValue(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s{]+))`).exec(attributes);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
