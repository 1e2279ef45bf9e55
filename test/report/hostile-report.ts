import type { WholeReport } from "../../src/report/types.ts";
import { canonicalReport, finding, range } from "./canonical-report.ts";

/** Paths and texts that break out of one format or another. */
export const HOSTILE = [
  "my app/#1 & co.ts",
  "100%,a:b;c=d?e.ts",
  "line\nbreak\r\n::error file=x::gotcha.ts",
  "##[error]log.ts",
  "esc\u001b[31m\u0007\u009b2J\u007f\u0000.ts",
  "]]><script>alert('1')</script>&amp;.ts",
  "quotes\"'`tick`|pipe\\|.ts",
  "<b>bold</b> **bold** _it_ [link](https://evil.example) ![i](x) www.evil.example @octocat.ts",
  "</summary></details>| a | b |\n\n# Heading.ts",
  "emoji-🎉👩‍👩‍👧/日本語.ts",
  "\u202Ertl\u2066\u200Fעברית.ts",
  "lone\ud800half\udfff\uffff\u2028.ts",
  "``` fence\t{0} {{x}} ${y}.ts",
  "- 1. list.ts",
];

/** One report whose every text is hostile, two findings for each. */
export const hostileReport: WholeReport = {
  ...canonicalReport,
  findings: HOSTILE.toSorted((a, b) => (a < b ? -1 : 1)).flatMap((text, index) => [
    finding("unknown-event", range(text, index + 1, 2, 30), {
      severity: "error",
      message: `The event \`${text}\` is not in ${text}`,
      help: `Send ${text} or \`${text}\`.`,
      plan: range(text, 7, 3, 9),
      related: [{ at: range(text, 8, 1, 2), message: text }],
      fix: { isSafe: index % 2 === 0, changes: [] },
      fingerprint: `same-${index % 3}`,
      url: `https://example.com/?a=1&b=<${index}>|"x"`,
    }),
    finding("acme/rule", range(text, index + 100, 40, 3, index + 102), {
      message: text,
      fingerprint: `same-${index % 3}`,
    }),
  ]),
  suppressed: [{ finding: finding("unknown-event", range(HOSTILE[2]!, 1, 1, 2)), reason: HOSTILE[5]! }],
  summary: {
    errors: HOSTILE.length,
    warnings: HOSTILE.length,
    files: HOSTILE.length,
    fixable: 7,
    suppressed: 1,
    baselined: 1,
    calls: 3,
  },
  plan: HOSTILE[8]!,
  textOf: () => HOSTILE.join("\n"),
};

export const emptyReport: WholeReport = {
  ...canonicalReport,
  findings: [],
  suppressed: [],
  notJudged: [],
  summary: { errors: 0, warnings: 0, files: 0, fixable: 0, suppressed: 0, baselined: 0, calls: 3 },
  baseline: { file: "tracklint-baseline.json", fixed: [], hidden: [] },
};
