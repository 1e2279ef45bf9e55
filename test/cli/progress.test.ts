import { afterEach, expect, test, vi } from "vitest";
import { progressLine } from "../../src/cli/progress.ts";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

afterEach(() => vi.restoreAllMocks());

function lineOn({ isTTY = true, env = {} }: { readonly isTTY?: boolean; readonly env?: Record<string, string> } = {}) {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const drawn: string[] = [];
  const stderr = {
    isTTY,
    columns: 80,
    async write(text: string) {
      drawn.push(text);
    },
  };
  const line = progressLine({ stderr, env });
  const at = (milliseconds: number, ...args: Parameters<NonNullable<typeof line.progress>>) => {
    now = milliseconds;
    line.progress?.(...args);
  };
  return { line, at, drawn };
}

test("a run says what it does after a second, now and then, and takes it away", () => {
  const { line, at, drawn } = lineOn();
  at(900, "skim", 10, 4000);
  at(1000, "skim", 2000, 4000);
  at(1050, "skim", 2100, 4000);
  at(1200, "parse", 12);
  at(1400, "link");
  line.clear();
  expect(drawn).toEqual([
    "\r\u001b[Kreading files 2,000 of 4,000…",
    "\r\u001b[Kparsing 12…",
    "\r\u001b[Kfollowing calls…",
    "\r\u001b[K",
  ]);
});

test("what is over within a second says nothing", () => {
  const { line, at, drawn } = lineOn();
  at(999, "link");
  line.clear();
  expect(drawn).toEqual([]);
});

test.each([
  ["in a pipe", { isTTY: false }],
  ["in CI", { env: { CI: "true" } }],
  ["on a dumb terminal", { env: { TERM: "dumb" } }],
])("none %s", (_, terminal) => {
  const { at, drawn } = lineOn(terminal);
  at(5000, "link");
  expect(drawn).toEqual([]);
});

test("--timing tells each stage and rule, the longest first, on standard error", async () => {
  const folder = temporaryFolder({
    "package.json": "{}",
    "a.ts": 'import posthog from "posthog-js";\nposthog.capture("A");\n',
  });
  const { out, err } = await runIn(folder, ["--timing", "--format", "json"]);
  expect(() => JSON.parse(out)).not.toThrow();
  const [stages = "", rules = ""] = err.split("\n\n");
  expect(stages).toMatch(/^All stages +[\d.]+ ms +100%\n/);
  for (const name of ["discover", "parse", "link", "rules"])
    expect(stages).toMatch(new RegExp(`^${name} +[\\d.]+ ms`, "m"));
  expect(rules).toMatch(/^All rules +[\d.]+ ms/);
  expect(rules).toMatch(/^consent-check +[\d.]+ ms +\d+%$/m);
  const times = [...rules.matchAll(/ ([\d.]+) ms/g)].map(([, time]) => Number(time)).slice(1);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
});
