import { SourceText } from "../diagnostics/source-text.ts";
import { childOf, type Entry, entriesOf, itemsOf, type MapNode, type PlanNode, textNodesOf } from "./node.ts";
import { parseYaml } from "./parse-yaml.ts";
import { Problems } from "./problems.ts";

/** A replacement of text in a file of the plan. */
export interface PlanEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface EventRename {
  readonly from: string;
  readonly to: string;
}

/** A file of the plan as it is edited. */
export interface PlanText {
  readonly text: string;
  readonly root: PlanNode;
}

/** Undefined where the file is no plan. */
export function parsePlanText(text: string): PlanText | undefined {
  const problems = new Problems();
  const root = parseYaml({ path: "", source: new SourceText(text) }, problems);
  return root !== undefined && problems.findings().length === 0 ? { text, root } : undefined;
}

/**
 * The edits by which a file of the plan calls an event by another name wherever it is named, but for the event itself.
 * All else, comments and order included, stays as it is.
 */
export function renameInPlan({ root }: PlanText, { from, to }: EventRename): PlanEdit[] {
  const names: PlanNode[] = ["signup", "login", "logout"].flatMap((key) =>
    textNodesOf(childOf(childOf(root, "identity"), key)),
  );
  names.push(...textNodesOf(childOf(childOf(root, "attribution"), "conversions")));
  for (const { value } of entriesOf(childOf(root, "events"))) names.push(...textNodesOf(childOf(value, "replacedBy")));
  return names
    .filter((node) => node.kind === "scalar" && node.value === from)
    .map(({ start, end }) => ({ start, end, text: scalarText(to) }));
}

/**
 * The edits by which the event whose name stands at an offset gets another name, and an alias.
 *
 * @returns undefined where the event is written in a form that has no place for an alias
 */
export function editEvent(
  { text, root }: PlanText,
  at: number,
  { from, to, alias }: EventRename & { readonly alias?: string },
): PlanEdit[] | undefined {
  const events = childOf(root, "events");
  const isNamed = ({ key, value }: Entry) => key.start === at || childOf(value, "name")?.start === at;
  const entry = entriesOf(events).find(isNamed);
  const name = entry === undefined ? itemsOf(events).find((item) => item.start === at) : undefined;
  if (entry === undefined) {
    if (name === undefined || alias !== undefined) return undefined;
    return [{ start: name.start, end: name.end, text: scalarText(to) }];
  }
  const written = entry.key.start === at ? entry.key : childOf(entry.value, "name");
  if (written === undefined) return undefined;
  const rename = from === to ? [] : [{ start: written.start, end: written.end, text: scalarText(to) }];
  if (alias === undefined) return rename;
  const added = aliasEdit(text, entry, alias);
  return added === undefined ? undefined : [...rename, ...added];
}

function aliasEdit(text: string, { key, value }: Entry, alias: string): PlanEdit[] | undefined {
  const name = scalarText(alias);
  if (value.kind === "scalar" && value.value === null && value.end === value.start && text[key.end] === ":")
    return [insert(key.end + 1, ` { aliases: [${name}] }`)];
  // What an anchor elsewhere brings belongs to others too.
  if (value.kind !== "map" || value.start < key.end) return undefined;
  const aliases = childOf(value, "aliases");
  if (aliases !== undefined) return moreAliases(text, aliases, alias);
  if (text[value.start] === "{") {
    const isEmpty = value.entries.size === 0;
    return [insert(value.start + 1, isEmpty ? ` aliases: [${name}] ` : ` aliases: [${name}],`)];
  }
  const first = firstKey(value);
  if (first === undefined) return undefined;
  const lineStart = text.lastIndexOf("\n", first - 1) + 1;
  const indent = text.slice(lineStart, first);
  return indent.trim() === "" && lineStart > 0
    ? [insert(lineStart, `${indent}aliases: [${name}]${lineBreak(text)}`)]
    : undefined;
}

function moreAliases(text: string, aliases: PlanNode, alias: string): PlanEdit[] | undefined {
  if (textNodesOf(aliases).some((node) => node.value === alias)) return [];
  const name = scalarText(alias);
  if (aliases.kind !== "list") return undefined;
  const last = aliases.items.at(-1);
  if (text[aliases.start] === "[")
    return [insert(last?.end ?? aliases.start + 1, last === undefined ? name : `, ${name}`)];
  if (last === undefined) return undefined;
  const lineStart = text.lastIndexOf("\n", last.start - 1) + 1;
  const dash = text.slice(lineStart, last.start);
  return /^\s*-\s+$/.test(dash) ? [insert(last.end, `${lineBreak(text)}${dash}${name}`)] : undefined;
}

/** Where the first key of a map in lines stands; what a merge key brought is written elsewhere. */
function firstKey({ entries, start, end }: MapNode): number | undefined {
  const own = [...entries.values()].map(({ key }) => key.start).filter((at) => start <= at && at < end);
  return own.length === 0 ? undefined : Math.min(...own);
}

function insert(at: number, text: string): PlanEdit {
  return { start: at, end: at, text };
}

function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

const PLAIN = /^[A-Za-z][\w ./()-]*(?<! )$/;
/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const WORDS = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf)$/i;

/** A text as YAML reads it back, also within brackets. */
function scalarText(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);
}
