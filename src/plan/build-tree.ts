import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import type { Entry, Place, PlanFile, PlanNode, ScalarNode } from "./node.ts";
import { didYouMean, nearOf, type Problems } from "./problems.ts";
import { yamlLimits } from "./yaml-limits.ts";

/** A node with what it costs to walk it. */
interface Built {
  readonly node: PlanNode;
  /** Nodes in it, those of aliases included as often as they are named. */
  readonly size: number;
  readonly height: number;
}

interface Key {
  readonly name: string;
  readonly place: Place;
  /** `<<`, unquoted. */
  readonly isMerge: boolean;
}

/**
 * Turns a YAML document into the plan's own nodes. Undefined where an alias, a tag or a key leaves a hole; whatever is
 * then missing would only be reported once more.
 */
export function buildTree(contents: ParsedNode, file: PlanFile, problems: Problems): PlanNode | undefined {
  const builder = new TreeBuilder(file, problems);
  const built = builder.build(contents, undefined);
  return builder.hasHole ? undefined : built.node;
}

class TreeBuilder {
  readonly #file: PlanFile;
  readonly #problems: Problems;
  /** By name; undefined while the node is being built, so that an alias inside it is a circle. */
  readonly #anchors = new Map<string, Built | undefined>();
  #aliasedNodes = 0;
  hasHole = false;

  constructor(file: PlanFile, problems: Problems) {
    this.#file = file;
    this.#problems = problems;
  }

  build(node: ParsedNode | null, parentKey: string | undefined): Built {
    if (node === null) return this.#null(0);
    if (isAlias(node)) return this.#alias(node.source, this.#place(node));
    const tag = node.tag;
    if (tag !== undefined && !knownTags.has(tag)) {
      return this.#hole(this.#place(node), `The YAML tag ${shortTag(tag)} has no meaning in a plan`, "Remove the tag");
    }
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, undefined);
    const built = isMap(node)
      ? this.#map(node, parentKey)
      : isSeq(node)
        ? this.#list(node.items as ParsedNode[], this.#place(node), parentKey)
        : this.#scalar(node);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, built);
    return built;
  }

  #scalar(node: Scalar.Parsed): Built {
    const { value } = node;
    if (value !== null && typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      return this.#hole(
        this.#place(node),
        "This value has no meaning in a plan",
        "Write text, a number, true or false",
      );
    }
    const scalar: ScalarNode = { kind: "scalar", ...this.#place(node), value, text: node.source };
    return { node: scalar, size: 1, height: 0 };
  }

  #list(items: readonly ParsedNode[], place: Place, parentKey: string | undefined): Built {
    const built = items.map((item) => this.build(item, parentKey));
    return this.#collection({ kind: "list", ...place, items: built.map(({ node }) => node) }, built);
  }

  #map(map: YAMLMap.Parsed, parentKey: string | undefined): Built {
    const entries = new Map<string, Entry>();
    const built: Built[] = [];
    const merges: Built[] = [];
    for (const pair of map.items as Pair<ParsedNode, ParsedNode | null>[]) {
      const key = this.#key(pair.key, parentKey);
      const value =
        pair.value === null ? this.#null(key?.place.end ?? map.range[0]) : this.build(pair.value, key?.name);
      built.push(value);
      if (key === undefined) continue;
      if (key.isMerge) merges.push(value);
      else this.#addEntry(entries, { name: key.name, key: key.place, value: value.node });
    }
    for (const merge of merges) this.#merge(entries, merge.node);
    return this.#collection({ kind: "map", ...this.#place(map), entries }, built);
  }

  #addEntry(entries: Map<string, Entry>, entry: Entry): void {
    const first = entries.get(entry.name);
    if (first === undefined) {
      entries.set(entry.name, entry);
      return;
    }
    this.#problems.add(entry.key, `\`${entry.name}\` stands twice in this map`, {
      help: "Remove one of them, or merge the two",
      related: [{ at: first.key, message: "the first one" }],
    });
  }

  /** `<<`: the keys of other maps, where the map itself and earlier ones have none. */
  #merge(entries: Map<string, Entry>, from: PlanNode): void {
    for (const source of from.kind === "list" ? from.items : [from]) {
      if (source.kind !== "map") {
        this.#hole(source, "A merge key `<<` takes a map or a list of maps", "Write `<<: *anchor`");
        return;
      }
      for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
    }
  }

  #collection(node: PlanNode, children: readonly Built[]): Built {
    let size = 1;
    let height = 0;
    for (const child of children) {
      size += child.size + 1;
      height = Math.max(height, child.height + 1);
    }
    return height > yamlLimits.depth
      ? this.#hole(node, `Aliases nest maps and lists more than ${yamlLimits.depth} levels deep here`, "Split it")
      : { node, size, height };
  }

  #alias(name: string, place: Place): Built {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      return this.#anchors.has(name)
        ? this.#hole(place, `The alias \`*${name}\` stands inside what it names`, "Write the part out")
        : this.#hole(
            place,
            `No anchor \`&${name}\` stands before this alias${didYouMean(nearOf(name, [...this.#anchors.keys()]))}`,
            `Put \`&${name}\` in front of the value that is meant`,
          );
    }
    this.#aliasedNodes += target.size;
    if (this.#aliasedNodes > yamlLimits.aliasedNodes) {
      return this.#hole(
        place,
        `Aliases repeat more than ${yamlLimits.aliasedNodes.toLocaleString("en")} values up to here`,
        "The bound stops files that would fill memory; use `ref` and `bundles` to share definitions",
      );
    }
    return target;
  }

  #key(key: ParsedNode | null, parentKey: string | undefined): Key | undefined {
    const isPlain = isScalar(key) && key.type === "PLAIN";
    if (
      isScalar(key) &&
      typeof key.value === "string" &&
      key.anchor === undefined &&
      key.tag === undefined &&
      key.value !== "__proto__"
    ) {
      return { name: key.value, place: this.#place(key), isMerge: isPlain && key.value === "<<" };
    }
    const { node } = key === null ? this.#null(0) : this.build(key, undefined);
    const place = key === null || isAlias(key) || isScalar(key) ? this.#place(key) : { ...node, end: node.start + 1 };
    if (node.kind !== "scalar") {
      this.#hole(place, "A key is text, not a map or a list", "Check the braces and brackets here");
      return undefined;
    }
    if (node.text === "" && node.value === null) {
      this.#hole(place, "A key is missing in front of the colon", "Write the name, or remove the colon");
      return undefined;
    }
    if (node.value === "__proto__") {
      this.#hole(place, "`__proto__` can't be a name", "JavaScript reserves it; choose another");
      return undefined;
    }
    if (typeof node.value === "string") return { name: node.value, place, isMerge: isPlain && node.value === "<<" };
    if (!isFreeKey(node, parentKey)) this.#reportKey(node, place);
    return { name: node.text, place, isMerge: false };
  }

  #reportKey(node: ScalarNode, place: Place): void {
    const reads = node.value === null ? "no value" : typeof node.value === "number" ? "a number" : "true or false";
    this.#problems.add(place, `The name \`${node.text}\` reads as ${reads} in YAML`, {
      help: `Put it in quotes: ${JSON.stringify(node.text)}`,
    });
  }

  #null(offset: number): Built {
    const place = { file: this.#file, start: offset, end: offset };
    return { node: { kind: "scalar", ...place, value: null, text: "" }, size: 1, height: 0 };
  }

  #hole(place: Place, message: string, help: string): Built {
    // Beyond the alias bound every further alias would be reported; the first says it all.
    if (!this.hasHole) this.#problems.add(place, message, { help });
    this.hasHole = true;
    return this.#null(place.start);
  }

  #place(node: { readonly range?: readonly [number, number, number] | null } | null): Place {
    const [start, end] = node?.range ?? [0, 0];
    return { file: this.#file, start, end };
  }
}

/** A whole number under `versions`, and a number or a truth value under `cases`, lose nothing as names. */
function isFreeKey(node: ScalarNode, parentKey: string | undefined): boolean {
  if (String(node.value) !== node.text) return false;
  return parentKey === "cases" ? node.value !== null : parentKey === "versions" && Number.isInteger(node.value);
}

const knownTags = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);

function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, "!!");
}
