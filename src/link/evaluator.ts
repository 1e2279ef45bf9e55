import type { BindingId, ClassId, ExprId } from "../facts/types.ts";
import { assignedValue } from "./assignments.ts";
import { declared } from "./declaration-value.ts";
import { Dependencies, Told } from "./dependencies.ts";
import { exportOf } from "./exports.ts";
import { compute } from "./expression-value.ts";
import { withMemberWrites } from "./member-writes.ts";
import { Memo, type Remembered } from "./memo.ts";
import { Module } from "./module.ts";
import type { Receiver } from "./receivers.ts";
import { MAX_UPDATES, Table, type TableKind } from "./table.ts";
import { type Env, UNDEFINED, UNKNOWN, type Value } from "./value.ts";
import type { Target, World } from "./world.ts";

/** How deep expressions may lead into each other. */
const MAX_DEPTH = 120;
/** How many function bodies one question may enter: functions that call each other multiply. */
const MAX_ENTERED = 100;
/** How many steps one question may take: objects that lead to each other multiply as well. */
const MAX_STEPS = 30_000;
/** How many calls of functions of the repository may be nested. */
export const MAX_CALLS = 8;

/** An import that was not followed, because nothing led to its file yet. */
interface Denial {
  readonly m: Module;
  readonly specifier: string;
  readonly name: string;
  readonly told: Told;
}

/**
 * Works out what expressions may be, across files, without running anything. Bounded, and stops at cycles. Results are
 * kept from round to round, but for those that depend on what the last round did not know.
 */
export class Evaluator {
  readonly world: World;
  /** For questions that are not worth reading a file: whether a parameter's type leads to an SDK. */
  readonly among: Evaluator;
  #open: Evaluator = this;
  readonly #dependencies: Dependencies;
  readonly #memo: Memo;
  readonly #denials = new Map<string, Denial>();
  #searched: readonly Module[];
  #searchedPaths: ReadonlySet<string>;
  /** Files that somebody asked about which are not searched. */
  readonly #unsearched = new Map<string, Told>();
  #receivers: readonly Receiver[] = [];
  #receiversTold = new Told();
  readonly #tables = new Map<unknown, Table<unknown>>();
  readonly #kept = new WeakMap<object, Map<unknown, Remembered<object>>>();
  /** Values of expressions, by the environment that they were worked out in. */
  readonly #values = new WeakMap<object, Map<Module, Map<ExprId, Remembered<Value>>>>();
  readonly #named = {
    export: new Map(),
    type: new Map(),
    enum: new Map(),
    member: new Map(),
  } as const satisfies Record<string, Map<Module, Map<string, Remembered<Value>>>>;
  readonly #mayRead: (name: string, specifier: string) => boolean;
  #depth = 0;
  #entered = 0;
  #steps = 0;

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
    this.#searched = [...searched];
    this.#searchedPaths = pathsOf(searched);
    this.#mayRead = mayRead;
    this.among = among ?? this;
    if (among) among.#open = this;
    this.#dependencies = among ? among.#dependencies : new Dependencies();
    this.#memo = new Memo(this.#dependencies);
  }

  /** For questions that are worth reading a file: this one, or the one that `among` serves. */
  get open(): Evaluator {
    return this.#open;
  }

  /** The files that are searched. Who asks depends on there being no more of them. */
  get searched(): readonly Module[] {
    this.#dependencies.noteRound();
    return this.#searched;
  }

  /** The files that are searched, for who keeps nothing that rests on there being no more. */
  get modules(): readonly Module[] {
    return this.#searched;
  }

  /** Whether a file has a reason of its own to be read. What is only read on demand holds constants and types. */
  isSearched(path: string): boolean {
    if (this.#searchedPaths.has(path)) return true;
    let told = this.#unsearched.get(path);
    if (told === undefined) {
      told = new Told();
      this.#unsearched.set(path, told);
    }
    this.#dependencies.note(told);
    return false;
  }

  /** Where the repository takes in messages that it tracks, as the last round found them. */
  get receivers(): readonly Receiver[] {
    this.#dependencies.note(this.among.#receiversTold);
    return this.among.#receivers;
  }

  /** Called between rounds. */
  setReceivers(receivers: readonly Receiver[]): void {
    if (JSON.stringify(receivers) === JSON.stringify(this.#receivers)) return;
    this.#receivers = receivers;
    this.#dependencies.outdate(this.#receiversTold);
    this.#receiversTold = new Told();
  }

  /** Says that the work under way rests on what a file says. Who reads another file's facts has a value of it, or says so. */
  restOn(m: Module): void {
    if (this.world.isKept) this.#dependencies.note(m.told);
  }

  /** Forgets what rests on files that others took the place of. Called for both evaluators, before a round. */
  replace(modules: ReadonlyMap<Module, Module>): void {
    const all: Map<Module, unknown>[] = [...Object.values(this.#named), this.#values.get(this) ?? new Map()];
    for (const before of modules.keys()) {
      this.#dependencies.outdate(before.told);
      for (const byModule of all) byModule.delete(before);
    }
  }

  /** Begins a new round, with more files searched and more imports that may be followed. */
  nextRound(searched: readonly Module[]): void {
    this.#searched = [...searched];
    this.#searchedPaths = pathsOf(searched);
    if (this.among === this) this.#dependencies.nextRound();
    for (const [path, told] of this.#unsearched) {
      if (!this.#searchedPaths.has(path)) continue;
      this.#dependencies.outdate(told);
      this.#unsearched.delete(path);
    }
    for (const [key, { m, specifier, name, told }] of this.#denials) {
      if (!this.world.leadsSomewhere(specifier, m, this.#mayRead(name, specifier))) continue;
      this.#dependencies.outdate(told);
      this.#denials.delete(key);
    }
    const tables = [...this.#tables.values()];
    const feeding = tables.filter((table) => !table.isLast);
    for (let update = 0; update < MAX_UPDATES; update += 1) {
      if (feeding.filter((table) => table.update()).length === 0) break;
    }
    for (const table of tables) if (table.isLast) table.update();
  }

  /** Where an import of a name leads. */
  target(m: Module, specifier: string, name: string): Target | undefined {
    const target = this.world.target(specifier, m, this.#mayRead(name, specifier));
    if (target === undefined) this.#dependencies.note(this.#denialOf(m, specifier, name).told);
    return target;
  }

  #denialOf(m: Module, specifier: string, name: string): Denial {
    const key = `${m.path}\0${specifier}\0${name}`;
    let denial = this.#denials.get(key);
    if (denial === undefined) {
      denial = { m, specifier, name, told: new Told() };
      this.#denials.set(key, denial);
    }
    return denial;
  }

  /** Works as one question: what is spent on all that it asks for counts together. */
  asOne<T>(work: () => T): T {
    this.#begin();
    this.#depth += 1;
    const result = work();
    this.#depth -= 1;
    return result;
  }

  #begin(): void {
    if (this.#depth > 0) return;
    this.#entered = 0;
    this.#steps = 0;
  }

  /** Goes one step deeper; gives up where that is too deep. */
  deeper(work: () => Value): Value {
    this.#begin();
    this.#steps += 1;
    if (!this.world.mayStep()) {
      this.#dependencies.noteRound();
      return this.giveUp();
    }
    if (this.#steps > MAX_STEPS) return UNKNOWN;
    if (this.#depth > MAX_DEPTH) return this.giveUp();
    this.#depth += 1;
    const value = work();
    this.#depth -= 1;
    return value;
  }

  /** Gives up a question because of how deep it leads, or because what it needs is under way. */
  giveUp(): Value {
    this.#memo.giveUp();
    return UNKNOWN;
  }

  /** What each of the files searched tells, by key. */
  table<V>(kind: TableKind<V>): Table<V> {
    let table = this.#tables.get(kind) as Table<V> | undefined;
    if (table === undefined) {
      table = new Table(this, kind, this.#dependencies);
      this.#tables.set(kind, table as Table<unknown>);
    }
    return table;
  }

  /**
   * A result that is kept, from round to round, as long as what it rests on holds.
   *
   * @param kind what is kept: each has keys of its own
   * @param underWay stands for work that leads back to itself
   */
  keep<T extends object>(kind: object, key: unknown, work: () => T, underWay: T): T {
    let kept = this.#kept.get(kind) as Map<unknown, Remembered<T>> | undefined;
    if (kept === undefined) {
      kept = new Map();
      this.#kept.set(kind, kept as Map<unknown, Remembered<object>>);
    }
    // It is a question of its own, whoever asks it first.
    const outer = [this.#depth, this.#entered, this.#steps] as const;
    this.#depth = 0;
    const resting = () => {
      if (key instanceof Module) this.restOn(key);
      return work();
    };
    const result = this.#memo.get(kept, key, resting, underWay);
    [this.#depth, this.#entered, this.#steps] = outer;
    return result;
  }

  /** Counts the function bodies that one question enters; false where they are too many. */
  mayEnter(): boolean {
    this.#entered += 1;
    return this.#entered <= MAX_ENTERED;
  }

  /** The value of an expression; `env` gives the arguments of the functions around it where a caller is known. */
  value(m: Module, x: ExprId, env?: Env): Value {
    const values = this.#valuesIn(env ?? this, m);
    const known = this.#memo.known(values, x, UNKNOWN);
    if (known !== undefined) return known;
    const work = () => {
      this.restOn(m);
      return compute(this, m, x, env);
    };
    return this.#memo.get(values, x, () => this.deeper(work), UNKNOWN);
  }

  #valuesIn(env: object, m: Module): Map<ExprId, Remembered<Value>> {
    let byModule = this.#values.get(env);
    if (byModule === undefined) {
      byModule = new Map();
      this.#values.set(env, byModule);
    }
    let values = byModule.get(m);
    if (values === undefined) {
      values = new Map();
      byModule.set(m, values);
    }
    return values;
  }

  /** What a name of a module stands for: an export, a type, an enum that is declared there, a member of an interface. */
  remember(what: "export" | "type" | "enum" | "member", m: Module, name: string, work: () => Value): Value {
    const byModule: Map<Module, Map<string, Remembered<Value>>> = this.#named[what];
    let names = byModule.get(m);
    if (names === undefined) {
      names = new Map();
      byModule.set(m, names);
    }
    const resting = () => {
      this.restOn(m);
      return work();
    };
    return this.#memo.get(names, name, resting, UNKNOWN);
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

function pathsOf(modules: readonly Module[]): ReadonlySet<string> {
  return new Set(modules.map((m) => m.path));
}
