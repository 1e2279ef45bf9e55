import { describe, expect, test } from "vitest";
import type { Range } from "../../src/diagnostics/range.ts";
import { type Files, scanCalls } from "./calls-of.ts";

const FILES: Readonly<Record<string, string>> = {
  "src/names.ts": `export const EVENTS = {\n  SIGNUP: "Signed Up",\n};\n`,
  "src/base.ts": `export const BASE = { source: "web" };\n`,
  "src/app.ts": `import { PostHog } from "posthog-node";
import { BASE } from "./base";
import { EVENTS } from "./names";

const client = new PostHog("k");

export function signUp(user: { id: string }, plan: string) {
  client.capture({
    distinctId: user.id,
    event: EVENTS.SIGNUP,
    properties: { ...BASE, plan },
  });
}
`,
};

/** What stands in a range: `src/app.ts:3:5 text`. */
function written(files: Readonly<Record<string, string>>, { file, line, column, endLine, endColumn }: Range): string {
  const lines = (files[file] ?? "").split("\n").slice(line - 1, endLine);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, endColumn - 1) ?? "";
  lines[0] = lines[0]?.slice(column - 1) ?? "";
  return `${file}:${line}:${column} ${lines.join(" ").replace(/\s+/g, " ")}`;
}

async function onlyCall(files: Files) {
  const calls = await scanCalls(files);
  expect(calls).toHaveLength(1);
  return calls[0]!;
}

describe("a call says where", () => {
  test("it stands, from its first character to its last", async () => {
    const call = await onlyCall(FILES);
    expect(call.at).toMatchObject({ file: "src/app.ts", line: 8, column: 3, endLine: 12, endColumn: 5 });
    expect(call.id).toBe("src/app.ts:8:3:track");
  });

  test("its name is written, which may be another file, and what stands in its place at the call", async () => {
    const call = await onlyCall(FILES);
    expect(call.events.map(({ value, at }) => `${value} ${written(FILES, at)}`)).toEqual([
      `Signed Up src/names.ts:2:11 "Signed Up"`,
    ]);
    expect(call.eventText).toBe("EVENTS.SIGNUP");
    expect(written(FILES, call.eventAt!)).toBe("src/app.ts:10:12 EVENTS.SIGNUP");
  });

  test("a name that is made of a prop is written where the component is used", async () => {
    const files = {
      "src/button.tsx": `import posthog from "posthog-js";\nexport function Button({ event }: { event?: string }) { return <a onClick={() => posthog.capture(\`click_\${event}\`, { from: "button" })} />; }`,
      "src/app.tsx": `import { Button } from "./button";\nexport const App = () => <div><Button event="sign_up" /><Button event="soc-2" /></div>;`,
    };
    const { events } = await onlyCall(files);
    expect(events.map(({ value, at, written: text }) => `${value} ${text} ${written(files, at)}`)).toEqual([
      `click_sign_up sign_up src/app.tsx:2:45 "sign_up"`,
      `click_soc-2 soc-2 src/app.tsx:2:71 "soc-2"`,
    ]);
  });

  test("a name that is made of a constant is written where it is made", async () => {
    const files = {
      "src/app.ts": `import posthog from "posthog-js";\nconst PREFIX = "App";\nposthog.capture(\`\${PREFIX} Opened\`);`,
    };
    const { events } = await onlyCall(files);
    expect(events.map(({ value, at }) => `${value} ${written(files, at)}`)).toEqual([
      "App Opened src/app.ts:3:17 `${PREFIX} Opened`",
    ]);
  });

  test("a name in a message that a constant holds is written there", async () => {
    const files = {
      "src/app.ts": `import posthog from "posthog-js";\nconst send = (message: { event: string }) => posthog.capture(message.event);\nexport function go(code: number) {\n  const message = { event: nameOf(code) };\n  send(message);\n}`,
    };
    const call = (await scanCalls(files)).find(({ role }) => role === "site");
    expect(written(files, call!.eventAt!)).toBe("src/app.ts:4:28 nameOf(code)");
  });

  test("its properties are written, which may be another file", async () => {
    const { properties } = await onlyCall(FILES);
    expect(properties.properties.map(({ at }) => written(FILES, at))).toEqual([
      "src/base.ts:1:23 source",
      "src/app.ts:11:28 plan",
    ]);
    expect(written(FILES, properties.at!)).toBe("src/app.ts:11:17 { ...BASE, plan }");
  });

  test("its identifiers are written", async () => {
    const { ids } = await onlyCall(FILES);
    expect(ids.userId?.text).toBe("user.id");
    expect(written(FILES, ids.userId!.at)).toBe("src/app.ts:9:17 user.id");
  });

  test("a property was added later", async () => {
    const files = {
      "src/app.ts": `import posthog from "posthog-js";\nconst props: any = { a: 1 };\nprops.plan = "pro";\nposthog.capture("E", props);\n`,
    };
    const { properties } = await onlyCall(files);
    expect(properties.properties.map(({ at }) => written(files, at))).toEqual([
      "src/app.ts:2:22 a",
      "src/app.ts:3:1 props.plan",
    ]);
  });

  test("a line with other characters than ASCII, of any ending, is counted as editors do", async () => {
    const files = { "src/app.ts": `import posthog from "posthog-js";\r\nconst 名 = "ä𝒳"; posthog.capture("E");\r\n` };
    expect((await onlyCall(files)).at).toMatchObject({ line: 2, column: 18, endColumn: 38 });
  });

  test("why a payload isn't complete", async () => {
    const { properties } = await onlyCall({
      "src/app.ts": `import posthog from "posthog-js";\nexport const f = (rest) => posthog.capture("E", { a: 1, ...rest });`,
    });
    expect(properties.complete).toBe(false);
    expect(properties.openReason).toBe("spread of `rest`");
  });

  test("a value comes from", async () => {
    const { properties } = await onlyCall({
      "src/app.ts": `import posthog from "posthog-js";\nexport const f = (user: { email: string }) => posthog.capture("E", { a: user.email, b: \`x \${user.email}\` });`,
    });
    expect(properties.properties.map(({ value }) => value)).toMatchObject([
      { kind: "type", type: "string", origin: "user.email" },
      { kind: "template", parts: ["x ", null] },
    ]);
  });
});
