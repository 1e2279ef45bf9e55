import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const TRPC = `import { initTRPC } from "@trpc/server";
import { PostHog } from "posthog-node";
const posthog = new PostHog("key");
const t = initTRPC.meta<{ track?: { event: string; area?: string } }>().create();
const tracked = t.middleware(async ({ ctx, meta, next }) => {
  const result = await next();
  if (meta?.track) posthog.capture({ distinctId: ctx.id, event: meta.track.event, properties: { area: meta.track.area } });
  return result;
});
export const procedure = t.procedure.use(tracked);`;

const NEST = `import { Reflector } from "@nestjs/core";
import { PostHog } from "posthog-node";
import { TRACKED } from "./keys";
const posthog = new PostHog("key");
export class Tracking {
  constructor(private readonly reflector: Reflector) {}
  intercept(context, next) {
    const event = this.reflector.get<string>(TRACKED, context.getHandler());
    if (event) posthog.capture({ distinctId: "1", event });
    return next.handle();
  }
}`;

describe("metadata that a middleware reads is a site where it is written", () => {
  sends(
    "as the argument of a method",
    {
      "src/trpc.ts": TRPC,
      "src/router.ts": `import { procedure } from "./trpc";
      export const router = {
        add: procedure.meta({ track: { event: "Item Added", area: "shop" } }).mutation(() => 1),
        list: procedure.meta({ cached: true }).query(() => []),
        drop: procedure.mutation(() => 1),
      };`,
    },
    'track "Item Added" userId: ?',
    "track (forwarder) ? { area: ? } userId: ?",
  );
  sends(
    "as a key of options that a cache hands to its callbacks",
    {
      "src/client.ts": `import { MutationCache, QueryClient } from "@tanstack/react-query";
      import posthog from "posthog-js";
      export const client = new QueryClient({
        mutationCache: new MutationCache({
          onSuccess: (_data, _variables, _context, mutation) => {
            if (mutation.meta?.track) posthog.capture(mutation.meta.track as string);
          },
        }),
      });`,
      "src/save.ts": `import { useMutation } from "@tanstack/react-query";
      export const useSave = () => useMutation({ mutationFn: save, meta: { track: "Saved" } });
      export const useDrop = () => useMutation({ mutationFn: drop, meta: { toast: "Dropped" } });`,
    },
    "track (forwarder) ?",
    'track "Saved"',
  );
  sends(
    "of a route",
    {
      "src/router.ts": `import posthog from "posthog-js";
      import { createRouter } from "vue-router";
      import { routes } from "./routes";
      const router = createRouter({ routes });
      router.afterEach((to) => posthog.capture(to.meta.analytics));`,
      "src/routes.ts": `export const routes = [
        { path: "/prices", meta: { analytics: "Prices Viewed" } },
        { path: "/login", meta: { auth: false } },
      ];`,
    },
    "track (forwarder) ?",
    'track "Prices Viewed"',
  );
  sends(
    "of an action, with its payload",
    {
      "src/middleware.ts": `import posthog from "posthog-js";
      export const middleware = () => (next) => (action) => {
        const { analytics } = action.meta ?? {};
        if (analytics) posthog.capture(analytics.type, analytics.payload);
        return next(action);
      };`,
      "src/actions.ts":
        'export const buy = (id: string) => ({ type: "buy", id, meta: { analytics: { type: "Bought", payload: { id } } } });',
    },
    'track "Bought" { id: string }',
    "track (forwarder) ? { … }",
  );
  sends(
    "by a decorator, made by a function or not",
    {
      "src/keys.ts": `import { SetMetadata } from "@nestjs/common";
      export const TRACKED = "tracked";
      export const Tracked = (name: string) => SetMetadata(TRACKED, name);`,
      "src/tracking.ts": NEST,
      "src/orders.ts": `import { SetMetadata } from "@nestjs/common";
      import { Tracked } from "./keys";
      export class Orders {
        @Tracked("Order Placed") place() {}
        @SetMetadata("tracked", "Order Dropped") drop() {}
        @SetMetadata("roles", "Order Admin") list() {}
      }`,
    },
    'track (forwarder) ? userId: "1"',
    'track "Order Placed" userId: "1"',
    'track "Order Dropped" userId: "1"',
    'track (forwarder) ? userId: "1"',
  );
  sends(
    "by a decorator that is its own key",
    {
      "src/keys.ts":
        'import { Reflector } from "@nestjs/core";\nexport const TRACKED = Reflector.createDecorator<string>();',
      "src/tracking.ts": NEST,
      "src/orders.ts": 'import { TRACKED } from "./keys";\nexport class Orders { @TRACKED("Order Placed") place() {} }',
    },
    'track "Order Placed" userId: "1"',
    'track (forwarder) ? userId: "1"',
  );
});

describe("metadata is no site", () => {
  sends(
    "where nothing that tracks reads it",
    {
      "src/trpc.ts": `import { initTRPC } from "@trpc/server";
    import posthog from "posthog-js";
    const t = initTRPC.create();
    export const procedure = t.procedure.use(({ meta, next }) => { console.log(meta.track.event); return next(); });
    posthog.capture("Started");`,
      "src/router.ts":
        'import { procedure } from "./trpc";\nprocedure.meta({ track: { event: "Item Added" } }).query(() => 1);',
    },
    'track "Started"',
  );
  sends(
    "where what is under the key is no name",
    {
      "src/a.ts": `import posthog from "posthog-js";
      export const middleware = () => (next) => (action) => { posthog.capture(action.meta.track); return next(action); };
      export const options = { meta: { track: true } };`,
    },
    "track ?",
  );
  sends(
    "where the reader is called with a name",
    `import posthog from "posthog-js";
    function send(message) { posthog.capture(message.meta.name); }
    send({ meta: { name: "Sent" } });
    export const page = { meta: { name: "viewport" } };`,
    "track (forwarder) ?",
    'track "Sent"',
  );
});
