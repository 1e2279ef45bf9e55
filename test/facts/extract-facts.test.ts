import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dialectOf } from "../../src/facts/dialect.ts";
import { extractFacts } from "../../src/facts/extract-facts.ts";
import type { Dialect, FileFacts } from "../../src/facts/types.ts";

/** `T` where it is plain data all the way down, else something that `T` can't be assigned to. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends ((...args: never[]) => unknown) | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | Date | symbol
    ? never
    : { [K in keyof T]: Plain<T[K]> };

const ofPlainData = (facts: FileFacts): Plain<FileFacts> => facts;

/** All kinds of syntax, where each line is a piece of its own. */
const EVERYTHING = `import a, { b as c, type D } from "m"; import * as ns from "n"; import e = require("o"); import "p";
export { c as f }; export * from "q"; export * as g from "r"; export { default as h } from "s"; export default class {}
declare const ambient: { track(name: string): void }; declare function fn(x: string): "a" | "b"; declare global { var glob: number }
enum En { A, B = "b", C = \`\${B}c\` } const enum Ce { X = 1 << 2 } namespace N { export const v = 1; namespace M {} }
interface I<T = string> extends D { readonly x?: T; [key: string]: unknown; m(y: number): Promise<void>; get z(): 1 }
type T1 = keyof typeof ns | I["x"] | [a: string, ...number[]] | \`v\${string}\` | { [K in "a" | "b"]?: K } | import("m").X | (new () => unknown);
abstract class K<T> extends (N as any).Base<T> implements I { static #p = 1; declare q: T; constructor(private readonly r: T, s?: string) { super(); this.t = r; } get u() { return this.#v(); } set u(w) {} async *#v() { yield* [1]; } static { K.#p++; } @dec() y = () => this; abstract ab(): void; }
function over(x: string): void; function over(this: Window, x: unknown, { y, ...z }: any = {}, ...rest: number[]) { arguments; new.target; return; }
let m1 = 1, [m2, , m3 = 2, ...m4] = [1], { n1: { n2 = 3 } = {}, ["n3"]: n4, ...n5 } = {} as any; var v1; var v1 = 2; for (const i in m4) for (let j = 0; j < 2; j++) { continue; }
label: while (m1) { do { break label; } while (m1--); } switch (m1) { case 1: case 2: let sw = 1; break; default: } try { throw 1; } catch ({ message }) { } finally { debugger; }
m1 ??= m2 || (m3 && m4) ? -m1 : +m1; m1 += ~m2 ** 2; [m1, m2] = [m2, m1]; ({ m1, a: m2 } = m3); delete m1.x; void 0, typeof m1; m1?.x?.[m2]?.(...m3); import.meta.url; await import(\`./\${m1}\`);
const o = { m1, "q-q": 1, 2: 3, [m2]: 4, get g() { return 1; }, set g(x) {}, async *gen() {}, fn: function named() { return this; }, ar: async (x) => x, ...m3, __proto__: null };
Object.assign(o, { x: 1 }); o.x = 1; o["y"] = 2; o[m1] = 3; tag\`a\${m1}b\`; /re/g.test("x"); 10n; 0x10; -0; 1e999; -1e999; 1_000.5; m1 as const; <any>m1; m1!; m1 satisfies I; using_(m1<string>("x"));
async function* gen() { for await (const x of y()) yield await x; } const Lazy = class Named<T> {}; export const [p1, { p2 }] = m4; export = o; if (m1) { } else if (m2) return; else { throw m3; }
// tracklint-disable-next-line unknown-event`;

const TSX = `export const X = <T,>({ a, children }: { a: T }) => <><A.B key="1" {...a} on={() => a} render={<p>text {a} {/* c */}</p>} data-x /><svg:a /> {children}</>;`;

describe("facts", () => {
  test("are plain data", () => {
    const texts: [string, Dialect][] = [
      [EVERYTHING, "ts"],
      [EVERYTHING, "tsx"],
      [TSX, "tsx"],
      [`{ "a": [1, null, { "b": true }] }`, "json"],
      [`<script setup>const a = 1;</script><template><p @click="a && f()">{{ a }}</p></template>`, "vue"],
    ];
    for (const [text, dialect] of texts) {
      const facts = ofPlainData(extractFacts(text, dialect));
      expect(structuredClone(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
    }
  });

  test("are plain data for every file of this project, and equal for equal texts", () => {
    for (const folder of ["../../src/facts/", "../../src/link/"]) {
      const root = new URL(folder, import.meta.url);
      for (const name of readdirSync(root).filter((file) => file.endsWith(".ts"))) {
        const text = readFileSync(new URL(name, root), "utf8");
        const facts = extractFacts(text, "ts");
        expect(facts.errors, name).toEqual([]);
        expect(JSON.parse(JSON.stringify(facts)), name).toEqual(facts);
        expect(extractFacts(text, "ts"), name).toEqual(facts);
      }
    }
  });

  test("refer to nothing that isn't there", () => {
    const facts = extractFacts(EVERYTHING, "ts");
    const count = facts.exprs.length;
    expect([facts.starts.length, facts.ends.length, facts.ctxs.length]).toEqual([count, count, count]);
    for (const ctx of facts.ctxs) expect(facts.contexts[ctx]).toBeDefined();
    for (const { x, ctx } of facts.calls) {
      expect(["call", "new"]).toContain(facts.exprs[x]?.k);
      expect(facts.contexts[ctx]).toBeDefined();
    }
    for (const write of facts.bindings.flatMap((binding) => binding.writes)) expect(facts.exprs[write.x]).toBeDefined();
    for (const write of facts.memberWrites) expect(facts.exprs[write.x]).toBeDefined();
    for (const [id, context] of facts.contexts.entries()) expect(context.parent).toBeLessThan(id);
  });

  test("give expressions their place, past comments and with their end", () => {
    const text = `/* a */ f(/* b */ "x" /* c */, (1));`;
    const { exprs, starts, ends } = extractFacts(text, "ts");
    const written = exprs.map((_, x) => text.slice(starts[x], ends[x]));
    expect(written).toEqual([`f(/* b */ "x" /* c */, (1))`, "f", `"x"`, "1"]);
  });

  test("keep what could be parsed, with the errors in their places", () => {
    const text = `f("a");\nconst = ;\nf("b");`;
    const { errors, calls } = extractFacts(text, "ts");
    expect(calls).toHaveLength(2);
    expect(text.slice(errors[0]?.start)).toMatch(/^= ;/);
  });

  test("know which comments are for tracklint", () => {
    const { comments } = extractFacts(`// other\n/* tracklint-disable */ f(); // tracklint-enable x`, "ts");
    expect(comments).toEqual([
      { text: "/* tracklint-disable */", start: 9 },
      { text: "// tracklint-enable x", start: 38 },
    ]);
  });

  test("know comments for tracklint from strings and elements that say the same", () => {
    const text = [
      'const a = "https://acme.dev"; // tracklint-disable-line a',
      'const glob = ["apps/**"]; /* tracklint-disable-line b */ f("*/");',
      'const b = "// tracklint-disable-file c", c = `',
      "  tracklint-disable-file d`;",
      "/**",
      " * tracklint-disable-file e",
      " */",
      "const d = <p>",
      "  // tracklint-disable-line f",
      "  {/* tracklint-disable-line g */}",
      "</p>;",
    ].join("\n");
    const { comments } = extractFacts(text, "tsx");
    expect(comments.map((comment) => comment.text)).toEqual([
      "// tracklint-disable-line a",
      "/* tracklint-disable-line b */",
      "tracklint-disable-file e",
      "/* tracklint-disable-line g */",
    ]);
    for (const comment of comments) expect(text.startsWith(comment.text, comment.start)).toBe(true);
  });

  test("know the whole comments of a template", () => {
    const text = "<template>\n  <!-- tracklint-disable-line a -->\n</template>";
    expect(extractFacts(text, "vue").comments).toEqual([{ text: "<!-- tracklint-disable-line a -->", start: 13 }]);
  });

  test("of any text that is no code are read without an error being thrown", () => {
    for (const text of [
      "",
      "\uFEFF",
      "\0\u0001",
      "<<<<<<< HEAD",
      "{".repeat(100),
      "`${".repeat(100),
      "#!/usr/bin/env node\nf();",
    ])
      for (const dialect of ["ts", "tsx", "js", "jsx", "json"] as const)
        expect(extractFacts(text, dialect).exprs).toBeInstanceOf(Array);
  });
});

describe("the dialect of a file", () => {
  test.each([
    ["a.ts", "ts"],
    ["a.d.mts", "ts"],
    ["a.tsx", "tsx"],
    ["a.js", "jsx"],
    ["a.cjs", "jsx"],
    ["a.json", "json"],
    ["a.vue", "vue"],
    ["a.md", undefined],
    ["a", undefined],
  ])("%s is %s", (path, dialect) => expect(dialectOf(path)).toBe(dialect));

  test("tells casts from elements", () => {
    expect(extractFacts("const a = <T>b;", "ts").errors).toEqual([]);
    expect(extractFacts("const a = <T>b;", "tsx").errors).not.toEqual([]);
  });
});
