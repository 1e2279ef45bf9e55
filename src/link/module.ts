import type { Range } from "../diagnostics/range.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import type {
  BindingId,
  CallFact,
  ContextId,
  ControlContext,
  Expr,
  ExprId,
  FileFacts,
  MemberWrite,
} from "../facts/types.ts";
import { childrenOf } from "./children.ts";
import { Told } from "./dependencies.ts";

export interface NamedWrite {
  readonly write: MemberWrite;
  readonly path: readonly string[];
}

/** One file in the linked world: its facts and its text. */
export class Module {
  readonly path: string;
  readonly facts: FileFacts;
  readonly source: SourceText;
  /** For what rests on what the file says. */
  readonly told = new Told();
  #writes: Map<BindingId, NamedWrite[]> | undefined;
  #reads: Map<BindingId, ExprId[]> | undefined;
  #parents: Map<ExprId, ExprId> | undefined;
  #calls: Map<ExprId, CallFact> | undefined;
  #onTheWay: Set<ExprId> | undefined;
  #children: Map<ContextId, ContextId[]> | undefined;

  constructor(path: string, text: string, facts: FileFacts) {
    this.path = path;
    this.facts = facts;
    this.source = new SourceText(text);
  }

  expr(x: ExprId): Expr {
    return this.facts.exprs[x] ?? { k: "other", what: "other" };
  }

  context(id: number): ControlContext | undefined {
    return this.facts.contexts[id];
  }

  rangeOf(x: ExprId): Range {
    return this.source.rangeOf(this.path, this.facts.starts[x] ?? 0, this.facts.ends[x] ?? 0);
  }

  range(s: number, e: number): Range {
    return this.source.rangeOf(this.path, s, e);
  }

  /** The last name of what a call or a construction calls: `track` of `app.analytics.track("Clicked")`. */
  calleeName(x: ExprId): string | undefined {
    const call = this.expr(x);
    const callee = call.k === "call" || call.k === "new" ? this.expr(call.f) : undefined;
    if (callee?.k === "mem" || callee?.k === "glob") return callee.n;
    return callee?.k === "id" ? this.facts.bindings[callee.b]?.name : undefined;
  }

  /** The expression as written, on one line, shortened. */
  textOf(x: ExprId, limit = 80): string {
    return this.text(this.facts.starts[x] ?? 0, this.facts.ends[x] ?? 0, limit);
  }

  text(s: number, e: number, limit = 80): string {
    const text = this.source.text.slice(s, Math.min(e, s + limit * 4)).replace(/\s+/g, " ");
    return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  }

  /** Writes to members of a local name: `data.x = …`; `path` is what lies between, as in `data.cart.total = …`. */
  memberWritesOf(binding: BindingId): readonly NamedWrite[] {
    if (this.#writes === undefined) {
      this.#writes = new Map();
      for (const write of this.facts.memberWrites) {
        const path: string[] = [];
        let target = write.o < 0 ? undefined : this.expr(write.o);
        for (; target?.k === "mem"; target = this.expr(target.o)) path.unshift(target.n);
        if (target?.k !== "id") continue;
        const list = this.#writes.get(target.b);
        if (list) list.push({ write, path });
        else this.#writes.set(target.b, [{ write, path }]);
      }
    }
    return this.#writes.get(binding) ?? [];
  }

  /** The expressions that read a local name. */
  readsOf(binding: BindingId): readonly ExprId[] {
    if (this.#reads === undefined) {
      this.#reads = new Map();
      for (const [x, expr] of this.facts.exprs.entries()) {
        if (expr.k !== "id") continue;
        const list = this.#reads.get(expr.b);
        if (list) list.push(x);
        else this.#reads.set(expr.b, [x]);
      }
    }
    return this.#reads.get(binding) ?? [];
  }

  /** The expression that another one is a direct part of; undefined for what a statement, a name or an element holds. */
  parentOf(x: ExprId): ExprId | undefined {
    if (this.#parents === undefined) {
      this.#parents = new Map();
      for (const [parent, expr] of this.facts.exprs.entries())
        for (const child of childrenOf(expr)) this.#parents.set(child, parent);
    }
    return this.#parents.get(x);
  }

  /** The call or construction at an expression. */
  callAt(x: ExprId): CallFact | undefined {
    this.#calls ??= new Map(this.facts.calls.map((call) => [call.x, call]));
    return this.#calls.get(x);
  }

  /**
   * Whether an expression only leads to a member, a call or a component: `EVENTS` in `EVENTS.SIGNUP`, `_` in `_.map()`.
   * `EVENTS.SIGNUP` in `EVENTS.SIGNUP.toLowerCase()` is a value.
   */
  isOnTheWay(x: ExprId): boolean {
    this.#onTheWay ??= this.#ways();
    return this.#onTheWay.has(x);
  }

  #ways(): Set<ExprId> {
    const ways = new Set(this.facts.elements.flatMap((element) => element.tag ?? []));
    const callees = new Set<ExprId>();
    for (const expr of this.facts.exprs) if (expr.k === "call" || expr.k === "new") callees.add(expr.f);
    for (const [x, expr] of this.facts.exprs.entries())
      if (expr.k === "mem" && (!callees.has(x) || this.expr(expr.o).k !== "mem")) ways.add(expr.o);
    for (const x of callees) ways.add(x);
    return ways;
  }

  /** The contexts directly inside another one. */
  childContexts(parent: ContextId): readonly ContextId[] {
    if (this.#children === undefined) {
      this.#children = new Map();
      for (const [id, context] of this.facts.contexts.entries()) {
        const list = this.#children.get(context.parent);
        if (list) list.push(id);
        else this.#children.set(context.parent, [id]);
      }
    }
    return this.#children.get(parent) ?? [];
  }

  /** Whether a context is another one or lies around it. */
  encloses(outer: number, inner: number): boolean {
    for (let id = inner; id >= 0; id = this.facts.contexts[id]?.parent ?? -1) if (id === outer) return true;
    return false;
  }
}
