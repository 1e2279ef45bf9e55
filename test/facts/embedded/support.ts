import { ts } from "ts-morph";
import { readEmbedded } from "../../../src/facts/embedded/read-embedded.ts";
import type {
  EmbeddedAttribute,
  EmbeddedDialect,
  EmbeddedElement,
  EmbeddedScript,
} from "../../../src/facts/embedded/types.ts";

/** The code that is left of a file, in the form that `shortest` gives it. */
export function codeOf(text: string, dialect: EmbeddedDialect): string {
  return shortest(readEmbedded(text, dialect).script);
}

/** Code without the blanks and the empty statements that don't matter. */
export function shortest(code: string): string {
  return code
    .replace(/\s+/g, " ")
    .replace(/ ?([;{}()[\],]) ?/g, "$1")
    .replace(/;+/g, ";")
    .replace(/(?<=^|[{}]);/g, "")
    .trim();
}

/** What TypeScript finds wrong with the syntax of the script. */
export function syntaxErrors({ script, language }: EmbeddedScript): string[] {
  const kind = { ts: ts.ScriptKind.TS, tsx: ts.ScriptKind.TSX, js: ts.ScriptKind.JS }[language];
  const file = ts.createSourceFile(`x.${language}`, script, ts.ScriptTarget.Latest, false, kind);
  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics: readonly ts.Diagnostic[] };
  return parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

export function element(read: EmbeddedScript, tag: string): EmbeddedElement {
  const found = read.elements.find((candidate) => candidate.tag === tag);
  if (!found) throw new Error(`no <${tag}> among ${read.elements.map((each) => each.tag).join(", ")}`);
  return found;
}

export function attribute(read: EmbeddedScript, tag: string, name: string): EmbeddedAttribute {
  const { attributes } = element(read, tag);
  const found = attributes.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no ${name} among ${attributes.map((each) => each.name).join(", ")}`);
  return found;
}

/** The code of an attribute's expression, as it stands in the script. */
export function expressionOf(read: EmbeddedScript, tag: string, name: string): string | undefined {
  const { expression } = attribute(read, tag, name);
  return expression && read.script.slice(expression.start, expression.end);
}

/** A file with its line breaks and length, in which `code` stands where it does in the script. */
export function standsInPlace(text: string, read: EmbeddedScript, code: string): boolean {
  const offset = text.indexOf(code);
  return offset >= 0 && read.script.startsWith(code, offset);
}
