import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const PATIENCE = { timeout: 20_000, interval: 20 };
const PLAN = "tracklint: 1\nevents:\n  Cart Opened: {}\n";
const code = (name: string) => `import posthog from "posthog-js";\nposthog.capture("${name}");\n`;

test("--watch checks again whenever code or plan changes, and ends when it is stopped", async () => {
  const folder = temporaryRepository({
    "package.json": "{}",
    "tracking-plan.yaml": PLAN,
    ".gitignore": "dist\n",
    "dist/a.js": "",
    "src/cart.ts": code("Cart Opened"),
  });
  const seen: string[] = [];
  let stop: () => void = () => undefined;
  const running = runIn(
    folder,
    [
      "--watch",
      "--format",
      "json",
      ...["consent-check", "unversioned-schema", "unused-event"].flatMap((id) => ["--rule", `${id}:off`]),
    ],
    {
      interrupted: () => new Promise((done) => (stop = done)),
      onOutput: (text) => seen.push(text),
    },
  );
  const lastReport = () => {
    const reports = seen.filter((text) => text.startsWith("{"));
    const { findings } = JSON.parse(reports.at(-1) ?? '{"findings":[]}');
    return { runs: reports.length, said: findings.map(({ rule, file }: Record<string, string>) => `${rule} ${file}`) };
  };
  const untilSaid = (said: readonly string[], after: number) =>
    vi.waitFor(() => {
      const { runs, said: now } = lastReport();
      expect(runs).toBeGreaterThan(after);
      expect(now).toEqual(said);
      return runs;
    }, PATIENCE);

  let runs = await untilSaid([], 0);
  writeFiles(folder, { "src/cart.ts": code("Cart Lost") });
  runs = await untilSaid(["unknown-event src/cart.ts"], runs);
  writeFiles(folder, { "tracking-plan.yaml": "tracklint: 1\nevents:\n  Cart Lost: {}\n" });
  runs = await untilSaid([], runs);
  writeFiles(folder, { "src/new/far.ts": code("Cart Found") });
  runs = await untilSaid(["unknown-event src/new/far.ts"], runs);
  rmSync(join(folder, "src/new"), { recursive: true });
  runs = await untilSaid([], runs);
  writeFiles(folder, { "tracking-plan.yaml": "tracklint: [" });
  runs = await untilSaid(["plan-invalid tracking-plan.yaml"], runs);
  rmSync(join(folder, "tracking-plan.yaml"));
  await untilSaid([], runs);
  stop();
  expect(await running).toMatchObject({ code: 0, err: expect.stringContaining("Waiting for changes; Ctrl-C ends.") });
});

test("on a terminal the screen is cleared before each report", async () => {
  const folder = temporaryRepository({ "package.json": "{}", "src/cart.ts": code("Cart Opened") });
  const { out } = await runIn(folder, ["--watch"], { isTTY: true, interrupted: async () => undefined });
  expect(out.startsWith("\u001b[2J\u001b[3J\u001b[H")).toBe(true);
});

test.each(["--staged", "--fix", "--update-baseline", "--show-files"])("--watch doesn't go with %s", async (flag) => {
  const folder = temporaryRepository({ "package.json": "{}" });
  expect(await runIn(folder, ["--watch", flag])).toMatchObject({
    code: 2,
    err: expect.stringContaining("cannot be used with"),
  });
});
