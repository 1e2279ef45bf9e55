import { describe } from "vitest";
import { captures } from "./calls-of.ts";

const MANIFEST = "node_modules/@acme/events/package.json";
const DECLARATIONS = "node_modules/@acme/events/index.d.ts";

/** `@acme/events` with these declarations. */
function declares(text: string): Readonly<Record<string, string>> {
  return { [MANIFEST]: `{ "name": "@acme/events", "types": "index.d.ts", "main": "index.js" }`, [DECLARATIONS]: text };
}

/** `@acme/events` with this code. */
function has(
  text: string,
  manifest = `{ "name": "@acme/events", "main": "index.js" }`,
): Readonly<Record<string, string>> {
  return { [MANIFEST]: manifest, "node_modules/@acme/events/index.js": text };
}

const USE = `import { EVENTS } from "@acme/events"; posthog.capture(EVENTS.SIGNUP);`;

describe("a package that is installed", () => {
  captures(
    "declares its constants",
    USE,
    `"Signed Up"`,
    declares(`export declare const EVENTS: { readonly SIGNUP: "Signed Up" };`),
  );
  captures(
    "declares them apart from their export",
    USE,
    `"Signed Up"`,
    declares(`declare const EVENTS: { readonly SIGNUP: "Signed Up" };\nexport { EVENTS };`),
  );
  captures(
    "declares single constants",
    `import { SIGNUP } from "@acme/events"; posthog.capture(SIGNUP);`,
    `"Signed Up"`,
    declares(`export declare const SIGNUP = "Signed Up";`),
  );
  captures(
    "declares enums",
    `import { Event } from "@acme/events"; posthog.capture(Event.SignedUp);`,
    `"Signed Up"`,
    declares(`export declare enum Event { SignedUp = "Signed Up", LoggedIn = "Logged In" }`),
  );
  captures(
    "declares a default export",
    `import EVENTS from "@acme/events"; posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
    declares(`declare const _default: { readonly SIGNUP: "Signed Up" };\nexport default _default;`),
  );
  captures(
    "declares namespaces",
    `import { Events } from "@acme/events"; posthog.capture(Events.SIGNUP);`,
    `"Signed Up"`,
    declares(`export declare namespace Events { const SIGNUP: "Signed Up"; }`),
  );
  captures("declares in several files", USE, `"Signed Up"`, {
    ...declares(`export * from "./names.js";`),
    "node_modules/@acme/events/names.d.ts": `export declare const EVENTS: { readonly SIGNUP: "Signed Up" };`,
  });
  captures(
    "may have no declarations",
    USE,
    `"Signed Up"`,
    has(
      `export const EVENTS = { SIGNUP: "Signed Up" };`,
      `{ "name": "@acme/events", "type": "module", "exports": { ".": "./index.js" } }`,
    ),
  );
  captures(
    "may be CommonJS",
    USE,
    `"Signed Up"`,
    has(
      `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.EVENTS = Object.freeze({ SIGNUP: "Signed Up" });`,
    ),
  );
  captures(
    "may be asked for a subpath",
    `import { SIGNUP } from "@acme/events/names"; posthog.capture(SIGNUP);`,
    `"Signed Up"`,
    { [MANIFEST]: `{ "name": "@acme/events" }`, "node_modules/@acme/events/names.js": `exports.SIGNUP = "Signed Up";` },
  );
  captures(
    "may be handed on by the repository",
    `import { EVENTS } from "./names"; posthog.capture(EVENTS.SIGNUP);`,
    `"Signed Up"`,
    {
      ...declares(`export declare const EVENTS: { readonly SIGNUP: "Signed Up" };`),
      "src/names.ts": `export { EVENTS } from "@acme/events";`,
    },
  );
  captures(
    "may give part of a name",
    `import { NOUN } from "@acme/events"; posthog.capture(\`\${NOUN} Created\`);`,
    `"Account Created"`,
    declares(`export declare const NOUN: "Account";`),
  );
  captures(
    "may be changed in case",
    `import { EVENTS } from "@acme/events"; posthog.capture(EVENTS.SIGNUP.toLowerCase());`,
    `"signed up"`,
    declares(`export declare const EVENTS: { readonly SIGNUP: "Signed Up" };`),
  );
  captures(
    "may be looked up",
    `import { EVENTS } from "@acme/events"; export const f = (key: "a" | "b") => posthog.capture(EVENTS[key]);`,
    `"A" | "B"`,
    declares(`export declare const EVENTS: { readonly a: "A"; readonly b: "B"; readonly c: "C" };`),
  );
  captures(
    "may declare the type of a name",
    `import type { EventName } from "@acme/events"; export const f = (name: EventName) => posthog.capture(name);`,
    `"Signed Up" | "Logged In"`,
    declares(`export type EventName = "Signed Up" | "Logged In";`),
  );
  captures(
    "may declare the type of a payload",
    `import type { Props } from "@acme/events"; export const f = (props: Props) => posthog.capture("E", props);`,
    `"E" { plan: "pro" | "free", seats?: number }`,
    declares(`export interface Props { plan: "pro" | "free"; seats?: number }`),
  );
  captures(
    "may declare the type of a member",
    `import type { Session } from "@acme/events"; export const f = (session: Session) => posthog.capture("E", { id: session.user.id });`,
    `"E" { id: string }`,
    declares(`interface User { id: string }\nexport interface Session { user: User }`),
  );
  captures(
    "may have the common properties",
    `import { BASE } from "@acme/events"; posthog.capture("E", { ...BASE, a: 1 });`,
    `"E" { version: 2, a: 1 }`,
    declares(`export declare const BASE: { readonly version: 2 };`),
  );
  captures("may not tell a name", USE, `@acme/events#EVENTS.SIGNUP`, declares(`export declare const OTHER: 1;`));
  captures(
    "may tell no more than that it is a text",
    USE,
    `@acme/events#EVENTS.SIGNUP`,
    declares(`export declare const EVENTS: { SIGNUP: string };`),
  );
  captures(
    "is not searched for calls",
    USE,
    `"Signed Up"`,
    has(
      `import posthog from "posthog-js";\nexport const EVENTS = { SIGNUP: "Signed Up" };\nposthog.capture("Package Loaded");`,
    ),
  );
  captures("that is broken is as good as none", USE, `@acme/events#EVENTS.SIGNUP`, {
    [MANIFEST]: `{ "name": `,
    [DECLARATIONS]: `export declare const EVENTS: {`,
  });
});
