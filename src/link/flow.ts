import type { ContextId, ControlContext, ExprId } from "../facts/types.ts";
import type { Module } from "./module.ts";

/** Where something is read, in the text and in the control flow. */
export interface ReadPlace {
  readonly pos: number;
  readonly ctx: ContextId;
  readonly fn: number;
}

export function placeOf(m: Module, x: ExprId): ReadPlace {
  const ctx = m.facts.ctxs[x] ?? 0;
  return { pos: m.facts.starts[x] ?? 0, ctx, fn: m.context(ctx)?.fn ?? -1 };
}

/** The innermost loop around both contexts, in one function; what stands later in it may come earlier in time. */
export function sharedLoop(m: Module, a: ContextId, b: ContextId): ContextId | undefined {
  for (let id = a; id >= 0; id = m.context(id)?.parent ?? -1) if (m.context(id)?.loop && m.encloses(id, b)) return id;
  return undefined;
}

export function isInLoop(m: Module, ctx: ContextId): boolean {
  return sharedLoop(m, ctx, ctx) !== undefined;
}

/** The contexts in which a name was surely written: both branches of a test are as good as what stands around it. */
export class Coverage {
  readonly #m: Module;
  readonly #covered = new Set<ContextId>();

  constructor(m: Module) {
    this.#m = m;
  }

  has(ctx: ContextId): boolean {
    for (let id = ctx; id >= 0; id = this.#m.context(id)?.parent ?? -1) if (this.#covered.has(id)) return true;
    return false;
  }

  add(ctx: ContextId): void {
    this.#covered.add(ctx);
    const context = this.#m.context(ctx);
    if (context && this.#isComplete(context)) this.add(context.parent);
  }

  #isComplete(context: ControlContext): boolean {
    if (context.try === "finally") return true;
    if (context.test === undefined || context.loop || context.early || context.nullish) return false;
    const branches = this.#m.childContexts(context.parent).filter((id) => {
      const other = this.#m.context(id);
      return other !== undefined && other.test === context.test && !other.early;
    });
    const facts = branches.map((id) => this.#m.context(id));
    const isExhaustive = context.cases
      ? facts.some((c) => c?.cases?.length === 0)
      : facts.some((c) => c?.holds === true) && facts.some((c) => c?.holds === false);
    return isExhaustive && branches.every((id) => this.#covered.has(id));
  }
}
