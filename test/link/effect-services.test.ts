import { describe, expect, test } from "vitest";
import { scanCalls, sends } from "./calls-of.ts";

const SERVICE = `import { Context, Effect } from "effect";
interface Shape { readonly capture: (event: string) => Effect.Effect<void> }
export class Analytics extends Context.Service<Analytics, Shape>()("app/Analytics") {}`;
const LAYER = `import { Effect, Layer } from "effect";
import { PostHog } from "posthog-node";
import { Analytics } from "./analytics.service";
import { Settings } from "./settings";
export const analyticsLayer = Layer.effect(Analytics, Effect.gen(function* () {
  const settings = yield* Settings;
  if (settings.consent !== "granted") return Analytics.of({ capture: () => Effect.void });
  const client = new PostHog("key");
  const capture = (event: string) => Effect.gen(function* () { client.capture({ distinctId: settings.id, event }); });
  return Analytics.of({ capture });
})).pipe(Layer.provide(Settings.layer));`;
const HANDLER = `import { Effect } from "effect";
import { Analytics } from "./analytics.service";
export const login = Effect.fnUntraced(function* () { const analytics = yield* Analytics; yield* analytics.capture("logged_in"); });`;
const FILES = { "src/analytics.service.ts": SERVICE, "src/analytics.layer.ts": LAYER, "src/login.ts": HANDLER };

describe("a service of Effect", () => {
  sends("is what its layer makes of it", FILES, "track (forwarder) ? userId: ?", `track "logged_in" userId: ?`);

  test("is guarded as its layer is", async () => {
    const call = (await scanCalls(FILES)).find(({ role }) => role === "site");
    expect(call?.sinks.map(({ sdk }) => sdk)).toEqual(["posthog-node"]);
    expect(call?.guards.map(({ text, holds }) => [text, holds])).toContainEqual([
      `settings.consent !== "granted"`,
      false,
    ]);
  });

  sends(
    "is an object that a layer is given",
    {
      ...FILES,
      "src/analytics.layer.ts": `import { Layer } from "effect";
import posthog from "posthog-js";
import { Analytics } from "./analytics.service";
export const layer = Layer.succeed(Analytics, { capture: (event: string) => posthog.capture(event, { app: "web" }) });`,
    },
    `track (forwarder) ? { app: "web" }`,
    `track "logged_in"`,
  );

  sends(
    "stays one that is told by its name where no layer is seen",
    { "src/analytics.service.ts": SERVICE, "src/login.ts": HANDLER },
    `track "logged_in"`,
  );
});
