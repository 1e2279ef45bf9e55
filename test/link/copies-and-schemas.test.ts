import { describe } from "vitest";
import { captures, sends } from "./calls-of.ts";

const ZOD = `import { z } from "zod";\n`;

describe("a payload whose type is inferred from a schema", () => {
  captures(
    "has the schema's keys and types",
    `${ZOD}const Payload = z.object({ plan: z.enum(["free", "pro"]), seats: z.number().int().optional(), kind: z.literal("new"), note: z.string().min(1).nullable(), tags: z.array(z.string()) });
export function f(payload: z.infer<typeof Payload>) { posthog.capture("Signed Up", payload); }`,
    `"Signed Up" { plan: "free" | "pro", seats?: number, kind: "new", note: string | null, tags: string[] }`,
  );
  captures(
    "may be extended, and lie in another file",
    `import type { Order } from "./schema";\nexport function f(order: Order) { posthog.capture("Ordered", order); }`,
    `"Ordered" { id: string, total: number, gift?: boolean }`,
    {
      "src/schema.ts": `${ZOD}const Base = z.object({ id: z.string().uuid(), secret: z.string() });
export const orderSchema = Base.omit({ secret: true }).extend({ total: z.number(), gift: z.boolean().optional() });
export type Order = z.infer<typeof orderSchema>;`,
    },
  );
  captures(
    "may be what was parsed",
    `${ZOD}const Body = z.object({ plan: z.string().default("free") });
export function f(body: unknown) { const { plan } = Body.parse(body); posthog.capture("Signed Up", { plan }); }`,
    `"Signed Up" { plan: string }`,
  );
  captures(
    "may be valibot's",
    `import * as v from "valibot";\nconst Payload = v.object({ plan: v.picklist(["free", "pro"]), seats: v.optional(v.pipe(v.number(), v.minValue(1))) });
export function f(payload: v.InferOutput<typeof Payload>) { posthog.capture("Signed Up", payload); }`,
    `"Signed Up" { plan: "free" | "pro", seats?: number }`,
  );
  captures(
    "is not known where a function changes it",
    `${ZOD}const Payload = z.object({ at: z.string() }).transform((x) => ({ other: x.at }));
export function f(payload: z.infer<typeof Payload>) { posthog.capture("Signed Up", payload); }`,
    `"Signed Up" { … }`,
  );
  captures(
    "is not that of another library's function of the same name",
    `import { z } from "./z";\nconst Payload = z.object({ plan: z.string() });
export function f(payload: z.infer<typeof Payload>) { posthog.capture("Signed Up", payload); }`,
    `"Signed Up" { … }`,
  );
  sends(
    "may be the name",
    `import posthog from "posthog-js";\n${ZOD}const Name = z.enum(["Signed Up", "Logged In"]);
export function send(name: z.infer<typeof Name>) { posthog.capture(name); }`,
    `track "Signed Up" | "Logged In"`,
  );
});

describe("copies", () => {
  captures(
    "are what was copied",
    `const data = { plan: "pro" };\nposthog.capture("A", JSON.parse(JSON.stringify(data)));`,
    `"A" { plan: "pro" }`,
  );
  captures("are not what was parsed of a text", `posthog.capture("A", JSON.parse(read()));`, `"A" { … }`);
  captures(
    "may be made of entries",
    `const data = { plan: "pro", seats: 2 };\nposthog.capture("A", Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)])));`,
    `"A" { plan: "pro", seats: "2" }`,
  );
  captures(
    "are open where entries may be missing",
    `const data = { plan: "pro" };\nposthog.capture("A", Object.fromEntries(Object.entries(data).filter(([, value]) => value)));`,
    `"A" { … }`,
  );
});

describe("String.raw", () => {
  captures("is the text as it is written", "posthog.capture(String.raw`Signed Up`);", `"Signed Up"`);
  captures("is not known where it escapes", "posthog.capture(String.raw`a\\b`);", "?");
  captures("says nothing of other tags", "posthog.capture(translate`Signed Up`);", "?");
});
