import type { ts } from "ts-morph";
import { Scope } from "./scope.ts";
import type {
  Binding,
  BindingId,
  CallFact,
  ClassFact,
  ContextId,
  ControlContext,
  ElementFact,
  ExportFact,
  Expr,
  ExprId,
  FunctionFact,
  FunctionId,
  ImportFact,
  MemberWrite,
  Write,
} from "./types.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type OpenBinding = Mutable<Binding> & { writes: Write[] };
export type OpenFunction = Mutable<FunctionFact> & { returns: { x: ExprId; ctx: ContextId; pos: number }[] };

/** What `this` stands for while a body is read. */
export interface ThisOwner {
  readonly c?: number;
  readonly o?: ExprId;
}

/** The arenas that one file is read into, and where the reading is at. */
export class Builder {
  readonly text: string;
  readonly source: ts.SourceFile;
  readonly exprs: Expr[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly ctxs: ContextId[] = [];
  readonly bindings: OpenBinding[] = [];
  readonly functions: OpenFunction[] = [];
  readonly classes: Mutable<ClassFact>[] = [];
  readonly contexts: ControlContext[] = [];
  readonly calls: CallFact[] = [];
  readonly elements: ElementFact[] = [];
  readonly imports: ImportFact[] = [];
  /** Of the file, or of the namespace that is being read. */
  exports: ExportFact[] = [];
  readonly memberWrites: MemberWrite[] = [];
  scope: Scope;
  fn: FunctionId = -1;
  ctx: ContextId;
  self: ThisOwner = {};
  /** Bindings made when a block was entered, found again when the declaration is read. */
  readonly declared = new Map<ts.Node, BindingId>();

  /** Single-file components: the expression statements by offset, for the attributes of the template. */
  statementAt: Map<number, ExprId> | undefined;

  constructor(source: ts.SourceFile) {
    this.source = source;
    this.text = source.text;
    this.scope = new Scope(undefined);
    this.ctx = this.context({});
  }

  start(node: ts.Node): number {
    return node.getStart(this.source);
  }

  add(expr: Expr, node: ts.Node): ExprId {
    return this.addAt(expr, this.start(node), node.end);
  }

  addAt(expr: Expr, start: number, end: number): ExprId {
    this.exprs.push(expr);
    this.starts.push(start);
    this.ends.push(end);
    this.ctxs.push(this.ctx);
    return this.exprs.length - 1;
  }

  /** Reserves a place so that children can refer to it. */
  reserve(node: ts.Node): ExprId {
    return this.add({ k: "other", what: "other" }, node);
  }

  context(facts: Omit<ControlContext, "parent" | "fn">): ContextId {
    this.contexts.push({ parent: this.contexts.length === 0 ? -1 : this.ctx, fn: this.fn, ...facts });
    return this.contexts.length - 1;
  }

  /** Reads something in a context below the present one. */
  within<T>(facts: Omit<ControlContext, "parent" | "fn">, read: () => T): T {
    const before = this.ctx;
    this.ctx = this.context(facts);
    const result = read();
    this.ctx = before;
    return result;
  }

  inScope<T>(read: () => T, isFunction = false): T {
    const before = this.scope;
    this.scope = new Scope(before, isFunction);
    const result = read();
    this.scope = before;
    return result;
  }

  declare(
    name: ts.Identifier,
    kind: Binding["kind"],
    facts: Partial<Omit<Binding, "name" | "kind" | "writes">> = {},
    space: "value" | "type" | "both" = "value",
  ): BindingId {
    const scope = kind === "var" ? this.scope.hoist : this.scope;
    const known = space === "type" ? scope.type(name.text) : scope.value(name.text);
    if (known !== undefined && (kind === "var" || kind === "fn" || kind === "type")) {
      const before = this.bindings[known];
      if (before && before.kind === kind) {
        Object.assign(before, facts);
        this.declared.set(name, known);
        return known;
      }
    }
    const id = this.bindings.length;
    this.declared.set(name, id);
    this.bindings.push({
      name: name.text,
      kind,
      owner: this.fn,
      s: this.start(name),
      e: name.end,
      writes: [],
      ctx: this.ctx,
      ...facts,
    });
    if (space !== "type") scope.addValue(name.text, id);
    if (space !== "value") scope.addType(name.text, id);
    return id;
  }

  lookUp(name: string): BindingId | undefined {
    for (let scope: Scope | undefined = this.scope; scope; scope = scope.parent) {
      const id = scope.value(name);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  lookUpType(name: string): BindingId | undefined {
    for (let scope: Scope | undefined = this.scope; scope; scope = scope.parent) {
      const id = scope.type(name) ?? scope.value(name);
      if (id !== undefined) return id;
    }
    return undefined;
  }
}
