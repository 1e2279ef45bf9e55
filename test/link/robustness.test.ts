import { describe, expect, test } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";
import { callsOf, sends } from "./calls-of.ts";

const IMPORT = `import posthog from "posthog-js";\n`;

function repeat(count: number, line: (index: number) => string, separator = "\n"): string {
  return Array.from({ length: count }, (_, index) => line(index)).join(separator);
}

describe("what leads back to itself is unknown there, and known elsewhere", () => {
  sends(
    "constants",
    `${IMPORT}const a = is ? "A" : b;\nconst b = is ? "B" : a;\nposthog.capture(a);\nposthog.capture(b);`,
    `track "A" | "B" | ?`,
    `track "B" | "A" | ?`,
  );
  sends(
    "an object",
    `${IMPORT}const a = { ...a, x: a.x, y: 1 };\nposthog.capture("E", a);`,
    `track "E" { x: ?, y: 1, … }`,
  );
  sends(
    "a function",
    `${IMPORT}function f(n) { return n > 0 ? f(n - 1) : "A"; }\nposthog.capture(f(3));`,
    `track "A" | ?`,
  );
  sends(
    "two functions",
    `${IMPORT}function f(n) { return n ? g(n) : "A"; }\nfunction g(n) { return n ? f(n) : "B"; }\nposthog.capture(f(3));`,
    `track "B" | "A" | ?`,
  );
  sends(
    "a getter",
    `${IMPORT}const o = { get a() { return o.b; }, get b() { return o.a; } };\nposthog.capture(o.a);`,
    "track ?",
  );
  sends("fields", `${IMPORT}export class A { x = this.y; y = this.x; f() { posthog.capture(this.x); } }`, "track ?");
  sends(
    "parents",
    `${IMPORT}class A extends B { x() { posthog.capture(this.name); } }\nclass B extends A {}`,
    "track ?",
  );
  sends(
    "an import of its own file",
    { "src/a.ts": `${IMPORT}import { A } from "./a";\nexport { A };\nposthog.capture(A);` },
    "track ?",
  );
  sends(
    "imports of each other",
    {
      "src/a.ts": `${IMPORT}import { B } from "./b";\nexport const A = "A";\nposthog.capture(B);`,
      "src/b.ts": `import { A } from "./a";\nexport const B = A + "B";`,
    },
    `track "AB"`,
  );
  sends(
    "barrels of each other",
    {
      "src/a.ts": `export * from "./b";\nexport const A = "A";`,
      "src/app.ts": `${IMPORT}import { A, B, C } from "./a";\nposthog.capture(A);\nposthog.capture(B);\nposthog.capture(C);`,
      "src/b.ts": `export * from "./a";\nexport const B = "B";`,
    },
    `track "A"`,
    `track "B"`,
    "track ?",
  );
  sends("types", `${IMPORT}type A = B;\ntype B = A;\nexport const f = (a: A) => posthog.capture(a);`, "track ?");
  sends(
    "interfaces",
    `${IMPORT}interface A extends B { a: string }\ninterface B extends A { b: A }\nexport const f = (a: A) => posthog.capture("E", a);`,
    `track "E" { b: object, a: string }`,
  );
  sends(
    "a type that grows",
    `${IMPORT}type A<T> = { x: A<A<T>> };\nexport const f = (a: A<string>) => posthog.capture("E", a);`,
    `track "E" { x: object }`,
  );
  sends(
    "a name that a loop builds",
    `${IMPORT}let s = "A";\nfor (const x of list) { s += x; s = s + s; }\nposthog.capture(s);`,
    `track "A" | ?`,
  );
  sends(
    "a wrapper",
    `${IMPORT}function track(name) { if (name) track(name); posthog.capture(name); }\ntrack("A");`,
    "track (forwarder) ?",
    "track (forwarder) ?",
    `track "A"`,
  );
});

describe("what is long is read in bounded time", () => {
  const long = (behaviour: string, code: string, check: (lines: readonly string[]) => void) =>
    test(behaviour, async () => check(await callsOf(`${IMPORT}${code}`)));
  const length = 3000;

  long(
    "an enum",
    `enum E { ${repeat(length, (i) => `A${i} = "a${i}",`)} }\nposthog.capture(E.A2999);\nexport const f = (e: E) => posthog.capture(e);`,
    (lines) => expect(lines).toEqual([`track "a2999"`, "track ?"]),
  );
  long(
    "an enum whose members name each other",
    `enum E { A0 = "x", ${repeat(length, (i) => `A${i + 1} = E.A${i},`)} }\nposthog.capture(E.A50);`,
    (lines) => expect(lines).toEqual([`track "x"`]),
  );
  long(
    "a union of a thousand names",
    `type U = ${repeat(1000, (i) => `| "a${i}"`)};\nexport const f = (u: U) => posthog.capture(u);`,
    ([line]) => expect(line?.split(" | ")).toHaveLength(1000),
  );
  long(
    "a union of more",
    `type U = ${repeat(length, (i) => `| "a${i}"`)};\nexport const f = (u: U) => posthog.capture("E", { u });`,
    (lines) => expect(lines).toEqual([`track "E" { u: string }`]),
  );
  long(
    "a product of unions",
    `type U = ${repeat(100, (i) => `| "a${i}"`)};\nexport const f = (a: U, b: U, c: U) => posthog.capture(\`\${a} \${b} \${c}\`);`,
    ([line]) => expect(line).toMatch(/^track `/),
  );
  long("a chain of conditions", `posthog.capture(${repeat(500, (i) => `x === ${i} ? "E${i}" :`)} "Z");`, ([line]) =>
    expect(line).toContain(`"E0" | "E1"`),
  );
  long(
    "a switch",
    `export function f(k) { let n; switch (k) { ${repeat(length, (i) => `case ${i}: n = "E${i}"; break;`)} }\nposthog.capture("E", { n }); }`,
    (lines) => expect(lines).toHaveLength(1),
  );
  long(
    "if after if",
    `export function f() { let s = "";\n${repeat(length, (i) => `if (x${i}) s += "${i}";`)}\nposthog.capture("E", { s }); }`,
    (lines) => expect(lines).toHaveLength(1),
  );
  long(
    "write after write",
    `const p = {};\n${repeat(length, (i) => `p.a${i} = ${i};`)}\nposthog.capture("E", p);`,
    ([line]) => expect(line).toContain("a2999: 2999"),
  );
  long(
    "spread after spread",
    `posthog.capture("E", { ${repeat(length, (i) => `...(x${i} && { a${i}: ${i} }),`)} });`,
    ([line]) => expect(line).toContain("a2999?: 2999"),
  );
  long("a sum", `posthog.capture(${repeat(100, () => `"a"`, " +\n")});`, (lines) =>
    expect(lines).toEqual([`track "${"a".repeat(100)}"`]),
  );
  long(
    "a name that is handed from constant to constant",
    `const a0 = "A";\n${repeat(100, (i) => `const a${i + 1} = a${i};`)}\nposthog.capture(a100);`,
    (lines) => expect(lines).toEqual([`track "A"`]),
  );
});

describe("what doubles is read in bounded time", () => {
  const doubles = (behaviour: string, code: string, line: string) => sends(behaviour, `${IMPORT}${code}`, line);

  doubles(
    "objects that are spread twice",
    `const o0 = { a: 1 };\n${repeat(40, (i) => `const o${i + 1} = { ...o${i}, ...o${i} };`)}\nposthog.capture("E", o40);`,
    `track "E" { a: 1 }`,
  );
  doubles(
    "unknown objects that are spread twice",
    `export function f(o0) {\n${repeat(40, (i) => `const o${i + 1} = { ...o${i}, a: ${i}, ...o${i} };`)}\nposthog.capture("E", o40); }`,
    `track "E" { a: 0, … }`,
  );
  doubles(
    "functions that call the next twice",
    `${repeat(40, (i) => `const f${i} = (x) => is ? f${i + 1}(x) : f${i + 1}(x);`)}\nconst f40 = (x) => x;\nposthog.capture(f0("A"));`,
    "track ?",
  );
  doubles(
    "types that name the next twice",
    `type P<T> = { a: T; b: T };\ntype T0 = string;\n${repeat(40, (i) => `type T${i + 1} = P<T${i}>;`)}\nexport const f = (t: T40) => posthog.capture("E", t);`,
    `track "E" { a: object, b: object }`,
  );

  test("interfaces that are all part of each other", async () => {
    const names = repeat(40, (i) => `interface I${i} { ${repeat(40, (j) => `p${j}: I${(i + j + 1) % 40};`, " ")} }`);
    expect(await callsOf(`${IMPORT}${names}\nexport const f = (i: I0) => posthog.capture("E", i);`)).toHaveLength(1);
  });
});

describe("what is no code", () => {
  sends(
    "syntax errors cost only what they break",
    `${IMPORT}posthog.capture("A");\nconst { = ;\nposthog.capture("B");\nfunction ( { class`,
    `track "A"`,
    `track "B"`,
  );
  sends(
    "names of Object.prototype are names",
    `${IMPORT}const o = { constructor: "C" };\nposthog.capture(o.constructor, { toString: 1 });\nposthog.capture(o.hasOwnProperty);`,
    `track "C" { toString: 1 }`,
    "track ?",
  );

  test("a file that is nested too deeply is told, and costs no other", async () => {
    const deep = `${IMPORT}posthog.capture("A", ${"{ a:\n".repeat(20_000)}1${"}\n".repeat(20_000)});`;
    const { code, findings } = await scan(
      {},
      memoryHost({ "src/a.ts": deep, "src/b.ts": `${IMPORT}posthog.capture("B");` }),
    );
    expect(code.calls.map((call) => call.at.file)).toEqual(["src/b.ts"]);
    expect(findings.map(({ rule, at }) => `${rule} ${at.file}`)).toEqual(["unreadable-file src/a.ts"]);
  });
});
