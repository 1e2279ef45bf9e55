import type { BindingId, ClassId, ExprId } from "../facts/types.ts";
import { assignedValue } from "./assignments.ts";
import { declared } from "./declaration-value.ts";
import { exportOf } from "./exports.ts";
import { compute } from "./expression-value.ts";
import { withMemberWrites } from "./member-writes.ts";
import type { Module } from "./module.ts";
import { type Env, UNDEFINED, UNKNOWN, type Value } from "./value.ts";
import type { Target, World } from "./world.ts";

/** How deep expressions may lead into each other. */
const MAX_DEPTH = 120;
/** How many function bodies one question may enter: functions that call each other multiply. */
const MAX_ENTERED = 400;
/** How many calls of functions of the repository may be nested. */
export const MAX_CALLS = 8;

/** Works out what expressions may be, across files, without running anything. Bounded, and stops at cycles. */
export class Evaluator {
  readonly world: World;
  readonly searched: readonly Module[];
  /** For questions that are not worth reading a file: whether a parameter's type leads to an SDK. */
  readonly among: Evaluator;
  /** Values of expressions, by the environment that they were worked out in; `null` while that is under way. */
  readonly #memo = new WeakMap<object, Map<Module, Map<ExprId, Value | null>>>();
  readonly exportMemo = new Map<Module, Map<string, Value | null>>();
  /** What the names of types stand for, by the module and the name as written there. */
  readonly typeMemo = new Map<Module, Map<string, Value>>();
  readonly enumMemo = new Map<Module, Map<BindingId, Value>>();
  readonly #mayRead: (name: string, specifier: string) => boolean;
  #depth = 0;
  #entered = 0;

  /**
   * @param mayRead whether a file that was not read yet is read for the sake of a name that is imported from it
   * @param searched the files in which classes that implement, and providers that hand down, are looked for
   * @param among evaluates without reading files that nothing led to; default: this one
   */
  constructor(
    world: World,
    searched: readonly Module[],
    mayRead: (name: string, specifier: string) => boolean,
    among?: Evaluator,
  ) {
    this.world = world;
    this.searched = [...searched];
    this.#mayRead = mayRead;
    this.among = among ?? this;
  }

  /** Where an import of a name leads. */
  target(m: Module, specifier: string, name: string): Target | undefined {
    return this.world.target(specifier, m, this.#mayRead(name, specifier));
  }

  /** Goes one step deeper; gives up where that is too deep. */
  deeper(work: () => Value): Value {
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    if (this.#depth === 0) this.#entered = 0;
    this.#depth += 1;
    const value = work();
    this.#depth -= 1;
    return value;
  }

  /** Counts the function bodies that one question enters; false where they are too many. */
  mayEnter(): boolean {
    this.#entered += 1;
    return this.#entered <= MAX_ENTERED;
  }

  /** The value of an expression; `env` gives the arguments of the functions around it where a caller is known. */
  value(m: Module, x: ExprId, env?: Env): Value {
    const memo = this.#memoOf(env ?? this, m);
    const known = memo.get(x);
    if (known === null) return UNKNOWN;
    if (known !== undefined) return known;
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    memo.set(x, null);
    if (this.#depth === 0) this.#entered = 0;
    this.#depth += 1;
    const value = compute(this, m, x, env);
    this.#depth -= 1;
    memo.set(x, value);
    return value;
  }

  #memoOf(env: object, m: Module): Map<ExprId, Value | null> {
    let byModule = this.#memo.get(env);
    if (byModule === undefined) {
      byModule = new Map();
      this.#memo.set(env, byModule);
    }
    let memo = byModule.get(m);
    if (memo === undefined) {
      memo = new Map();
      byModule.set(m, memo);
    }
    return memo;
  }

  /** The value of a name. `use` is the expression that reads it: for a name that is written to, it decides which writes reach it. */
  binding(m: Module, id: BindingId, env?: Env, use?: ExprId): Value {
    const binding = m.facts.bindings[id];
    if (binding === undefined) return UNKNOWN;
    const value =
      binding.writes.length > 0 ? assignedValue(this, m, id, binding, env, use) : declared(this, m, id, binding, env);
    return withMemberWrites(this, m, id, value, env, use);
  }

  /** An import, by the name that the module exports: `default`, `*` for the whole, `=` for `import x = require()`. */
  imported(m: Module, specifier: string, name: string): Value {
    const target = this.target(m, specifier, name);
    if (target === undefined) return UNKNOWN;
    if (target.kind === "module") return exportOf(this, target.module, name);
    const steps = name === "*" || name === "=" ? [] : [name];
    return { k: "ext", pkg: target.pkg, from: m, steps };
  }

  /** The class that a class extends: of the repository, or of a package. */
  parentOf(m: Module, c: ClassId): Value {
    const parent = m.facts.classes[c]?.extends;
    return parent === undefined ? UNDEFINED : this.value(m, parent);
  }
}
