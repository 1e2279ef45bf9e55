import { createHash } from "node:crypto";
import type { ReportData } from "./data.ts";

/** What runs and how it looks, as it was built for browsers. */
export interface ReportAssets {
  readonly script: string;
  readonly style: string;
}

/**
 * One file that needs no other. What comes from a codebase is JSON in a block that browsers don't run; of all scripts
 * and styles only ours may, known by their hash (https://www.w3.org/TR/CSP3/), and text can't become markup by mistake
 * (https://www.w3.org/TR/trusted-types/).
 */
export function reportPage(data: ReportData, { script, style }: ReportAssets): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const { errors, warnings, calls } = data.summary;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Tracking report</title>
<style>${style}</style>
</head>
<body>
<noscript>Errors: ${errors}, warnings: ${warnings}, tracking calls: ${calls}. This report needs JavaScript to show them.</noscript>
<script type="application/json" id="report">${jsonForHtml(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/**
 * JSON that a script element can hold, whatever is in it: without `<` it can't be ended, nor a comment begun
 * (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements). Nor does it turn text around where the
 * file itself is read.
 */
export function jsonForHtml(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
