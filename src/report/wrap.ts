import { wrapAnsi } from "fast-wrap-ansi";

/** Lines of a paragraph, indented; a word longer than the line is left whole, so that paths and links stay usable. */
export function wrapped(text: string, indent: number, width: number): string[] {
  const pad = " ".repeat(indent);
  return wrapAnsi(text, Math.max(20, width - indent))
    .split("\n")
    .map((line) => pad + line);
}
