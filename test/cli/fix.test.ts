import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replaceFile } from "../../src/cli/io.ts";
import { UserError } from "../../src/errors.ts";
import type { CheckOutput } from "../../src/report/output-types.ts";
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const PLAN = `tracklint: 1
version: 1.0.0
conventions: { events: { casing: Title Case } } # as agreed
identity: { signup: [signed_up] }
events:
  # who joins
  Invite Accepted: { version: 1.0.0 }
  signed_up:
    version: 1.0.0 # the first
  report_made: { version: 1.0.0, status: planned }
lint:
  extends: migration
  rules: { unknown-event: error, event-casing: warn, similar-events: warn, unused-suppression: warn, unused-event: off }
`;
const CODE = `import { Analytics } from "@segment/analytics-node";
import { EVENTS, OTHER } from "./events";
const analytics = new Analytics({ writeKey: "key" });
export function send(userId: string) {
  analytics.track({ userId, event: 'Accepted Invite' });
  // tracklint-disable-next-line unknown-event -- old
  analytics.track({ userId, event: EVENTS.signedUp });
  analytics.track({ userId, event: "report_made" }); // tracklint-disable-line unknown-event, property-type -- x
  analytics.track({ userId, event: EVENTS.accepted });
  analytics.track({ userId, event: OTHER });
}
`;
const EVENTS = `export const EVENTS = { signedUp: "signed_up", accepted: "Invite Acepted" } as const;
export const OTHER = "Invites Accepted";
export const label = OTHER;
`;
const SHOP = { "package.json": "{}", "tracking-plan.yaml": PLAN, "src/send.ts": CODE, "src/events.ts": EVENTS };

const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");
const textsIn = (folder: string) => Object.keys(SHOP).map((file) => read(folder, file));

const SAFE_CODE = CODE.replace("'Accepted Invite'", "'Invite Accepted'")
  .replace("  // tracklint-disable-next-line unknown-event -- old\n", "")
  .replace('"report_made" }); // tracklint-disable-line unknown-event, property-type -- x', '"Report Made" });');

describe("--fix", () => {
  test("mends what was never right, across files and in the plan, and leaves live names alone", async () => {
    const folder = temporaryRepository(SHOP);
    const { err } = await runIn(folder, ["--fix"]);
    expect(err).toBe("✔ Fixed 6 problems in 3 files\n");
    expect(read(folder, "src/send.ts")).toBe(SAFE_CODE);
    // What `OTHER` says is shown to people, too.
    expect(read(folder, "src/events.ts")).toBe(EVENTS.replace("Invite Acepted", "Invite Accepted"));
    expect(read(folder, "tracking-plan.yaml")).toBe(PLAN.replace("report_made", "Report Made"));
    const before = textsIn(folder);
    expect((await runIn(folder, ["--fix"])).err).toBe("");
    expect(textsIn(folder)).toEqual(before);
  });

  test("does not touch a text that is compared elsewhere", async () => {
    const compared = `${EVENTS}export const isOld = (name: string) => name === "Accepted Invite";\n`;
    const folder = temporaryRepository({ ...SHOP, "src/events.ts": compared });
    await runIn(folder, ["--fix"]);
    expect(read(folder, "src/send.ts")).toContain("'Accepted Invite'");
  });

  test("keeps the byte order mark and the line breaks of a file", async () => {
    const folder = temporaryRepository({ ...SHOP, "src/send.ts": `\uFEFF${CODE.replaceAll("\n", "\r\n")}` });
    await runIn(folder, ["--fix"]);
    expect(read(folder, "src/send.ts")).toBe(`\uFEFF${SAFE_CODE.replaceAll("\n", "\r\n")}`);
  });

  test("reports what is left, and ends as that asks", async () => {
    const folder = temporaryRepository(SHOP);
    const { code, out } = await runIn(folder, ["--fix", "--format", "json"]);
    const report: CheckOutput = JSON.parse(out);
    expect(report.findings.map(({ rule, suggestion }) => `${rule} ${suggestion}`)).toEqual([
      "similar-events true",
      "unknown-event false",
      "event-casing true",
    ]);
    expect(code).toBe(1);
  });

  test("comes before a baseline is made", async () => {
    const folder = temporaryRepository(SHOP);
    const { written, err } = await runIn(folder, ["--fix", "--update-baseline"]);
    expect(err).toContain("3 entries (3 added)");
    expect(Object.values(written).join()).not.toContain("report_made");
    expect(read(folder, "src/send.ts")).toBe(SAFE_CODE);
  });
});

describe("--fix-suggestions", () => {
  test("renames live events too, and keeps their old names among the aliases", async () => {
    const folder = temporaryRepository(SHOP);
    const { code, err } = await runIn(folder, ["--fix-suggestions"]);
    expect({ code, err }).toEqual({ code: 0, err: "✔ Fixed 8 problems in 3 files\n" });
    expect(read(folder, "tracking-plan.yaml")).toBe(
      PLAN.replace("signup: [signed_up]", "signup: [Signed Up]")
        .replace("  signed_up:\n", "  Signed Up:\n    aliases: [signed_up]\n")
        .replace("report_made", "Report Made"),
    );
    expect(read(folder, "src/events.ts")).toBe(
      EVENTS.replace("signed_up", "Signed Up").replace("Acepted", "Accepted").replace("Invites", "Invite"),
    );
    const before = textsIn(folder);
    await runIn(folder, ["--fix-suggestions"]);
    expect(textsIn(folder)).toEqual(before);
  });
});

describe("--fix-dry-run", () => {
  test("prints a diff that git applies, and changes nothing", async () => {
    const folder = temporaryRepository(SHOP);
    const before = textsIn(folder);
    for (const flags of [["--fix"], ["--fix-suggestions"]]) {
      const { out, code } = await runIn(folder, ["--fix-dry-run", ...flags]);
      expect(code).toBe(1);
      expect(textsIn(folder)).toEqual(before);
      writeFileSync(join(folder, "fixes.patch"), out);
      git(folder, "apply", "fixes.patch");
      const applied = textsIn(folder);
      git(folder, "checkout", "--quiet", ".");
      await runIn(folder, flags);
      // What one fix uncovers is mended in a further round.
      expect(applied.filter((text, index) => text !== textsIn(folder)[index]).length).toBeLessThanOrEqual(1);
      git(folder, "checkout", "--quiet", ".");
    }
  });

  test("makes no baseline, after which nothing would be left to fix", async () => {
    const { code, err } = await runIn(temporaryFolder(SHOP), ["--fix-dry-run", "--update-baseline"]);
    expect(code).toBe(2);
    expect(err).toContain("'--fix-dry-run' cannot be used with option '--update-baseline'");
  });

  test("prints nothing where there is nothing to fix", async () => {
    const folder = temporaryFolder({ "package.json": "{}", "src/a.ts": "export {};\n" });
    expect(await runIn(folder, ["--fix-dry-run"])).toMatchObject({ code: 0, out: "", err: "" });
  });
});

describe("a file that can't be replaced is as it was", () => {
  test("where it was changed in the meantime, or is not UTF-8", () => {
    const folder = temporaryFolder({ "a.ts": "new\n", "b.ts": new Uint8Array([0x61, 0xff, 0x0a]) });
    expect(() => replaceFile(join(folder, "a.ts"), "old\n", "x\n")).toThrow(UserError);
    expect(() => replaceFile(join(folder, "b.ts"), "a\uFFFD\n", "x\n")).toThrow("isn't UTF-8");
    expect(read(folder, "a.ts")).toBe("new\n");
    expect(readFileSync(join(folder, "b.ts"))).toEqual(Buffer.from([0x61, 0xff, 0x0a]));
  });

  test("where something stands in the way, which stays", () => {
    const folder = temporaryFolder({ "a.ts": "old\n" });
    writeFiles(folder, { [`a.ts.tracklint-${process.pid}`]: "in the way" });
    expect(() => replaceFile(join(folder, "a.ts"), "old\n", "x\n")).toThrow("which is as it was");
    expect(read(folder, "a.ts")).toBe("old\n");
    expect(read(folder, `a.ts.tracklint-${process.pid}`)).toBe("in the way");
  });

  test("and keeps its mode where it can", () => {
    const folder = temporaryFolder({ "a.sh": "old\n" });
    chmodSync(join(folder, "a.sh"), 0o755);
    replaceFile(join(folder, "a.sh"), "old\n", "new\n");
    git(folder, "init", "--quiet");
    commitAll(folder);
    expect(git(folder, "ls-files", "--stage")).toMatch(/^100755/);
  });
});
