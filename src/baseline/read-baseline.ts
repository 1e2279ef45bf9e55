import { SourceText } from "../diagnostics/source-text.ts";
import { UserError } from "../errors.ts";
import { BASELINE_KEY, BASELINE_VERSION, type BaselineEntry } from "./baseline.ts";

const KEYS = ["rule", "about", "symbol", "source"] as const;
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/m;

/**
 * Reads a baseline.
 *
 * @param name of the file, for messages
 * @throws UserError, with the place, where the text is damaged or not a baseline
 */
export async function readBaseline(text: string, name: string): Promise<readonly BaselineEntry[]> {
  const conflict = text.search(CONFLICT);
  if (conflict >= 0) {
    throw damaged(name, text, conflict, "a merge conflict was not resolved", {
      help: "Keep the lines of both sides, remove the marks, and run `tracklint check --prune-baseline`.",
    });
  }
  const problem = problemOf(parse(text));
  if (typeof problem !== "string") return problem;
  throw await located(name, text, problem);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** The entries, or the JSON Pointer to what is wrong. */
function problemOf(content: unknown): readonly BaselineEntry[] | string {
  if (!isRecord(content) || content instanceof SyntaxError) return "";
  if (!(BASELINE_KEY in content)) return "";
  if (content[BASELINE_KEY] !== BASELINE_VERSION) return `/${BASELINE_KEY}`;
  if (!Array.isArray(content.findings)) return "/findings";
  const list: readonly unknown[] = content.findings;
  const wrong = list.findIndex((entry) => !isEntry(entry));
  return wrong < 0 ? list.filter(isEntry) : `/findings/${wrong}`;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const known: readonly string[] = KEYS;
  const texts = Object.entries(value).every(([key, text]) => known.includes(key) && typeof text === "string");
  return texts && typeof value.rule === "string" && typeof value.about === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON.parse tells no places; YAML's parser does, and JSON is YAML. Loaded only here, where there is something to say. */
async function located(name: string, text: string, pointer: string): Promise<UserError> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { version: "1.2", schema: "json", uniqueKeys: false });
  const [error] = document.errors;
  const isJson = !(parse(text) instanceof SyntaxError);
  if (!isJson) {
    const reason = text.trim() === "" ? "the file is empty" : "it is not JSON";
    return damaged(name, text, error?.pos[0] ?? firstStray(text), reason);
  }
  if (pointer === "") return foreign(name);
  const path = pointer
    .slice(1)
    .split("/")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const node = document.getIn(path, true);
  const start = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  if (pointer === `/${BASELINE_KEY}`) {
    return damaged(
      name,
      text,
      start,
      `its version is not ${BASELINE_VERSION}, which is all that this tracklint reads`,
      {
        help: "Use the tracklint that wrote it, or write it anew with `--update-baseline` after deleting it.",
      },
    );
  }
  if (pointer === "/findings") return damaged(name, text, start, "`findings` is not a list");
  const keys = KEYS.map((key) => `\`${key}\``).join(", ");
  return damaged(name, text, start, `an entry has \`rule\` and \`about\`, and of ${keys} nothing but text`);
}

function isNode(value: unknown): value is { readonly range?: readonly number[] | null } {
  return typeof value === "object" && value !== null && "range" in value;
}

/** YAML allows what JSON doesn't: a comma at the end, a comment, a bare word. */
function firstStray(text: string): number {
  const stray = /,(?=\s*[\]}])|(?<=^|\s)#|[{,]\s*(?=[^\s"{}[\],])/.exec(text);
  return stray?.index ?? 0;
}

function damaged(
  name: string,
  text: string,
  offset: number,
  reason: string,
  { help = "Restore it from git, or delete it and write it anew with `tracklint check --update-baseline`." } = {},
): UserError {
  const { line, column } = new SourceText(text).positionAt(offset);
  return new UserError(`The baseline can't be read: ${name}:${line}:${column}: ${reason}.`, { help });
}

function foreign(name: string): UserError {
  return new UserError(`\`${name}\` is not a baseline of tracklint: it has no \`${BASELINE_KEY}\` at 1:1.`, {
    help: "`tracklint check --update-baseline` writes one; `--baseline FILE` names its place.",
  });
}
