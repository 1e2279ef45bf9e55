import { createRequire } from "node:module";

/*
 * The frameworks' own parsers, each loaded when the first file of its kind is read and not before: 60 ms for Vue's,
 * 90 ms for Svelte's, 20 ms for Astro's. `require` because the callers are synchronous. See rationale.md.
 */
const require = createRequire(import.meta.url);

export type VueCompiler = typeof import("@vue/compiler-dom");
export type SvelteCompiler = typeof import("svelte/compiler");
export type AstroCompiler = typeof import("@astrojs/compiler-rs");

let vue: VueCompiler | undefined;
let svelte: SvelteCompiler | undefined;
let astro: AstroCompiler | undefined;

/** @throws where the package can't be loaded. */
export function vueCompiler(): VueCompiler {
  vue ??= require("@vue/compiler-dom") as VueCompiler;
  return vue;
}

/** @throws where the package can't be loaded. */
export function svelteCompiler(): SvelteCompiler {
  svelte ??= require("svelte/compiler") as SvelteCompiler;
  return svelte;
}

/** @throws where the package can't be loaded: it is a native addon, which not every platform has. */
export function astroCompiler(): AstroCompiler {
  astro ??= require("@astrojs/compiler-rs") as AstroCompiler;
  return astro;
}
