import { describe } from "vitest";
import { sends } from "./calls-of.ts";
import { BROWSER, NODE, NODE_CALL, NODE_SIGNED_UP, SIGNED_UP } from "./posthog-code.ts";

describe("a class", () => {
  sends(
    "may keep an instance in a field",
    `${NODE}export class Service { client = new PostHog("k"); signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may keep it in a private field",
    `${NODE}export class Service { private readonly client = new PostHog("k"); signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may keep it in a field that is really private",
    `${NODE}export class Service { #client = new PostHog("k"); signedUp() { this.#client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may assign it in the constructor",
    {
      "src/service.js": `${NODE}export class Service { constructor() { this.client = new PostHog("k"); } signedUp() { this.client${NODE_CALL} } }`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may assign it in a method",
    `${NODE}export class Service { private client?: PostHog; init() { this.client = new PostHog("k"); } signedUp() { this.client?.capture({ distinctId: "u1", event: "Signed Up" }); } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may have it as a parameter property",
    `${NODE}export class Service { constructor(private readonly client: PostHog) {} signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be given it",
    {
      "src/app.js": `${NODE}class Service { constructor(client) { this.client = client; } get() { return this.client; } } const service = new Service(new PostHog("k")); service.client${NODE_CALL} service.get()${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may keep it in a static field",
    `${NODE}export class Service { static client = new PostHog("k"); static signedUp() { Service.client${NODE_CALL} this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may assign a static field later",
    `${NODE}export class Service { private static client: PostHog; static init() { Service.client = new PostHog("k"); } static signedUp() { Service.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be a singleton",
    {
      "src/service.ts": `${NODE}export class Service { private static instance: Service; readonly client = new PostHog("k"); static get() { if (!Service.instance) Service.instance = new Service(); return Service.instance; } }`,
      "src/app.ts": `import { Service } from "./service"; Service.get().client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may have a getter for it",
    `${NODE}export class Service { #client?: PostHog; get client() { this.#client ??= new PostHog("k"); return this.#client; } signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may inherit it",
    {
      "src/base.ts": `${NODE}export abstract class Base { protected client = new PostHog("k"); }`,
      "src/service.ts": `import { Base } from "./base"; export class Service extends Base { signedUp() { this.client${NODE_CALL} super.client${NODE_CALL} } }`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may inherit what a parent's constructor is given",
    {
      "src/base.ts": `import type { PostHog } from "posthog-node"; export class Base { constructor(protected client: PostHog) {} }`,
      "src/service.ts": `${NODE}import { Base } from "./base"; export class Service extends Base { constructor() { super(new PostHog("k")); } signedUp() { this.client${NODE_CALL} } }`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may extend a class of an SDK",
    {
      "src/client.ts": `${NODE}export class Client extends PostHog { signedUp() { this${NODE_CALL} } }`,
      "src/app.ts": `import { Client } from "./client"; const client = new Client("k"); client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
    NODE_SIGNED_UP,
  );
  sends(
    "may override a method of an SDK's class and call it",
    { "src/client.ts": `${NODE}export class Client extends PostHog { signedUp() { super${NODE_CALL} } }` },
    NODE_SIGNED_UP,
  );
  sends(
    "may expose it in an object",
    `${NODE}export class Service { tools = { client: new PostHog("k") }; signedUp() { this.tools.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be an expression",
    `${NODE}const Service = class { client = new PostHog("k"); signedUp() { this.client${NODE_CALL} } }; new Service().signedUp();`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be exported as an instance",
    {
      "src/service.ts": `${NODE}class Service { client = new PostHog("k"); } export default new Service();`,
      "src/app.ts": `import service from "./service"; service.client${NODE_CALL}`,
    },
    NODE_SIGNED_UP,
  );
  sends(
    "may bind a method in its constructor",
    `${NODE}export class Service { client = new PostHog("k"); constructor() { this.signedUp = this.signedUp.bind(this); } signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may hold arrow functions",
    `${NODE}export class Service { client = new PostHog("k"); signedUp = () => { this.client${NODE_CALL} }; }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may use a function's this",
    `${NODE}export class Service { client = new PostHog("k"); signedUp() { const self = this; setTimeout(function () { self.client${NODE_CALL} }, 0); } }`,
    NODE_SIGNED_UP,
  );
  sends(
    "may be generic",
    `${NODE}class Box<T> { constructor(readonly value: T) {} } const box = new Box(new PostHog("k")); box.value${NODE_CALL}`,
    NODE_SIGNED_UP,
  );
  sends(
    "may have a class of a package as the declared type of a field",
    `import { PostHog } from "posthog-node"; export class Service { declare client: PostHog; signedUp() { this.client${NODE_CALL} } }`,
    NODE_SIGNED_UP,
  );
});

describe("a method", () => {
  sends(
    "may be destructured",
    `import mixpanel from "mixpanel-browser"; const { track } = mixpanel; track("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be destructured under another name",
    `${BROWSER}const { capture: send } = posthog; send("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends("may be taken", `${BROWSER}const send = posthog.capture; send("Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends(
    "may be bound",
    `${BROWSER}const send = posthog.capture.bind(posthog); send("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be bound with the name",
    `${BROWSER}const signedUp = posthog.capture.bind(posthog, "Signed Up"); signedUp({ plan: "pro" });`,
    SIGNED_UP,
  );
  sends(
    "may be exported",
    {
      "src/track.ts": `${BROWSER}export const track = posthog.capture.bind(posthog);`,
      "src/app.ts": `import { track } from "./track"; track("Signed Up", { plan: "pro" });`,
    },
    SIGNED_UP,
  );
  sends("may be called with call", `${BROWSER}posthog.capture.call(posthog, "Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends(
    "may be called with apply",
    `${BROWSER}posthog.capture.apply(posthog, ["Signed Up", { plan: "pro" }]);`,
    SIGNED_UP,
  );
  sends("may be called by key", `${BROWSER}posthog["capture"]("Signed Up", { plan: "pro" });`, SIGNED_UP);
  sends(
    "may be called with spread arguments",
    `${BROWSER}const args = ["Signed Up", { plan: "pro" }] as const; posthog.capture(...args);`,
    SIGNED_UP,
  );
  sends(
    "may stand in an object of functions",
    {
      "src/track.ts": `${BROWSER}export const analytics = { track: posthog.capture.bind(posthog) };`,
      "src/app.ts": `import { analytics } from "./track"; analytics.track("Signed Up", { plan: "pro" });`,
    },
    SIGNED_UP,
  );
  sends(
    "may be one of two",
    `${BROWSER}import mixpanel from "mixpanel-browser"; const send = Math.random() > 0.5 ? posthog.capture : mixpanel.track; send("Signed Up", { plan: "pro" });`,
    SIGNED_UP,
  );
});
