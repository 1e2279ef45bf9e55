import { expect, test } from "vitest";
import { type Files, scanCalls } from "./calls-of.ts";

/** Declares a test: what the calls send has these fates, in the order of the calls. */
function leaves(behaviour: string, files: Files, ...fates: readonly string[]): void {
  test(behaviour, async () => {
    const calls = await scanCalls(files);
    const lines = calls.flatMap(({ deliveries = [] }) =>
      deliveries.map(({ fate, run }) => (run ? `${fate} in ${run.name} (${run.proof})` : fate)),
    );
    expect(lines).toEqual(fates);
  });
}

const route = (body: string, more: Readonly<Record<string, string>> = {}): Files => ({
  "vercel.json": "{}",
  "app/api/a/route.ts": `import { PostHog } from "posthog-node";
const posthog = new PostHog("key");
${body}`,
  ...more,
});

const event = '{ distinctId: "1", event: "Opened" }';
const capture = `posthog.capture(${event});`;
const post = (body: string) => route(`export async function POST(request: Request) { ${body} }`);

leaves("a queue that nothing empties", post(capture), "unflushed in POST (vercel.json)");
leaves("a flush that stands before", post(`await posthog.flush(); ${capture}`), "unflushed in POST (vercel.json)");
leaves(
  "a flush in a loop",
  post(`for (const a of [1, 2]) { await posthog.flush(); ${capture} }`),
  "sent in POST (vercel.json)",
);
leaves("a flush that follows", post(`${capture} await posthog.flush();`), "sent in POST (vercel.json)");
leaves(
  "a flush in the same branch",
  post(`if (request.url) { ${capture} await posthog.flush(); }`),
  "sent in POST (vercel.json)",
);
leaves(
  "a flush in the other branch",
  post(`if (request.url) { ${capture} } else { await posthog.flush(); }`),
  "unflushed in POST (vercel.json)",
);
leaves(
  "a flush under the same test",
  post(`if (request.url) { ${capture} } if (request.url) { await posthog.flush(); }`),
  "sent in POST (vercel.json)",
);
leaves(
  "a flush under another test",
  post(`${capture} if (request.ok) await posthog.flush();`),
  "sometimes in POST (vercel.json)",
);
leaves(
  "a flush where there is a client",
  post(`${capture} if (posthog) await posthog.flush();`),
  "sent in POST (vercel.json)",
);
leaves(
  "a flush in catch",
  post(`try { ${capture} } catch { await posthog.flush(); }`),
  "sometimes in POST (vercel.json)",
);
leaves(
  "a flush in finally, whatever returns before",
  post(`try { ${capture} if (request.ok) return; return new Response(); } finally { await posthog.flush(); }`),
  "sent in POST (vercel.json)",
);
leaves("a flush that nobody waits for", post(`${capture} posthog.flush();`), "unawaited in POST (vercel.json)");
leaves("a flush by void", post(`${capture} void posthog.flush();`), "unawaited in POST (vercel.json)");
leaves("a flush among others", post(`${capture} await Promise.all([posthog.flush()]);`), "sent in POST (vercel.json)");
leaves(
  "a flush with a handler of errors",
  post(`${capture} await posthog.flush().catch(console.error);`),
  "sent in POST (vercel.json)",
);
leaves(
  "a callback that runs at once",
  post(`request.items.forEach((item) => { ${capture} }); await posthog.flush();`),
  "sent in POST (vercel.json)",
);
leaves(
  "a function that flushes",
  route(
    `import { drain } from "../drain";
export async function POST() { ${capture} await drain(posthog); }`,
    {
      "app/api/drain.ts": `import { PostHog } from "posthog-node";
export async function drain(client: PostHog) { await client.shutdown(); }`,
    },
  ),
  "sent in POST (vercel.json)",
);
leaves(
  "through a function that is exported otherwise",
  route(`export const GET = guarded(async () => { ${capture} });
function guarded(handler: () => Promise<void>) { return handler; }`),
  "unflushed in GET (vercel.json)",
);
leaves("no handler is known", route(`export function onMessage() { ${capture} }`), "unflushed");
leaves(
  "one call in two handlers",
  route(`function record() { ${capture} }
export async function GET() { record(); }
export async function POST() { record(); await posthog.shutdown(); }`),
  "unflushed in GET (vercel.json)",
  "sent in POST (vercel.json)",
);
leaves(
  "a template of something else",
  {
    "template.yaml": "kind: Template",
    "src/a.ts": `import { PostHog } from "posthog-node";
export const handler = async () => { new PostHog("key").capture(${event}); };`,
  },
  "unflushed",
);
leaves(
  "a template of CloudFormation",
  {
    "template.yaml": "Type: AWS::Serverless::Function",
    "src/a.ts": `import { PostHog } from "posthog-node";
export const handler = async () => { new PostHog("key").capture(${event}); };`,
  },
  "unflushed in handler (template.yaml)",
);
leaves(
  "recursion comes to an end",
  route(`function a(n: number) { ${capture} b(n); }
function b(n: number) { if (n > 0) a(n - 1); }
export async function GET() { a(3); }`),
  "sent",
  "unflushed in GET (vercel.json)",
);
