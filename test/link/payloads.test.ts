import { describe } from "vitest";
import { captures, sends } from "./calls-of.ts";

/** A payload of the only call in `src/app.ts`, which captures "E" with `props` after `code`. */
function carries(
  behaviour: string,
  code: string,
  payload: string,
  others: Readonly<Record<string, string>> = {},
): void {
  captures(behaviour, code, `"E"${payload === "" ? "" : ` ${payload}`}`, others);
}

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

describe("a class that is only a type", () => {
  carries(
    "may have fields of types of other files",
    `import type { Command } from "./command"; export const f = (command: Command) => posthog.capture("E", { channel: command.channel, id: command.id, of: command.of });`,
    `{ channel: "sms" | "email", id: string, of: ? }`,
    {
      "src/command.ts": `import { Channel } from "./channel";\nimport type { Of } from "@acme/of";\nexport class Command { channel: Channel; id!: string; of: Of; }`,
      "src/channel.ts": `export enum Channel { Sms = "sms", Email = "email" }`,
    },
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

describe("a function that returns the payload", () => {
  carries(
    "is called with its arguments",
    `const props = (plan: string, seats = 1) => ({ plan, seats }); posthog.capture("E", props("pro"));`,
    `{ plan: "pro", seats: 1 }`,
  );
  carries(
    "may be of another file",
    `import { propsOf } from "./props"; export const f = (user: { id: string }) => posthog.capture("E", propsOf(user));`,
    `{ id: string, source: "web" }`,
    { "src/props.ts": `export function propsOf(user: { id: string }) { return { id: user.id, source: "web" }; }` },
  );
  carries(
    "may return on several ways",
    `function props(is: boolean) { if (is) return { a: 1, b: 1 }; return { a: 2 }; } export const f = (is: boolean) => posthog.capture("E", props(is));`,
    `{ a: 1 | 2, b?: 1 }`,
  );
  carries(
    "may take an object",
    `const props = ({ plan, seats = 2 }: { plan: string; seats?: number }) => ({ plan, seats }); posthog.capture("E", props({ plan: "pro" }));`,
    `{ plan: "pro", seats: 2 }`,
  );
  carries(
    "may take the rest",
    `const props = (...tags: string[]) => ({ tags }); posthog.capture("E", props("a", "b"));`,
    `{ tags: ["a", "b"] }`,
  );
  carries(
    "may be a method",
    `class Cart { total = 5; props() { return { total: this.total, kind: Cart.KIND }; } static KIND = "cart"; } posthog.capture("E", new Cart().props());`,
    `{ total: 5, kind: "cart" }`,
  );
  carries(
    "may be a getter",
    `class Cart { constructor(private n: number) {} get props() { return { n: this.n }; } } posthog.capture("E", new Cart(3).props);`,
    `{ n: 3 }`,
  );
  carries(
    "may be async",
    `async function props() { return { a: 1 }; } export async function f() { posthog.capture("E", await props()); }`,
    `{ a: 1 }`,
  );
  carries(
    "may be memoised by a hook",
    `import { useMemo } from "react"; export function App() { const props = useMemo(() => ({ a: 1 }), []); posthog.capture("E", props); }`,
    `{ a: 1 }`,
  );
  carries(
    "may wrap another",
    `const base = () => ({ a: 1 }); const more = () => ({ ...base(), b: 2 }); posthog.capture("E", more());`,
    `{ a: 1, b: 2 }`,
  );
  carries("may be generic", `const keep = <T,>(x: T) => x; posthog.capture("E", keep({ a: 1 }));`, `{ a: 1 }`);
});

describe("a declared type", () => {
  const type = (declaration: string, others: Readonly<Record<string, string>> = {}) =>
    [`${declaration} export const f = (props: Props) => posthog.capture("E", props);`, others] as const;
  const typed = (
    behaviour: string,
    declaration: string,
    payload: string,
    others: Readonly<Record<string, string>> = {},
  ) => carries(behaviour, type(declaration)[0], payload, others);
  typed(
    "may be an interface",
    `interface Props { a: string; b?: number; readonly c: boolean | null; d: Date; e: string[]; f: unknown }`,
    `{ a: string, b?: number, c: boolean | null, d: date, e: string[], f: ? }`,
  );
  typed("may be an alias", `type Props = { a: string };`, `{ a: string }`);
  typed(
    "may extend another",
    `interface Base { a: string } interface Props extends Base { b: number }`,
    `{ a: string, b: number }`,
  );
  typed(
    "may be an intersection",
    `type Base = { a: string }; type Props = Base & { b: number };`,
    `{ a: string, b: number }`,
  );
  typed("may be a union", `type Props = { a: string; b: 1 } | { a: number };`, `{ a: string | number, b?: 1 }`);
  typed(
    "may be a part",
    `interface All { a: string; b: number; c: boolean } type Props = Pick<All, "a" | "b">;`,
    `{ a: string, b: number }`,
  );
  typed(
    "may leave out a part",
    `interface All { a: string; b: number; c: boolean } type Props = Omit<All, "a">;`,
    `{ b: number, c: boolean }`,
  );
  typed(
    "may be partial",
    `interface All { a: string; b: number } type Props = Partial<All>;`,
    `{ a?: string, b?: number }`,
  );
  typed("may be required", `interface All { a?: string } type Props = Required<All>;`, `{ a: string }`);
  typed("may be read-only", `interface All { a?: string } type Props = Readonly<All>;`, `{ a?: string }`);
  typed("may be a record", `type Props = Record<"a" | "b", number>;`, `{ a: number, b: number }`);
  typed("may be open", `type Props = Record<string, unknown>;`, `{ … }`);
  typed("may have an index", `interface Props { a: string; [key: string]: unknown }`, `{ a: string, … }`);
  typed(
    "may be a mapped type",
    `type Key = "a" | "b"; type Props = { [K in Key]?: string };`,
    `{ a?: string, b?: string }`,
  );
  typed(
    "may be generic",
    `interface Box<T> { value: T; n: number } type Props = Box<string>;`,
    `{ value: string, n: number }`,
  );
  typed("may be of another file", `import type { Props } from "./props";`, `{ a: string }`, {
    "src/props.ts": `export interface Props { a: string }`,
  });
  typed("may be imported in place", `type Props = import("./props").Props;`, `{ a: string }`, {
    "src/props.ts": `export interface Props { a: string }`,
  });
  typed(
    "may be the type of a member",
    `interface Events { E: { a: string } } type Props = Events["E"];`,
    `{ a: string }`,
  );
  typed(
    "may be a class",
    `class Props { a = 1; b: string; private c = 2; d() {} }`,
    `{ a: number, b: string, c: number }`,
  );
  typed("may refer to itself", `interface Props { a: string; parent?: Props }`, `{ a: string, parent?: object }`);
  carries(
    "may be that of a destructured member",
    `interface User { plan: string; team?: { id: number } } export const f = ({ plan, team }: User) => posthog.capture("E", { plan, team: team?.id });`,
    `{ plan: string, team: number | undefined }`,
  );
  carries(
    "may be that of a member read",
    `interface User { plan: string; team?: { id: number } | null } export const f = (user: User) => posthog.capture("E", { plan: user.plan, team: user.team?.id });`,
    `{ plan: string, team: number | undefined }`,
  );
  carries(
    "may be that of what a function returns",
    `import { load } from "./api"; export async function f() { const user = await load(); posthog.capture("E", { plan: user.plan }); }`,
    `{ plan: "pro" | "free" }`,
    {
      "src/api.ts": `export interface User { plan: "pro" | "free" }\nexport async function load(): Promise<User> { const r = await fetch("/me"); return r.json(); }`,
    },
  );
  carries(
    "may be that of a method of an interface",
    `interface Api { user(): Promise<{ plan: "pro" | "free" }> } export async function f(api: Api) { const user = await api.user(); posthog.capture("E", { plan: user.plan }); }`,
    `{ plan: "pro" | "free" }`,
  );
  carries(
    "may be that of a variable",
    `declare function load(): any; const user: { plan: string } = load(); posthog.capture("E", { plan: user.plan });`,
    `{ plan: string }`,
  );
  carries(
    "may be optional",
    `export const f = (plan?: string, seats: number | undefined = undefined) => posthog.capture("E", { plan, seats });`,
    `{ plan: string | undefined, seats: number | undefined }`,
  );
  carries(
    "may be given by a cast",
    `export const f = (e: unknown) => posthog.capture("E", { code: (JSON.parse("x") as { code: number }).code });`,
    `{ code: number }`,
  );
  carries(
    "may be given by a generic call",
    `import axios from "axios"; export async function f() { const { data } = await axios.get<{ plan: string }>("/x"); posthog.capture("E", { plan: data.plan }); }`,
    `{ plan: ? }`,
  );
  carries(
    "may be state",
    `import { useState } from "react"; export function App() { const [plan, setPlan] = useState<"pro" | "free">("free"); posthog.capture("E", { plan }); return setPlan; }`,
    `{ plan: "free" | "pro" }`,
  );
  carries(
    "may be props of a component",
    `export function Card({ plan, seats }: { plan: string; seats?: number }) { posthog.capture("E", { plan, seats }); return null; }`,
    `{ plan: string, seats: number | undefined }`,
  );
});

describe("identifiers", () => {
  sends(
    "are kept apart from properties",
    `import { PostHog } from "posthog-node"; const client = new PostHog("k"); export const f = (user: { id: string; email?: string }) => { client.capture({ distinctId: user.id, event: "E", properties: { a: 1 } }); client.identify({ distinctId: user.id, properties: { email: user.email } }); client.alias({ distinctId: user.id, alias: "anon" }); };`,
    `track "E" { a: 1 } userId: string`,
    `identify traits { email: string | undefined } userId: string`,
    `alias userId: "anon" previousId: string`,
  );
  sends(
    "follow messages that are built before",
    `import { Analytics } from "@segment/analytics-node"; const analytics = new Analytics({ writeKey: "k" }); export function f(userId: string) { const message = { userId, event: "E", properties: { a: 1 } }; analytics.track(message); analytics.track({ ...message, event: "F" }); }`,
    `track "E" { a: 1 } userId: string`,
    `track "F" { a: 1 } userId: string`,
  );
});
