import { visible } from "./visible.ts";

/**
 * Half of a pair alone, which is no text at all for UTF-8 and URIs, and the two that XML does not have beside the
 * control characters: https://www.w3.org/TR/xml/#charsets
 */
const NO_CHARACTER = /[\ud800-\udfff\ufffe\uffff]/gu;

/** Text for an element or an attribute: https://www.w3.org/TR/xml/#syntax */
export function xmlText(text: string): string {
  return visible(wellFormed(text)).replace(/[&<>"']/g, entity);
}

/**
 * The message of a workflow command of GitHub Actions:
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function commandData(text: string): string {
  return visible(wellFormed(text)).replaceAll("%", "%25");
}

/** A property of a workflow command, such as its file. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Puts lines together to the message of one workflow command. */
export const COMMAND_NEWLINE = "%0A";

/**
 * Text for people in the log of GitHub Actions: nothing in it is taken for a workflow command, of the form `::name::`
 * at the start of a line or `##[name]` anywhere.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, "$1:\u200b").replaceAll("##[", "##\u200b[");
}

/** What may be structure in Markdown, its tables, HTML, or make a link: `www.`, `http:`. */
const IN_MARKDOWN = /[&<>"'`|*_~[\]\\:#!$^]|(?<=\bwww)\.|^[-+=]|(?<=^\d+)[.)]/gi;

/**
 * Text in a paragraph, a table or an element of Markdown. Entities never are structure:
 * https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export function markdownText(text: string): string {
  return visible(wellFormed(text)).replace(IN_MARKDOWN, entity);
}

/** Code as an element, because a span of backticks can't hold every text: in a table `|` ends it. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

/** A sentence whose names stand in backticks. What is outside of them mentions nobody. */
export function markdownProse(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, index) =>
      index % 2 === 1 ? markdownCode(part.slice(1, -1)) : markdownText(part).replaceAll("@", "@&#8203;"),
    )
    .join("");
}

/** A path as a relative URI: https://www.rfc-editor.org/rfc/rfc3986#section-4.2 */
export function relativeUri(path: string): string {
  return wellFormed(path).split("/").map(encodeURIComponent).join("/");
}

function wellFormed(text: string): string {
  return text.replace(NO_CHARACTER, "\ufffd");
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
