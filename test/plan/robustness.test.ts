import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SourceText } from "../../src/diagnostics/source-text.ts";
import { load } from "./reading.ts";

const acme = readFileSync(new URL("plans/acme.yaml", import.meta.url), "utf8").replace(/^include:.*$/m, "");

/** Loads a plan, uses all of it, and holds every place that findings name against the text. */
function exercise(text: string): void {
  const { plan, findings, texts } = load(text);
  for (const event of plan?.events ?? []) {
    for (const of of [event.payloadFor, ...(event.variants?.cases.values() ?? [])]) of("web", "browser");
    for (const version of event.versions) version.payloadFor("api", "server");
  }
  for (const { at, message, related } of findings) {
    for (const range of [at, ...related.map((other) => other.at)]) {
      const source = new SourceText(texts.get(range.file) ?? "");
      const start = source.offsetOf(range.line, range.column);
      const end = source.offsetOf(range.endLine, range.endColumn);
      expect(start, message).toBeLessThanOrEqual(end);
      expect(source.rangeOf(range.file, start, end), message).toEqual(range);
    }
  }
}

test("a plan cut off anywhere is read without a throw, and its findings lie inside of it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: acme.length }), (end) => exercise(acme.slice(0, end))),
    { numRuns: 150 },
  );
});

const fragments = [
  ...[
    "- ",
    ": ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    '"',
    "'",
    "&a ",
    "*a",
    "<<: *a",
    "!t ",
    "|",
    ">",
    "#",
    "%",
    "@",
    "`",
    "---\n",
  ],
  ...["null", "1.0", "true", "~", "0x1F", ".inf", "-1", "required: true", "ref: revenue", "$ref: '#'", "type: strng"],
  ...[
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    "\r\n",
    "\0",
    "\uFEFF",
    "\uD800",
    "🛒",
    "x-a: ",
    "__proto__: 1\n",
    "constructor: {}\n",
  ],
];

test("a plan with pieces cut out and others put in is read without a throw, and its findings lie inside of it", () => {
  const edit = fc.record({
    start: fc.integer({ min: 0, max: acme.length }),
    length: fc.integer({ min: 0, max: 40 }),
    insert: fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 6 })),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const text = edits.reduce(
        (before, { start, length, insert }) => before.slice(0, start) + insert + before.slice(start + length),
        acme,
      );
      exercise(text);
    }),
    { numRuns: 250 },
  );
});

test("a plan whose values are exchanged for any others is read without a throw", () => {
  const lines = acme.split("\n");
  const value = fc.constantFrom(
    "[]",
    "{}",
    "3",
    "[[a]]",
    "{ a: { b: [1] } }",
    "''",
    "null",
    "true",
    "[{ name: A }]",
    "text",
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: lines.length - 1 }), value, (index, other) => {
      const changed = lines.with(index, (lines[index] ?? "").replace(/:.*$/, `: ${other}`));
      exercise(changed.join("\n"));
    }),
    { numRuns: 200 },
  );
});

test("any text at all is read without a throw", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...fragments, "events", "tracklint: 1\n", "a"), { maxLength: 30 }), (parts) =>
      exercise(parts.join("")),
    ),
    { numRuns: 300 },
  );
});

test("a plan of 10 MB is read like any other", () => {
  const event = (i: number) => `  Order Completed ${i}:
    version: 2.0.0
    aliases: [order_completed_${i}]
    description: Payment for order ${i} ${"has been captured by the provider, and the receipt is on its way, ".repeat(12)}
    owner: [payments]
    bundles: [commerce]
    properties:
      order_id: { type: string, required: true, description: The number of the order }
      products:
        type: array
        items: { type: object, properties: { sku: { type: string, required: true }, price: { type: number } } }
`;
  const parts = ["tracklint: 1\nbundles: { commerce: { revenue: { type: number } } }\nevents:\n"];
  let length = 0;
  for (let i = 0; length < 10_000_000; i++) {
    const part = event(i);
    parts.push(part);
    length += part.length;
  }
  const { plan, findings } = load(parts.join(""));
  expect(findings).toEqual([]);
  expect(plan?.events).toHaveLength(parts.length - 1);
  const last = plan?.find(`order_completed_${parts.length - 2}`);
  expect([...(last?.payloadFor("*", "unknown").properties.keys() ?? [])]).toEqual(["revenue", "order_id", "products"]);
});
