import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { UserError } from "../errors.ts";

/** Lines that may become the last entry of the map or list at a path. */
export interface Entry {
  readonly at: readonly string[];
  readonly lines: readonly string[];
}

/**
 * Puts the first of the entries whose place is there at the end of it, and changes no other byte; undefined where that
 * can't be done: the place is written in braces, say.
 *
 * @throws UserError where the text is not YAML, or has something else in the place
 */
export function insertIntoYaml(path: string, text: string, entries: readonly Entry[]): string | undefined {
  const document = parsed(path, text);
  for (const { at, lines } of entries) {
    const node = at.length === 0 ? document.contents : document.getIn(at, true);
    if (node === undefined && at.length > 0) continue;
    const isEmpty = node === null || (isScalar(node) && node.value === null);
    if (isEmpty && at.length > 0) continue;
    const after = isEmpty ? append(text, lines, 0) : insertLines(path, text, at, node, lines);
    return after !== undefined && addsOne(text, after, at) ? after : undefined;
  }
  return undefined;
}

function insertLines(
  path: string,
  text: string,
  at: readonly string[],
  node: unknown,
  lines: readonly string[],
): string | undefined {
  if (!isCollection(node) || isSeq(node) !== lines[0]!.startsWith("- ")) throw unexpected(path, at);
  if (node.flow || node.items.length === 0) return undefined;
  const first = node.items[0];
  const start = isPair(first) ? rangeOf(first.key)?.[0] : rangeOf(first)?.[0];
  if (start === undefined) return undefined;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const head = text.slice(lineStart, start);
  const dash = head.lastIndexOf("- ");
  const column = isSeq(node) ? dash : head.length;
  if (column < 0 || head.slice(0, column).trim() !== "") return undefined;
  const end = lastEnd(node);
  // The empty lines behind a text of several lines count as a part of it.
  return end === undefined ? undefined : append(text, lines, column, text.slice(0, end).trimEnd().length);
}

/** Behind the line in which a place is; by default at the end of the text. */
function append(text: string, lines: readonly string[], column: number, place = text.length): string {
  const lineEnd = text.indexOf("\n", place) + 1 || text.length;
  const before = text.slice(0, lineEnd);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = before === "" || before.endsWith("\n") ? "" : newline;
  return before + gap + lines.map((line) => " ".repeat(column) + line + newline).join("") + text.slice(lineEnd);
}

/** Where the last word of a node ends, without the comments and empty lines behind it. */
function lastEnd(node: unknown): number | undefined {
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    if (!isPair(last)) return lastEnd(last);
    return (rangeOf(last.value)?.[1] ?? 0) > (rangeOf(last.key)?.[1] ?? 0) ? lastEnd(last.value) : lastEnd(last.key);
  }
  return rangeOf(node)?.[1];
}

function rangeOf(node: unknown): Node["range"] | undefined {
  return isScalar(node) || isCollection(node) ? node.range : undefined;
}

/** Checks what was made: the old entries as they were, and one more at the place. */
function addsOne(before: string, after: string, at: readonly string[]): boolean {
  const [old, now] = [parseDocument(before), parseDocument(after)];
  if (now.errors.length > 0) return false;
  const place = at.length === 0 ? now.contents : now.getIn(at, true);
  if (!isCollection(place)) return false;
  place.items.pop();
  const rest = at.length === 0 && place.items.length === 0 ? null : now.toJS();
  return JSON.stringify(rest) === JSON.stringify(old.toJS());
}

/**
 * Puts a text at a path of JSON, behind what is there, and changes no other byte: a text that is in its place becomes a
 * list of both. undefined where something else is in its place.
 *
 * @throws UserError where the text is not JSON
 */
export function insertIntoJson(path: string, text: string, keys: readonly string[], value: string): string | undefined {
  const { contents } = parsed(path, text);
  if (!isMap(contents)) throw unexpected(path, []);
  let map: YAMLMap = contents;
  for (const [depth, key] of keys.entries()) {
    const there = map.get(key, true);
    if (there === undefined) return insertPair(text, map, keys.slice(depth), value);
    if (isMap(there) && depth < keys.length - 1) map = there;
    else if (depth < keys.length - 1) return undefined;
    else return joinValues(text, there, value);
  }
  return undefined;
}

/** What JSON says under a key at its top, as it is written. */
export function jsonAt(path: string, text: string, key: string): string {
  const { contents } = parsed(path, text);
  const range = isMap(contents) ? rangeOf(contents.get(key, true)) : undefined;
  return range ? text.slice(range[0], range[1]) : "";
}

function insertPair(text: string, map: YAMLMap, keys: readonly string[], value: string): string | undefined {
  const [start, end] = map.range ?? [0, 0];
  const last = map.items.at(-1);
  const isLong = text.slice(start, end).includes("\n");
  const lineStart = text.lastIndexOf("\n", start) + 1;
  const outer = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const inner = outer + unit;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const entry = keys.reduceRight((made, key, index) => {
    const pair = `${JSON.stringify(key)}: ${made}`;
    if (index === 0) return pair;
    return isLong ? `{${newline}${inner}${unit}${pair}${newline}${inner}}` : `{ ${pair} }`;
  }, JSON.stringify(value));
  if (last === undefined) {
    const body = isLong ? `${newline}${inner}${entry}${newline}${outer}` : ` ${entry} `;
    return `${text.slice(0, start)}{${body}}${text.slice(end)}`;
  }
  const behind = isPair(last) ? (rangeOf(last.value)?.[1] ?? undefined) : undefined;
  if (behind === undefined) return undefined;
  return `${text.slice(0, behind)},${isLong ? newline + inner : " "}${entry}${text.slice(behind)}`;
}

function joinValues(text: string, there: unknown, value: string): string | undefined {
  const range = rangeOf(there);
  if (!range) return undefined;
  const [start, end] = range;
  if (isScalar(there))
    return `${text.slice(0, start)}[${text.slice(start, end)}, ${JSON.stringify(value)}]${text.slice(end)}`;
  if (!isSeq(there)) return undefined;
  const behind = rangeOf(there.items.at(-1))?.[1];
  if (behind === undefined) return `${text.slice(0, start)}[${JSON.stringify(value)}]${text.slice(end)}`;
  return `${text.slice(0, behind)}, ${JSON.stringify(value)}${text.slice(behind)}`;
}

function parsed(path: string, text: string): Document.Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error === undefined) return document;
  const { line, col } = lineCounter.linePos(error.pos[0]);
  throw new UserError(`\`${path}\` can't be read, at ${line}:${col}: ${error.message.replace(/\.$/, "")}.`, {
    help: "Mend it first; nothing was written.",
  });
}

function unexpected(path: string, at: readonly string[]): UserError {
  const where = at.length === 0 ? "at its top" : `at \`${at.join(".")}\``;
  return new UserError(`\`${path}\` has something else than expected ${where}; nothing was written.`);
}
