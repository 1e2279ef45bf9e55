import { describe, expect, it } from "vitest";
import { readEmbedded } from "../../../src/facts/embedded/read-embedded.ts";
import { attribute, codeOf, element, expressionOf, shortest, standsInPlace, syntaxErrors } from "./support.ts";

const template = (html: string) => `<template>${html}</template>`;
const read = (html: string) => readEmbedded(template(html), "vue");
const code = (html: string) => codeOf(template(html), "vue");

describe("the scripts of a Vue component", () => {
  it("stand where they do in the file, and the template is blank", () => {
    const text =
      '<template>\n  <p class="a">hi</p>\n</template>\n<script>\nexport default { name: "Save" };\n</script>\n';
    const { script, language, errors } = readEmbedded(text, "vue");
    expect(script.split("\n")[4]).toBe('export default { name: "Save" };');
    expect(script.replace(/[;\s]/g, "")).toBe('exportdefault{name:"Save"}');
    expect({ language, errors }).toEqual({ language: "js", errors: [] });
  });

  it("are one text where a component has both a script and a setup script", () => {
    const text = '<script>\nexport const a = 1\n</script>\n<script setup lang="ts">\nconst b: number = a\n</script>';
    const result = readEmbedded(text, "vue");
    expect(standsInPlace(text, result, "export const a = 1")).toBe(true);
    expect(standsInPlace(text, result, "const b: number = a")).toBe(true);
    expect(result.language).toBe("ts");
    expect(syntaxErrors(result)).toEqual([]);
  });

  it.each([
    ['<script lang="tsx">const a = <p>{b}</p></script>', "tsx"],
    ['<script lang="ts">a</script>', "ts"],
    ['<script lang="jsx">a</script>', "js"],
    ["<template>{{ a }}</template>", "js"],
  ])("say their language: %s", (text, language) => {
    const result = readEmbedded(text, "vue");
    expect(result.language).toBe(language);
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("may be in another file, whose specifier is kept", () => {
    const { externalScripts, script } = readEmbedded('<script src="./save.ts" lang="ts"></script>', "vue");
    expect(externalScripts).toEqual(["./save.ts"]);
    expect(script.trim()).toBe("");
  });

  it("keep their place behind a byte order mark, with CRLF and with characters outside the BMP", () => {
    const text =
      "\uFEFF<template>\r\n<p title='🦊'>{{ '🦊' + f('é') }}</p>\r\n</template>\r\n<script>\r\nrun('🦊')\r\n</script>";
    const result = readEmbedded(text, "vue");
    expect(result.script).toHaveLength(text.length);
    expect(standsInPlace(text, result, "'🦊' + f('é')")).toBe(true);
    expect(standsInPlace(text, result, "run('🦊')")).toBe(true);
    expect(result.script.match(/\r\n/g)).toHaveLength(5);
  });
});

describe("the expressions of a Vue template", () => {
  it.each([
    ["{{ a + b }}", "; a + b ;"],
    ['<p :title="a" />', ";a;"],
    ['<p v-bind:title="a" />', ";a;"],
    ['<p v-bind="a" />', ";a;"],
    ["<p :title=a />", ";a;"],
    ['<p v-html="a" />', ";a;"],
    ['<p v-model="a.b" />', ";a.b;"],
    ['<p v-track:click.once="{ event: name, count }" />', ";({ event: name, count });"],
    ['<p :[key]="a" />', ";key;;a;"],
    ['<p v-for="(item, i) in items" :key="item.id" />', ";items; ;item.id;"],
    ['<p v-for="{ id } of list()">{{ id }}</p>', ";list(); ;; id ;"],
    ['<P v-slot="{ item }">{{ item }}</P>', "; item ;"],
    ['<P #cell="{ item }" />', ""],
    ["<p :style=\"{ color: a, 'b': c }\" />", ";({ color: a, 'b': c });"],
    ['<p :f="function () { return a }" />', ";(function () { return a });"],
    ["{{ a }}{{ { b: 1 }.b }}{{ c }}", "; a ;;( { b: 1 }.b );; c ;"],
    ["<p v-pre>{{ a }}</p>", ""],
    ["<p>{{ a | capitalize }}</p>", "; a | capitalize ;"],
  ])("%s", (html, expected) => {
    const result = read(html);
    expect(code(html)).toBe(shortest(expected));
    expect(result.errors).toEqual([]);
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("stand at the offset that they have in the file", () => {
    const text = template(`\n  <Save\n    :label="t('save')"\n    @click="\n      track('Saved')\n    "\n  />\n`);
    const result = readEmbedded(text, "vue");
    expect(standsInPlace(text, result, "t('save')")).toBe(true);
    expect(standsInPlace(text, result, "track('Saved')")).toBe(true);
    expect(result.script.split("\n").map((line) => line.length)).toEqual(text.split("\n").map((line) => line.length));
  });

  it("have their entities decoded, so that what follows one moves to the left", () => {
    const html = '<p :title="f(a &amp;&amp; b)" :next="c" />';
    const result = read(html);
    expect(result.script.indexOf("f(a && b)")).toBe(template(html).indexOf("f(a"));
    expect(result.script.indexOf("c")).toBe(template(html).indexOf('c" />'));
    expect(result.errors).toEqual([]);
  });

  it("are left out and reported where they do not parse, and the others are kept", () => {
    const html = '<p :title="a +" :next="b" />';
    const result = read(html);
    expect(code(html)).toBe(shortest(";b;"));
    expect(result.errors).toEqual([
      { message: expect.stringContaining("Unexpected token"), offset: template(html).indexOf("a +") },
    ]);
  });

  it("may be in TypeScript", () => {
    const html = '<p :title="(a as string)!" />';
    const result = readEmbedded(`<script lang="ts"></script>${template(html)}`, "vue");
    expect(result.errors).toEqual([]);
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("are passed over in a Pug template", () => {
    const text = '<template lang="pug">\np(@click="track()") {{ a }}\n</template>\n<script>run()</script>';
    const result = readEmbedded(text, "vue");
    expect(codeOf(text, "vue")).toBe(shortest(";run();"));
    expect(result.elements).toEqual([]);
    expect(result.errors).toEqual([]);
  });
});

describe("the handlers of a Vue template", () => {
  it.each([
    ["@click=\"track('Saved')\"", "()=>{track('Saved')}"],
    ['@click="a(); b()"', "()=>{a(); b()}"],
    ['v-on:click="count++"', "()=>{count++}"],
    ['@click="save"', "save"],
    ['@click="form.save"', "form.save"],
    ["@click=\"form['save']\"", "form['save']"],
    ["@click=\"() => track('Saved')\"", "() => track('Saved')"],
    ['@click="function () { save() }"', "function () { save() }"],
    ['@click.stop.once="async (event) => { await save(event) }"', "async (event) => { await save(event) }"],
    ['@click="save($event as MouseEvent)"', "()=>{save($event as MouseEvent)}"],
    ['@click="if (ready) save()"', "()=>{if (ready) save()}"],
  ])("%s is a function", (handler, expected) => {
    const result = read(`<Save ${handler} />`);
    expect(expressionOf(result, "Save", "onClick")).toBe(expected);
    expect(result.errors).toEqual([]);
    expect(syntaxErrors({ ...result, language: "ts" })).toEqual([]);
  });

  it("are named as the component sees them", () => {
    const { attributes } = element(
      read('<Save @update:model-value="a" @row-click="b" @[event]="c" v-on="d" @plain />'),
      "Save",
    );
    expect(attributes.map(({ name }) => name)).toEqual([
      "onUpdate:modelValue",
      "onRowClick",
      "@[event]",
      "v-on",
      "onPlain",
    ]);
  });

  it("stand as statements where the name leaves no room for a function", () => {
    const result = read("<Save @x=\"track('Saved')\" />");
    expect(result.script).toContain(";track('Saved');");
    expect(attribute(result, "Save", "onX").expression).toBeUndefined();
    expect(syntaxErrors(result)).toEqual([]);
  });
});

describe("the conditions of a Vue template", () => {
  it.each([
    ['<p v-if="a" @click="b()">{{ c }}</p>', ";if(a){ ;()=>{b()};; c ; }"],
    ['<p v-if="a" /><p v-else-if="b" /><p v-else>{{ c }}</p>', ";if(a){} else if(b){} else{ ; c ; }"],
    ['<img v-if="a"><p v-else />', ";if(a); else{ }"],
    ['<P v-if="a"/>{{ b }}', ";if(a){};; b ;"],
    ['<p v-if="a"><p v-if="b">{{ c }}</p></p>', ";if(a){ ;if(b){; c ; } }"],
    ['<p v-if="a" />\n<!-- or -->\n<p\n  v-else\n>{{ c }}</p>', ";if(a){} else{ ; c ; }"],
  ])("%s are statements", (html, expected) => {
    const result = read(html);
    expect(code(html)).toBe(shortest(expected));
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("do not hold for attributes that stand before them", () => {
    const html = '<p v-if="a" /><p :key="b" v-else-if="c" /><p :key="d" v-else />';
    expect(code(html)).toBe(shortest(";if(a){} ;b; ;if(c){} ;d;"));
    expect(syntaxErrors(read(html))).toEqual([]);
  });

  it("are plain expressions where an end tag is missing", () => {
    const result = read('<p v-if="a"><b v-if="c">{{ d }}</b>');
    expect(result.script).not.toContain("if");
    expect(result.errors).toHaveLength(1);
    expect(syntaxErrors(result)).toEqual([]);
  });
});

describe("the elements of a Vue template", () => {
  it("have their props by the names that the component declares", () => {
    const result = read(
      '<track-button event-name="Saved" :user-id="id" data-test-id="x" v-bind="rest" disabled v-model:chosen-plan="plan" v-model="value" />',
    );
    expect(element(result, "track-button").attributes.map(({ name, text }) => [name, text])).toEqual([
      ["eventName", "Saved"],
      ["userId", undefined],
      ["data-test-id", "x"],
      ["...", undefined],
      ["disabled", undefined],
      ["chosenPlan", undefined],
      ["modelValue", undefined],
    ]);
  });

  it("have attributes as written where they are no components", () => {
    const { attributes } = element(
      read('<button data-ph-capture aria-label="x" :tab-index="1" v-track="a" />'),
      "button",
    );
    expect(attributes.map(({ name }) => name)).toEqual(["data-ph-capture", "aria-label", "tab-index", "v-track"]);
  });

  it("have the variable that a shorthand binding means", () => {
    const html = "<Save :event-name />";
    const result = read(html);
    expect(expressionOf(result, "Save", "eventName")).toBe("eventName");
    expect(attribute(result, "Save", "eventName").expression?.start).toBe(template(html).indexOf("event-name"));
  });

  it("are listed parents first, with the place of element and attribute", () => {
    const html = '<Box><Save label="a &lt; b" /></Box>';
    const { elements } = read(html);
    const slice = ({ start, end }: { start: number; end: number }) => template(html).slice(start, end);
    expect(elements.map((each) => [each.tag, slice(each)])).toEqual([
      ["Box", html],
      ["Save", '<Save label="a &lt; b" />'],
    ]);
    expect(elements[1]?.attributes.map((each) => [slice(each), each.text])).toEqual([['label="a &lt; b"', "a < b"]]);
  });

  it("may have comments between them and around them", () => {
    const text = "<!-- top -->\n<template><!-- tracklint-disable-next-line -->\n<p /></template>";
    const { comments } = readEmbedded(text, "vue");
    expect(comments.map(({ text: comment, start }) => [comment, text.slice(start, start + 4)])).toEqual([
      [" top ", "<!--"],
      [" tracklint-disable-next-line ", "<!--"],
    ]);
  });
});
