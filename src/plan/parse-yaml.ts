import { Composer, type Document, Lexer, type ParsedNode, Parser, type YAMLParseError } from "yaml";
import { buildTree } from "./build-tree.ts";
import type { Place, PlanFile, PlanNode } from "./node.ts";
import type { Problems } from "./problems.ts";
import { yamlLimits } from "./yaml-limits.ts";

/**
 * Reads a plan file as YAML 1.2 (core schema) without ever throwing. Reports the first error of syntax and gives up
 * there, since all that follow are most often its consequences; duplicate keys and names that are not text are
 * reported and read on.
 */
export function parseYaml(file: PlanFile, problems: Problems): PlanNode | undefined {
  const { text } = file.source;
  const control = text.search(controlCharacter);
  if (control >= 0) {
    const code = text.charCodeAt(control).toString(16).toUpperCase().padStart(4, "0");
    problems.add({ file, start: control, end: control + 1 }, `The plan is not a text file: it holds U+${code}`, {
      help: "A plan is a YAML file in UTF-8",
    });
    return undefined;
  }
  const documents = composeDocuments(file, problems);
  if (documents === undefined) return undefined;
  const [document, second] = documents;
  const error = documents.flatMap(({ errors }) => errors).sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (error !== undefined) {
    reportSyntax(file, error, problems);
    return undefined;
  }
  if (second !== undefined) {
    const start = Math.max(text.lastIndexOf("---", second.range[0]), 0);
    problems.add(
      { file, start, end: Math.min(start + 3, text.length) },
      "A plan is one YAML document; here begins a second",
      {
        help: "Move it to a file of its own and name that under `include`",
      },
    );
    return undefined;
  }
  if (document?.contents === null || document === undefined || isBlank(document)) {
    problems.add({ file, start: 0, end: 0 }, "The plan is empty", {
      help: "The smallest plan is `tracklint: 1` and a list of names under `events:`",
    });
    return undefined;
  }
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
    problems.add(
      { file, start: 0, end: lineEnd(text, 0) },
      `The plan is YAML 1.2, not ${document.directives.yaml.version}`,
      {
        help: "Remove the %YAML line",
      },
    );
    return undefined;
  }
  return buildTree(document.contents, file, problems);
}

const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f]/;

function isBlank({ contents }: Document.Parsed): boolean {
  return contents !== null && "source" in contents && contents.source === "" && contents.range[0] === contents.range[1];
}

type Parsed = Document.Parsed<ParsedNode, true>;

function composeDocuments(file: PlanFile, problems: Problems): Parsed[] | undefined {
  const { text } = file.source;
  const tooMany = offsetBeyondTokens(text);
  if (tooMany !== undefined) {
    const limit = yamlLimits.tokens.toLocaleString("en");
    problems.add(oneCharacter(file, tooMany), `The plan holds more than ${limit} YAML tokens`, {
      help: "The bound keeps a hostile file from using up memory; usual plans of 10 MB stay below it",
    });
    return undefined;
  }
  let tooDeep: number | undefined;
  const parser = new Parser();
  function* tokens() {
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme);
      // The document itself is the lowest of the stack.
      if (parser.stack.length > yamlLimits.depth + 1) {
        tooDeep = parser.offset - 1;
        return;
      }
    }
    yield* parser.end();
  }
  // Duplicate keys are found by buildTree, which knows both places; the library compares every key with every other.
  const composer = new Composer({ version: "1.2", schema: "core", uniqueKeys: false, logLevel: "silent" });
  const documents = [...composer.compose(tokens(), true, text.length)] as Parsed[];
  if (tooDeep === undefined) return documents;
  const message = `Maps and lists are nested more than ${yamlLimits.depth} levels deep here`;
  problems.add(oneCharacter(file, tooDeep), message, { help: "Split deep structures with `ref`" });
  return undefined;
}

/** Where a text passes the bound on tokens. Lexing alone takes a tenth of the time of parsing, and no memory. */
function offsetBeyondTokens(text: string): number | undefined {
  // No text has more than two tokens for each of its characters.
  if (text.length * 2 < yamlLimits.tokens) return undefined;
  let count = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count++;
    // The lexer marks what follows by control characters of its own.
    if (lexeme.charCodeAt(0) >= 0x20 || /^[\t\n\r]/.test(lexeme)) offset += lexeme.length;
    if (count > yamlLimits.tokens) return offset;
  }
  return undefined;
}

function oneCharacter(file: PlanFile, offset: number): Place {
  const start = Math.min(Math.max(offset, 0), file.source.text.length);
  return { file, start, end: Math.min(start + 1, file.source.text.length) };
}

function reportSyntax(file: PlanFile, error: YAMLParseError, problems: Problems): void {
  const length = file.source.text.length;
  const start = Math.min(error.pos[0], length);
  const end = Math.min(Math.max(error.pos[1], start), length);
  const help = syntaxHelp[error.code];
  problems.add({ file, start, end }, `Not valid YAML: ${lowerFirst(error.message.replace(/\.$/, ""))}`, {
    ...(help === undefined ? {} : { help }),
  });
}

const syntaxHelp: Readonly<Partial<Record<YAMLParseError["code"], string>>> = {
  BAD_INDENT: "Check the indentation, and that every bracket and quote before this place is closed",
  BAD_SCALAR_START: "Put the value in quotes",
  BAD_DQ_ESCAPE: "Use single quotes, in which a backslash is only a backslash",
  BLOCK_AS_IMPLICIT_KEY: "Put a value that contains `: ` in quotes, and a map on lines of its own",
  KEY_OVER_1024_CHARS: "A quote or a bracket is perhaps not closed",
  MISSING_CHAR: "Close what is open, or put a colon behind the key",
  MULTILINE_IMPLICIT_KEY: "Put a colon behind the key, or the text in quotes",
  TAB_AS_INDENT: "Indent with spaces",
  UNEXPECTED_TOKEN: "Check the indentation, and put values that hold YAML's own characters in quotes",
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function lineEnd(text: string, from: number): number {
  const newline = text.slice(from).search(/[\r\n]/);
  return newline < 0 ? text.length : from + newline;
}
