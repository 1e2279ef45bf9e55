import { type Entry, entriesOf, entryOf, type MapNode, mapOf, type PlanNode } from "./node.ts";
import type { Problems } from "./problems.ts";
import type { ReadFile } from "./read-files.ts";

/** The sections of all files of a plan as those of one. What is said in two files is reported with both places. */
export class Sections {
  readonly #files: readonly ReadFile[];
  readonly #problems: Problems;

  constructor(files: readonly ReadFile[], problems: Problems) {
    this.#files = files;
    this.#problems = problems;
  }

  /** The entries of a section, one for each file that has it. */
  all(section: string): readonly Entry[] {
    return this.#files.flatMap(({ root }) => entryOf(root, section) ?? []);
  }

  /** A section that only one file may have. */
  single(section: string): Entry | undefined {
    const [first, ...others] = this.all(section);
    for (const other of others) {
      this.#problems.add(other.key, `\`${section}\` stands in two files of the plan`, {
        help: "Keep it in one of them",
        related: first === undefined ? [] : [{ at: first.key, message: "the first one" }],
      });
    }
    return first;
  }

  /** A section that is a map from names, joined over the files. */
  named(section: string): ReadonlyMap<string, Entry> {
    return this.#join(
      this.all(section).map(({ value }) => value),
      `\`${section}\``,
    );
  }

  /** A section that is a map from names to maps from names, both joined over the files. */
  nested(section: string): ReadonlyMap<string, Entry> {
    const byName = new Map<string, Entry[]>();
    for (const { value } of this.all(section)) {
      for (const entry of entriesOf(value)) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
    }
    return new Map(Array.from(byName, ([name, entries]) => [name, this.#joinEntries(name, entries)]));
  }

  #joinEntries(name: string, entries: readonly Entry[]): Entry {
    const first = entries[0] as Entry;
    const map = mapOf(first.value);
    if (entries.length === 1 || map === undefined) return first;
    const joined: MapNode = {
      ...map,
      entries: this.#join(
        entries.map(({ value }) => value),
        `\`${name}\``,
      ),
    };
    return { ...first, value: joined };
  }

  #join(maps: readonly PlanNode[], where: string): ReadonlyMap<string, Entry> {
    const joined = new Map<string, Entry>();
    for (const entry of maps.flatMap(entriesOf)) {
      const first = joined.get(entry.name);
      if (first === undefined) joined.set(entry.name, entry);
      else {
        this.#problems.add(entry.key, `\`${entry.name}\` stands under ${where} in two files of the plan`, {
          help: "Keep it in one of them",
          related: [{ at: first.key, message: "the first one" }],
        });
      }
    }
    return joined;
  }
}
