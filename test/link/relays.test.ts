import { describe, expect, it } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";
import { scanCalls } from "./calls-of.ts";

const SEGMENT = `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "k" });`;

async function rolesIn(code: string): Promise<string[]> {
  return (await scanCalls({ "src/app.ts": code })).map((call) => call.role);
}

describe("a relay", () => {
  it("takes the event's name from a request's body", async () => {
    expect(
      await rolesIn(
        `${SEGMENT}\nexport function handler(req: any, res: any) { analytics.track({ userId: req.user.id, event: req.body.event }); res.end(); }`,
      ),
    ).toEqual(["relay"]);
  });

  it("takes the whole message from a request's body", async () => {
    expect(
      await rolesIn(
        `${SEGMENT}\nexport async function POST(request: Request) { const body = await request.json(); analytics.track({ ...body }); }`,
      ),
    ).toEqual(["relay"]);
  });

  it("takes it from a decorated parameter", async () => {
    expect(
      await rolesIn(
        `${SEGMENT}\nimport { Body, Post } from "@nestjs/common";\nexport class C { @Post() send(@Body() body: { event: string }) { analytics.track({ userId: "u", event: body.event }); } }`,
      ),
    ).toEqual(["relay"]);
  });

  it("hands a request's body on to another server", async () => {
    expect(
      await rolesIn(
        `export const handler = async ({ path, headers, body }) => { await fetch(\`https://telemetry.example.com\${path}\`, { method: "POST", headers, body }); };`,
      ),
    ).toEqual(["relay"]);
  });

  it("is not a message of its own that goes to another server", async () => {
    expect(
      await rolesIn(
        `export const handler = async ({ body }) => { await fetch("https://telemetry.example.com/track", { method: "POST", body: JSON.stringify({ event: "Saved", userId: body.id }) }); };`,
      ),
    ).toEqual(["site"]);
  });

  it("is not a call with one property from a request", async () => {
    expect(
      await rolesIn(
        `${SEGMENT}\nexport function handler(req: any) { analytics.track({ userId: "u", event: "Saved", properties: { plan: req.body.plan } }); }`,
      ),
    ).toEqual(["site"]);
  });
});

describe("a plugin's handler", () => {
  it("is a forwarder: its names are those of the calls that the SDK hands it", async () => {
    expect(
      await rolesIn(
        `import posthog from "posthog-js";\nexport const plugin = { name: "posthog", track: ({ payload }: any) => posthog.capture(payload.event) };`,
      ),
    ).toEqual(["forwarder"]);
  });
});

describe("the files that are parsed", () => {
  it("are those that name an SDK, those that name what these export, and what calls name", async () => {
    const files: Record<string, string> = {
      "src/client.ts": `import posthog from "posthog-js";\nexport const track = (name: string) => posthog.capture(name);`,
      "src/names.ts": `export const SAVED = "Saved";`,
      "src/app.ts": `import { track } from "./client";\nimport { SAVED } from "./names";\ntrack(SAVED);`,
    };
    for (let i = 0; i < 40; i += 1)
      files[`src/other-${i}.ts`] = `import { helper } from "./helper";\nexport const x${i} = helper("track");`;
    const { stats } = await scan({}, memoryHost(files));
    expect(stats).toMatchObject({ listed: 43, read: 43, parsed: 3, withCalls: 2 });
  });
});
