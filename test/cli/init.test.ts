import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { type Ran, runIn, type Terminal } from "./run-cli.ts";

const tracked = (name: string) => `import posthog from "posthog-js";\nposthog.capture("${name}", { plan: "free" });\n`;
const shop = {
  "package.json": '{ "name": "shop", "workspaces": ["apps/*"] }',
  "apps/web/package.json": '{ "name": "web", "dependencies": { "react": "19" } }',
  "apps/web/src/app.ts": tracked("Signed Up"),
  "apps/api/package.json": '{ "name": "api" }',
  "apps/api/src/main.ts": tracked("Order Sent"),
};

/** Runs `init`, and puts what it wrote on the disk. */
async function init(folder: string, argv: readonly string[] = [], terminal: Terminal = {}): Promise<Ran> {
  const ran = await runIn(folder, ["init", ...argv], terminal);
  for (const [path, text] of Object.entries(ran.written)) writeFileSync(join(folder, path), text);
  return ran;
}

describe("init without a terminal", () => {
  it("writes the plan at the top, says what is in it and what to decide, and check finds nothing that breaks it", async () => {
    const folder = temporaryFolder(shop);
    const { code, out, err, written } = await init(folder);

    expect({ code, err, files: Object.keys(written) }).toEqual({ code: 0, err: "", files: ["tracking-plan.yaml"] });
    expect(out).toMatchInlineSnapshot(`
      "✔ Wrote tracking-plan.yaml
        2 events, 2 properties, 2 sources (api, web)

      For a person to decide, marked \`Decide:\` in the plan:
        - How a visitor becomes the user at a signup: \`identity.merge\`.
        - What each event means and who answers for it: \`description\`, \`owner\`.

      Next: \`tracklint check\`. Nothing in the code breaks this plan today; in CI it stays so.
      "
    `);
    const { out: checked } = await runIn(folder, ["check"]);
    expect(checked).toMatch(/alias-at-signup/);
    expect(checked).not.toMatch(/(?:unknown|unused)-event|-property|property-type|unversioned-schema|plan-invalid/);
  });

  it("asks nothing with --yes where there is a terminal", async () => {
    const { code, out } = await init(temporaryFolder(shop), ["--yes"], { answers: ["elsewhere.yaml"], isTTY: true });
    expect(code).toBe(0);
    expect(out).not.toContain("?");
  });

  it("describes the whole repository when it runs in a folder of it", async () => {
    const folder = temporaryFolder(shop);
    const { code, written, out } = await runIn(join(folder, "apps/web"), ["init"]);
    expect(code).toBe(0);
    expect(Object.keys(written)).toEqual(["../../tracking-plan.yaml"]);
    expect(written["../../tracking-plan.yaml"]).toContain("Order Sent:");
    expect(out).toContain("`tracklint check`");
  });

  it("writes to the file that was named, and says how check finds it", async () => {
    const { written, out } = await init(temporaryFolder({ ...shop, "docs/a.md": "" }), [
      "--output-file",
      "docs/plan.yaml",
    ]);
    expect(written["docs/plan.yaml"]).toMatch(/^# yaml-language-server: \$schema=\.\.\/node_modules\/tracklint\//);
    expect(out).toContain("`tracklint check --plan docs/plan.yaml`");
  });

  it("leaves out the services that were not named", async () => {
    const folder = temporaryFolder(shop);
    const { written } = await init(folder, ["--source", "web"]);
    expect(written["tracking-plan.yaml"]).not.toContain("Order Sent");
    expect(written["tracking-plan.yaml"]).toContain("api: { paths: [apps/api/**], tracked: false }");
    const { out } = await runIn(folder, ["check"]);
    expect(out).not.toContain("unknown-event");
  });

  it("says which services there are when another is named", async () => {
    const { code, err, written } = await init(temporaryFolder(shop), ["--source", "aip"]);
    expect({ code, written }).toEqual({ code: 2, written: {} });
    expect(err).toBe("error: There is no service `aip` that sends anything.\nThere are: api, web.\n");
  });
});

describe("a plan that is there", () => {
  it.each(["tracking-plan.yaml", "tracking-plan.yml"])("is never overwritten without --force: %s", async (name) => {
    const folder = temporaryFolder({ ...shop, [name]: "events: [" });
    for (const terminal of [{}, { answers: ["", "", ""], isTTY: true }]) {
      const { code, err, written } = await init(folder, [], terminal);
      expect({ code, written }).toEqual({ code: 2, written: {} });
      expect(err).toContain(`\`${name}\` is there already.\n\`--force\` overwrites it`);
    }
    expect(readFileSync(join(folder, name), "utf8")).toBe("events: [");
  });

  it("is overwritten with --force where it stands, even if it can't be read as a plan", async () => {
    const folder = temporaryFolder({ ...shop, "tracking-plan.yml": "events: [" });
    const { code, written } = await init(folder, ["--force"]);
    expect(code).toBe(0);
    expect(Object.keys(written)).toEqual(["tracking-plan.yml"]);
    expect((await runIn(folder, ["check"])).out).not.toContain("plan-invalid");
  });

  it("is not overwritten by another name either", async () => {
    const folder = temporaryFolder({ ...shop, "mine.yaml": "" });
    expect(await init(folder, ["--output-file", "mine.yaml"])).toMatchObject({ code: 2, written: {} });
  });
});

describe("init on a terminal", () => {
  it("asks where to write and which services to describe, and takes the defaults for empty answers", async () => {
    const { code, out, written } = await init(temporaryFolder(shop), [], { answers: ["", ""], isTTY: true });
    expect(code).toBe(0);
    expect(out).toContain("Where shall the plan be written? (tracking-plan.yaml) ");
    expect(out).toContain("Which services shall it describe: api, web? (all) ");
    expect(written["tracking-plan.yaml"]).toContain("Order Sent:");
  });

  it("does as it is told, and asks again where an answer can't be", async () => {
    const answers = ["plan.yaml", "webb", "web"];
    const { out, written } = await init(temporaryFolder(shop), [], { answers, isTTY: true });
    expect(out).toContain("There is no service webb. Did you mean web?");
    expect(written["plan.yaml"]).toContain("Signed Up:");
    expect(written["plan.yaml"]).not.toContain("Order Sent");
  });

  it("asks how names are spelled where the code doesn't show it", async () => {
    const names = ["Order Sent", "Order Lost", "Cart Seen", "cart_left", "cart_lost"];
    const files = { "package.json": '{ "name": "shop" }', "app.ts": names.map(tracked).join("") };
    const { out, written } = await init(temporaryFolder(files), [], { answers: ["", "7", "1"], isTTY: true });
    expect(out).toContain("How shall event names be spelled?\n  1  Title Case (3 of 5)\n  2  snake_case (2 of 5)\n");
    expect(out).toContain("It is a number from 1 to 2.");
    expect(written["tracking-plan.yaml"]).toContain("casing: Title Case # as 3 of 5 event names are");
  });
});

describe("what can't be described", () => {
  it("writes nothing where nothing is sent, and says what to do", async () => {
    const folder = temporaryFolder({ "package.json": "{}", "src/app.ts": "export const a = 1;\n" });
    const { code, out, err, written } = await init(folder);
    expect({ code, out, written }).toEqual({ code: 2, out: "", written: {} });
    expect(err).toContain("No tracking call was found in 1 file, so there is no plan to write.");
    expect(err).toContain("--show-files");
    expect(err).toContain("wrappers:");
    expect(existsSync(join(folder, "tracking-plan.yaml"))).toBe(false);
  });

  it("says which files could not be read as a whole, and describes what can", async () => {
    const broken = { "apps/api/src/broken.ts": `${tracked("Order Lost")}function (( {\n` };
    const { code, err, written } = await init(temporaryFolder({ ...shop, ...broken }));
    expect(code).toBe(0);
    expect(err).toMatch(/^apps\/api\/src\/broken\.ts:\d+:\d+: warning: /);
    expect(written["tracking-plan.yaml"]).toContain("Order Lost:");
  });
});
