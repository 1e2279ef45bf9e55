import { describe, expect, it } from "vitest";
import { readEmbedded } from "../../../src/facts/embedded/read-embedded.ts";
import { codeOf, element, expressionOf, shortest, standsInPlace, syntaxErrors } from "./support.ts";

const read = (text: string) => readEmbedded(text, "svelte");
const code = (text: string) => codeOf(text, "svelte");

describe("the scripts of a Svelte component", () => {
  it("are one text, whether module or instance, in Svelte 4 and 5", () => {
    const text =
      '<script context="module">export const a = 1</script>\n<script module>export const b = 2</script>\n<script lang="ts">\n  let c: number = $state(a);\n  $: d = c;\n</script>';
    const result = read(text);
    for (const line of ["export const a = 1", "export const b = 2", "let c: number = $state(a);", "$: d = c;"]) {
      expect(standsInPlace(text, result, line)).toBe(true);
    }
    expect(result.language).toBe("ts");
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("are kept inside the markup too, unless they are data", () => {
    const text =
      '<svelte:head>\n<script>gtag("config")</script>\n<script type="application/ld+json">{"a": 1}</script>\n<script src="https://x.test/a.js"></script></svelte:head>';
    const result = read(text);
    expect(code(text)).toBe(shortest(`;gtag("config");`));
    expect(result.externalScripts).toEqual(["https://x.test/a.js"]);
  });

  it("with a syntax error do not cost the template", () => {
    const text = "<script>let a = ;</script>\n<button on:click={() => track('Saved')} />";
    const result = read(text);
    expect(result.errors).toEqual([]);
    expect(standsInPlace(text, result, "() => track('Saved')")).toBe(true);
    expect(standsInPlace(text, result, "let a = ;")).toBe(true);
  });

  it("next to styles in a preprocessor's language do not cost the template", () => {
    const result = read('{a}\n<style lang="scss">\n.a { #{$b}: 1; .c { } }\n</style>');
    expect(result.errors).toEqual([]);
    expect(result.script.trim()).toBe(";a;");
  });

  it("are not looked for in comments and strings", () => {
    const text = "<!-- <script>no()</script> -->\n{@html '<script>no()</script>'}\n{yes}";
    const result = read(text);
    expect(result.errors).toEqual([]);
    expect(code(text)).toBe(shortest(";'<script>no()</script>'; ;yes;"));
  });

  it("keep their place behind a byte order mark, with CRLF and with characters outside the BMP", () => {
    const text = "\uFEFF<script>\r\nrun('🦊')\r\n</script>\r\n<p title=🦊>{'🦊' + f('é')}</p>";
    const result = read(text);
    expect(result.script).toHaveLength(text.length);
    expect(standsInPlace(text, result, "'🦊' + f('é')")).toBe(true);
    expect(standsInPlace(text, result, "run('🦊')")).toBe(true);
  });
});

describe("the expressions of a Svelte template", () => {
  it.each([
    ["{a + b}{c}", "a + b;;c;"],
    ["<p {...a} />", ";a;"],
    ["<p {a} />", ";a;"],
    ['<p title="a{b}c{d}" />', ";b; ;d;"],
    ["{@html a}", ";a;"],
    ["{@render a(b)}", ";a(b);"],
    ["{@debug a}", ""],
    ["<p {@attach a(b)} />", ";a(b);"],
    ["<p use:track={{ event: a, b }} />", ";({ event: a, b });"],
    ["<p bind:value />", ";value;"],
    ["<p bind:value={a.b} />", ";a.b;"],
    ["<p class:active />", ";active;"],
    ["<p class:active={a} style:color={b} style:top='{c}px' />", ";a; ;b; ;c;"],
    ["<p transition:fade={{ duration: a }} />", ";({ duration: a });"],
    ["<P let:item>{item}</P>", ";item;"],
    ["<svelte:component this={a} />", ";a;"],
    ["<svelte:element this={a} />", ";a;"],
    ["{/* why */ a}", "/* why */ a;"],
    ["{(a, b)}{function () {}}", "(a, b);(function () {})"],
  ])("%s", (text, expected) => {
    const result = read(`${text}\n`);
    expect(code(`${text}\n`)).toBe(shortest(expected));
    expect(result.errors).toEqual([]);
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("stand at the offset that they have in the file", () => {
    const text = "<Save\n  label={t('save')}\n  on:click={() =>\n    track('Saved')}\n/>";
    const result = read(text);
    expect(standsInPlace(text, result, "t('save')")).toBe(true);
    expect(standsInPlace(text, result, "() =>\n    track('Saved')")).toBe(true);
  });

  it("are left out and reported where they do not parse, and the others are kept", () => {
    const text = "<p title={a +} next={b}>{c}</p>";
    const result = read(text);
    expect(code(text)).toBe(shortest(";b;;c;"));
    expect(result.errors).toEqual([{ message: "Unexpected token", offset: text.indexOf("}") }]);
  });

  it("are all left out, and the scripts kept, where the markup can't be read at all", () => {
    const result = read("<script>run()</script>\n{#if a}\n{b");
    expect(result.script.trim()).toBe(";run();");
    expect(result.errors).toHaveLength(1);
  });
});

describe("the blocks of a Svelte template", () => {
  it.each([
    ["{#if a}{b}{:else if c}{d}{:else}{e}{/if}", ";if( a){b; }else if( c){d; }else {e; }"],
    ["{#if (a)}\n  {b}\n{/if}", ";if( (a)) {b; }"],
    ["{#if a}{/if}", ";if( a){}"],
    ["{#if a}{:else if b}{:else}{/if}", ";if( a);else if( b);else {}"],
    ["{#if a /* } */}x{:else}{#if b}{c}{/if}{/if}", ";if( a /* } */){ }else {if( b){c; } }"],
    ["{#each items as item, i (item.id)}{item}{:else}{none}{/each}", "{ ;items; ;item.id; ;item; ;none; }"],
    ["{#each items as { id, ...rest }}{id}{/each}", "{ ;items; ;id; }"],
    ["{#await load() then { a }}{a}{:catch e}{e}{/await}", "{ ;load(); ;a; ;e; }"],
    ["{#key a}{b}{/key}", "{ ;a;;b; }"],
    ["{#each items as item}{@const name = item.name}{name}{/each}", "{ ;items; ;const name = item.name;;name; }"],
    [
      "{#snippet row(item, { id = 1 })}{item}{/snippet}{@render row(a, b)}",
      ";function row(item, { id = 1 }){item; } ;row(a, b);",
    ],
    ["{#snippet none()}x{/snippet}", ";function none(){ }"],
  ])("%s are blocks of the script", (text, expected) => {
    const result = read(text);
    expect(result.errors).toEqual([]);
    expect(syntaxErrors(result)).toEqual([]);
    expect(code(text)).toBe(shortest(expected));
  });

  it("take a type assertion for the list, not for the alias", () => {
    const text = '<script lang="ts"></script>{#each items as Item[] as item}{item}{/each}';
    const result = read(text);
    expect(standsInPlace(text, result, "items as Item[]")).toBe(true);
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("with an unreadable condition keep what they hold", () => {
    const result = read("{#if a +}{b}{/if}");
    expect(result.script.trim()).toBe(";b;");
    expect(result.errors).toHaveLength(1);
  });
});

describe("the elements of a Svelte template", () => {
  it("have their props and listeners by the names that the component sees", () => {
    const result = read(
      '<Save event="Saved" {name} {...rest} on:click={save} on:row-click onclick={go} bind:value bind:this={el} use:track={a} class:on={b} style:top="1px" count={1} q="{z}" flag text="a &amp; b" let:item />',
    );
    expect(element(result, "Save").attributes.map(({ name }) => name)).toEqual([
      "event",
      "name",
      "...",
      "onClick",
      "onRowClick",
      "onclick",
      "value",
      "bind:this",
      "use:track",
      "class:on",
      "style:top",
      "count",
      "q",
      "flag",
      "text",
    ]);
    expect(element(result, "Save").attributes.find(({ name }) => name === "text")?.text).toBe("a & b");
    expect(
      ["name", "...", "onClick", "onclick", "value", "count", "q"].map((name) => expressionOf(result, "Save", name)),
    ).toEqual(["name", "rest", "save", "go", "value", "1", "z"]);
  });

  it("have the component that a dynamic element stands for", () => {
    const text = "<svelte:component this={View} a={1} /><svelte:element this='p' />";
    const result = read(text);
    expect(expressionOf(result, "svelte:component", "this")).toBe("View");
    expect(element(result, "svelte:element").attributes).toEqual([]);
  });

  it("may have comments around them and between their attributes", () => {
    const text = "<!-- one --><p // two\n  /* three */ title={/* four */ a} />";
    const { comments, script } = read(text);
    expect(comments.map(({ text: comment, start }) => [comment, start])).toEqual([
      [" one ", 0],
      [" two", text.indexOf("// two")],
      [" three ", text.indexOf("/* three")],
    ]);
    expect(script).toContain("/* four */ a");
  });
});
