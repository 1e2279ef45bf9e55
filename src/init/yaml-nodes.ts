import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";

/** What a map holds: texts, numbers, nodes, in this order. Undefined values are left out. */
export type Fields = Readonly<Record<string, Value | undefined>>;
type Value = string | number | boolean | null | Scalar | YAMLMap | YAMLSeq;

/** A text or number that YAML reads back as what it is. */
export function scalar(value: string | number | boolean | null): Scalar {
  const node = new Scalar(value);
  // A merge key, which the library leaves bare.
  if (value === "<<") node.type = "QUOTE_DOUBLE";
  return node;
}

/** A map on lines of its own. */
export function block(fields: Fields | readonly Pair[] = {}): YAMLMap {
  const map = new YAMLMap();
  map.items = isPairs(fields) ? [...fields] : pairsOf(fields);
  if (map.items.length === 0) map.flow = true;
  return map;
}

/** A map on one line. */
export function flow(fields: Fields): YAMLMap {
  const map = block(fields);
  map.flow = true;
  return map;
}

/** Brackets without the spaces that braces have. */
class TightSeq extends YAMLSeq {
  override toString(...[context, ...rest]: Parameters<YAMLSeq["toString"]>): string {
    return super.toString(context === undefined ? context : { ...context, flowCollectionPadding: "" }, ...rest);
  }
}

/** A list on one line. */
export function list(values: readonly (string | null)[]): YAMLSeq {
  const seq = new TightSeq();
  seq.items = values.map(scalar);
  seq.flow = true;
  return seq;
}

/** A list with an item a line. */
export function lines(items: readonly YAMLMap[]): YAMLSeq {
  const seq = new YAMLSeq();
  seq.items = [...items];
  return seq;
}

/** An entry, with a comment on the lines above it. */
export function entry(
  name: string,
  value: Value,
  options: { readonly above?: string; readonly apart?: boolean } = {},
): Pair {
  const key = scalar(name);
  if (options.above !== undefined) key.commentBefore = commentOf(options.above);
  if (options.apart) key.spaceBefore = true;
  return new Pair(key, isNode(value) ? value : scalar(value));
}

/** A value with a comment behind it. */
export function remarked(value: string | number | boolean, remark: string): Scalar {
  const node = scalar(value);
  node.comment = commentOf(remark);
  return node;
}

/** The text of a file. Words that YAML 1.1 reads as something else (`on`, `yes`) are quoted too, for other tools' sake. */
export function printYaml(root: YAMLMap, head: string, foot: string | undefined): string {
  const document = new Document(null, { version: "1.2", schema: "core", compat: "yaml-1.1" });
  document.contents = root as unknown as typeof document.contents;
  document.commentBefore = commentOf(head);
  if (foot !== undefined) document.comment = commentOf(foot);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Text of the codebase may stand in a comment: no character may end it, or make the file other than text. */
function commentOf(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : ` ${line.replace(/[\p{Cc}\u2028\u2029\ufeff]/gu, " ")}`))
    .join("\n");
}

function pairsOf(fields: Fields): Pair[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [entry(name, value)]));
}

function isPairs(fields: Fields | readonly Pair[]): fields is readonly Pair[] {
  return Array.isArray(fields);
}

function isNode(value: Value): value is Scalar | YAMLMap | YAMLSeq {
  return typeof value === "object" && value !== null;
}
