import { ScriptCanvas } from "./canvas.ts";
import type { EmbeddedComment, EmbeddedElement, EmbeddedError, EmbeddedScript, Span } from "./types.ts";

/** What has been read so far of one file. */
export interface Reading {
  readonly source: string;
  readonly canvas: ScriptCanvas;
  readonly elements: EmbeddedElement[];
  readonly comments: EmbeddedComment[];
  readonly errors: EmbeddedError[];
  readonly externalScripts: string[];
  language: EmbeddedScript["language"];
}

export function startReading(source: string, language: EmbeddedScript["language"]): Reading {
  return {
    source,
    canvas: new ScriptCanvas(source),
    elements: [],
    comments: [],
    errors: [],
    externalScripts: [],
    language,
  };
}

export function finishReading(reading: Reading): EmbeddedScript {
  const { canvas, language, externalScripts, elements, comments, errors } = reading;
  return { script: canvas.toString(), language, externalScripts, elements, comments, errors };
}

/** A script element's attributes, as far as they tell what its content is. */
export interface ScriptAttributes {
  readonly lang?: string | undefined;
  readonly type?: string | undefined;
  readonly src?: string | undefined;
}

/** `text/partytown` is JavaScript that a worker runs. */
const JAVASCRIPT_TYPE =
  /^(?:module|(?:text|application)\/(?:x-)?(?:javascript|ecmascript|typescript|babel|jsx|tsx|partytown))?$/i;

/** Keeps a script element's content, unless its `type` says that it is data. */
export function keepScript(reading: Reading, content: Span, attributes: ScriptAttributes): void {
  if (!JAVASCRIPT_TYPE.test(attributes.type ?? "")) return;
  if (attributes.src) reading.externalScripts.push(attributes.src);
  if (attributes.lang === "tsx") reading.language = "tsx";
  else if (/^(?:ts|typescript)$/.test(attributes.lang ?? "") && reading.language === "js") reading.language = "ts";
  if (content.end > content.start) reading.canvas.statements(content);
}
