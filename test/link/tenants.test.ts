import { describe, expect, test } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";
import { type Files, scanCalls } from "./calls-of.ts";

/** Declares a test: the calls of these files have these roles, in the order of their places. */
function roles(behaviour: string, files: Files, ...expected: readonly string[]): void {
  test(behaviour, async () => expect((await scanCalls(files)).map(({ role }) => role)).toEqual(expected));
}

const NODE = `import { Analytics } from "@segment/analytics-node";\n`;
const WEB = `import posthog from "posthog-js";\n`;

describe("a call with a customer's key", () => {
  roles(
    "is a tenant's where the key is a field of an integration, or of a row of the database",
    `${NODE}export async function forward(integration: Integration, id: string) {
  const theirs = new Analytics({ writeKey: integration.config.writeKey });
  theirs.track({ userId: "u", event: "Forwarded" });
  const row = await prisma.connector.findUnique({ where: { id } });
  new Analytics({ writeKey: decrypt(row.secret) }).track({ userId: "u", event: "Sent" });
  const { segmentKey } = await db.settings.findFirst({ where: { id } });
  new Analytics({ writeKey: segmentKey }).track({ userId: "u", event: "Again" });
}`,
    "tenant",
    "tenant",
    "tenant",
  );

  roles(
    "is a tenant's where a function is given the key by callers that have it from customers",
    {
      "src/client.ts": `${NODE}export class Sender { constructor(private key: string) {} send(event: string) { new Analytics({ writeKey: this.key }).track({ userId: "u", event }); } }
export function notify(writeKey: string) { new Analytics({ writeKey }).track({ userId: "u", event: "Notified" }); }`,
      "src/app.ts": `import { notify, Sender } from "./client";
export function run({ workspace }: Props) { notify(workspace.segmentWriteKey); new Sender(workspace.segmentWriteKey).send("Run"); }`,
    },
    "tenant",
    "forwarder",
    "tenant",
  );

  roles(
    "is a tenant's where the key comes from a request",
    `${NODE}export function handler(req: any) { new Analytics({ writeKey: req.body.key }).track({ userId: "u", event: "Tested" }); }`,
    "tenant",
  );

  roles(
    "is a tenant's where the page starts the SDK for customers only",
    {
      "src/page.tsx": `${WEB}export function Page({ org }) { useEffect(() => { posthog.init(org.posthogKey); }, []); return <a onClick={() => posthog.capture("Booked")} />; }`,
    },
    "tenant",
  );

  roles(
    "is a tenant's in a message to a collector that carries the key",
    `export const send = (team: Team) => fetch("https://us.i.posthog.com/capture/", { method: "POST", body: JSON.stringify({ api_key: team.posthogKey, event: "Sent", distinct_id: "u" }) });`,
    "tenant",
  );

  roles(
    "is a tenant's where a step of a customer's job is given the key, or reads it of the environment that it runs in",
    {
      "src/client.ts": `export class Client {
  private constructor(private readonly host: string, private readonly apiKey: string) {}
  static from({ override, env }: { override?: string; env: Env }) { const apiKey = override || env.POSTHOG_KEY; return new Client(env.HOST ?? "https://us.i.posthog.com", apiKey); }
  async capture({ event }: { event: string }) {
    const response = await fetch(\`\${this.host}/i/v0/e/\`, { method: "POST", body: JSON.stringify({ api_key: this.apiKey, event, distinct_id: "job" }) });
    if (!response.ok) throw new UserError("FAILED", \`Sending "\${event}" failed\`);
  }
}`,
      "src/step.ts": `import { Client } from "./client";
export const step = createStep({ fn: async (context, { inputs, env }) => { const client = Client.from({ override: inputs.api_key.value, env }); await client.capture({ event: inputs.event.value }); } });`,
    },
    "forwarder",
    "tenant",
  );

  test("starts the customer's tracking", async () => {
    const { code } = await scan(
      {},
      memoryHost({
        "src/a.tsx": `import { GoogleAnalytics } from "@next/third-parties/google";
export const Theirs = ({ workspace }) => <GoogleAnalytics gaId={workspace.gaId} />;
export const Ours = () => <GoogleAnalytics gaId={process.env.NEXT_PUBLIC_GA} />;`,
      }),
    );
    expect(code.starts.map(({ tenant }) => tenant)).toEqual([true, undefined]);
  });
});

describe("a call with the product's own key", () => {
  roles(
    "is a site, however the key is plumbed",
    {
      "src/a.ts": `${NODE}const client = new Analytics({ writeKey: process.env.SEGMENT_KEY });\nclient.track({ userId: "u", event: "A" });`,
      "src/b.ts": `${NODE}export class Service { private client: Analytics; constructor(config: Config) { this.client = new Analytics({ writeKey: config.segmentKey }); } run() { this.client.track({ userId: "u", event: "B" }); } }`,
      "src/c.ts": `${NODE}const settings = await loadSettings();\nnew Analytics({ writeKey: settings.segment.writeKey }).track({ userId: "u", event: "C" });`,
      "src/d.ts": `${NODE}export const make = (writeKey: string) => new Analytics({ writeKey });\nmake(getConfig().segmentKey).track({ userId: "u", event: "D" });`,
      "src/e.ts": `${NODE}export function start({ options }: { options: Options }) { new Analytics({ writeKey: options.project.key }).track({ userId: "u", event: "E" }); }`,
      "src/f.ts": `${NODE}import { project } from "./constants";\nnew Analytics({ writeKey: project.key }).track({ userId: "u", event: "F" });`,
      "src/g.ts": `${NODE}const runtimeConfig = useRuntimeConfig();\nnew Analytics({ writeKey: runtimeConfig.public.segment }).track({ userId: "u", event: "G" });`,
      "src/h.ts": `${NODE}export function forward(integration: any) { new Analytics({ writeKey: integration.writeKey ?? process.env.SEGMENT_KEY }).track({ userId: "u", event: "H" }); }`,
    },
    ...Array(8).fill("site"),
  );

  roles(
    "is a site where the page starts the SDK for itself too",
    {
      "src/page.tsx": `${WEB}export function Page({ org }) { posthog.init(org.posthogKey); posthog.capture("Booked"); }`,
      "src/own.ts": `${WEB}posthog.init(process.env.POSTHOG_KEY);`,
    },
    "site",
  );

  roles(
    "is a site where a handler is given the product's environment, and no inputs",
    {
      "src/client.ts": `${NODE}export const from = ({ env }: { env: Env }) => new Analytics({ writeKey: env.SEGMENT_KEY });`,
      "src/worker.ts": `import { from } from "./client";\nexport default createWorker({ fetch: async (request, { env }) => { from({ env }).track({ userId: "u", event: "W" }); } });`,
    },
    "site",
  );
});
