import fc from "fast-check";

/** A module of a random program: its declarations may use those of later modules, its functions may call any. */
export interface RandomModule {
  readonly declarations: string;
  readonly imports: readonly number[];
}

const COUNT = 3;

/** The files of a program, with its modules under the given names. */
export function filesOf(program: readonly RandomModule[], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    program.map(({ declarations, imports }, index) => {
      const lines = imports.map(
        (other) =>
          `import { x${other}, o${other}, f${other}, C${other}, E${other}, type T${other} } from "./${names[other]}";`,
      );
      return [`src/${names[index]}.ts`, [`import posthog from "posthog-js";`, ...lines, declarations].join("\n")];
    }),
  );
}

const TEXTS = ["A", "B", "sign up", ""];
const KEYS = ["a", "b", "plan"];

function randomModule(index: number): fc.Arbitrary<RandomModule> {
  const later = Array.from({ length: COUNT }, (_, other) => other).filter((other) => other > index);
  const value = expression(later);
  const local = expression([index, ...later], ["p", "q"]);
  // A default or a constructor that calls itself runs for ever, and how far it is followed depends on who asks first: see
  // what rationale.md of link/ does not cover.
  const finite = expression(later, ["p", "q"]);
  const body = fc.array(statement(local), { maxLength: 4 }).map((lines) => lines.join("\n  "));
  const parts = {
    value,
    other: value,
    third: value,
    initial: finite,
    made: finite,
    getter: local,
    returned: local,
    body,
    event: local,
    props: local,
  };
  return fc.record(parts).map(({ value, other, third, initial, made, getter, returned, body, event, props }) => ({
    imports: later,
    declarations: [
      `export const x${index} = ${value};`,
      `export const o${index} = { a: ${other}, b: "b", ...${third} };`,
      `export enum E${index} { a = "a", b = "B", plan = a }`,
      `export type T${index} = keyof typeof o${index} | "T" | \`\${E${index}} x\`;`,
      `export function f${index}(p, q = ${initial}) {\n  ${body}\n  return ${returned};\n}`,
      `export class C${index} { a = ${other}; b = "b"; constructor(p, q) { this.plan = ${made}; } get b2() { const p = 1, q = 2; return ${getter}; } }`,
      `export function s${index}(p: T${index}, q?: { a: string; b?: number }) { posthog.capture(${event}, ${props}); }`,
      `posthog.capture(x${index}, o${index});`,
    ].join("\n"),
  }));
}

/** An expression over the names of modules and some local names. Functions are called at most once in it. */
function expression(modules: readonly number[], locals: readonly string[] = []): fc.Arbitrary<string> {
  const names = [...locals, ...modules.flatMap((m) => [`x${m}`, `o${m}`, `o${m}.a`, `E${m}.a`, `E${m}[k]`])];
  const made = modules.map((m) => `new C${m}(1).plan`);
  const { tree } = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text)),
      fc.constantFrom("1", "null", "undefined", "true", "globalName", "[]", "{}", ...names, ...names, ...made),
    ),
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie("leaf"),
      fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => `(k ? ${a} : ${b})`),
      fc
        .tuple(tie("tree"), fc.constantFrom("&&", "||", "??", "+"), tie("tree"))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc
        .tuple(tie("tree"), tie("tree"))
        .map(([a, b]) => `{ a: ${a}, ...${b}, plan: 1 }`)
        .map((text) => `(${text})`),
      fc.tuple(tie("tree"), fc.constantFrom(...KEYS)).map(([a, key]) => `(${a})?.${key}`),
      fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => `(${a})[${b}]`),
      tie("tree").map((a) => `\`x \${${a}} y\``),
      tie("tree").map((a) => `[${a}, ...${a}]`),
      tie("tree").map((a) => `Object.assign({}, ${a})`),
      tie("tree").map((a) => `(() => ${a})()`),
      tie("tree").map((a) => `(${a} as "A" | "B")`),
      tie("tree").map((a) => `String(${a}).toLowerCase()`),
      fc
        .tuple(tie("leaf"), fc.constantFrom(...modules.map((m) => `f${m}`), "globalCall"))
        .map(([a, f]) => `${f}(${a})`),
    ),
  }));
  return tree;
}

function statement(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    value.map((v) => `q = ${v};`),
    value.map((v) => `if (k) { q = ${v}; }`),
    value.map((v) => `if (!p) return ${v};`),
    value.map((v) => `for (const each of [${v}]) { q = each; }`),
    value.map((v) => `switch (p) { case "A": q = ${v}; break; default: p = q; }`),
    value.map((v) => `try { q += ${v}; } catch { q = p; } finally { p ??= ${v}; }`),
    value.map((v) => `{ const { a, ...rest } = ${v}; q = rest; p = a; }`),
    value.map((v) => `posthog.capture(\`\${p} \${q}\`, ${v});`),
  );
}

/** Random small programs: modules that import each other and capture events made of all kinds of expressions. */
export const programs: fc.Arbitrary<readonly RandomModule[]> = fc.tuple(
  ...Array.from({ length: COUNT }, (_, index) => randomModule(index)),
);
