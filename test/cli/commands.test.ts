import { describe, expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import { readVersion } from "../../src/version.ts";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const folder = () => temporaryFolder({ "package.json": "{}" });

describe("help and version", () => {
  test("are on standard output, with exit code 0", async () => {
    expect(await runIn(folder(), ["--version"])).toMatchObject({ code: 0, out: `${readVersion()}\n`, err: "" });
    const help = await runIn(folder(), ["--help"]);
    expect(help).toMatchObject({ code: 0, err: "" });
    for (const command of ["check", "scan", "rules", "explain"]) expect(help.out).toContain(`\n  ${command} `);
    expect(help.out).toContain("Exit codes:");
  });

  test("each command has its own", async () => {
    const { code, out } = await runIn(folder(), ["check", "--help"]);
    expect(code).toBe(0);
    for (const flag of ["--plan", "--format", "--output-file", "--quiet", "--max-warnings", "--rule", "--exit-zero"]) {
      expect(out).toContain(flag);
    }
    for (const flag of ["--print-config", "--show-files", "--stats"]) expect(out).toContain(flag);
  });

  test("keep to the width of the terminal", async () => {
    const { out } = await runIn(folder(), ["--help"], { columns: 80 });
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe("mistakes in the arguments end with 2, one message and where to look", () => {
  test.each([
    [["check", "--plan"], "argument missing"],
    [["check", "--frmat", "json"], "Did you mean --format?"],
    [["check", "--max-warnings", "-1"], "whole number"],
    [["check", "--max-warnings", "1.5"], "whole number"],
    [["check", "--rule", "unknown-event:eror"], "Did you mean error?"],
    [["explain"], "missing required argument 'rule'"],
    [["rules", "extra"], "too many arguments"],
    [["scan", "--quiet"], "unknown option '--quiet'"],
  ])("%j", async (argv, message) => {
    const { code, out, err } = await runIn(folder(), argv);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(message);
    expect(err).toContain("--help` for usage.");
    expect(err.trim().split("\n").length).toBeLessThanOrEqual(3);
  });
});

describe("rules", () => {
  test("lists every rule once, on one line where the terminal is wide", async () => {
    const { code, out } = await runIn(folder(), ["rules"], { columns: 120 });
    expect(code).toBe(0);
    for (const { meta } of rules) {
      const lines = out.split("\n").filter((line) => line.startsWith(`${meta.id} `));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(meta.category);
    }
  });

  test("says without a plan → with one", async () => {
    const { out } = await runIn(folder(), ["rules"], { columns: 120 });
    expect(out).toMatch(/^unknown-event +schema +– → error /m);
  });

  test("prints the same as JSON", async () => {
    const { out } = await runIn(folder(), ["rules", "--format", "json"]);
    expect(JSON.parse(out).map((entry: { id: string }) => entry.id)).toEqual(rules.map((rule) => rule.meta.id));
  });
});

describe("explain", () => {
  test.each(rules.map((rule) => rule.meta.id))("prints the page of %s as text", async (id) => {
    const { code, out } = await runIn(folder(), ["explain", id], { columns: 80 });
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toContain(id);
    expect(out).not.toMatch(/^(?:#|<!--)|```/m);
  });
});

describe("scan", () => {
  const SHOP = {
    "package.json": '{ "name": "shop" }',
    "src/cart.ts": `import posthog from "posthog-js";\nposthog.capture("Cart Emptied", { items: 3 });\nposthog.capture(window.name);\n`,
    "src/cart.test.ts": `import posthog from "posthog-js";\nposthog.capture("Test");\n`,
  };

  test("prints a table", async () => {
    const { code, out } = await runIn(temporaryFolder(SHOP), ["scan"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Cart Emptied +track +posthog-js +src\/cart\.ts:2:1/);
    expect(out).toContain("(dynamic");
    expect(out).toMatch(/2 tracking calls, 1 event name, 1 source\n$/);
  });

  test("prints JSON with files relative to the root, of what was named", async () => {
    const root = temporaryFolder(SHOP);
    const { out } = await runIn(`${root}/src`, ["scan", "cart.ts", "--format", "json"]);
    const output = JSON.parse(out);
    expect(output).toMatchObject({ version: 1, root });
    expect(output.calls[0]).toMatchObject({
      file: "src/cart.ts",
      line: 2,
      column: 1,
      kind: "track",
      sdks: ["posthog-js"],
      source: "shop",
      events: ["Cart Emptied"],
      properties: [{ name: "items", types: ["number"], values: [3], optional: false }],
      propertiesComplete: true,
    });
    expect(output.calls).toHaveLength(2);
  });

  const WRAPPED = {
    "package.json": '{ "name": "shop" }',
    "src/track.ts": `import posthog from "posthog-js";\nexport function track(event: string) { if (isOn()) posthog.capture(event, { app: "web" }); }\nexport function unused(event: string) { posthog.capture(event); }\n`,
    "src/cart.ts": `import { track } from "./track";\ntrack("Cart Emptied");\n`,
  };

  test("--wrappers prints what each wrapper sends, from what, and who calls it", async () => {
    const { code, out } = await runIn(temporaryFolder(WRAPPED), ["scan", "--wrappers"]);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "track  src/track.ts:2:17",
        "  sends    track to posthog-js capture",
        "  from     `event`",
        "  adds     `app`",
        "  guards   `isOn()` (line 2)",
        "  callers  1 site",
        "",
        "unused  src/track.ts:3:17",
        "  sends    track to posthog-js capture",
        "  from     `event`",
        "  callers  none found",
        "",
        "2 wrappers, 1 without a caller",
        "",
      ].join("\n"),
    );
  });

  test("--wrappers prints the same as JSON, of what was named", async () => {
    const root = temporaryFolder(WRAPPED);
    const { out } = await runIn(root, ["scan", "src/track.ts", "--wrappers", "--format", "json"]);
    const output = JSON.parse(out);
    expect(output).toMatchObject({ version: 1, root });
    expect(output.wrappers).toHaveLength(2);
    expect(output.wrappers[0]).toEqual({
      name: "track",
      file: "src/track.ts",
      line: 2,
      column: 17,
      source: "shop",
      kinds: ["track"],
      sinks: [{ sdk: "posthog-js", vendor: "posthog", method: "capture" }],
      feeds: ["event"],
      adds: ["app"],
      guards: [{ text: "isOn()", holds: true, file: "src/track.ts", line: 2 }],
      callers: [{ file: "src/cart.ts", line: 2, column: 1, role: "site" }],
    });
    const elsewhere = await runIn(root, ["scan", "src/cart.ts", "--wrappers"]);
    expect(elsewhere.out).toBe("0 wrappers\n");
  });

  test("--explain shows the chain from a call to the SDK, with the code on the way", async () => {
    const { code, out, err } = await runIn(temporaryFolder(WRAPPED), ["scan", "--explain", "src/cart.ts:2"], {
      columns: 120,
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(
      [
        "src/cart.ts:2:1  track  is a tracking call",
        '    1 │ import { track } from "./track";',
        '    2 │ track("Cart Emptied");',
        "      │ ^^^^^^^^^^^^^^^^^^^^^",
        "  sends   track `Cart Emptied`",
        "  added   `app`",
        "  guards  `isOn()` (src/track.ts:2:44)",
        "  source  shop (browser)",
        "  ↳ track from `event`, adds `app`  src/track.ts:2:17",
        '      2 │ export function track(event: string) { if (isOn()) posthog.capture(event, { app: "web" }); }',
        "        │                 ^^^^^",
        "  ↳ PostHog (posthog-js capture)  src/track.ts:2:52",
        '      2 │ export function track(event: string) { if (isOn()) posthog.capture(event, { app: "web" }); }',
        "        │                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "",
      ].join("\n"),
    );
  });

  test("--explain shows why a line is no tracking call, from the folder where it is asked", async () => {
    const root = temporaryFolder({ ...WRAPPED, "src/plain.ts": "const a = 1;\n" });
    const { code, out } = await runIn(`${root}/src`, ["scan", "--explain", "plain.ts:1"]);
    expect(code).toBe(0);
    expect(out).toContain("plain.ts:1:1  no tracking call");
    expect(out).toContain("- there is no call on the line");
    expect(out).toContain("- any of these would have been enough: `track`, `unused`");
  });

  test("--explain gives the same as JSON", async () => {
    const root = temporaryFolder(WRAPPED);
    const { out } = await runIn(root, ["scan", "--explain", "src/cart.ts:2:3", "--format", "json"]);
    const output = JSON.parse(out);
    expect(output).toMatchObject({ version: 1, root, asked: { file: "src/cart.ts", line: 2, column: 3 }, notes: [] });
    expect(output.calls).toHaveLength(1);
    expect(output.calls[0]).toMatchObject({
      callee: "track",
      verdict: "site",
      sends: [
        { kind: "track", events: ["Cart Emptied"], eventPlaces: [{ event: "Cart Emptied", line: 2, column: 7 }] },
      ],
      chains: [
        {
          steps: [{ name: "track", file: "src/track.ts", line: 2, feeds: ["event"], adds: ["app"] }],
          sink: { sdk: "posthog-js", vendorName: "PostHog", method: "capture", file: "src/track.ts", line: 2 },
          confidence: "resolved",
        },
      ],
      callers: [],
      reasons: [],
    });
  });

  test.each([
    [["src/cart.ts"], "Write it as FILE:LINE or FILE:LINE:COLUMN"],
    [["src/cart.ts:0"], "Write it as FILE:LINE"],
    [["src/cart.ts:x"], "Write it as FILE:LINE"],
    [["src/cart.ts:99"], "`src/cart.ts` has no line 99: it has 3."],
    [["src/crat.ts:2"], "Did you mean `src/cart.ts`?"],
    [["src:2"], "`src` is not a file."],
    [["src/cart.ts:2", "--wrappers"], "cannot be used with option '--wrappers'"],
  ])("--explain %j is a mistake, with what to write instead", async (argv, message) => {
    const { code, out, err } = await runIn(temporaryFolder(WRAPPED), ["scan", "--explain", ...argv]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(message);
  });

  test("takes --output-file and --stats as check does", async () => {
    const { out, err, written } = await runIn(temporaryFolder(SHOP), ["scan", "--output-file", "calls.txt", "--stats"]);
    expect(out).toBe("");
    expect(written["calls.txt"]).toContain("Cart Emptied");
    expect(err).toMatch(/^tracking calls +2$/m);
  });
});
