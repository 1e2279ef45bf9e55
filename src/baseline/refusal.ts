import { parseDocument } from "yaml";
import { SourceText } from "../diagnostics/source-text.ts";
import { UserError } from "../errors.ts";
import { BASELINE_KEY, BASELINE_VERSION, ENTRY_KEYS } from "./baseline.ts";
import type { Flaw } from "./read-baseline.ts";

const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/m;

/** Says what is wrong with a baseline, and where. Loaded only where something is: YAML's parser knows the places. */
export function refusalOf(flaw: Flaw, text: string, name: string): UserError {
  if (flaw === "foreign") {
    return new UserError(`\`${name}\` is not a baseline of tracklint: it has no \`${BASELINE_KEY}\` at 1:1.`, {
      help: "`tracklint check --update-baseline` writes one; `--baseline FILE` names its place.",
    });
  }
  const { offset, reason, help } = flaw === "not-json" ? whyNotJson(text) : mistakeAt(flaw, text);
  const { line, column } = new SourceText(text).positionAt(offset);
  return new UserError(`The baseline can't be read: ${name}:${line}:${column}: ${reason}.`, {
    help: help ?? "Restore it from git, or delete it and write it anew with `tracklint check --update-baseline`.",
  });
}

interface Mistake {
  readonly offset: number;
  readonly reason: string;
  readonly help?: string;
}

function whyNotJson(text: string): Mistake {
  const conflict = text.search(CONFLICT);
  if (conflict >= 0) {
    return {
      offset: conflict,
      reason: "a merge conflict was not resolved",
      help: "Keep the lines of both sides, remove the marks, and run `tracklint check --prune-baseline`.",
    };
  }
  const reason = text.trim() === "" ? "the file is empty" : "it is not JSON";
  return { offset: treeOf(text).errors[0]?.pos[0] ?? firstStray(text), reason };
}

/** YAML allows what JSON doesn't: a comma at the end, a comment, a bare word. */
function firstStray(text: string): number {
  const stray = /,(?=\s*[\]}])|(?<=^|\s)#|[{,]\s*(?=[^\s"{}[\],])/.exec(text);
  return stray?.index ?? 0;
}

function mistakeAt(pointer: `/${string}`, text: string): Mistake {
  const [first = "", index] = pointer.slice(1).split("/");
  const node = treeOf(text).getIn(index === undefined ? [first] : [first, Number(index)], true);
  const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  if (first === BASELINE_KEY) {
    return {
      offset,
      reason: `its version is not ${BASELINE_VERSION}, which is all that this tracklint reads`,
      help: "Use the tracklint that wrote it, or write it anew with `--update-baseline` after deleting it.",
    };
  }
  if (index === undefined) return { offset, reason: "`findings` is not a list" };
  const keys = ENTRY_KEYS.map((key) => `\`${key}\``).join(", ");
  return { offset, reason: `an entry has \`rule\` and \`about\`, and of ${keys} nothing but text` };
}

/** JSON is YAML, and JSON.parse tells no places. */
function treeOf(text: string) {
  return parseDocument(text, { version: "1.2", schema: "json", uniqueKeys: false });
}

function isNode(value: unknown): value is { readonly range?: readonly number[] | null } {
  return typeof value === "object" && value !== null && "range" in value;
}
