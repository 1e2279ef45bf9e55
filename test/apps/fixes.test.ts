import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { runIn } from "../cli/run-cli.ts";
import { git, temporaryFolder } from "../host/temporary-folder.ts";

// The whole program: a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ASKED = ["check", "fixtures/monorepo", "--plan", "tracking-plan.example.yaml", "--fix-suggestions"];

it("fixes the bundled monorepo and its plan as the diff shows, and then has nothing left to fix", async () => {
  const { out: diff } = await runIn(ROOT, [...ASKED, "--fix-dry-run"]);
  await expect(diff).toMatchFileSnapshot("./monorepo-fixes.diff");

  const folder = temporaryFolder();
  cpSync(join(ROOT, "fixtures/monorepo"), join(folder, "fixtures/monorepo"), { recursive: true });
  cpSync(join(ROOT, "tracking-plan.example.yaml"), join(folder, "tracking-plan.example.yaml"));
  git(folder, "init", "--quiet");
  const { err } = await runIn(folder, ASKED);
  expect(err).toMatch(/^✔ Fixed \d+ problems in \d+ files\n$/);
  const fixed = textsIn(folder);
  const again = await runIn(folder, [...ASKED, "--format", "json"]);
  expect(again.err).toBe("");
  expect(textsIn(folder)).toEqual(fixed);
  const rules: readonly { readonly rule: string }[] = JSON.parse(again.out).findings;
  expect(rules.filter(({ rule }) => rule === "plan-invalid" || rule === "parse-error")).toEqual([]);
});

function textsIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.includes("/.git/"));
  return new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
}
