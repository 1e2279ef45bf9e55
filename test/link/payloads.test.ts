import { describe } from "vitest";
import { carries } from "./calls-of.ts";

describe("values", () => {
  carries(
    "are literals",
    `posthog.capture("E", { a: "x", b: 1, c: true, d: null, e: -1.5 });`,
    `{ a: "x", b: 1, c: true, d: null, e: -1.5 }`,
  );
  carries(
    "are undefined where they say so",
    `posthog.capture("E", { a: undefined, b: void 0 });`,
    `{ a: undefined, b: undefined }`,
  );
  carries(
    "are constants",
    `const PLAN = "pro"; const LIMITS = { seats: 5 } as const; posthog.capture("E", { plan: PLAN, seats: LIMITS.seats });`,
    `{ plan: "pro", seats: 5 }`,
  );
  carries(
    "are computed",
    `export const f = (n: number, s: string) => posthog.capture("E", { sum: n * 2, is: n > 1, not: !n, kind: typeof n, text: s + "!" });`,
    `{ sum: number, is: boolean, not: boolean, kind: string, text: \`\${}!\` }`,
  );
  carries(
    "are conditional",
    `export const f = (is: boolean) => posthog.capture("E", { plan: is ? "pro" : "free", trial: is ? 14 : null });`,
    `{ plan: "pro" | "free", trial: 14 | null }`,
  );
  carries(
    "have defaults",
    `export const f = (plan?: string, n?: number | null) => posthog.capture("E", { plan: plan ?? null, n: n ?? 0, m: n || 1 });`,
    `{ plan: string | null, n: number | 0, m: number | 1 }`,
  );
  carries(
    "keep only what && gives",
    `export const f = (is: boolean, plan: string) => posthog.capture("E", { plan: is && plan });`,
    `{ plan: string | false }`,
  );
  carries(
    "are templates",
    `export const f = (id: string) => posthog.capture("E", { path: \`/users/\${id}\` });`,
    `{ path: \`/users/\${}\` }`,
  );
  carries(
    "are dates",
    `posthog.capture("E", { at: new Date(), iso: new Date().toISOString(), ms: Date.now() });`,
    `{ at: date, iso: string, ms: number }`,
  );
  carries(
    "are lists",
    `export const f = (ids: string[]) => posthog.capture("E", { ids, tags: ["a", "b"], more: [...ids, "c"], n: ids.length });`,
    `{ ids: string[], tags: ["a", "b"], more: (string | "c")[], n: number }`,
  );
  carries(
    "are results of methods of lists",
    `export const f = (items: { id: string; price: number }[]) => posthog.capture("E", { ids: items.map((i) => i.id), some: items.some((i) => i.price > 1), first: items[0].id, text: items.map((i) => i.id).join(",") });`,
    `{ ids: string[], some: boolean, first: string, text: string }`,
  );
  carries(
    "are results of methods of texts",
    `export const f = (s: string) => posthog.capture("E", { a: s.toLowerCase(), b: s.includes("x"), c: s.length, d: s.split(","), e: s.trim() });`,
    `{ a: string, b: boolean, c: number, d: string[], e: string }`,
  );
  carries(
    "are results of functions of the language",
    `export const f = (x: unknown) => posthog.capture("E", { a: String(x), b: Number(x), c: Boolean(x), d: parseInt("1"), e: Math.round(1.2), f: JSON.stringify(x), g: Array.isArray(x) });`,
    `{ a: string, b: number, c: boolean, d: number, e: number, f: string, g: boolean }`,
  );
  carries(
    "are changed in case",
    `const PLAN = "Pro"; posthog.capture("E", { plan: PLAN.toLowerCase() });`,
    `{ plan: "pro" }`,
  );
  carries(
    "are members of enums",
    `enum Plan { Pro = "pro", Free = "free" } export const f = (plan: Plan) => posthog.capture("E", { plan, fixed: Plan.Pro });`,
    `{ plan: "pro" | "free", fixed: "pro" }`,
  );
  carries(
    "are nested",
    `export const f = (n: number) => posthog.capture("E", { cart: { total: n, coupon: { code: "X" } } });`,
    `{ cart: { total: number, coupon: { code: "X" } } }`,
  );
  carries(
    "are functions and classes",
    `posthog.capture("E", { f: () => 1, g: class {} });`,
    `{ f: function, g: object }`,
  );
  carries(
    "are not known where nothing says",
    `export const f = (x, y) => posthog.capture("E", { x, y: y.z });`,
    `{ x: ?, y: ? }`,
  );
});

describe("keys", () => {
  carries("may be shorthand", `const plan = "pro"; posthog.capture("E", { plan });`, `{ plan: "pro" }`);
  carries(
    "may be quoted",
    `posthog.capture("E", { "plan name": 1, 'x-y': 2, 3: 4 });`,
    `{ plan name: 1, x-y: 2, 3: 4 }`,
  );
  carries(
    "may be computed",
    `const KEY = "plan"; enum K { Seats = "seats" } posthog.capture("E", { [KEY]: 1, [K.Seats]: 2, ["a" + "b"]: 3 });`,
    `{ plan: 1, seats: 2, ab: 3 }`,
  );
  carries(
    "may be one of several",
    `export const f = (is: boolean) => posthog.capture("E", { [is ? "a" : "b"]: 1 });`,
    `{ a?: 1, b?: 1 }`,
  );
  carries(
    "may be unknown",
    `export const f = (key: string) => posthog.capture("E", { a: 1, [key]: 2 });`,
    `{ a: 1, … }`,
  );
  carries("may be getters", `posthog.capture("E", { get plan() { return "pro"; } });`, `{ plan: "pro" }`);
  carries("may be methods", `posthog.capture("E", { plan() { return "pro"; } });`, `{ plan: function }`);
  carries("are written twice and hide each other", `posthog.capture("E", { ...{ a: 1 }, a: 2 });`, `{ a: 2 }`);
});

describe("what is spread in", () => {
  carries(
    "is merged",
    `const base = { a: 1, b: 2 }; posthog.capture("E", { ...base, b: 3, c: 4 });`,
    `{ a: 1, b: 3, c: 4 }`,
  );
  carries("hides what was before", `const base = { a: 1 }; posthog.capture("E", { a: 0, ...base });`, `{ a: 1 }`);
  carries(
    "may be conditional",
    `export const f = (plan?: string) => posthog.capture("E", { a: 1, ...(plan && { plan }) });`,
    `{ a: 1, plan?: string }`,
  );
  carries(
    "may be conditional with a test",
    `export const f = (is: boolean) => posthog.capture("E", { ...(is && { a: 1 }), ...(is ? { b: 1 } : {}), ...(is ? { c: 1 } : { c: 2 }) });`,
    `{ a?: 1, b?: 1, c: 1 | 2 }`,
  );
  carries(
    "may be nothing",
    `posthog.capture("E", { a: 1, ...undefined, ...null, ...(false as boolean) });`,
    `{ a: 1 }`,
  );
  carries(
    "may be the result of a function",
    `const base = (plan: string) => ({ plan, source: "web" }); posthog.capture("E", { ...base("pro"), a: 1 });`,
    `{ plan: "pro", source: "web", a: 1 }`,
  );
  carries(
    "may be a parameter with a type",
    `interface Base { plan: string; seats?: number } export const f = (base: Base) => posthog.capture("E", { ...base, a: 1 });`,
    `{ plan: string, seats?: number, a: 1 }`,
  );
  carries("may be unknown", `export const f = (rest) => posthog.capture("E", { a: 1, ...rest });`, `{ a: 1, … }`);
  carries(
    "may be given with a default",
    `export const f = (rest: { a?: number } = {}) => posthog.capture("E", { ...rest });`,
    `{ a?: number }`,
  );
  carries(
    "may be merged by Object.assign",
    `const base = { a: 1, b: 1 }; posthog.capture("E", Object.assign({}, base, { b: 2 }));`,
    `{ a: 1, b: 2 }`,
  );
  carries(
    "may be merged into a variable by Object.assign",
    `const props = { a: 1 }; Object.assign(props, { b: 2 }); posthog.capture("E", props);`,
    `{ a: 1, b: 2 }`,
  );
});

describe("an object that is kept", () => {
  carries("is known by its name", `const props = { plan: "pro" }; posthog.capture("E", props);`, `{ plan: "pro" }`);
  carries("is known across files", `import { props } from "./props"; posthog.capture("E", props);`, `{ plan: "pro" }`, {
    "src/props.ts": `export const props = { plan: "pro" };`,
  });
  carries(
    "gets further keys",
    `const props: Record<string, unknown> = { a: 1 }; props.b = 2; props["c"] = 3; posthog.capture("E", props);`,
    `{ a: 1, b: 2, c: 3 }`,
  );
  carries(
    "may get keys on a condition",
    `export function f(is: boolean) { const props: any = { a: 1 }; if (is) { props.b = 2; props.a = 3; } posthog.capture("E", props); }`,
    `{ a: 1 | 3, b?: 2 }`,
  );
  carries(
    "gets keys by computed names",
    `const KEY = "b"; const props: any = { a: 1 }; props[KEY] = 2; posthog.capture("E", props);`,
    `{ a: 1, b: 2 }`,
  );
  carries(
    "may get unknown keys",
    `export function f(key: string) { const props: any = { a: 1 }; props[key] = 2; posthog.capture("E", props); }`,
    `{ a: 1, … }`,
  );
  carries(
    "doesn't have yet what comes later",
    `export function f() { const props: any = { a: 1 }; posthog.capture("E", props); props.b = 2; return props; }`,
    `{ a: 1 }`,
  );
  carries(
    "may be replaced",
    `export function f(is: boolean) { let props: any = { a: 1 }; props = { ...props, b: 2 }; if (is) props = { ...props, c: 3 }; posthog.capture("E", props); }`,
    `{ a: 1, b: 2, c?: 3 }`,
  );
  carries(
    "may lose keys",
    `export function f() { const props: any = { a: 1, b: 2 }; delete props.b; posthog.capture("E", props); }`,
    `{ a: 1 }`,
  );
  carries(
    "may be undefined first",
    `export function f(is: boolean) { let props; if (is) props = { a: 1 }; posthog.capture("E", props); }`,
    `{ a?: 1 }`,
  );
  carries(
    "may be one of two",
    `export const f = (is: boolean) => posthog.capture("E", is ? { a: 1, b: 1 } : { a: 2 });`,
    `{ a: 1 | 2, b?: 1 }`,
  );
  carries(
    "has its keys in nested objects",
    `const props: any = { cart: { total: 1 } }; props.cart.items = 2; posthog.capture("E", props);`,
    `{ cart: { total: 1, items: 2 } }`,
  );
  carries(
    "may be incremented",
    `export function f() { let n = 0; n++; n += 2; posthog.capture("E", { n }); }`,
    `{ n: number }`,
  );
});

describe("a field of a class", () => {
  carries(
    "is what it says inside the class",
    `export class A { private plan = "pro"; send() { posthog.capture("E", { plan: this.plan }); } }`,
    `{ plan: "pro" }`,
  );
  carries(
    "is what it says in a new object",
    `class A { plan = "pro"; } posthog.capture("E", { plan: new A().plan });`,
    `{ plan: "pro" }`,
  );
  carries(
    "is only like it in an object that is declared",
    `class A { plan = "pro"; seats?: number; readonly kind = "a"; } export const f = (a: A) => posthog.capture("E", { plan: a.plan, seats: a.seats, kind: a.kind });`,
    `{ plan: string, seats: number | undefined, kind: "a" }`,
  );
});

describe("a list that is kept", () => {
  carries(
    "gets further items",
    `const tags = ["a"]; tags.push("b", "c"); posthog.capture("E", { tags });`,
    `{ tags: ("a" | "b" | "c")[] }`,
  );
  carries(
    "may get unknown items",
    `export function f(more: string[]) { const tags = []; tags.push(...more); posthog.capture("E", { tags }); }`,
    `{ tags: string[] }`,
  );
  carries(
    "doesn't have yet what comes later",
    `export function f() { const tags = ["a"]; posthog.capture("E", { tags }); tags.push("b"); }`,
    `{ tags: ["a"] }`,
  );
});

describe("what an object of a class keeps", () => {
  carries(
    "may get keys in methods",
    `export class A { props: any = { a: 1 }; set() { this.props.b = 2; } send() { posthog.capture("E", this.props); } }`,
    `{ a: 1, b?: 2 }`,
  );
  carries(
    "may get items in methods",
    `export class A { tags = ["a"]; set() { this.tags.push("b"); } send() { posthog.capture("E", { tags: this.tags }); } }`,
    `{ tags: ("a" | "b")[] }`,
  );
  carries(
    "of a React component is known by its types only",
    `import { Component } from "react"; export class A extends Component<{ plan: string }, { open?: boolean }> { state = {}; send() { posthog.capture("E", { plan: this.props.plan, open: this.state.open }); } }`,
    `{ plan: string, open: boolean | undefined }`,
  );
});

describe("a part of an object", () => {
  carries(
    "is destructured",
    `const user = { id: 1, plan: { name: "pro" } }; const { id, plan: { name } } = user; posthog.capture("E", { id, name });`,
    `{ id: 1, name: "pro" }`,
  );
  carries(
    "is what the rest leaves",
    `const props = { a: 1, b: 2, c: 3 }; const { a, ...rest } = props; posthog.capture("E", rest);`,
    `{ b: 2, c: 3 }`,
  );
  carries(
    "is what the rest of a parameter leaves",
    `interface Props { a: string; b: number; c?: boolean } export const f = ({ a, ...rest }: Props) => posthog.capture("E", rest);`,
    `{ b: number, c?: boolean }`,
  );
  carries(
    "is picked by lodash",
    `import { pick, omit } from "lodash"; const props = { a: 1, b: 2, c: 3 }; posthog.capture("E", { ...pick(props, ["a", "b"]), d: omit(props, "a", "b") });`,
    `{ a: 1, b: 2, d: { c: 3 } }`,
  );
  carries(
    "is picked by lodash's own modules",
    `import pick from "lodash/pick";\nimport omit from "lodash/omit"; const props = { a: 1, b: 2, c: 3 }; posthog.capture("E", { ...pick(props, "a"), d: omit(props, ["a"]) });`,
    `{ a: 1, d: { b: 2, c: 3 } }`,
  );
  carries(
    "is an item of a list",
    `const [first, ...others] = [1, 2, 3]; posthog.capture("E", { first, others });`,
    `{ first: 1, others: [2, 3] }`,
  );
  carries(
    "has a default",
    `export const f = ({ plan = "free", n = 1 }: { plan?: string; n?: number }) => posthog.capture("E", { plan, n });`,
    `{ plan: string | "free", n: number | 1 }`,
  );
});
