/** A line that must be reported, as a comment on it says: `// error: rule-id "part of the message"`. */
export interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  /** Part of the message or of the help. */
  readonly text: string;
}

/** The comment in the languages of code and plan: `//`, `#`, `<!--` and `{/*`. Several may stand on one line. */
const COMMENT = /(?:\/\/|#|<!--|\/\*)\s*error:\s*(?<rule>[\w/-]+)(?:\s+"(?<text>[^"]*)")?/g;

/** What looks like an expectation and is none, so that a wrong one never passes unseen. */
const ALIKE = /(?:\/\/|#|<!--|\/\*)\s*error\b/g;

/** Reads the expectations of a file. Throws `TypeError` for one without a rule or without a text. */
export function readExpectations(file: string, text: string): Expectation[] {
  return text.split("\n").flatMap((content, index) => {
    const line = index + 1;
    const found = [...content.matchAll(COMMENT)].map(({ groups }) => ({
      file,
      line,
      rule: groups?.rule ?? "",
      text: groups?.text ?? "",
    }));
    if (found.length !== [...content.matchAll(ALIKE)].length || found.some((one) => one.text === "")) {
      throw new TypeError(`${file}:${line}: an expectation reads \`error: rule-id "part of the message"\``);
    }
    return found;
  });
}
