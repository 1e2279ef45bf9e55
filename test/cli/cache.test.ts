import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SHOP } from "../cache/shop.ts";
import { temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const USUAL = "node_modules/.cache/tracklint";
const build = "test";

function shop(): string {
  return temporaryRepository({ ...SHOP, ".gitignore": "node_modules\n", "node_modules/a/package.json": "{}" });
}

test("a run keeps what it found in node_modules, and the next one reports the same", async () => {
  const folder = shop();
  const plain = await runIn(folder, ["--no-cache"], { build });
  expect(existsSync(join(folder, USUAL))).toBe(false);
  expect(await runIn(folder, [], { build })).toEqual(plain);
  expect(readdirSync(join(folder, USUAL))).not.toEqual([]);
  expect(await runIn(folder, [], { build })).toEqual(plain);
  expect(plain.out).toContain("user signed up");
});

test("scan and check share it", async () => {
  const folder = shop();
  await runIn(folder, ["scan"], { build });
  const { err } = await runIn(folder, ["--stats"], { build });
  expect(err).toMatch(/files parsed +0\n/);
});

test("--cache-location puts it elsewhere", async () => {
  const [folder, kept] = [shop(), temporaryFolder()];
  await runIn(folder, ["--cache-location", kept], { build });
  expect(readdirSync(kept)).not.toEqual([]);
  expect(existsSync(join(folder, USUAL))).toBe(false);
});

test("without node_modules nothing is kept, nor by an unbuilt program", async () => {
  const folder = temporaryRepository(SHOP);
  await runIn(folder, [], { build });
  expect(existsSync(join(folder, "node_modules"))).toBe(false);
  const installed = shop();
  await runIn(installed, []);
  expect(existsSync(join(installed, USUAL))).toBe(false);
});

test("`cache clean` removes it, and only it", async () => {
  const folder = shop();
  await runIn(folder, [], { build });
  expect(await runIn(folder, ["cache", "clean"])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Removed \d files of the cache\.\n$/),
  });
  expect(existsSync(join(folder, USUAL))).toBe(false);
  expect(await runIn(folder, ["cache", "clean"])).toMatchObject({ code: 0, out: "There is no cache.\n" });

  const kept = temporaryFolder({ "mine.txt": "" });
  await runIn(folder, ["--cache-location", kept], { build });
  await runIn(folder, ["cache", "clean", "--cache-location", kept]);
  expect(readdirSync(kept)).toEqual(["mine.txt"]);
});

test("a file that was just written is read again, whatever its time says", async () => {
  const folder = shop();
  const said = async () => (await runIn(folder, ["scan"], { build })).out.includes("Cart Mended");
  await runIn(folder, ["scan"], { build });
  writeFiles(folder, { "src/lib/names.ts": 'export const CART = "Cart Mended";\n' });
  expect(await said()).toBe(true);
  writeFiles(folder, { "src/lib/names.ts": 'export const CART = "Cart Broken";\n' });
  expect(await said()).toBe(false);
});
