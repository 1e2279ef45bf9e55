import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const SHOP = {
  "package.json": '{ "name": "shop" }',
  "tracking-plan.yaml":
    "tracklint: 1\nevents: [Order Completed]\nlint: { extends: migration, rules: { unknown-event: error } }\n",
  "my cart.ts": `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "key" });\nanalytics.track({ userId: "u", event: "Cart::Emptied", properties: {} });\n`,
};
const ACTIONS = { GITHUB_ACTIONS: "true" };
const ANNOTATION = /^::error title=tracklint \(unknown-event\),file=my cart\.ts,line=3,col=39,/m;

describe("several formats at once", () => {
  test("each goes to its file, the one without to standard output", async () => {
    const argv = ["--format", "compact", "--format", "sarif=out/a.sarif", "--format", "gitlab=b=c.json"];
    const { code, out, written } = await runIn(temporaryFolder(SHOP), argv);
    expect(code).toBe(1);
    expect(out).toMatch(/^my cart\.ts:3:39 error unknown-event /);
    expect(Object.keys(written)).toEqual(["out/a.sarif", "b=c.json"]);
    const { runs }: Log = JSON.parse(written["out/a.sarif"]!);
    expect(runs[0]!.results!.map(({ ruleId }) => ruleId)).toContain("unknown-event");
  });

  test("--output-file takes the one without a file", async () => {
    const argv = ["--format", "compact", "--format", "junit=j.xml", "--output-file", "c.txt"];
    const { out, written } = await runIn(temporaryFolder(SHOP), argv);
    expect(out).toBe("");
    expect(Object.keys(written).sort()).toEqual(["c.txt", "j.xml"]);
    expect(written["c.txt"]).toContain("error unknown-event");
  });

  test.each([
    [
      ["--format", "pretty", "--format", "sarif"],
      "`--format pretty` and `--format sarif` would both go to standard output.",
    ],
    [
      ["--format", "json", "--format", "sarif", "--output-file", "x"],
      "`--format json` and `--format sarif` would both go to `x`.",
    ],
    [["--format", "json=x", "--output-file", "x"], "No report is left for `--output-file x`"],
    [["--format", "json=x", "--format", "sarif=./x"], "Two reports would go to `"],
    [["--format", "sarf"], "Did you mean sarif?"],
    [["--format", "sarif="], "Write it as sarif=FILE"],
    [["--format", "toString"], "It is one of pretty, json, "],
  ])("%j is a mistake that is explained", async (argv, message) => {
    const { code, out, err } = await runIn(temporaryFolder(SHOP), argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });
});

describe("on GitHub Actions", () => {
  test("annotations come after the report for people", async () => {
    const { out } = await runIn(temporaryFolder(SHOP), [], { env: ACTIONS });
    expect(out.indexOf("✖ ")).toBeGreaterThan(0);
    expect(out.search(ANNOTATION)).toBeGreaterThan(out.indexOf("✖ "));
  });

  test.each([
    ["a chosen format", ["--format", "pretty"]],
    ["a report in a file", ["--output-file", "x"]],
    ["a diff", ["--fix-dry-run"]],
  ])("not beside %s", async (_, argv) => {
    const { out } = await runIn(temporaryFolder(SHOP), argv, { env: ACTIONS });
    expect(out).not.toMatch(ANNOTATION);
  });

  test("nothing in the text for people is a command", async () => {
    const { out } = await runIn(temporaryFolder({ ...SHOP, "##[debug].ts": SHOP["my cart.ts"] }), [], { env: ACTIONS });
    const [people = ""] = out.split(/^::/m);
    expect(people).toContain("[debug].ts");
    expect(people).not.toContain("##[");
  });

  test("places link to the commit", async () => {
    const env = { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "acme/shop", GITHUB_SHA: "abc" };
    const { out } = await runIn(temporaryFolder(SHOP), ["--format", "markdown"], { env });
    expect(out).toContain("//github.com/acme/shop/blob/abc/my%20cart.ts&#35;L3");
  });
});

test("paths are relative to the repository, wherever it runs and whatever its workspace", async () => {
  const files = Object.entries(SHOP).map(([name, text]) => [`sub/${name}`, text] as const);
  const folder = temporaryFolder({
    ...Object.fromEntries(files),
    ".git/HEAD": "ref: refs/heads/main\n",
    "sub/package.json": '{ "name": "shop", "workspaces": [] }',
  });
  const { out } = await runIn(`${folder}/sub`, ["--format", "github"]);
  expect(out).toContain("file=sub/my cart.ts,");
});
