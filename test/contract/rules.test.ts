import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import type { RuleMeta } from "../../src/plugin.ts";
import { validateValue } from "../../src/schema/validator.ts";

const folder = new URL("../../rules/", import.meta.url);
const files = readdirSync(folder);
const ids = rules.map((rule) => rule.meta.id);

test("every rule has one file, one page and one line in the index, in alphabetical order", () => {
  const named = (ending: string) =>
    files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
  expect(ids).toEqual([...ids].sort());
  expect(named(".ts").filter((name) => name !== "index")).toEqual(ids);
  expect(named(".md").filter((name) => name !== "README")).toEqual(ids);
});

test("rules/README.md is the table of all rules (npm run test:update writes it)", async () => {
  await expect(readme()).toMatchFileSnapshot("../../rules/README.md");
});

describe.each(rules.map((rule) => [rule.meta.id, rule] as const))("%s", (id, { meta, defaultOptions }) => {
  const page = readFileSync(new URL(`${id}.md`, folder), "utf8");
  const options = Object.keys((meta.options?.properties as object | undefined) ?? {});

  test("has a page that opens with its name, its summary and its severity", () => {
    expect(page.split("\n").slice(0, 5)).toEqual([`# ${id}`, "", `${meta.summary}.`, "", severityLine(meta)]);
  });

  test("has a page that says why, when to switch it off, and where its facts come from", () => {
    const sections = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(sections).toEqual(expect.arrayContaining(["Why", "When to switch it off", "Sources"]));
    expect(sections.includes("Options")).toBe(options.length > 0);
  });

  test("documents each option with its default", () => {
    const documented = [...page.matchAll(/^### `(\w+)`$\n\n.*\bDefault: /gm)].map((match) => match[1]);
    expect(documented.sort()).toEqual([...options].sort());
  });

  test("has defaults that its own options schema accepts, and refuses options that it doesn't have", () => {
    if (meta.options === undefined) return expect(defaultOptions).toEqual({});
    expect(validateValue(meta.options, defaultOptions)).toEqual([]);
    expect(validateValue(meta.options, { thereIsNoSuchOption: true })).not.toEqual([]);
  });

  test("has a summary of one line without a full stop", () => {
    expect(meta.summary).toMatch(/^[A-Z`][^\n]*[^.\n]$/);
  });
});

/** The line under the summary of each page. */
function severityLine({ default: level, conformance }: RuleMeta<string>): string {
  const migration = conformance ? ", and under `migration`" : "";
  return `Severity: ${level.withoutPlan} without a plan, ${level.withPlan} with one${migration}.`;
}

function readme(): string {
  const header = ["rule", "category", "severity", "fixable", "reports"];
  const rows = rules.map(({ meta }) => [
    `[${meta.id}](${meta.id}.md)`,
    meta.category,
    `${meta.default.withoutPlan} → ${meta.default.withPlan}`,
    meta.fixable ? "yes" : "",
    meta.summary,
  ]);
  return `# The rules

One file a rule, its page beside it. The examples of a page are its tests: in each, the lines with a comment
\`error: rule-id "part of the message"\` are reported and all others are not.

Severity is what the \`recommended\` preset sets, without a plan → with one. CONTRIBUTING.md says how to add a rule.

${markdownTable(header, rows)}
`;
}

/** Padded as the formatter wants it. */
function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
