import { describe } from "vitest";
import { carries, sends } from "./calls-of.ts";

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
