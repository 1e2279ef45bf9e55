import { marked, type Token, type Tokens } from "marked";
import { createPaint, type Paint } from "../report/paint.ts";
import { tableLines } from "../report/table.ts";
import type { ReportContext } from "../report/types.ts";
import { wrapped } from "../report/wrap.ts";

/** A Markdown page as text for a terminal. Ends with a line break. */
export function renderMarkdown(markdown: string, look: Pick<ReportContext, "colour" | "width">): string {
  const renderer = new Renderer(createPaint(look.colour), look.width);
  return `${renderer
    .blocks(marked.lexer(markdown), 0)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

class Renderer {
  readonly #paint: Paint;
  readonly #width: number;

  constructor(paint: Paint, width: number) {
    this.#paint = paint;
    this.#width = width;
  }

  blocks(tokens: readonly Token[], indent: number): string[] {
    return tokens.flatMap((token) => this.#block(token, indent));
  }

  #block(token: Token, indent: number): string[] {
    switch (token.type) {
      case "space":
        return [""];
      case "heading":
        return wrapped(this.#paint.strong(this.#inline(token.tokens)), indent, this.#width);
      case "paragraph":
      case "text":
        return wrapped(this.#inline(token.tokens ?? [token]), indent, this.#width);
      case "code":
        return (token as Tokens.Code).text.split("\n").map((line) => `${" ".repeat(indent + 4)}${line}`.trimEnd());
      case "list":
        return this.#list(token as Tokens.List, indent);
      case "table":
        return this.#table(token as Tokens.Table, indent);
      case "blockquote":
        return this.blocks((token as Tokens.Blockquote).tokens, indent + 2);
      case "hr":
        return [this.#paint.dim("─".repeat(Math.max(3, this.#width - indent)))];
      case "html":
        return [];
      default:
        return wrapped(token.raw.trim(), indent, this.#width);
    }
  }

  #list(list: Tokens.List, indent: number): string[] {
    return list.items.flatMap((item, index) => {
      const marker = list.ordered ? `${Number(list.start) + index}. ` : "- ";
      const [first = "", ...rest] = this.blocks(item.tokens, indent + marker.length);
      return [" ".repeat(indent) + marker + first.trimStart(), ...rest];
    });
  }

  #table(table: Tokens.Table, indent: number): string[] {
    const header = table.header.map((cell) => this.#paint.strong(this.#inline(cell.tokens)));
    const rows = table.rows.map((row) => row.map((cell) => this.#inline(cell.tokens)));
    return tableLines([header, ...rows], indent, this.#width);
  }

  #inline(tokens: readonly Token[] = []): string {
    return tokens.map((token) => this.#span(token)).join("");
  }

  #span(token: Token): string {
    switch (token.type) {
      case "codespan":
        return this.#paint.code(token.text);
      case "strong":
        return this.#paint.strong(this.#inline(token.tokens));
      case "link": {
        const text = this.#inline(token.tokens);
        return text === token.href ? text : `${text} ${this.#paint.dim(`(${token.href})`)}`;
      }
      case "br":
        return "\n";
      case "html":
        return "";
      case "escape":
        return token.text;
      case "text":
        return token.tokens === undefined ? token.text.replaceAll("\n", " ") : this.#inline(token.tokens);
      default:
        return "tokens" in token ? this.#inline(token.tokens) : token.raw;
    }
  }
}
