import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyBaseline, type BaselineEntry, type BaselineInput, printBaseline } from "../../src/baseline/baseline.ts";
import { readBaseline } from "../../src/baseline/read-baseline.ts";
import type { Finding, FindingIdentity } from "../../src/diagnostics/finding.ts";
import { commitAll, git, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";

function finding(rule: string, identity: FindingIdentity | undefined, file = "src/app.ts", line = 1): Finding {
  return {
    rule,
    severity: "error",
    at: { file, line, column: 1, endLine: line, endColumn: 2 },
    message: rule,
    related: [],
    fingerprint: `${rule}:${file}:${line}`,
    ...(identity === undefined ? {} : { identity }),
  };
}

const inOpen = { about: "cart.open", symbol: "open" };

function apply(given: Partial<BaselineInput>) {
  return applyBaseline({
    entries: [],
    findings: [],
    isAsked: () => true,
    wasJudged: () => true,
    sourceOf: (file) => (file.endsWith(".yaml") ? undefined : "web"),
    ...given,
  });
}

const updated = (findings: readonly Finding[], given: Partial<BaselineInput> = {}) =>
  apply({ findings, change: "update", ...given }).entries;

describe("an entry", () => {
  test("knows a finding by rule, what it is about, and the function around it", () => {
    expect(updated([finding("unknown-event", inOpen)])).toEqual([{ rule: "unknown-event", ...inOpen }]);
  });

  test("has the service in place of the function at the top level, and for what is about the service as a whole", () => {
    const whole = { about: "PostHog", symbol: "start", source: "web, admin" };
    expect(updated([finding("consent-check", whole), finding("unknown-event", { about: "x" })])).toEqual([
      { rule: "consent-check", about: "PostHog", source: "web, admin" },
      { rule: "unknown-event", about: "x", source: "web" },
    ]);
  });

  test("of the plan has neither", () => {
    expect(updated([finding("unused-event", { about: "x" }, "tracking-plan.yaml")])).toEqual([
      { rule: "unused-event", about: "x" },
    ]);
  });

  test("holds wherever the code moves, and for every finding with its key", () => {
    const moved = [finding("unknown-event", inOpen, "lib/b.ts", 40), finding("unknown-event", inOpen, "lib/b.ts", 50)];
    const { fresh, hidden, fixed } = apply({ entries: [{ rule: "unknown-event", ...inOpen }], findings: moved });
    expect({ fresh, hidden: hidden.length, fixed }).toEqual({ fresh: [], hidden: 2, fixed: [] });
  });

  test("holds for no other rule, event or function", () => {
    const entries = [{ rule: "unknown-event", ...inOpen }];
    const others = [
      finding("event-casing", inOpen),
      finding("unknown-event", { ...inOpen, about: "cart.close" }),
      finding("unknown-event", { ...inOpen, symbol: "close" }),
      finding("unknown-event", { about: "cart.open", source: "open" }),
    ];
    expect(apply({ entries, findings: others }).fresh).toEqual(others);
  });

  test("never holds for what tracklint itself reports", () => {
    const own = finding("parse-error", undefined);
    expect(updated([own])).toEqual([]);
    expect(apply({ entries: [{ rule: "parse-error", about: "" }], findings: [own] }).fresh).toEqual([own]);
  });
});

describe("what is fixed", () => {
  const entries: BaselineEntry[] = [
    { rule: "unknown-event", ...inOpen },
    { rule: "consent-check", about: "PostHog", source: "web" },
  ];

  test("is told, and taken out by both changes", () => {
    const findings = [finding("unknown-event", inOpen), finding("unknown-event", { about: "new", symbol: "open" })];
    const same = apply({ entries, findings });
    expect(same).toMatchObject({ fixed: [entries[1]], isChanged: false, added: 0, removed: 0 });
    expect(same.fresh).toEqual([findings[1]]);
    const pruned = apply({ entries, findings, change: "prune" });
    expect(pruned).toMatchObject({ entries: [entries[0]], fixed: [], added: 0, removed: 1 });
    expect(pruned.fresh).toEqual([findings[1]]);
    const anew = apply({ entries, findings, change: "update" });
    expect(anew).toMatchObject({ fixed: [], fresh: [], added: 1, removed: 1 });
  });

  test("is nothing that could not be judged", () => {
    const wasJudged = ({ rule }: BaselineEntry) => rule !== "consent-check";
    const { fixed, entries: left } = apply({ entries, wasJudged, change: "prune" });
    expect({ fixed, left }).toEqual({ fixed: [], left: [entries[1]] });
  });

  test("an update of a part keeps what stands elsewhere, and takes nothing new from there", () => {
    const elsewhere = [
      finding("consent-check", { about: "PostHog", source: "web" }, "other/a.ts"),
      finding("unknown-event", { about: "new", symbol: "f" }, "other/a.ts"),
    ];
    const here = finding("unknown-event", { about: "mine", symbol: "f" });
    const left = updated([...elsewhere, here], { entries, isAsked: ({ at }) => at.file.startsWith("src/") });
    expect(left).toEqual([entries[1], { rule: "unknown-event", about: "mine", symbol: "f" }]);
  });
});

describe("the file", () => {
  test("has one entry a line, sorted and each once", () => {
    const entries = [
      { rule: "b", about: "x", symbol: "f" },
      { rule: "b", about: "x" },
      { rule: "a", about: 'say "hi"', source: "web" },
      { rule: "b", about: "x", symbol: "f" },
    ];
    expect(printBaseline(entries)).toBe(`{
  "tracklintBaseline": 1,
  "findings": [
    { "rule": "a", "source": "web", "about": "say \\"hi\\"" },
    { "rule": "b", "about": "x" },
    { "rule": "b", "about": "x", "symbol": "f" }
  ]
}
`);
    expect(printBaseline([])).toBe('{\n  "tracklintBaseline": 1,\n  "findings": []\n}\n');
  });

  test("merges where branches add and take out different entries", async () => {
    const entries = ["a", "c", "e", "g", "i"].map((about) => ({ rule: "unknown-event", about, symbol: "send" }));
    const added = (about: string) => ({ rule: "unknown-event", about, symbol: "send" });
    const folder = temporaryRepository({ "tracklint-baseline.json": printBaseline(entries) });
    const commit = (branch: string, next: readonly BaselineEntry[]) => {
      git(folder, "checkout", "--quiet", "-b", branch, "root");
      writeFiles(folder, { "tracklint-baseline.json": printBaseline(next) });
      commitAll(folder);
    };
    git(folder, "tag", "root");
    commit("one", [...entries, added("b")]);
    commit(
      "two",
      entries.filter(({ about }) => about !== "g"),
    );
    git(folder, "merge", "--quiet", "--no-edit", "one");
    const merged = await readBaseline(readFileSync(join(folder, "tracklint-baseline.json"), "utf8"), "b.json");
    expect(merged.map(({ about }) => about)).toEqual(["a", "b", "c", "e", "i"]);
  });

  test("gives back what was written, whatever the order and the layout", async () => {
    const text = fc.string({ unit: "binary", maxLength: 12 });
    const optional = { requiredKeys: ["rule", "about"] as const };
    const entry = fc.record({ rule: text, about: text, symbol: text, source: text }, optional as never);
    await fc.assert(
      fc.asyncProperty(fc.array(entry as fc.Arbitrary<BaselineEntry>), async (entries) => {
        const printed = printBaseline(entries);
        expect(printBaseline(await readBaseline(printed, "b.json"))).toBe(printed);
        const laidOut = JSON.stringify(JSON.parse(printed), null, 4);
        expect(printBaseline((await readBaseline(laidOut, "b.json")).toReversed())).toBe(printed);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
