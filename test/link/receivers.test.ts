import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const SDK = `import posthog from "posthog-js";\n`;
const RELAY = "track (relay) ? { … }";

/** A client whose function posts to an address, and a caller of it. */
const client = (address: string, message = "{ name, payload }") => ({
  "src/client.ts": `export class Client { constructor(private http: any) {}
  log(name: string, payload: object) { return this.http.post(${address}, ${message}); } }`,
  "src/use.ts": `import { Client } from "./client";\nexport function open(client: Client) { client.log("Opened", { via: "menu" }); }`,
});
const SENT = ['track "Opened" { via: "menu" }', "track (forwarder) ? { … }"] as const;

describe("a message to a route of the repository whose handler tracks it", () => {
  sends(
    "is a tracking call, in the words of the handler (NestJS)",
    {
      "api/widgets.controller.ts": `${SDK}import { Body, Controller, Post } from "@nestjs/common";
@Controller("/widgets") export class Widgets { @Post("/usage/log") log(@Body() body: { name: string; payload: object }) { posthog.capture(body.name, body.payload); } }`,
      ...client('"/v1/widgets/usage/log"'),
    },
    RELAY,
    ...SENT.toReversed(),
  );

  sends(
    "is found behind Express, whose handler may stand elsewhere",
    {
      "api/handler.ts": `${SDK}export function log(req: any, res: any) { posthog.capture(req.body.title, req.body.extra); res.end(); }`,
      "api/router.ts": `import { log } from "./handler";\nrouter.post("/usage/:id/log", requireUser, log);`,
      "src/app.ts": `fetch(\`/api/usage/\${id}/log\`, { method: "POST", body: JSON.stringify({ title: "Saved", extra: { n: 1 } }) });`,
    },
    RELAY,
    'track "Saved" { n: 1 }',
  );

  sends(
    "is found behind files that are routes",
    {
      "web/app/api/usage/log/route.ts": `${SDK}export async function POST(request: Request) { const { title, extra } = await request.json(); posthog.capture(title, extra); }`,
      "site/src/routes/api/usage/kit/+server.ts": `${SDK}export const POST = async ({ request }) => { const body = await request.json(); posthog.capture(body.title, body.extra); };`,
      "nuxt/server/api/usage/nux.post.ts": `${SDK}export default defineEventHandler(async (event) => { const body = await readBody(event); posthog.capture(body.title, body.extra); });`,
      "remix/app/routes/usage.mix.tsx": `${SDK}export const action = async ({ request }) => { const body = await request.json(); posthog.capture(body.title, body.extra); };`,
      "web/src/app.ts": `fetch("/api/usage/log", { method: "POST", body: JSON.stringify({ title: "A", extra: { n: 1 } }) });
ofetch("/api/usage/kit", { method: "POST", body: { title: "B", extra: { n: 1 } } });
$fetch("/api/usage/nux", { method: "POST", body: { title: "C", extra: { n: 1 } } });
navigator.sendBeacon("/usage/mix", JSON.stringify({ title: "D", extra: { n: 1 } }));`,
    },
    RELAY,
    RELAY,
    RELAY,
    RELAY,
    'track "A" { n: 1 }',
    'track "B" { n: 1 }',
    'track "C" { n: 1 }',
    'track "D" { n: 1 }',
  );

  sends(
    "is found where the last segment alone is given, if the message says what the handler reads",
    {
      "api/router.ts": `${SDK}const router = Router();\nrouter.post("/log", (req, res) => { posthog.capture(req.body.title, req.body.extra); });`,
      "src/app.ts": `axios.post("/api/usage/log", { title: "Saved", extra: { n: 1 } });\naxios.post("/audit/log", { entry: "x" });`,
    },
    RELAY,
    'track "Saved" { n: 1 }',
  );

  sends(
    "is none where the handler takes only a property from the message, or the route is another",
    {
      "api/router.ts": `${SDK}router.post("/usage/save", (req, res) => { posthog.capture("Saved", { plan: req.body.plan }); });
router.post("/usage/log", (req, res) => { posthog.capture(req.body.title); });`,
      "src/app.ts": `axios.post("/usage/save", { title: "x", plan: "pro" });
axios.post("/usage/log/archive", { title: "x" });
axios.post("/usages/log", { title: "x" });
axios.post("/usage/log", { other: 1 });
fetch("/api/events", { method: "POST", body: JSON.stringify({ event: { title: "Standup" }, calendar: "c" }) });`,
    },
    'track "Saved" { plan: ? }',
    "track (relay) ?",
  );
});

describe("a call of a procedure of the repository that tracks", () => {
  sends(
    "is a tracking call (tRPC)",
    {
      "api/router.ts": `${SDK}export const usage = router({ record: procedure.input(schema).mutation(({ input }) => { posthog.capture(input.title, input.extra); }) });`,
      "src/app.tsx": `import { trpc } from "./trpc";
export function App() { const { mutate } = trpc.usage.record.useMutation(); return <a onClick={() => mutate({ title: "A", extra: { n: 1 } })} />; }
export const b = () => trpc.usage.record.mutate({ title: "B", extra: { n: 1 } });
export const c = () => trpc.audio.record.mutate({ file: "x" });`,
    },
    RELAY,
    'track "A" { n: 1 }',
    'track "B" { n: 1 }',
  );
});

describe("a message on a channel of the repository that tracks", () => {
  sends(
    "is a tracking call, whatever the channel is called",
    {
      "main/ipc.ts": `${SDK}ipcMain.on("usage", (_event, name, extra) => { posthog.capture(name, extra); });`,
      "server/connection.ts": `${SDK}connection.onNotification("usage/happened", (message) => posthog.capture(message.title, message.extra));`,
      "renderer/app.ts": `ipcRenderer.send("usage", "A", { n: 1 });\nipcRenderer.send("open", "B", { n: 1 });\nclient.sendNotification("usage/happened", { title: "C", extra: { n: 1 } });`,
    },
    RELAY,
    'track "A" { n: 1 }',
    'track "C" { n: 1 }',
    RELAY,
  );
});
