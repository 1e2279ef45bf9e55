import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEmbedded } from "../../../src/facts/embedded/read-embedded.ts";
import type { EmbeddedDialect } from "../../../src/facts/embedded/types.ts";
import { syntaxErrors } from "./support.ts";

const DIALECTS: readonly EmbeddedDialect[] = ["vue", "svelte", "astro"];
const blanksOf = (text: string) => text.replace(/[^\r\n\u2028\u2029]/g, " ");

/** Pieces of components in an order that makes little sense. */
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."<script> </script> <script lang='ts'> <style> </style> <template> </template> --- <!-- --> {{ }} { } {#if {:else} {/if} {#each {/each} {#snippet {@const {@html v-if= @click= :a= on:click= <p </p> /> > < \" ' ` ( ) => ; , .a é 🦊 &amp; \uFEFF \r\n \n \u2028 \0 \uD800".split(
          " ",
        ),
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(""));

const expression = fc.constantFrom(
  "a",
  "a.b?.c",
  "track('Saved', { plan: p })",
  "() => f()",
  "async (e) => { await f(e); }",
  "{ a: 1, ...b }.a",
  "function () {}",
  "[a, b]",
  "a ? 'x' : `y \u0024{b}`",
  "(a, b)",
  "type",
  "a < b && c > d",
);
const gap = fc.constantFrom(" ", "\n", "\r\n  ", "\n\n");

function markup(
  attribute: (value: string) => fc.Arbitrary<string>,
  wrap: (inner: fc.Arbitrary<string>, value: fc.Arbitrary<string>) => fc.Arbitrary<string>[],
  text: (value: string) => string,
): fc.Arbitrary<string> {
  const attributes = fc
    .array(fc.tuple(gap, expression.chain(attribute)), { maxLength: 3 })
    .map((all) => all.flat().join(""));
  return fc.letrec<{ nodes: string; node: string }>((tie) => ({
    nodes: fc.array(tie("node"), { maxLength: 3 }).map((all) => all.join("")),
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("text", "\n", "<!-- c -->", "é", "<img/>"),
      expression.map(text),
      attributes.map((all) => `<P${all} />`),
      fc.tuple(attributes, tie("nodes")).map(([all, inner]) => `<div${all}>${inner}</div>`),
      ...wrap(tie("nodes"), expression),
    ),
  })).nodes;
}

const COMPONENTS: Record<EmbeddedDialect, fc.Arbitrary<string>> = {
  vue: markup(
    (value) =>
      fc.constantFrom(
        `:a="${value}"`,
        `@click="${value}"`,
        `@x="${value}"`,
        `v-if="${value}"`,
        `v-for="x in ${value}"`,
        'v-slot="{ x }"',
        "@click='a(); b()'",
        ":b=c",
        ":some-name",
        "v-bind='o'",
      ),
    (inner, value) => [
      fc
        .tuple(value, gap, inner, value, inner, inner)
        .map(
          ([test, between, one, other, two, three]) =>
            `<b v-if="${test}">${one}</b>${between}<img v-else-if="${other}"><b v-else>${two}</b>${three}`,
        ),
    ],
    (value) => `{{ ${value} }}`,
  ).map((nodes) => `<template>${nodes}</template>\n<script>\nrun();\n</script>`),
  svelte: markup(
    (value) =>
      fc.constantFrom(
        `a={${value}}`,
        "use:d={{ e }}",
        `on:click={${value}}`,
        `b="x{${value}}y"`,
        `{...${value}}`,
        "{name}",
        "bind:value",
      ),
    (inner, value) => [
      fc.tuple(value, gap, inner).map(([test, between, one]) => `{#if ${test}}${between}${one}{/if}`),
      fc
        .tuple(value, inner, value, inner, inner)
        .map(([test, one, other, two, three]) => `{#if ${test}}${one}{:else if ${other}}${two}{:else}${three}{/if}`),
      fc.tuple(value, inner).map(([list, one]) => `{#each ${list} as { x }, i (x)}{@const y = x}${one}{/each}`),
      fc.tuple(value, inner).map(([promise, one]) => `{#await ${promise} then v}${one}{:catch}${one}{/await}`),
      inner.map((one) => `{#snippet row(x, { y = 1 })}${one}{/snippet}`),
    ],
    (value) => `{${value}}`,
  ).map((nodes) => `<script>\nrun();\n</script>\n${nodes}`),
  astro: markup(
    (value) => fc.constantFrom(`a={${value}}`, `{...${value}}`, "{name}", 'b="x"', "c=`d`"),
    (inner, value) => [
      fc.tuple(value, inner).map(([list, one]) => `{(${list}).map((x) => (<li>${one}</li>))}`),
      fc.tuple(value, inner).map(([test, one]) => `{(${test}) ? <P a={x}>${one}</P> : <>${one}</>}`),
    ],
    (value) => `{${value}}`,
  ).map((nodes) => `---\nconst é = 1;\n---\n${nodes}\n<script>run();</script>`),
};

describe.each(DIALECTS)("whatever a %s file holds", (dialect) => {
  it("its script has the same length and line breaks, and nothing is thrown", () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { script, elements, comments, errors } = readEmbedded(text, dialect);
        expect(blanksOf(script)).toBe(blanksOf(text));
        for (const { start, end } of [...elements, ...comments]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        for (const { offset } of errors) expect(offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 300 },
    );
  });

  it("if it is a component, its script parses", () => {
    fc.assert(
      fc.property(COMPONENTS[dialect], (text) => {
        const result = readEmbedded(text, dialect);
        expect(blanksOf(result.script)).toBe(blanksOf(text));
        expect(result.script).toContain("run();");
        if (result.errors.length === 0)
          expect({ found: syntaxErrors(result), script: result.script }).toEqual({ found: [], script: result.script });
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(DIALECTS)("where the template of a %s file can't be read", (dialect) => {
  it("the scripts are kept and the reason is given", () => {
    const frontmatter = dialect === "astro" ? "---\nconst early = 1;\n---\n" : "";
    const text = `${frontmatter}<script lang="ts">run()</script>${" ".repeat(1_000_000)}`;
    const { script, language, errors } = readEmbedded(text, dialect);
    expect(script.slice(0, 100).replace(/[;\s]/g, "")).toBe(`${frontmatter ? "constearly=1" : ""}run()`);
    expect(script).toHaveLength(text.length);
    expect({ language, errors }).toEqual({
      language: "ts",
      errors: [{ message: expect.stringContaining("longer"), offset: 0 }],
    });
  });

  it("nesting that overflows a stack is contained", () => {
    const text = `<script>run()</script>\n<template>${"<div>".repeat(20_000)}${"</div>".repeat(20_000)}</template>`;
    const { script, errors } = readEmbedded(text, dialect);
    expect(script.replace(/[;\s]/g, "")).toBe("run()");
    expect(errors).not.toEqual([]);
  });
});
