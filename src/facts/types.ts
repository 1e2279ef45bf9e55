/**
 * What one file says, as plain data computed from its text alone: no path, no configuration, no SDK names, no AST
 * node. Everything is an arena: expressions, bindings, functions, classes and control contexts refer to each other by
 * index, so that facts can be serialised, and memoised by number. See `rationale.md`.
 */
export interface FileFacts {
  /** The file is a component: its default export is called with its props. */
  readonly component?: "vue" | "svelte" | "astro";
  readonly exprs: readonly Expr[];
  /** Offsets of each expression; `starts` is past leading comments. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The control context that each expression stands in. */
  readonly ctxs: readonly ContextId[];
  readonly bindings: readonly Binding[];
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly contexts: readonly ControlContext[];
  readonly calls: readonly CallFact[];
  readonly elements: readonly ElementFact[];
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  /** Writes to members of something: `this.x = …`, `window.y = …`, `module.exports = …`, `data.z = …`. */
  readonly memberWrites: readonly MemberWrite[];
  /** Comments that may switch rules off. */
  readonly comments: readonly { readonly text: string; readonly start: number }[];
  readonly errors: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

export type ExprId = number;
export type BindingId = number;
export type FunctionId = number;
export type ClassId = number;
export type ContextId = number;

/** An expression. Children are indices into `FileFacts.exprs`. Parentheses, `!` and `satisfies` leave no trace. */
export type Expr =
  | { readonly k: "lit"; readonly v: string | number | boolean | null }
  | { readonly k: "undef" }
  | { readonly k: "tpl"; readonly quasis: readonly string[]; readonly parts: readonly ExprId[] }
  | { readonly k: "id"; readonly b: BindingId }
  /** A name that nothing in the file declares, or only a `declare` (`b`). */
  | { readonly k: "glob"; readonly n: string; readonly b?: BindingId }
  | { readonly k: "mem"; readonly o: ExprId; readonly n: string; readonly q?: true }
  | { readonly k: "idx"; readonly o: ExprId; readonly i: ExprId; readonly q?: true }
  /** `t`: the type arguments. */
  | {
      readonly k: "call";
      readonly f: ExprId;
      readonly a: readonly ExprId[];
      readonly t?: readonly TypeFact[];
      readonly q?: true;
    }
  | { readonly k: "new"; readonly f: ExprId; readonly a: readonly ExprId[]; readonly t?: readonly TypeFact[] }
  | { readonly k: "spread"; readonly x: ExprId }
  | { readonly k: "obj"; readonly p: readonly PropFact[] }
  | { readonly k: "arr"; readonly i: readonly ExprId[] }
  | { readonly k: "fn"; readonly fn: FunctionId }
  | { readonly k: "cls"; readonly c: ClassId }
  | { readonly k: "cond"; readonly t: ExprId; readonly a: ExprId; readonly b: ExprId }
  | { readonly k: "log"; readonly op: "&&" | "||" | "??"; readonly l: ExprId; readonly r: ExprId }
  | { readonly k: "bin"; readonly op: string; readonly l: ExprId; readonly r: ExprId }
  | { readonly k: "un"; readonly op: "!" | "typeof" | "void" | "-" | "+" | "~" | "delete"; readonly x: ExprId }
  | { readonly k: "await"; readonly x: ExprId }
  | { readonly k: "asg"; readonly op: string; readonly t: ExprId; readonly v: ExprId }
  /** `this` of a class (`c`) or of an object literal (`o`); neither outside of both. */
  | { readonly k: "this"; readonly c?: ClassId; readonly o?: ExprId }
  | { readonly k: "super"; readonly c?: ClassId }
  | { readonly k: "import"; readonly s: ExprId }
  | { readonly k: "as"; readonly x: ExprId; readonly t: TypeFact }
  | { readonly k: "jsx"; readonly e: number }
  | { readonly k: "seq"; readonly i: readonly ExprId[] }
  /** Anything else, with what it contains. */
  | { readonly k: "other"; readonly what: "regex" | "number" | "tagged" | "yield" | "meta" | "update" | "other" };

export type PropFact =
  | {
      readonly k: "prop";
      readonly n: string;
      readonly v: ExprId;
      readonly s: number;
      readonly e: number;
      readonly get?: true;
    }
  | { readonly k: "computed"; readonly key: ExprId; readonly v: ExprId }
  | { readonly k: "spread"; readonly x: ExprId };

/** A step from a value to a part of it, as destructuring writes it. */
export type PathStep =
  | { readonly key: string; readonly or?: ExprId }
  | { readonly index: number; readonly or?: ExprId }
  /** The rest of an object without the named keys. */
  | { readonly rest: readonly string[] }
  | { readonly restFrom: number };

export interface Write {
  readonly x: ExprId;
  readonly op: string;
  readonly ctx: ContextId;
  readonly pos: number;
}

export interface Binding {
  readonly name: string;
  readonly kind:
    | "import"
    | "const"
    | "let"
    | "var"
    | "param"
    | "fn"
    | "class"
    | "enum"
    | "catch"
    | "type"
    | "namespace";
  /** Function that declares it, -1 at module level. */
  readonly owner: FunctionId;
  readonly s: number;
  readonly e: number;
  /** `import`: index into `imports` and the imported name (`default`, `*`, or a name). */
  readonly from?: { readonly import: number; readonly name: string };
  /** Initialiser, of which `path` takes a part. */
  readonly init?: ExprId;
  readonly path?: readonly PathStep[];
  /** The initialiser is what a `for … of` or `for … in` walks over. */
  readonly each?: "of" | "in";
  readonly param?: { readonly fn: FunctionId; readonly index: number; readonly rest?: true };
  /** Default of a parameter. */
  readonly or?: ExprId;
  readonly type?: TypeFact;
  readonly fn?: FunctionId;
  readonly cls?: ClassId;
  readonly members?: readonly EnumMember[];
  /** Interfaces: what they extend. */
  readonly extends?: readonly TypeFact[];
  readonly typeParams?: readonly BindingId[];
  /** `declare const x: …`: it exists elsewhere. */
  readonly ambient?: true;
  /** Namespaces: what they export. */
  readonly names?: readonly { readonly n: string; readonly b: BindingId }[];
  readonly writes: readonly Write[];
  readonly ctx: ContextId;
}

export interface EnumMember {
  readonly n: string;
  readonly v?: ExprId;
  /** Value of a member without an initialiser that follows from its neighbours. */
  readonly auto?: number;
  readonly s: number;
  readonly e: number;
}

export interface ParamFact {
  /** `name?: string`: callers may leave it out. */
  readonly opt?: true;
  readonly decorators?: readonly ExprId[];
  /** The parameter as a whole where it is a plain name; -1 for a pattern (its names are bindings with a `path`). */
  readonly b: BindingId;
  readonly type?: TypeFact;
  readonly or?: ExprId;
  readonly rest?: true;
}

export interface FunctionFact {
  readonly name: string;
  readonly kind: "function" | "arrow" | "method" | "getter" | "setter" | "constructor";
  readonly async: boolean;
  readonly parent: FunctionId;
  readonly cls?: ClassId;
  readonly static?: true;
  readonly params: readonly ParamFact[];
  readonly returns: readonly { readonly x: ExprId; readonly ctx: ContextId; readonly pos: number }[];
  readonly returnType?: TypeFact;
  readonly s: number;
  readonly e: number;
  /** Context of its body. */
  readonly ctx: ContextId;
  /** Where its name is written, else where it starts. */
  readonly nameAt: number;
  /** Overloads and abstract methods have no body. */
  readonly body: boolean;
  /** The declared type of the constant that it is: `const Card: FC<Props> = …`. */
  readonly as?: TypeFact;
  /** The call that it is an argument of, with its position there, and the key where it stands in an object. */
  readonly argOf?: { readonly call: ExprId; readonly index: number; readonly key?: string };
  readonly decorators?: readonly ExprId[];
}

export interface ClassMember {
  readonly n: string;
  readonly kind: "method" | "field" | "getter" | "setter";
  readonly static?: true;
  /** `private` or `#name`: for the class alone. */
  readonly hidden?: true;
  readonly readonly?: true;
  readonly fn?: FunctionId;
  readonly init?: ExprId;
  readonly type?: TypeFact;
  /** A constructor parameter property: its position. */
  readonly param?: number;
  readonly decorators?: readonly ExprId[];
  readonly s: number;
  readonly e: number;
}

export interface ClassFact {
  readonly name: string;
  readonly extends?: ExprId;
  readonly extendsArgs?: readonly TypeFact[];
  readonly implements: readonly TypeFact[];
  readonly members: readonly ClassMember[];
  readonly ctor?: FunctionId;
  readonly decorators?: readonly ExprId[];
  readonly typeParams?: readonly BindingId[];
  readonly s: number;
  readonly e: number;
}

/**
 * Where in the control flow something stands: a chain from the body of a function to the place. A context that has a
 * test is entered only when the test `holds`. A write dominates a read when its context is one of the read's chain and
 * it stands before.
 */
export interface ControlContext {
  readonly parent: ContextId;
  readonly fn: FunctionId;
  readonly test?: ExprId;
  readonly holds?: boolean;
  /** The rest of a block after `if (…) return`. */
  readonly early?: true;
  readonly loop?: true;
  readonly try?: "try" | "catch" | "finally";
  /** `switch`: entered when `test` equals one of these; empty for `default`. */
  readonly cases?: readonly ExprId[];
  readonly nullish?: true;
}

export interface CallFact {
  readonly x: ExprId;
  readonly ctx: ContextId;
  readonly fn: FunctionId;
  /** What becomes of the result. */
  readonly use: "await" | "return" | "value" | "dropped";
}

/** A JSX element, or an element of a single-file component's template. */
export interface ElementFact {
  /** The component; undefined for a host element such as `div`. */
  readonly tag?: ExprId;
  readonly name: string;
  readonly attributes: readonly PropFact[];
  readonly children: readonly ExprId[];
  readonly ctx: ContextId;
  readonly fn: FunctionId;
  readonly s: number;
  readonly e: number;
}

export interface ImportFact {
  readonly specifier: string;
  readonly typeOnly?: true;
  readonly s: number;
  readonly e: number;
}

export type ExportFact =
  | { readonly n: string; readonly b: BindingId }
  | { readonly n: string; readonly x: ExprId }
  /** `export { a as n } from "…"`; `imported` `*` is `export * as n`. */
  | { readonly n: string; readonly import: number; readonly imported: string }
  | { readonly star: number };

export interface MemberWrite {
  /** What is written to; -1 for a global name. */
  readonly o: ExprId;
  /** The name; empty where it is computed (`key`) or many (`assign`). */
  readonly n: string;
  readonly key?: ExprId;
  readonly x: ExprId;
  /** The operator, or `delete`, or `assign` for `Object.assign(o, x)`, or `push` for what fills a collection: `o.push(x)`, `o.add(x)`, `o.set(k, x)`. */
  readonly op: string;
  readonly ctx: ContextId;
  readonly fn: FunctionId;
  readonly pos: number;
}

/** A declared type, as far as values can be told from it. */
export type TypeFact =
  | {
      readonly k: "prim";
      readonly n: "string" | "number" | "boolean" | "null" | "undefined" | "object" | "any" | "void" | "bigint";
    }
  | { readonly k: "lit"; readonly v: string | number | boolean; readonly s?: number; readonly e?: number }
  | {
      readonly k: "ref";
      readonly n: string;
      readonly b?: BindingId;
      readonly path?: readonly string[];
      readonly a?: readonly TypeFact[];
    }
  | { readonly k: "or"; readonly of: readonly TypeFact[] }
  | { readonly k: "and"; readonly of: readonly TypeFact[] }
  | { readonly k: "obj"; readonly m: readonly TypeMember[]; readonly index?: TypeFact }
  | { readonly k: "arr"; readonly of: TypeFact }
  | { readonly k: "tuple"; readonly of: readonly TypeFact[] }
  | { readonly k: "fn"; readonly params: readonly TypeFact[]; readonly ret: TypeFact }
  | { readonly k: "idx"; readonly o: TypeFact; readonly i: TypeFact }
  | { readonly k: "keyof"; readonly of: TypeFact }
  | { readonly k: "typeof"; readonly b?: BindingId; readonly n: string; readonly path?: readonly string[] }
  | {
      readonly k: "tpl";
      readonly quasis: readonly string[];
      readonly parts: readonly TypeFact[];
      readonly s: number;
      readonly e: number;
    }
  /** `{ [b in over]?: t }` */
  | { readonly k: "map"; readonly b: BindingId; readonly over: TypeFact; readonly t: TypeFact; readonly o?: true }
  | { readonly k: "import"; readonly s: string; readonly path: readonly string[] }
  | { readonly k: "?" };

export interface TypeMember {
  readonly n: string;
  readonly t: TypeFact;
  readonly o?: true;
  readonly s: number;
  readonly e: number;
}

/** How the text is to be parsed. */
export type Dialect = "ts" | "tsx" | "js" | "jsx" | "json" | "vue" | "svelte" | "astro";
