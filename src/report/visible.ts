/**
 * Characters that move the cursor, colour, ring or reorder in a terminal: C0 and C1 controls, DEL, line and paragraph
 * separators, bidirectional overrides and isolates (CVE-2021-42574), and half of a pair alone, which is no text.
 */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/** Text of a codebase or a plan, made safe for a terminal: every unsafe character becomes one that can be seen. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}
