import { ts } from "ts-morph";
import { Builder } from "./builder.ts";
import { directiveComments } from "./directive-comments.ts";
import { readEmbedded } from "./embedded/read-embedded.ts";
import type { EmbeddedElement } from "./embedded/types.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerStatements } from "./lower-statement.ts";
import type { Dialect, FileFacts, PropFact } from "./types.ts";

type Language = Exclude<Dialect, "vue" | "svelte" | "astro">;

const SCRIPT_KIND: Readonly<Record<Language, ts.ScriptKind>> = {
  ts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JS,
  jsx: ts.ScriptKind.JSX,
  json: ts.ScriptKind.JSON,
};

/**
 * Reads what a text says. A pure function: equal text and dialect give equal facts. What can't be parsed is in
 * `errors`, and the rest is kept.
 *
 * @throws RangeError where the text is nested too deeply for the parser, which recurses
 */
export function extractFacts(text: string, dialect: Dialect): FileFacts {
  if (dialect === "vue" || dialect === "svelte" || dialect === "astro") {
    const embedded = readEmbedded(text, dialect);
    const facts = read(embedded.script, embedded.language, embedded.elements);
    const errors = embedded.errors.map((e) => ({ message: e.message, start: e.offset, end: e.offset }));
    return {
      ...facts,
      component: dialect,
      errors: errors.length > 0 ? errors : facts.errors,
      comments: [
        ...facts.comments,
        ...embedded.comments.map(({ start, end }) => ({ text: text.slice(start, end), start })),
      ],
    };
  }
  return read(text, dialect, []);
}

function read(text: string, dialect: Language, elements: readonly EmbeddedElement[]): FileFacts {
  const source = ts.createSourceFile(
    `file.${dialect}`,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
    SCRIPT_KIND[dialect],
  );
  const b = new Builder(source);
  if (elements.length > 0) b.statementAt = new Map();
  if (dialect === "json") lowerData(b);
  else lowerStatements(b, source.statements);
  for (const element of elements) addElement(b, element);
  return {
    exprs: b.exprs,
    starts: b.starts,
    ends: b.ends,
    ctxs: b.ctxs,
    bindings: b.bindings,
    functions: b.functions,
    classes: b.classes,
    contexts: b.contexts,
    calls: b.calls,
    elements: b.elements,
    imports: b.imports,
    exports: b.exports,
    memberWrites: b.memberWrites,
    comments: directiveComments(source),
    errors: syntaxErrors(source),
  };
}

/** A JSON file is one expression, which it exports. */
function lowerData(b: Builder): void {
  const [statement] = b.source.statements;
  if (statement && ts.isExpressionStatement(statement))
    b.exports.push({ n: "=", x: lowerExpression(b, statement.expression) });
}

/** An element of a template, with its component looked up as the framework does: `my-button` is `MyButton`. */
function addElement(b: Builder, element: EmbeddedElement): void {
  const [head = "", ...rest] = element.tag.split(".");
  const pascal = head.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const id = b.lookUp(head) ?? (/^[a-z]+$/.test(head) ? undefined : b.lookUp(pascal));
  const span = [element.start, element.end] as const;
  let tag = id === undefined ? undefined : b.addAt({ k: "id", b: id }, ...span);
  for (const n of rest) if (tag !== undefined) tag = b.addAt({ k: "mem", o: tag, n }, ...span);
  b.elements.push({
    ...(tag !== undefined && { tag }),
    name: element.tag,
    attributes: element.attributes.map((attribute): PropFact => {
      const { name, start, end, text, expression } = attribute;
      const value = expression && b.statementAt?.get(expression.start);
      const v =
        value ?? b.addAt(text === undefined ? { k: "other", what: "other" } : { k: "lit", v: text }, start, end);
      return name === "..." ? { k: "spread", x: v } : { k: "prop", n: name, v, s: start, e: end };
    }),
    children: [],
    ctx: b.ctx,
    fn: -1,
    s: element.start,
    e: element.end,
  });
}

function syntaxErrors(source: ts.SourceFile): FileFacts["errors"] {
  const { parseDiagnostics = [] } = source as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.map((d) => ({
    message: ts.flattenDiagnosticMessageText(d.messageText, " "),
    start: d.start,
    end: d.start + d.length,
  }));
}
