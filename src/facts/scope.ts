import type { BindingId } from "./types.ts";

/** Names that a block, function or file declares. Values and types live apart, as in TypeScript. */
export class Scope {
  readonly parent: Scope | undefined;
  /** The scope that `var` goes to. */
  readonly hoist: Scope;
  // Most blocks declare nothing.
  #values: Map<string, BindingId> | undefined;
  #types: Map<string, BindingId> | undefined;

  constructor(parent: Scope | undefined, isFunction = false) {
    this.parent = parent;
    this.hoist = parent === undefined || isFunction ? this : parent.hoist;
  }

  value(name: string): BindingId | undefined {
    return this.#values?.get(name);
  }

  type(name: string): BindingId | undefined {
    return this.#types?.get(name);
  }

  addValue(name: string, id: BindingId): void {
    this.#values ??= new Map();
    this.#values.set(name, id);
  }

  addType(name: string, id: BindingId): void {
    this.#types ??= new Map();
    this.#types.set(name, id);
  }

  /** All that is declared here, values first. */
  names(): [string, BindingId][] {
    return [...(this.#values ?? []), ...(this.#types ?? [])];
  }
}
