import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runIn } from "../cli/run-cli.ts";
import { git, temporaryFolder, writeFiles } from "../host/temporary-folder.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(join(repository, "README.md"), "utf8");
const PACKAGES = ["apps/api", "apps/web", "apps/worker", "packages/config", "packages/events", "packages/ui"];
const PART = "tracklint-part.json";

/** A block of README.md, as a reader pastes it. */
function json(name: string) {
  const block = new RegExp(`<!-- ${name}:start -->\n\`\`\`json\n([^]*?)\n\`\`\`\n<!-- ${name}:end -->`).exec(readme);
  return JSON.parse(block?.[1] ?? "");
}

/** Runs a command of a script in a folder, as a shell would split it. */
async function runScript(folder: string, command: string) {
  const [program, ...argv] = command.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1"));
  expect(program).toBe("tracklint");
  const ran = await runIn(folder, argv);
  writeFiles(folder, ran.written);
  return ran;
}

test("the recipes for Turborepo and Nx report what one run reports", async () => {
  const folder = temporaryFolder();
  cpSync(join(repository, "fixtures/monorepo"), folder, { recursive: true });
  cpSync(join(repository, "tracking-plan.example.yaml"), join(folder, "tracking-plan.yaml"));
  writeFileSync(join(folder, ".gitignore"), `node_modules\n${PART}\n`);
  git(folder, "init", "--quiet");
  const whole = await runIn(folder, ["check"]);

  const { tracking } = json("part-script").scripts;
  expect(json("turbo").tasks.tracking).toEqual({ outputs: [PART] });
  expect(json("nx").targetDefaults.tracking).toMatchObject({ cache: true, outputs: [`{projectRoot}/${PART}`] });
  for (const name of PACKAGES) {
    const { code, written } = await runScript(join(folder, name), tracking);
    expect([code, Object.keys(written)]).toEqual([0, [PART]]);
  }
  const scripts = [json("turbo-root"), json("nx-root")].map(({ scripts }) => scripts["check:tracking"].split(" && "));
  expect(scripts.map(([runner]) => runner)).toEqual(["turbo run tracking", "nx run-many -t tracking"]);
  expect(scripts[0].slice(1)).toEqual(scripts[1].slice(1));
  const [makeRoot, join_] = scripts[0].slice(1);
  await runScript(folder, makeRoot);
  expect(await runScript(folder, join_)).toEqual(whole);
  expect(whole.code).toBe(1);
});

test("what an Nx project without a package.json runs makes the same part", async () => {
  const folder = temporaryFolder({
    "nx.json": JSON.stringify(json("nx")),
    "package.json": "{}",
    "libs/cart/project.json": JSON.stringify({ name: "cart", targets: { tracking: {} } }),
    "libs/cart/index.ts": 'import posthog from "posthog-js";\nposthog.capture("Cart Opened");\n',
  });
  git(folder, "init", "--quiet");
  const [, command = ""] = /`"tracking": \{ "command": "([^"]+)" \}`/.exec(readme) ?? [];
  const { written } = await runScript(folder, command.replaceAll("{projectRoot}", "libs/cart"));
  const there = await runScript(join(folder, "libs/cart"), json("part-script").scripts.tracking);
  expect(written).toEqual({ [`libs/cart/${PART}`]: there.written[PART] });
  await runScript(folder, `tracklint scan --out ${PART}`);
  expect(await runScript(folder, `tracklint check --from '**/${PART}'`)).toEqual(await runIn(folder, ["check"]));
});
