import type { Range } from "../diagnostics/range.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import type { BindingId, ControlContext, Expr, ExprId, FileFacts, MemberWrite } from "../facts/types.ts";

/** One file in the linked world: its facts and its text. */
export class Module {
  readonly path: string;
  readonly facts: FileFacts;
  readonly source: SourceText;
  #writes: Map<BindingId, MemberWrite[]> | undefined;

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

  /** The expression as written, on one line, shortened. */
  textOf(x: ExprId, limit = 80): string {
    return this.text(this.facts.starts[x] ?? 0, this.facts.ends[x] ?? 0, limit);
  }

  text(s: number, e: number, limit = 80): string {
    const text = this.source.text.slice(s, Math.min(e, s + limit * 4)).replace(/\s+/g, " ");
    return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  }

  /** Writes to members of a local name: `data.x = …`. */
  memberWritesOf(binding: BindingId): readonly MemberWrite[] {
    if (this.#writes === undefined) {
      this.#writes = new Map();
      for (const write of this.facts.memberWrites) {
        const target = write.o < 0 ? undefined : this.expr(write.o);
        if (target?.k !== "id") continue;
        const list = this.#writes.get(target.b);
        if (list) list.push(write);
        else this.#writes.set(target.b, [write]);
      }
    }
    return this.#writes.get(binding) ?? [];
  }

  /** Whether a context is another one or lies around it. */
  encloses(outer: number, inner: number): boolean {
    for (let id = inner; id >= 0; id = this.facts.contexts[id]?.parent ?? -1) if (id === outer) return true;
    return false;
  }
}
