import { subschemaForm } from "../schema/json-schema.ts";
import { childOf, type Entry, entriesOf, type PlanNode, type TextNode, textNodesOf } from "./node.ts";
import type { Problems } from "./problems.ts";

/** What a definition may grow to once every `ref` in it is carried out: against definitions that double each other. */
const expandedNodesAtMost = 20_000;
/** `ref`s that lead to `ref`s. */
const refsInARowAtMost = 30;

interface Measure {
  /** Schemas in it once every `ref` is carried out. */
  readonly size: number;
  /** `ref`s in a row below it. */
  readonly height: number;
}

/** The shared definitions of a plan that can be used: those that lead back to themselves or grow without measure can't. */
export class Definitions {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #names: ReadonlySet<string>;
  readonly #problems: Problems;
  readonly #measures = new Map<string, Measure>();
  readonly #unusable = new Set<string>();
  readonly #refused = new Set<TextNode>();

  constructor(entries: ReadonlyMap<string, Entry>, problems: Problems) {
    this.#entries = entries;
    this.#names = new Set(entries.keys());
    this.#problems = problems;
    for (const name of entries.keys()) this.#measure(name, []);
  }

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** What a `ref` names; undefined where there is no such definition, or it can't be used here. */
  find(ref: TextNode): PlanNode | undefined {
    if (this.#unusable.has(ref.value) || this.#refused.has(ref)) return undefined;
    return this.#entries.get(ref.value)?.value;
  }

  /** Carries out the `ref`s of a set of properties as far as the bound allows; those beyond it are refused. */
  budget(refs: readonly TextNode[]): void {
    let size = 0;
    for (const ref of refs) {
      const cost = this.#measures.get(ref.value)?.size ?? 0;
      if (size + cost > expandedNodesAtMost) this.#refuse(ref, tooLarge);
      else size += cost;
    }
  }

  /** `chain` holds the definitions whose measure is being taken. */
  #measure(name: string, chain: readonly string[]): Measure {
    const known = this.#measures.get(name);
    if (known !== undefined) return known;
    const value = this.#entries.get(name)?.value;
    const { refs, schemas } = value === undefined ? { refs: [], schemas: 0 } : collectRefs(value);
    let size = schemas;
    let height = 0;
    for (const ref of refs) {
      const below = this.#follow(ref, [...chain, name]);
      size += below.size;
      height = Math.max(height, below.height + 1);
    }
    const measure = { size, height };
    this.#measures.set(name, measure);
    return measure;
  }

  #follow(ref: TextNode, chain: readonly string[]): Measure {
    const start = chain.indexOf(ref.value);
    if (start >= 0) {
      const circle = chain.slice(start);
      for (const name of circle) this.#unusable.add(name);
      this.#problems.add(ref, `\`${ref.value}\` refers to itself: ${[...circle, ref.value].join(" → ")}`, {
        help: "A definition must end; for a recursive structure put the whole JSON Schema under `schema:`",
      });
      return nothing;
    }
    if (!this.#entries.has(ref.value)) return nothing;
    const measure = chain.length > refsInARowAtMost ? undefined : this.#measure(ref.value, chain);
    if (measure === undefined || measure.height >= refsInARowAtMost) {
      return this.#refuse(ref, `leads through more than ${refsInARowAtMost} definitions`);
    }
    return measure.size > expandedNodesAtMost ? this.#refuse(ref, tooLarge) : measure;
  }

  #refuse(ref: TextNode, why: string): Measure {
    this.#refused.add(ref);
    this.#problems.add(ref, `\`ref: ${ref.value}\` ${why}`, { help: "Make the shared definitions simpler" });
    return nothing;
  }
}

const tooLarge = `grows to more than ${expandedNodesAtMost.toLocaleString("en")} schemas here`;

const nothing: Measure = { size: 0, height: 0 };

/** The `ref`s anywhere in a property, and how many schemas it holds. */
export function collectRefs(node: PlanNode): { readonly refs: readonly TextNode[]; readonly schemas: number } {
  const refs = [...textNodesOf(childOf(node, "ref"))];
  let schemas = 1;
  for (const child of subschemasOf(node)) {
    const below = collectRefs(child);
    for (const ref of below.refs) refs.push(ref);
    schemas += below.schemas;
  }
  return { refs, schemas };
}

/** The schemas directly within a schema. */
export function* subschemasOf(node: PlanNode): Generator<PlanNode> {
  for (const { name, value } of entriesOf(node)) {
    const form = subschemaForm(name);
    if (form === undefined) continue;
    if (value.kind === "list") yield* value.items;
    else if (form === "map") for (const entry of entriesOf(value)) yield entry.value;
    else yield value;
  }
}
