import { describe } from "vitest";
import { captures, sends } from "./calls-of.ts";

const POSTHOG = 'import posthog from "posthog-js";\n';

describe("what is emitted flows into the listener", () => {
  captures(
    "of an emitter of a package",
    `import mitt from "mitt";
    const bus = mitt();
    bus.on("purchase", (order) => posthog.capture("Purchase", order));
    bus.emit("purchase", { total: 5 });`,
    '"Purchase" { total: 5 }',
  );
  captures(
    "joined over all that emit the event, and nothing of other events",
    `import { EventEmitter } from "node:events";
    const bus = new EventEmitter();
    bus.once("purchase", ({ total, coupon }) => posthog.capture("Purchase", { total, coupon }));
    bus.emit("purchase", { total: 5, coupon: "A" });
    bus.emit("purchase", { total: 7, coupon: "B" });
    bus.emit("refund", { total: "all", coupon: "C" });`,
    '"Purchase" { total: 5 | 7, coupon: "A" | "B" }',
  );
  captures(
    "of the same emitter only",
    `import mitt from "mitt";
    const bus = mitt();
    const other = mitt();
    bus.on("purchase", (order) => posthog.capture("Purchase", { of: order }));
    other.emit("purchase", "wrong");
    bus.emit("purchase", "right");`,
    '"Purchase" { of: "right" }',
  );
  captures(
    "with the event's name where every event is listened to",
    `import mitt from "mitt";
    const bus = mitt();
    bus.on("*", (type, order) => posthog.capture("Bus", { type, order }));
    bus.emit("purchase", 5);`,
    '"Bus" { type: "purchase", order: 5 }',
  );
  captures(
    "of an event of the document",
    `document.addEventListener("shop:buy", (e) => posthog.capture("Purchase", e.detail));
    window.dispatchEvent(new CustomEvent("shop:buy", { detail: { total: 5 } }));`,
    '"Purchase" { total: 5 }',
  );
  captures(
    "of a subject, which has only one event",
    `import { Subject } from "rxjs";
    const bought = new Subject();
    bought.subscribe((total) => posthog.capture("Purchase", { total }));
    bought.next(5);`,
    '"Purchase" { total: 5 }',
  );
  captures(
    "of a class of the repository that is no library's",
    `class Bus {
      listeners = {};
      on(name, listener) { (this.listeners[name] ??= []).push(listener); }
      emit(name, value) { this.listeners[name]?.forEach((listener) => listener(value)); }
    }
    const bus = new Bus();
    bus.on("purchase", (total) => posthog.capture("Purchase", { total }));
    bus.emit("purchase", 5);`,
    '"Purchase" { total: 5 }',
  );
  captures(
    "into a method that is handed over as the listener",
    `import { EventEmitter } from "events";
    class Shop extends EventEmitter { buy(total: 5) { this.emit("purchase", total); } }
    class Stats {
      constructor(shop: Shop) { shop.on("purchase", this.bought); }
      bought(total) { posthog.capture("Purchase", { total }); }
    }`,
    '"Purchase" { total: 5 }',
  );
  captures(
    "and nothing where nobody is known to emit it",
    `import mitt from "mitt";
    const bus = mitt();
    bus.on("purchase", (order) => posthog.capture("Purchase", { order }));
    bus.emit(anything(), 5);`,
    '"Purchase" { order: ? }',
  );
  sends(
    "across files that know only the emitter",
    {
      "src/bus.ts": 'import mitt from "mitt";\nexport const bus = mitt();',
      "src/analytics.ts": `${POSTHOG}import { bus } from "./bus";\nbus.on("purchase", (order) => posthog.capture("Purchase", order));`,
      "src/shop.ts": 'import { bus } from "./bus";\nexport const buy = () => bus.emit("purchase", { total: 5 });',
    },
    'track "Purchase" { total: 5 }',
  );
  sends(
    "of an event of the document that other files dispatch",
    {
      "src/analytics.ts": `${POSTHOG}window.addEventListener("shop:buy", (e) => posthog.capture("Purchase", e.detail));`,
      "src/shop.ts":
        'export const buy = () => window.dispatchEvent(new CustomEvent("shop:buy", { detail: { total: 5 } }));',
    },
    'track "Purchase" { total: 5 }',
  );
  sends(
    "into methods that a decorator makes listeners",
    {
      "src/stats.ts": `${POSTHOG}import { OnEvent } from "@nestjs/event-emitter";
      export class Stats { @OnEvent("order.placed") placed(order) { posthog.capture("Order Placed", { total: order.total }); } }`,
      "src/orders.ts": `import { EventEmitter2 } from "@nestjs/event-emitter";
      export class Orders { constructor(private readonly events: EventEmitter2) {} place() { this.events.emit("order.placed", { total: 5 }); } }`,
    },
    'track "Order Placed" { total: 5 }',
  );
});

describe("who emits the name of what is tracked is the site", () => {
  sends(
    "where the listener passes it on",
    `${POSTHOG}import { EventEmitter } from "node:events";
    const bus = new EventEmitter();
    bus.on("track", ({ name, props }) => posthog.capture(name, props));
    bus.emit("track", { name: "Signed Up", props: { plan: "pro" } });
    bus.emit("track", { name: "Logged In" });
    bus.emit("other", { name: "Nothing" });`,
    "track (forwarder) ? { … }",
    'track "Signed Up" { plan: "pro" }',
    'track "Logged In"',
  );
  sends(
    "in another file, through a function that emits",
    {
      "src/bus.ts": `import { EventEmitter } from "node:events";
      export const bus = new EventEmitter();
      export function publish(event, value) { bus.emit(event, value); }`,
      "src/analytics.ts": `${POSTHOG}import { bus } from "./bus";\nbus.on("track", (message) => posthog.capture(message.name));`,
      "src/shop.ts":
        'import { publish } from "./bus";\npublish("track", { name: "Bought" });\npublish("other", { name: "Nothing" });',
    },
    "track (forwarder) ?",
    "track (forwarder) ?",
    'track "Bought"',
  );
});
