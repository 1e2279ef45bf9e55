import { describe } from "vitest";
import { captures } from "./calls-of.ts";

describe("texts", () => {
  captures(
    "may be templates of constants",
    `const NOUN = "Account"; posthog.capture(\`\${NOUN} Created\`);`,
    `"Account Created"`,
  );
  captures(
    "may be templates of alternatives",
    `export const f = (isNew: boolean) => posthog.capture(\`Account \${isNew ? "Created" : "Updated"}\`);`,
    `"Account Created" | "Account Updated"`,
  );
  captures("may be joined", `const NOUN = "Account"; posthog.capture(NOUN + " " + "Created");`, `"Account Created"`);
  captures("may be joined with concat", `posthog.capture("Account ".concat("Created"));`, `"Account Created"`);
  captures(
    "may be joined lists without what is missing",
    `const nameOf = (area: string, action: string, more?: string) => [area, action, more].filter(Boolean).join("/"); posthog.capture(nameOf("core", "login"));`,
    `"core/login"`,
  );
  captures(
    "may be joined lists of which it isn't told what is missing",
    `declare const more: string | undefined; posthog.capture(["core", more].filter(Boolean).join("/"));`,
    "?",
  );
  captures("may be joined lists", `posthog.capture(["Account", "Created"].join(" "));`, `"Account Created"`);
  captures("may be added to", `let name = "Account"; name += " Created"; posthog.capture(name);`, `"Account Created"`);
  captures(
    "may be changed in case",
    `posthog.capture("SIGNED".toLowerCase() + " " + "up".toUpperCase());`,
    `"signed UP"`,
  );
  captures("may be replaced in", `posthog.capture("signed_up".replace("_", " "));`, `"signed up"`);
  captures("may be cut", `posthog.capture("  Signed Up ".trim());`, `"Signed Up"`);
  captures("may be made of String", `posthog.capture(String("Signed Up"));`, `"Signed Up"`);
  captures("may be made of numbers", `const STEP = 2; posthog.capture(\`Step \${STEP}\`);`, `"Step 2"`);
  captures(
    "are patterns where a part is unknown",
    `export const f = (page: string) => posthog.capture(\`Viewed \${page} Page\`);`,
    "`Viewed ${} Page`",
  );
  captures(
    "are patterns of each alternative",
    `export const f = (page: string, is: boolean) => posthog.capture(\`\${is ? "Viewed" : "Left"} \${page}\`);`,
    "`Viewed ${}` | `Left ${}`",
  );
  captures(
    "are patterns where a number is unknown",
    `export const f = (n: number) => posthog.capture("Step " + n);`,
    "`Step ${}`",
  );
  captures("are not known where all is unknown", `export const f = (page: string) => posthog.capture(page);`, "?");
});

describe("a declared type names events", () => {
  captures("as a union", `export const f = (name: "A" | "B") => posthog.capture(name);`, `"A" | "B"`);
  captures(
    "as an alias",
    `type Name = "A" | "B"; export const f = (name: Name) => posthog.capture(name);`,
    `"A" | "B"`,
  );
  captures(
    "as an alias of another file",
    `import type { Name } from "./names"; export const f = (name: Name) => posthog.capture(name);`,
    `"A" | "B"`,
    { "src/names.ts": `export type Name = "A" | "B";` },
  );
  captures(
    "as keys of an object",
    `const EVENTS = { a: 1, b: 2 }; export const f = (name: keyof typeof EVENTS) => posthog.capture(name);`,
    `"a" | "b"`,
  );
  captures(
    "as values of an object",
    `const EVENTS = { a: "A", b: "B" } as const; type Name = (typeof EVENTS)[keyof typeof EVENTS]; export const f = (name: Name) => posthog.capture(name);`,
    `"A" | "B"`,
  );
  captures(
    "as items of a list",
    `const EVENTS = ["A", "B"] as const; type Name = (typeof EVENTS)[number]; export const f = (name: Name) => posthog.capture(name);`,
    `"A" | "B"`,
  );
  captures(
    "as keys of an interface",
    `interface Events { "Signed Up": { plan: string }; "Logged In": {} } export const f = <K extends keyof Events>(name: K) => posthog.capture(name);`,
    `"Signed Up" | "Logged In"`,
  );
  captures(
    "as a constraint",
    `export function f<N extends "A" | "B">(name: N) { posthog.capture(name); }`,
    `"A" | "B"`,
  );
  captures(
    "as the type of a member",
    `interface Props { event: "A" | "B" } export const f = (props: Props) => posthog.capture(props.event);`,
    `"A" | "B"`,
  );
  captures(
    "as the type of a destructured member",
    `interface Props { event: "A" | "B" } export const f = ({ event }: Props) => posthog.capture(event);`,
    `"A" | "B"`,
  );
  captures(
    "as the type of an optional member with a default",
    `export const f = ({ event = "C" }: { event?: "A" | "B" }) => posthog.capture(event);`,
    `"A" | "B" | "C"`,
  );
  captures(
    "as a discriminated union",
    `type Message = { type: "A"; x: 1 } | { type: "B" }; export const f = (m: Message) => posthog.capture(m.type);`,
    `"A" | "B"`,
  );
  captures(
    "as a template of types",
    `type Noun = "Cart" | "Order"; export const f = (name: \`\${Noun} Viewed\`) => posthog.capture(name);`,
    `"Cart Viewed" | "Order Viewed"`,
  );
  captures(
    "as a template with an open part",
    `export const f = (name: \`Viewed \${string}\`) => posthog.capture(name);`,
    "`Viewed ${}`",
  );
  captures(
    "as what Exclude leaves",
    `type Name = Exclude<"A" | "B" | "C", "C">; export const f = (name: Name) => posthog.capture(name);`,
    `"A" | "B"`,
  );
  captures(
    "as what Extract takes",
    `type Name = Extract<"A" | "B" | "C", "A" | "B" | "D">; export const f = (name: Name) => posthog.capture(name);`,
    `"A" | "B"`,
  );
  captures(
    "as the result of a function",
    `declare function nameOf(): "A" | "B"; posthog.capture(nameOf());`,
    `"A" | "B"`,
  );
  captures(
    "as the result of a method of an interface",
    `interface Namer { name(): "A" | "B" } export const f = (namer: Namer) => posthog.capture(namer.name());`,
    `"A" | "B"`,
  );
  captures("as a cast", `posthog.capture(JSON.parse("x") as "A" | "B");`, `"A" | "B"`);
  captures(
    "as the type of a field",
    `export class Tracker { name: "A" | "B"; send() { posthog.capture(this.name); } }`,
    `"A" | "B"`,
  );
  captures(
    "as a mapped lookup",
    `type Map = { a: "A"; b: "B" }; export const f = (name: Map["a"]) => posthog.capture(name);`,
    `"A"`,
  );
  captures("only where no value is known", `const name: "A" | "B" = "A"; posthog.capture(name);`, `"A"`);
});

describe("a constant of a package", () => {
  captures(
    "that is not installed stays unresolved",
    `import { EVENTS } from "@acme/events"; posthog.capture(EVENTS.SIGNUP);`,
    `@acme/events#EVENTS.SIGNUP`,
  );
  captures(
    "that is not installed stays unresolved behind a namespace",
    `import * as acme from "@acme/events"; posthog.capture(acme.EVENTS.SIGNUP);`,
    `@acme/events#EVENTS.SIGNUP`,
  );
  captures(
    "is one alternative of several",
    `import { SIGNUP } from "@acme/events"; export const f = (is: boolean) => posthog.capture(is ? SIGNUP : "Logged In");`,
    `"Logged In" | @acme/events#SIGNUP`,
  );
});
