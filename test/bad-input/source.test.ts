import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { git, temporaryFolder } from "../host/temporary-folder.ts";
import { check, placeOf, run } from "./run.ts";

const PLAN = "tracklint: 1\nevents: [Order Completed]\n";
const HEAD = `import { Analytics } from "@segment/analytics-node";
const analytics = new Analytics({ writeKey: "key" });
`;
const wrong = (name: string) => `analytics.track({ userId: user.id, event: "${name}" });\n`;
/** What stands beside the broken file, and must be found whatever it does. */
const GOOD = { "tracking-plan.yaml": PLAN, "src/good.ts": HEAD + wrong("Order Complete") };
const FOUND = "src/good.ts:3:43";

const unknownPlaces = async (folder: string, ...argv: readonly string[]) => {
  const checked = await check(folder, ...argv);
  return { ...checked, places: checked.of("unknown-event").map(placeOf) };
};

describe("a source file that can't be read as it should be is a warning, and the run goes on", () => {
  it("syntax errors: what can be read of it is judged", async () => {
    const folder = temporaryFolder({ ...GOOD, "src/broken.ts": `${HEAD + wrong("Order Complet")}function (( {\n` });
    const { code, places, of } = await unknownPlaces(folder);

    expect(code).toBe(1);
    expect(places).toEqual(["src/broken.ts:3:43", FOUND]);
    expect(of("parse-error").map(placeOf)).toEqual([expect.stringMatching(/^src\/broken\.ts:4:/)]);
    expect(of("parse-error")[0]!.severity).toBe("warn");
  });

  it("binary content", async () => {
    const bytes = Uint8Array.from([...Buffer.from(HEAD), 0, 1, 2, 3, 0, 255, 254, 0, 0]);
    const { code, places } = await unknownPlaces(temporaryFolder({ ...GOOD, "src/binary.ts": bytes }));

    expect(code).toBe(1);
    expect(places).toEqual([FOUND]);
  });

  it("invalid UTF-8: the rest of the file is judged", async () => {
    const bytes = Uint8Array.from([
      ...Buffer.from(`${HEAD}// caf`),
      0xe9,
      ...Buffer.from(`\n${wrong("Order Complet")}`),
    ]);
    const { places } = await unknownPlaces(temporaryFolder({ ...GOOD, "src/latin.ts": bytes }));

    expect(places).toEqual([FOUND, "src/latin.ts:4:43"]);
  });

  it("a byte order mark: columns are where an editor has them", async () => {
    const text = `\uFEFFimport posthog from "posthog-js"; posthog.capture("Order Complet");\n`;
    const { places } = await unknownPlaces(temporaryFolder({ ...GOOD, "src/mark.ts": text }));

    expect(places).toEqual([FOUND, `src/mark.ts:1:${text.indexOf('"Order')}`]);
  });

  it("Windows line ends: lines and columns are where an editor has them", async () => {
    const text = (HEAD + wrong("Order Complet")).replaceAll("\n", "\r\n");
    const { places } = await unknownPlaces(temporaryFolder({ ...GOOD, "src/windows.ts": text }));

    expect(places).toEqual([FOUND, "src/windows.ts:3:43"]);
  });

  it("5 MB in one line", async () => {
    const filler = `const x = [${"1234567,".repeat(640_000)}];`;
    const folder = temporaryFolder({ ...GOOD, "src/long.js": `${HEAD.replaceAll("\n", " ")}${filler}\n` });
    const { code, out } = await run(folder);

    expect(code).toBe(1);
    expect(out).toContain("`Order Complete` is not in the tracking plan");
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThan(400);
  });

  it.each([500, 3_000, 20_000])("%i brackets within each other", async (depth) => {
    const deep = `${HEAD + wrong("Order Complet")}export const x = ${"(".repeat(depth)}1${")".repeat(depth)};\n`;
    const { code, places, of } = await unknownPlaces(temporaryFolder({ ...GOOD, "src/deep.ts": deep }));

    expect(code).toBe(1);
    expect(places).toContain(FOUND);
    const isJudged = places.includes("src/deep.ts:3:43");
    expect(of("unreadable-file").map(({ file }) => file)).toEqual(isJudged ? [] : ["src/deep.ts"]);
  });

  it("an event name of 3,000 parts, and a payload of 3,000 levels", async () => {
    const name = Array.from({ length: 3_000 }, (_, part) => `"${part}"`).join(" + ");
    const levels = `${"{ a: ".repeat(3_000)}1${" }".repeat(3_000)}`;
    const text = `${HEAD}analytics.track({ userId: "u", event: ${name}, properties: ${levels} });\n`;
    const { code, places } = await unknownPlaces(temporaryFolder({ ...GOOD, "src/wide.ts": text }));

    expect(code).toBe(1);
    expect(places).toContain(FOUND);
  });

  // The effective user of this process is changed: reading must fail for root as well.
  it.skipIf(process.seteuid === undefined)("no permission to read", async () => {
    const folder = temporaryFolder({ ...GOOD, "src/secret.ts": HEAD, "src/locked/inside.ts": HEAD });
    await check(folder);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "src/secret.ts"), 0o000);
    chmodSync(join(folder, "src/locked"), 0o000);

    const { code, places, of } = await asNobody(() => unknownPlaces(folder));

    expect(code).toBe(1);
    expect(places).toEqual([FOUND]);
    expect(of("unreadable-file").map(({ file }) => file)).toEqual(["src/locked", "src/secret.ts"]);
    expect(of("unreadable-file")[0]!.message).toMatch(/permission/i);
  });

  it.each(["with git", "without git"])(
    "links that lead nowhere, round in circles or out of the repository, %s",
    async (how) => {
      const outside = temporaryFolder({ "outside.ts": HEAD + wrong("Outside") });
      const folder = temporaryFolder(GOOD);
      symlinkSync("nowhere.ts", join(folder, "src/dangling.ts"));
      symlinkSync("round.ts", join(folder, "src/round.ts"));
      symlinkSync("..", join(folder, "src/up"));
      symlinkSync(outside, join(folder, "src/out"));
      symlinkSync(join(outside, "outside.ts"), join(folder, "src/outside.ts"));
      if (how === "with git") git(folder, "init", "--quiet");
      const { code, places, of } = await unknownPlaces(folder);

      expect(code).toBe(1);
      expect(places).toEqual([FOUND]);
      expect(of("unreadable-file").every(({ severity }) => severity === "warn")).toBe(true);
    },
  );

  it.each(["with git", "without git"])("names with spaces, quotes and line breaks, %s", async (how) => {
    const names = ["src/a b.ts", 'src/it\'s "so".ts', "src/näme.ts", "src/new\nline.ts"];
    const folder = temporaryFolder({
      ...GOOD,
      ...Object.fromEntries(names.map((name) => [name, HEAD + wrong("Order Complet")])),
    });
    if (how === "with git") git(folder, "init", "--quiet");
    const { places } = await unknownPlaces(folder);

    expect(places).toHaveLength(names.length + 1);
    expect(places).toContain("src/new\nline.ts:3:43");
    const { out } = await run(folder);
    expect(out).not.toContain("src/new\nline.ts");
    const listed = await run(folder, "--show-files");
    expect(listed.out.trim().split("\n")).toHaveLength(names.length + 1);
  });

  it("a folder that is named like a file", async () => {
    const folder = temporaryFolder(GOOD);
    mkdirSync(join(folder, "src/folder.ts"));
    const { places, of } = await unknownPlaces(folder);

    expect(places).toEqual([FOUND]);
    expect(of("unreadable-file")).toEqual([]);
  });

  it("an unknown rule in a suppression, with the nearest", async () => {
    const text = `${HEAD}// tracklint-disable-next-line unknown-evnt -- an experiment\n${wrong("Order Complet")}`;
    const { places, of } = await unknownPlaces(temporaryFolder({ ...GOOD, "src/quiet.ts": text }));

    expect(places).toEqual([FOUND, "src/quiet.ts:4:43"]);
    expect(of("invalid-suppression").map(placeOf)).toEqual([expect.stringMatching(/^src\/quiet\.ts:3:/)]);
    expect(`${of("invalid-suppression")[0]!.message} ${of("invalid-suppression")[0]!.help}`).toContain("unknown-event");
  });

  it("control characters in a name never reach the terminal", async () => {
    const text = `${HEAD}analytics.track({ userId: user.id, event: "\\u001b[2JOrder\\u0007" });\n`;
    const { out } = await run(temporaryFolder({ ...GOOD, "src/rude.ts": text }));

    expect(out).toContain("src/rude.ts");
    expect(out).not.toMatch(/[\u0007\u001b]/);
  });
});

const NOBODY = 65_534;

async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  const self = process.geteuid!();
  if (self !== 0) return work();
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(self);
  }
}
