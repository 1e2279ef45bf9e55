import type { Range } from "../diagnostics/range.ts";
import type { SourceText } from "../diagnostics/source-text.ts";

/** One file of the plan. */
export interface PlanFile {
  /** Relative to the root. */
  readonly path: string;
  readonly source: SourceText;
}

/** A stretch of a plan file, as offsets: lines and columns are computed for the few places that are shown. */
export interface Place {
  readonly file: PlanFile;
  readonly start: number;
  readonly end: number;
}

export interface MapNode extends Place {
  readonly kind: "map";
  /** In the order written; those that a merge key brought stand last. */
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface ListNode extends Place {
  readonly kind: "list";
  readonly items: readonly PlanNode[];
}

export interface ScalarNode extends Place {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As written, without quotes. */
  readonly text: string;
}

/** What YAML says, without YAML: aliases are resolved to the node they name, merge keys are carried out. */
export type PlanNode = MapNode | ListNode | ScalarNode;

export interface Entry {
  readonly name: string;
  readonly key: Place;
  readonly value: PlanNode;
}

export function rangeOf(place: Place): Range {
  return place.file.source.rangeOf(place.file.path, place.start, place.end);
}

/** Where to point for an entry's value: the value where it is one scalar, else its key. */
export function valuePlace(entry: Entry): Place {
  return entry.value.kind === "scalar" && entry.value.end > entry.value.start ? entry.value : entry.key;
}

/** Where to point for an item of a list: itself where it is one scalar, the first key of a map, else the first character. */
export function itemPlace(node: PlanNode): Place {
  if (node.kind === "scalar") return node;
  const first = entriesOf(node)[0]?.key;
  return first?.start === node.start ? first : { file: node.file, start: node.start, end: node.start + 1 };
}

/*
 * Readers that forgive: what is of the wrong type was reported when the file was validated, and is as if it weren't
 * there.
 */

export function entryOf(node: PlanNode | undefined, name: string): Entry | undefined {
  return node?.kind === "map" ? node.entries.get(name) : undefined;
}

export function childOf(node: PlanNode | undefined, name: string): PlanNode | undefined {
  return entryOf(node, name)?.value;
}

/** A map's entries; none for anything else. */
export function entriesOf(node: PlanNode | undefined): readonly Entry[] {
  return node?.kind === "map" ? [...node.entries.values()] : [];
}

/** A list's items; none for anything else. */
export function itemsOf(node: PlanNode | undefined): readonly PlanNode[] {
  return node?.kind === "list" ? node.items : [];
}

export function mapOf(node: PlanNode | undefined): MapNode | undefined {
  return node?.kind === "map" ? node : undefined;
}

export function textOf(node: PlanNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

export function flagOf(node: PlanNode | undefined): boolean | undefined {
  return node?.kind === "scalar" && typeof node.value === "boolean" ? node.value : undefined;
}

/** The texts of a list, or of one text. */
export function textsOf(node: PlanNode | undefined): readonly string[] {
  return textNodesOf(node).map((item) => item.value);
}

export interface TextNode extends ScalarNode {
  readonly value: string;
}

/** The nodes of a list of texts, or of one text. */
export function textNodesOf(node: PlanNode | undefined): readonly TextNode[] {
  const items = node?.kind === "scalar" ? [node] : itemsOf(node);
  return items.filter((item): item is TextNode => textOf(item) !== undefined);
}

/** The keys of a map that hold text, as far as they do. */
export function optionalTexts<const Key extends string>(
  node: PlanNode | undefined,
  keys: readonly Key[],
): { readonly [key in Key]?: string } {
  const texts: { [key in Key]?: string } = {};
  for (const key of keys) {
    const text = textOf(childOf(node, key));
    if (text !== undefined) texts[key] = text;
  }
  return texts;
}

/** A version: text, or a whole number written as one (`1.0` is neither). */
export function versionOf(node: PlanNode | undefined): string | undefined {
  if (node?.kind !== "scalar") return undefined;
  if (typeof node.value === "number") return String(node.value) === node.text ? node.text : undefined;
  return textOf(node);
}

/** The text where it is one of the words that are allowed. */
export function wordOf<const Word extends string>(
  node: PlanNode | undefined,
  words: readonly Word[],
): Word | undefined {
  const text = textOf(node);
  return words.find((word) => word === text);
}

/** True for a value that says something: not empty and not null. */
export function isStated(node: PlanNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.kind === "map") return node.entries.size > 0;
  return node.kind === "list" ? node.items.length > 0 : node.value !== null && node.value !== "";
}

/** A node as plain JSON data. A node that aliases share gives one shared object. */
export function plainOf(node: PlanNode): unknown {
  if (node.kind === "scalar") return node.value;
  const known = plain.get(node);
  if (known !== undefined) return known;
  const data =
    node.kind === "list"
      ? node.items.map(plainOf)
      : Object.fromEntries([...node.entries.values()].map(({ name, value }) => [name, plainOf(value)]));
  plain.set(node, data);
  return data;
}

const plain = new WeakMap<PlanNode, object>();
