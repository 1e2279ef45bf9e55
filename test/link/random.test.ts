import fc from "fast-check";
import { expect, test } from "vitest";
import { extractFacts } from "../../src/facts/extract-facts.ts";
import { lineOf, scanCalls } from "./calls-of.ts";
import { filesOf, programs } from "./random-program.ts";

/** Each call with the module that it stands in, whatever that is called. Alternatives come in no particular order. */
async function callsByModule(files: Readonly<Record<string, string>>, names: readonly string[]): Promise<string[]> {
  const calls = await scanCalls(files);
  return calls
    .map((call) => {
      const module = names.findIndex((name) => call.at.file === `src/${name}.ts`);
      return `${module}:${call.at.line}:${call.at.column} ${lineOf(call).split(/[ |]+/).sort().join(" ")}`;
    })
    .sort();
}

test("any program gives calls, the same ones whatever its files are called and in whatever order they come", async () => {
  await fc.assert(
    fc.asyncProperty(programs, fc.constantFrom([2, 1, 0], [1, 2, 0], [1, 0, 2]), async (program, order) => {
      const names = ["alpha", "beta", "gamma"];
      const others = order.map((index) => names[index] as string);
      const calls = await callsByModule(filesOf(program, names), names);
      const reversed = Object.fromEntries(Object.entries(filesOf(program, others)).reverse());
      expect(await callsByModule(reversed, others)).toEqual(calls);
      expect(calls.length).toBeGreaterThanOrEqual(program.length);
    }),
    { numRuns: 60 },
  );
});

test("the facts of any file are plain data", () => {
  fc.assert(
    fc.property(programs, (program) => {
      for (const text of Object.values(filesOf(program, ["alpha", "beta", "gamma"]))) {
        const facts = extractFacts(text, "ts");
        expect(facts.errors).toEqual([]);
        expect(structuredClone(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
      }
    }),
    { numRuns: 60 },
  );
});
