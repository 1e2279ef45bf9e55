import { describe, expect, test } from "vitest";
import { guardsOf, scanCalls } from "./calls-of.ts";

/** Declares a test: these conditions hold, outermost first, whenever the only `posthog.capture("E")` in the code runs. */
function guards(behaviour: string, code: string, ...expected: readonly string[]): void {
  test(behaviour, async () => {
    const calls = await scanCalls(`import posthog from "posthog-js";\n${code}`);
    expect(calls.map(guardsOf)).toEqual([expected]);
  });
}

describe("a call inside a condition", () => {
  guards("has none at the top", `posthog.capture("E");`);
  guards("has that of an if", `if (ok) posthog.capture("E");`, "ok");
  guards("has that of an else, the other way round", `if (ok) { x(); } else { posthog.capture("E"); }`, "not (ok)");
  guards("has all of an else-if", `if (a) { x(); } else if (b) { posthog.capture("E"); }`, "not (a)", "b");
  guards("has all that lie around it", `if (a) { if (b) { posthog.capture("E"); } }`, "a", "b");
  guards("has that of &&", `ok && posthog.capture("E");`, "ok");
  guards("has that of ||, the other way round", `ok || posthog.capture("E");`, "not (ok)");
  guards("has both of && in an if", `if (a && b) posthog.capture("E");`, "a && b");
  guards("has that of a chain of &&", `a && b && posthog.capture("E");`, "a && b");
  guards("has that of a conditional expression", `ok ? posthog.capture("E") : x();`, "ok");
  guards("has that of its other branch, the other way round", `ok ? x() : posthog.capture("E");`, "not (ok)");
  guards("has none of ??, which only asks for a value", `x ?? posthog.capture("E");`);
  guards("has that of while", `while (ok) { posthog.capture("E"); }`, "ok");
  guards("has that of for", `for (let i = 0; i < 3; i++) posthog.capture("E");`, "i < 3");
  guards("has none of do-while, which runs once anyway", `do { posthog.capture("E"); } while (ok);`);
  guards("has none of for-of", `for (const x of list) posthog.capture("E");`);
  guards("has none of the condition itself", `if (posthog.capture("E")) { x(); }`);
});

describe("a call after a way out", () => {
  const inside = (body: string) => `export function f() { ${body} }`;
  guards(
    "has the condition of return, the other way round",
    inside(`if (!ok) return; posthog.capture("E");`),
    "not (!ok)",
  );
  guards(
    "has the condition of throw",
    inside(`if (bad) { throw new Error("bad"); } posthog.capture("E");`),
    "not (bad)",
  );
  guards(
    "has the condition of continue",
    `for (const x of list) { if (x.done) continue; posthog.capture("E"); }`,
    "not (x.done)",
  );
  guards(
    "has the condition of break",
    `for (const x of list) { if (x.done) break; posthog.capture("E"); }`,
    "not (x.done)",
  );
  guards("has that of an else that leaves", inside(`if (ok) { x(); } else { return; } posthog.capture("E");`), "ok");
  guards("has all of several", inside(`if (a) return; if (b) return; posthog.capture("E");`), "not (a)", "not (b)");
  guards("has that of a nested way out", inside(`if (a) { if (b) return; posthog.capture("E"); }`), "a", "not (b)");
  guards("has none of a way out that is only inside", inside(`if (a) { if (b) return; } posthog.capture("E");`));
  guards(
    "has that where both branches inside leave",
    inside(`if (a) { if (b) return; else throw 1; } posthog.capture("E");`),
    "not (a)",
  );
  guards(
    "has none of an early return in another function",
    inside(`const g = () => { if (a) return; }; g(); posthog.capture("E");`),
  );
  guards("has that of process.exit", `if (bad) { process.exit(1); } posthog.capture("E");`, "not (bad)");
  guards("has that of a switch that leaves", inside(`switch (kind) { case "a": return; } posthog.capture("E");`));
});

describe("a call in a switch", () => {
  guards("has that of its case", `switch (kind) { case "a": posthog.capture("E"); break; }`, "kind");
  guards("has none of default", `switch (kind) { case "a": break; default: posthog.capture("E"); }`);
  guards("has those that fall through to it", `switch (kind) { case "a": case "b": posthog.capture("E"); }`, "kind");

  test("compares with what its cases say", async () => {
    const [call] = await scanCalls(
      `import posthog from "posthog-js";\nswitch (kind) { case "a": x(); case "b": posthog.capture("E"); break; case "c": x(); }`,
    );
    const [guard] = call?.guards ?? [];
    expect(guard?.condition).toMatchObject({
      kind: "or",
      of: ["a", "b"].map((value) => ({ kind: "compare", op: "===", right: { kind: "literal", value } })),
    });
  });
});

describe("a call in a function", () => {
  guards("has the conditions around its callback", `if (ok) { onClick(() => { posthog.capture("E"); }); }`, "ok");
  guards(
    "has the conditions around an async callback",
    `if (ok) { load().then(async () => { await x(); posthog.capture("E"); }); }`,
    "ok",
  );
  guards("has none of try", `try { posthog.capture("E"); } catch { x(); }`);
  guards("has none of catch and finally", `try { x(); } catch { y(); } finally { posthog.capture("E"); }`);
  guards(
    "has a way out inside try",
    `export function f() { try { if (!ok) return; posthog.capture("E"); } catch { x(); } }`,
    "not (!ok)",
  );
  guards(
    "has none of a way out inside try for what follows",
    `export function f() { try { if (!ok) throw 1; } catch { x(); } posthog.capture("E"); }`,
  );
  guards("has the conditions of a method", `export class A { f() { if (this.ok) posthog.capture("E"); } }`, "this.ok");
  guards(
    "has the conditions of a getter",
    `export const a = { get f() { return ok && posthog.capture("E"); } };`,
    "ok",
  );
  guards(
    "has those of the default of a parameter",
    `export function f(x = ok && posthog.capture("E")) { return x; }`,
    "ok",
  );
  guards("has those of optional calls on something else", `if (user?.ok) posthog.capture("E");`, "user?.ok");
});

test("a guard says where it stands and how it guards", async () => {
  const [call] = await scanCalls(
    `import posthog from "posthog-js";\nexport function f() {\n  if (!ok) return;\n  if (a) posthog.capture("E");\n}`,
  );
  expect(call?.guards).toMatchObject([
    { how: "early-exit", holds: false, at: { line: 3, column: 7 }, condition: { kind: "not" } },
    { how: "around", holds: true, at: { line: 4, column: 7 }, condition: { kind: "value", name: "a" } },
  ]);
});
