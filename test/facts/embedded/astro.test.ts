import { describe, expect, it } from "vitest";
import { readEmbedded } from "../../../src/facts/embedded/read-embedded.ts";
import { codeOf, element, expressionOf, shortest, standsInPlace, syntaxErrors } from "./support.ts";

const read = (text: string) => readEmbedded(text, "astro");
const code = (text: string) => codeOf(text, "astro");

describe("the scripts of an Astro component", () => {
  it("are its frontmatter and its script elements, unless those are data", () => {
    const text =
      '---\nimport { track } from "./track";\nconst { title }: Props = Astro.props;\nif (!title) return Astro.redirect("/");\n---\n<script>track("Viewed")</script>\n<script type="application/ld+json">{"a": 1}</script>\n<script src="./client.ts"></script>\n<style>a { b: c }</style>';
    const result = read(text);
    for (const line of [
      'import { track } from "./track";',
      "const { title }: Props = Astro.props;",
      'track("Viewed")',
    ]) {
      expect(standsInPlace(text, result, line)).toBe(true);
    }
    expect(result.script).not.toContain('"a": 1');
    expect(result.externalScripts).toEqual(["./client.ts"]);
    expect(result.errors).toEqual([]);
    expect(syntaxErrors(result)).toEqual([]);
  });

  it("with a syntax error do not cost the template", () => {
    const text = "---\nconst a = ;\n---\n<p title={b} />";
    const result = read(text);
    expect(result.errors).toEqual([]);
    expect(standsInPlace(text, result, "const a = ;")).toBe(true);
    expect(expressionOf(result, "p", "title")).toBe("b");
  });

  it("are kept where the markup does not parse, and the error is placed", () => {
    const text = "---\nconst é = run();\n---\n<p>🦊 é {a +}</p>";
    const result = read(text);
    expect(result.script.replace(/[;\s]/g, "")).toBe("consté=run()");
    expect(result.errors).toEqual([{ message: "Unexpected token", offset: text.indexOf("}") }]);
  });

  it("keep their place behind a byte order mark, with CRLF and with characters outside the BMP", () => {
    const text = "\uFEFF---\r\nconst fox = '🦊';\r\n---\r\n<p title='🦊é'>{'🦊' + f('é')}</p>";
    const result = read(text);
    expect(result.script).toHaveLength(text.length);
    expect(standsInPlace(text, result, "'🦊' + f('é')")).toBe(true);
    expect(standsInPlace(text, result, "const fox = '🦊';")).toBe(true);
  });

  it("may be missing", () => {
    expect(code("<p>{a}</p>")).toBe(shortest(";a;"));
  });
});

describe("the expressions of an Astro template", () => {
  it.each([
    ["<p title={a} />", ";a;"],
    ["<p {...a} />", ";a;"],
    ["<p {a} />", ";a;"],
    ["<p title=`a \u0024{b}` />", ";`a \u0024{b}`;"],
    ["<p class:list={[a, { b }]} set:html={c} />", ";[a, { b }]; ;c;"],
    ["<p>{a}{b}</p>", ";a;;b;"],
    ["<p>{{ a: 1, b: 2 }.a}</p>", ";({ a: 1, b: 2 }.a);"],
    ["<p>{/* why */}</p>", ";/* why */;"],
    ["<p>{}</p>", ";;"],
    ["{a && <P b={c} />}", ";a && [ ,c, ];"],
    ["{items.map((item) => <li id={item.id}>{item.name}</li>)}", ";items.map((item) => [ ,item.id,,item.name, ]);"],
    ["{items.map((item) => { return <P {item} {...item} /> })}", ";items.map((item) => { return [ ,item, ,item, ] });"],
    ["{a ? <P b={c && <I d={e} />} /> : <b>x</b>}", ";a ? [ ,c && [ ,e, ], ] : [ ];"],
    ["{a && <><P b={c} />text {d}</>}", ";a && [ ,c, ,d, ];"],
    ["{a.map((b) => <P c={b} /><I d={b} />)}", ";a.map((b) => [ ,b, ,b, ]);"],
    ["{a && <P b={{ c }} d={(e) => <I f={e} />} />}", ";a && [ ,{ c }, ,(e) => [ ,e, ], ];"],
  ])("%s", (text, expected) => {
    const result = read(text);
    expect(result.errors).toEqual([]);
    expect(syntaxErrors(result)).toEqual([]);
    expect(code(text)).toBe(shortest(expected));
  });
});

describe("the elements of an Astro template", () => {
  it("have their attributes as written", () => {
    const text = '<Save event="Saved" name={é} {short} {...rest} tpl=`a` client:load flag><a.b data-x="y" /></Save>';
    const result = read(text);
    expect(element(result, "Save").attributes.map(({ name, text: value }) => [name, value])).toEqual([
      ["event", "Saved"],
      ["name", undefined],
      ["short", undefined],
      ["...", undefined],
      ["tpl", undefined],
      ["client:load", undefined],
      ["flag", undefined],
    ]);
    expect(["name", "short", "...", "tpl"].map((name) => expressionOf(result, "Save", name))).toEqual([
      "é",
      "short",
      "rest",
      "`a`",
    ]);
    expect(element(result, "a.b").attributes[0]?.text).toBe("y");
    expect(text.slice(element(result, "a.b").start, element(result, "a.b").end)).toBe('<a.b data-x="y" />');
  });

  it("may have comments around them", () => {
    const text = "<!-- one --><p>é{<!-- two -->}</p>";
    const { comments } = read(text);
    expect(comments.map(({ text: comment, start }) => [comment, start])).toEqual([
      [" one ", 0],
      [" two ", text.lastIndexOf("<!--")],
    ]);
  });
});

describe("a comment that ends where it begins", () => {
  it("keeps the template from Astro's parser, which it would kill, and leaves the frontmatter", () => {
    const { script, errors } = readEmbedded("---\ntrack('Saved');\n---\n<p>{a}</p><!--><p>{b}</p>\n", "astro");
    expect(script).toContain("track('Saved');");
    expect(errors).toEqual([{ message: "The template is not read: a comment ends where it begins", offset: 34 }]);
  });
});
