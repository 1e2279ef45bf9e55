/** The single-file component formats that are read. */
export type EmbeddedDialect = "vue" | "svelte" | "astro";

/** Offsets in UTF-16 code units, the end exclusive; the same in the file and in `EmbeddedScript.script`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An element of the template, in document order, parents before children. */
export interface EmbeddedElement extends Span {
  /** As written: `Button`, `a`, `svelte:component`, `my-button`. */
  readonly tag: string;
  readonly attributes: readonly EmbeddedAttribute[];
}

export interface EmbeddedAttribute extends Span {
  /**
   * The prop as the component sees it: Vue's `:event-name` is `eventName`, `@click` and `on:click` are `onClick`, a
   * spread is `...`. Directives that are no prop keep their form: `v-track`, `use:track`, `class:active`.
   */
  readonly name: string;
  /** Static text, entities decoded. */
  readonly text?: string;
  /**
   * Where the value stands in `script` as an expression. Inline statements of a Vue handler stand as the body of an
   * arrow function, which is then the expression.
   */
  readonly expression?: Span;
}

export interface EmbeddedScript {
  /**
   * The code of the file, as long as the file and with its line breaks: scripts and template expressions stand at
   * their own offsets, everything else is blank but for the `;`, `( )`, `if (…) { … }` and `[ ]` that make it parse.
   */
  readonly script: string;
  readonly language: "ts" | "tsx" | "js";
  /** `src` of script elements as written: `./component.ts`. */
  readonly externalScripts: readonly string[];
  readonly elements: readonly EmbeddedElement[];
  /** Comments of the markup, without `<!--` and `-->`; comments in code stay in `script`. */
  readonly comments: readonly EmbeddedComment[];
  /** What could not be read; the rest of the file is there all the same. */
  readonly errors: readonly EmbeddedError[];
}

export interface EmbeddedComment extends Span {
  readonly text: string;
}

export interface EmbeddedError {
  readonly message: string;
  readonly offset: number;
}
