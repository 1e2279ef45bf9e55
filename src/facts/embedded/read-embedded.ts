import { findRawBlocks, keepScripts } from "./raw-blocks.ts";
import { keepAstroScripts, readAstro } from "./read-astro.ts";
import { readSvelte } from "./read-svelte.ts";
import { readVue } from "./read-vue.ts";
import { finishReading, startReading } from "./reading.ts";
import type { EmbeddedDialect, EmbeddedScript } from "./types.ts";

const READERS = { vue: readVue, svelte: readSvelte, astro: readAstro } satisfies Record<EmbeddedDialect, unknown>;

/** No component is written this long by hand, and the frameworks' parsers are not linear in hostile text. */
const LONGEST_COMPONENT = 1_000_000;

/**
 * Reads a single-file component into a text that TypeScript can parse and in which all code stands where it does in
 * the file. Never throws: where the framework's parser fails, or can't be loaded, the scripts alone are read and
 * `errors` says why.
 */
export function readEmbedded(text: string, dialect: EmbeddedDialect): EmbeddedScript {
  const source = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  if (source.length > LONGEST_COMPONENT) {
    return readScripts(
      source,
      dialect,
      `The template is not read: the file is longer than ${LONGEST_COMPONENT} characters`,
    );
  }
  try {
    return READERS[dialect](source);
  } catch (cause) {
    return readScripts(source, dialect, cause instanceof Error ? cause.message : String(cause));
  }
}

function readScripts(source: string, dialect: EmbeddedDialect, error: string): EmbeddedScript {
  const reading = startReading(source, dialect === "astro" ? "ts" : "js");
  if (dialect === "astro") keepAstroScripts(reading);
  else keepScripts(reading, findRawBlocks(source));
  reading.errors.push({ message: error, offset: 0 });
  return finishReading(reading);
}
