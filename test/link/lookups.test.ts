import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const TABLE = `import posthog from "posthog-js";
const EVENTS = { signup: "Signed Up", login: "Logged In", logout: "Logged Out" } as const;\n`;

describe("a name that is looked up by a parameter", () => {
  sends(
    "is the caller's to decide",
    `${TABLE}function trackAction(key: keyof typeof EVENTS, plan?: string) { posthog.capture(EVENTS[key], { plan }); }
trackAction("signup", "pro"); trackAction("login");`,
    "track (forwarder) ? { plan: string | undefined }",
    `track "Signed Up"`,
    `track "Logged In"`,
  );
  sends(
    "may be looked up without types, and into a constant",
    {
      "src/app.js": `${TABLE.replace(" as const", "")}export function trackAction(key) { const name = EVENTS[key]; if (!name) return; posthog.capture(name); }`,
      "src/use.js": `import { trackAction } from "./app"; trackAction("logout");`,
    },
    "track (forwarder) ?",
    `track "Logged Out"`,
  );
  sends(
    "may be a part of an entry",
    `import posthog from "posthog-js";
const EVENTS = { signup: { name: "Signed Up", area: "account" }, buy: { name: "Bought", area: "shop" } };
function trackAction(key: keyof typeof EVENTS) { posthog.capture(EVENTS[key].name, { area: EVENTS[key].area }); }
trackAction("buy");`,
    `track (forwarder) ? { area: "account" | "shop" }`,
    `track "Bought"`,
  );
  sends(
    "is any of the table where nobody calls the function",
    `${TABLE}export function trackAction(key: "signup" | "login") { posthog.capture(EVENTS[key]); }`,
    `track "Signed Up" | "Logged In"`,
  );
  sends(
    "may be a part of the name, of which nobody passes the key",
    `${TABLE}export function trackAction(key: keyof typeof EVENTS) { posthog.capture(\`App \${EVENTS[key]}\`); }`,
    `track "App Signed Up" | "App Logged In" | "App Logged Out"`,
  );
  sends(
    "leaves the function the site where the key serves something else",
    `${TABLE}function go(key: keyof typeof EVENTS) { open(key); posthog.capture(EVENTS[key]); }
declare function open(key: string): void;
go("login"); go("signup");`,
    `track "Logged In" | "Signed Up"`,
  );
  sends(
    "is any of the table where the caller's key can't be known",
    `${TABLE}function trackAction(key: string) { posthog.capture(EVENTS[key as keyof typeof EVENTS]); }
trackAction(location.hash);`,
    "track (forwarder) ?",
    `track "Signed Up" | "Logged In" | "Logged Out"`,
  );
  sends(
    "is any of a table whose keys are constants that aren't known",
    `import posthog from "posthog-js";
import { Kind } from "@acme/kinds";
const NAMES: { [key in Kind]: string } = { [Kind.Service]: "Service Created", [Kind.Broker]: "Broker Created" };
export function onCreate(args: { kind: Kind }) { posthog.capture(NAMES[args.kind]); }`,
    `track "Service Created" | "Broker Created"`,
  );
  sends(
    "is none where the table holds functions",
    `import posthog from "posthog-js";
const send = { a: () => posthog.capture("A"), b: () => posthog.capture("B") };
export function run(key: keyof typeof send) { send[key](); }
run("a");`,
    `track "A"`,
    `track "B"`,
  );
});
