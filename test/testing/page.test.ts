import { expect, test } from "vitest";
import { expectationsOf, readExamples } from "../../src/testing/page.ts";

const page = `# some-rule

Prose with \`code.ts\` in it.

\`\`\`ts
not("an example");
\`\`\`

## A mistake

\`tracking-plan.yaml\`

\`\`\`yaml
events: {} # error: some-rule "no events"
\`\`\`

\`src/a.tsx\`
\`\`\`tsx
one(); // error: some-rule "first" // error: some-rule "second"
<b>{/* error: some-rule "third" */}</b>;
\`\`\`

### Without a mistake

Some words on it.

\`src/b.vue\`

~~~vue
<!-- a comment -->
\`\`\`
~~~

## Sources

- none
`;

test("each section with files is an example, and other blocks are prose", () => {
  expect(readExamples(page).map(({ title, files }) => [title, Object.keys(files)])).toEqual([
    ["A mistake", ["tracking-plan.yaml", "src/a.tsx"]],
    ["Without a mistake", ["src/b.vue"]],
  ]);
  expect(readExamples(page)[1]?.files["src/b.vue"]).toBe("<!-- a comment -->\n```\n");
});

test("comments of every language say which lines are reported", () => {
  const [mistake, none] = readExamples(page);
  expect(expectationsOf(mistake!).map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([
    "tracking-plan.yaml:1 no events",
    "src/a.tsx:1 first",
    "src/a.tsx:1 second",
    "src/a.tsx:2 third",
  ]);
  expect(expectationsOf(none!)).toEqual([]);
});

test.each([
  ["an expectation without a text", "## X\n\n`a.ts`\n\n```ts\na(); // error: some-rule\n```\n"],
  ["an expectation without a colon", '## X\n\n`a.ts`\n\n```ts\na(); // error some-rule "text"\n```\n'],
])("%s is refused, since it would never fail", (_, text) => {
  expect(() => readExamples(text).flatMap(expectationsOf)).toThrow(TypeError);
});

test("an expectation in a block without a path is refused", () => {
  expect(() => readExamples('## X\n\n```ts\na(); // error: some-rule "text"\n```\n')).toThrow(/no path line/);
});

test("a path that occurs twice in an example is refused", () => {
  const block = "`a.ts`\n\n```ts\na();\n```\n\n";
  expect(() => readExamples(`## X\n\n${block}${block}`)).toThrow(/twice/);
});
