import { expect, test } from "vitest";
import { renderMarkdown } from "../../src/docs/render-markdown.ts";

const PAGE = `# unknown-event

An event that is **sent** but not \`planned\`, see [the plan](https://example.com/plan) and <b>this</b>.

<!-- generated -->

- one with a text that is long enough to be wrapped below itself
  - nested
1. first

| option | meaning |
| --- | --- |
| \`allow\` | names that are \\*fine |

\`\`\`ts
track("x", {
	a,
});
\`\`\`

> quoted
`;

test("renders a page as text", () => {
  expect(renderMarkdown(PAGE, { colour: false, width: 50 })).toMatchInlineSnapshot(`
    "unknown-event

    An event that is sent but not \`planned\`, see the
    plan (https://example.com/plan) and this.

    - one with a text that is long enough to be
      wrapped below itself
      - nested
    1. first

    option   meaning
    \`allow\`  names that are *fine

        track("x", {
        	a,
        });

      quoted
    "
  `);
});

test("colours what is marked", () => {
  const text = renderMarkdown("# a `b`", { colour: true, width: 80 });
  expect(text).toContain("\u001b[36mb\u001b[39m");
  expect(text).not.toContain("`");
});
