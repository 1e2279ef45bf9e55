import { findRawBlocks, keepScripts } from "./raw-blocks.ts";
import { readAstro } from "./read-astro.ts";
import { readSvelte } from "./read-svelte.ts";
import { readVue } from "./read-vue.ts";
import { finishReading, startReading } from "./reading.ts";
import type { EmbeddedDialect, EmbeddedScript } from "./types.ts";

const READERS = { vue: readVue, svelte: readSvelte, astro: readAstro } satisfies Record<EmbeddedDialect, unknown>;

/**
 * Reads a single-file component into a text that TypeScript can parse and in which all code stands where it does in
 * the file. Never throws: where the framework's parser fails, or can't be loaded, the scripts alone are read and
 * `errors` says why.
 */
export function readEmbedded(text: string, dialect: EmbeddedDialect): EmbeddedScript {
  const source = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  try {
    return READERS[dialect](source);
  } catch (cause) {
    const reading = startReading(source, dialect === "astro" ? "ts" : "js");
    keepScripts(reading, findRawBlocks(source));
    reading.errors.push({ message: cause instanceof Error ? cause.message : String(cause), offset: 0 });
    return finishReading(reading);
  }
}
