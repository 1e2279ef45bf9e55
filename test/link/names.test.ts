import { describe } from "vitest";
import { captures, sends } from "./calls-of.ts";

describe("a constant names an event", () => {
  captures("in the same file", `const NAME = "Signed Up"; posthog.capture(NAME);`, `"Signed Up"`);
  captures("through another constant", `const A = "Signed Up"; const B = A; posthog.capture(B);`, `"Signed Up"`);
  captures(
    "before it is declared",
    `export function f() { posthog.capture(NAME); }\nconst NAME = "Signed Up";`,
    `"Signed Up"`,
  );
  captures("of another file", `import { NAME } from "./names"; posthog.capture(NAME);`, `"Signed Up"`, {
    "src/names.ts": `export const NAME = "Signed Up";`,
  });
  captures("that is the default export", `import NAME from "./names"; posthog.capture(NAME);`, `"Signed Up"`, {
    "src/names.ts": `export default "Signed Up";`,
  });
  captures(
    "behind a namespace and a barrel",
    `import * as names from "./names"; posthog.capture(names.SIGNED_UP);`,
    `"Signed Up"`,
    {
      "src/names/index.ts": `export * from "./auth";\nexport * from "./shop";`,
      "src/names/auth.ts": `export const SIGNED_UP = "Signed Up";`,
      "src/names/shop.ts": `export const BOUGHT = "Bought";`,
    },
  );
  captures("in a JavaScript module", `import { NAME } from "./names"; posthog.capture(NAME);`, `"Signed Up"`, {
    "src/names.js": `exports.NAME = "Signed Up";`,
  });
  captures("in a JSON file", `import names from "./names.json"; posthog.capture(names.signup);`, `"Signed Up"`, {
    "src/names.json": `{ "signup": "Signed Up" }`,
  });
  captures(
    "that only a function declares",
    `export function f() { const name = "Signed Up"; posthog.capture(name); }`,
    `"Signed Up"`,
  );
  captures(
    "that a block hides",
    `const name = "Outer"; { const name = "Signed Up"; posthog.capture(name); }`,
    `"Signed Up"`,
  );
  captures("with a type", `const NAME: string = "Signed Up"; posthog.capture(NAME);`, `"Signed Up"`);
  captures("that is a number", `posthog.capture(404 as any);`, `"404"`);
});

describe("an object of names", () => {
  captures(
    "may be as const",
    `const EVENTS = { SIGNUP: "Signed Up" } as const; posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "needs no as const",
    `const EVENTS = { SIGNUP: "Signed Up" }; posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may be nested",
    `const EVENTS = { auth: { signup: "Signed Up" } } as const; posthog.capture(EVENTS.auth.signup);`,
    `"Signed Up"`,
  );
  captures(
    "may be frozen",
    `const EVENTS = Object.freeze({ SIGNUP: "Signed Up" }); posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may satisfy a type",
    `const EVENTS = { SIGNUP: "Signed Up" } satisfies Record<string, string>; posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may be destructured",
    `const EVENTS = { SIGNUP: "Signed Up" }; const { SIGNUP } = EVENTS; posthog.capture(SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may be destructured with a default",
    `const EVENTS: { SIGNUP?: string } = {}; const { SIGNUP = "Signed Up" } = EVENTS; posthog.capture(SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may be read by key",
    `const EVENTS = { "sign-up": "Signed Up" }; posthog.capture(EVENTS["sign-up"]);`,
    `"Signed Up"`,
  );
  captures(
    "may be spread from another",
    `const A = { SIGNUP: "Signed Up" }; const EVENTS = { ...A, OTHER: "Other" }; posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may have computed keys",
    `const KEY = "signup"; const EVENTS = { [KEY]: "Signed Up" }; posthog.capture(EVENTS.signup);`,
    `"Signed Up"`,
  );
  captures(
    "may have getters",
    `const EVENTS = { get signup() { return "Signed Up"; } }; posthog.capture(EVENTS.signup);`,
    `"Signed Up"`,
  );
  captures(
    "may be the default export",
    `import EVENTS from "./events"; posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
    { "src/events.ts": `const EVENTS = { SIGNUP: "Signed Up" };\nexport default EVENTS;` },
  );
  captures(
    "may be looked up with an unknown key",
    `const EVENTS = { signup: "Signed Up", login: "Logged In" }; export const f = (key: keyof typeof EVENTS) => posthog.capture(EVENTS[key]);`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "may be looked up with a key of a union",
    `const EVENTS = { signup: "Signed Up", login: "Logged In", out: "Logged Out" }; export const f = (isNew: boolean) => posthog.capture(EVENTS[isNew ? "signup" : "login"]);`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "may be looked up with a fallback",
    `const EVENTS: Record<string, string> = { signup: "Signed Up", login: "Logged In" }; export const f = (key: string) => posthog.capture(EVENTS[key] ?? "Unknown Action");`,
    `"Signed Up" | "Logged In" | "Unknown Action"`,
  );
  captures(
    "may be a Map",
    `const EVENTS = new Map([["signup", "Signed Up"], ["login", "Logged In"]]); export const f = (key: string) => posthog.capture(EVENTS.get(key)!);`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "may be a class",
    `class Events { static readonly SIGNUP = "Signed Up"; static OTHER = "Other"; } posthog.capture(Events.SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may be a namespace of TypeScript",
    `namespace Events { export const SIGNUP = "Signed Up"; } posthog.capture(Events.SIGNUP);`,
    `"Signed Up"`,
  );
  captures(
    "may be made of a list",
    `const [FIRST, SECOND] = ["Signed Up", "Logged In"] as const; posthog.capture(SECOND);`,
    `"Logged In"`,
  );
});

describe("an enum", () => {
  captures("may have texts", `enum Event { SignedUp = "Signed Up" } posthog.capture(Event.SignedUp);`, `"Signed Up"`);
  captures(
    "may be const",
    `const enum Event { SignedUp = "Signed Up" } posthog.capture(Event.SignedUp);`,
    `"Signed Up"`,
  );
  captures(
    "may be of another file",
    `import { Event } from "./event"; posthog.capture(Event.SignedUp);`,
    `"Signed Up"`,
    { "src/event.ts": `export enum Event { SignedUp = "Signed Up" }` },
  );
  captures(
    "may be declared",
    `declare enum Event { SignedUp = "Signed Up" } posthog.capture(Event.SignedUp);`,
    `"Signed Up"`,
  );
  captures(
    "may compute its members",
    `const P = "Signed"; enum Event { SignedUp = \`\${P} Up\`, Both = "A" + "B" } posthog.capture(Event.SignedUp);`,
    `"Signed Up"`,
  );
  captures(
    "may refer to its own members",
    `enum Event { A = "Signed Up", B = A } posthog.capture(Event.B);`,
    `"Signed Up"`,
  );
  captures(
    "may be read by key",
    `enum Event { SignedUp = "Signed Up" } posthog.capture(Event["SignedUp"]);`,
    `"Signed Up"`,
  );
  captures("may number its members", `enum Event { A, B = 5, C } posthog.capture(Event.C as any);`, `"6"`);
  captures(
    "may be looked up backwards",
    `enum Event { SignedUp, LoggedIn } posthog.capture(Event[Event.LoggedIn]);`,
    `"LoggedIn"`,
  );
  captures(
    "may be looked up backwards by what is declared",
    `enum Event { SignedUp, LoggedIn } export const f = (event: Event) => posthog.capture(Event[event]);`,
    `"SignedUp" | "LoggedIn"`,
  );
  captures(
    "may be the type of a parameter",
    `enum Event { A = "Signed Up", B = "Logged In" } export const f = (event: Event) => posthog.capture(event);`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "may be a member as a type",
    `enum Event { A = "Signed Up", B = "Logged In", C = "Other" } export const f = (event: Event.A | Event.B) => posthog.capture(event);`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "may be declared twice",
    `enum Event { A = "Signed Up" } enum Event { B = "Logged In" } posthog.capture(Event.B);`,
    `"Logged In"`,
  );
});

describe("alternatives", () => {
  captures(
    "come from a condition",
    `export const f = (isNew: boolean) => posthog.capture(isNew ? "Signed Up" : "Logged In");`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "come from nested conditions",
    `export const f = (n: number) => posthog.capture(n > 2 ? "A" : n > 1 ? "B" : "C");`,
    `"A" | "B" | "C"`,
  );
  captures(
    "come from a default",
    `export const f = (name?: "A" | "B") => posthog.capture(name ?? "C");`,
    `"A" | "B" | "C"`,
  );
  captures("come from or", `export const f = (name?: "A") => posthog.capture(name || "C");`, `"A" | "C"`);
  captures("know a constant that is never missing", `const NAME = "A"; posthog.capture(NAME ?? "B");`, `"A"`);
  captures(
    "leave out what is false",
    `export const f = (isNew: boolean) => posthog.capture((isNew && "Signed Up") as string);`,
    `"Signed Up"`,
  );
  captures(
    "come from a switch",
    `export function f(kind: string) { let name: string; switch (kind) { case "a": name = "A"; break; case "b": name = "B"; break; default: name = "C"; } posthog.capture(name); }`,
    `"C" | "B" | "A"`,
  );
  captures(
    "come from if and else",
    `export function f(isNew: boolean) { let name; if (isNew) { name = "A"; } else { name = "B"; } posthog.capture(name); }`,
    `"B" | "A"`,
  );
  captures(
    "come from a value that is sometimes replaced",
    `export function f(isNew: boolean) { let name = "A"; if (isNew) name = "B"; posthog.capture(name); }`,
    `"B" | "A"`,
  );
  captures(
    "end where a value is surely replaced",
    `export function f() { let name = "A"; name = "B"; posthog.capture(name); }`,
    `"B"`,
  );
  captures(
    "leave out what is assigned later",
    `export function f() { let name = "A"; posthog.capture(name); name = "B"; return name; }`,
    `"A"`,
  );
  captures(
    "keep what a loop assigns later",
    `export function f(list: string[]) { let name = "A"; for (const x of list) { posthog.capture(name); name = "B"; } }`,
    `"B" | "A"`,
  );
  captures(
    "keep what another function assigns",
    `let name = "A"; export function set() { name = "B"; } export function f() { posthog.capture(name); }`,
    `"B" | "A"`,
  );
  captures(
    "come from a function's returns",
    `function nameOf(isNew: boolean) { if (isNew) return "Signed Up"; return "Logged In"; } export const f = (isNew: boolean) => posthog.capture(nameOf(isNew));`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "depend on a function's argument",
    `const nameOf = (verb: string) => \`Account \${verb}\`; posthog.capture(nameOf("Created"));`,
    `"Account Created"`,
  );
  captures(
    "come from a function that switches",
    `function nameOf(kind: "a" | "b") { switch (kind) { case "a": return "A"; case "b": return "B"; } } export const f = (kind: "a" | "b") => posthog.capture(nameOf(kind));`,
    `"A" | "B"`,
  );
  captures("come from a list that is walked", `for (const name of ["A", "B"]) posthog.capture(name);`, `"A" | "B"`);
  captures(
    "come from a list that is mapped",
    `const NAMES = ["A", "B"] as const; NAMES.forEach((name) => posthog.capture(name));`,
    `"A" | "B"`,
  );
  captures(
    "come from objects that are walked",
    `const STEPS = [{ event: "A" }, { event: "B" }]; for (const { event } of STEPS) posthog.capture(event);`,
    `"A" | "B"`,
  );
  captures(
    "come from objects that are mapped",
    `const STEPS = [{ event: "A" }, { event: "B" }]; STEPS.map((step) => posthog.capture(step.event));`,
    `"A" | "B"`,
  );
  captures(
    "come from the values of an object",
    `const EVENTS = { a: "A", b: "B" }; Object.values(EVENTS).forEach((name) => posthog.capture(name));`,
    `"A" | "B"`,
  );
  captures(
    "come from the entries of an object",
    `const EVENTS = { a: "A", b: "B" }; for (const [key, name] of Object.entries(EVENTS)) posthog.capture(name, { key });`,
    `"A" | "B" { key: "a" | "b" }`,
  );
  captures(
    "come from the keys of an object",
    `const EVENTS = { a: 1, b: 2 }; for (const name of Object.keys(EVENTS)) posthog.capture(name);`,
    `"a" | "b"`,
  );
  captures(
    "come from for…in",
    `const EVENTS = { a: 1, b: 2 }; for (const name in EVENTS) posthog.capture(name);`,
    `"a" | "b"`,
  );
  captures(
    "come from find",
    `const STEPS = [{ id: 1, event: "A" }, { id: 2, event: "B" }]; export const f = (id: number) => posthog.capture(STEPS.find((s) => s.id === id)!.event);`,
    `"A" | "B"`,
  );
});

describe("a name that a test for equality chooses", () => {
  const wrapper = `const PAGE = "Page View";
export function send(name: string) { posthog.capture(name === PAGE ? "page-load" : name); }`;
  sends(
    "is chosen by what each caller passes",
    {
      "src/app.ts": `import posthog from "posthog-js";\n${wrapper}\nsend(PAGE);\nsend("Signed Up");\nsend(on ? "Opened" : "Closed");\nsend(\`Page \${n}\`);\nsend(\`Report \${n}\`);`,
    },
    'track (forwarder) "page-load" | ?',
    'track "page-load"',
    'track "Signed Up"',
    'track "Opened" | "Closed"',
    'track "page-load" | `Page ${}`',
    "track `Report ${}`",
  );
  captures("is either where nothing is known", `posthog.capture(name === "a" ? "A" : "B");`, `"A" | "B"`);
});

describe("a message with something unknown spread in", () => {
  const head = `import posthog from "posthog-js";\nfunction capture({ name, ...props }) { posthog.capture(name, props); }\n`;
  sends(
    "keeps the name that is written in it",
    {
      "src/app.ts": `${head}export function click(extra: Record<string, string>, query) { capture({ name: "Clicked", ...extra }); capture({ name: "Opened", ...query }); }`,
    },
    "track (forwarder) ? { … }",
    'track "Clicked" { … }',
    'track "Opened" { … }',
  );
  sends(
    "has no name where that alone could bring it",
    { "src/app.ts": `${head}export function click() { capture({ ...read(), n: 1 }); }` },
    "track (forwarder) ? { … }",
    "track ? { n: 1, … }",
  );
});
