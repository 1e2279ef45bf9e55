import { describe, expect, test } from "vitest";
import { exitCodeOf } from "../src/cli/exit-code.ts";
import { defineRule, type Rule } from "../src/engine/rule.ts";
import { InternalError, UserError } from "../src/errors.ts";
import { memoryHost } from "../src/host/memory-host.ts";
import { check, scan } from "../src/lint.ts";

const CART = `import posthog from "posthog-js";
posthog.capture("Cart Emptied", { items: 3 });
posthog.capture("cart opened", { items: 3 });
`;
const host = (files: Readonly<Record<string, string>> = {}) => memoryHost({ "src/cart.ts": CART, ...files });

function rule(id: string, check: Rule<"said">["check"]): Rule {
  return defineRule({
    meta: {
      id,
      category: "schema",
      summary: id,
      default: { withoutPlan: "warn", withPlan: "warn" },
      messages: { said: "{{name}} is sent" },
    },
    defaultOptions: {},
    check,
  }) as Rule;
}

const everyCall = rule("every-call", function* ({ code }) {
  for (const call of code.calls.toReversed()) {
    const name = call.events[0]?.value ?? "";
    yield { at: call.at, messageId: "said", data: { name }, subject: name };
    yield { at: call.at, messageId: "said", data: { name }, subject: name };
  }
});
const crashing = rule("crashing", () => {
  throw new TypeError("no such thing");
});

describe("check", () => {
  test("gives findings in the order of their places, each once", async () => {
    const { findings, summary } = await check({ rules: [everyCall] }, host());
    const said = findings.filter((finding) => finding.rule === "every-call");
    expect(said.map(({ at, message }) => `${at.line} ${message}`)).toEqual([
      "2 Cart Emptied is sent",
      "3 cart opened is sent",
    ]);
    expect(summary).toMatchObject({ calls: 2, errors: 0, warnings: findings.length });
  });

  test("a rule that fails is told, ends with 3, and costs no other finding", async () => {
    const result = await check({ rules: [crashing, everyCall] }, host());
    expect(result.internalErrors.map((error) => error.message)).toEqual([
      "Internal error in rule crashing: no such thing",
    ]);
    expect(result.findings).toContainEqual(expect.objectContaining({ rule: "internal-error", severity: "error" }));
    expect(result.findings).toContainEqual(expect.objectContaining({ rule: "every-call" }));
    const { errors, warnings } = result.summary;
    const outcome = { errors, warnings, planInvalid: false, internalErrors: result.internalErrors.length };
    expect(exitCodeOf(outcome, { exitZero: true })).toBe(3);
  });

  test("a suppression of a rule that failed is not called unused", async () => {
    const files = { "src/cart.ts": `// tracklint-disable-file crashing\n${CART}` };
    const { findings } = await check({ rules: [crashing] }, host(files));
    expect(findings.map((finding) => finding.rule)).not.toContain("unused-suppression");
  });

  test("a stage that fails is named", async () => {
    const broken = {
      ...host(),
      gitFiles: () => {
        throw new TypeError("git is gone");
      },
    };
    await expect(check({}, broken)).rejects.toThrow(new InternalError("discover", new TypeError("git is gone")));
  });

  test("a flag for a rule that isn't there is the user's mistake", async () => {
    await expect(
      check({ ruleFlags: [{ id: "every-cal", severity: "warn" }], rules: [everyCall] }, host()),
    ).rejects.toThrow(new UserError("There is no rule `every-cal`.", { help: "Did you mean `every-call`?" }));
  });

  test("suppressions expire by the date that is given", async () => {
    const files = { "src/cart.ts": `// tracklint-disable-file every-call (until 2026-06-15)\n${CART}` };
    const rulesOf = async (today: string) =>
      (await check({ rules: [everyCall], today }, host(files))).findings.map((finding) => finding.rule);
    expect(await rulesOf("2026-06-15")).not.toContain("every-call");
    expect(await rulesOf("2026-06-16")).toEqual(expect.arrayContaining(["every-call", "unused-suppression"]));
  });

  test("tells what was read, and gives the texts that findings stand in", async () => {
    const plan = {
      host: host({ "tracking-plan.yaml": "events: [Cart Emptied]\n" }),
      path: "tracking-plan.yaml",
      prefix: "",
    };
    const result = await check({ plan }, plan.host);
    expect(result.stats).toMatchObject({ listed: 1, read: 1, parsed: 1, withCalls: 1, calls: 2 });
    expect(result.stats.stages.map((stage) => stage.name)).toEqual([
      "plan",
      "discover",
      "skim",
      "parse",
      "link",
      "rules",
    ]);
    expect(result.textOf("src/cart.ts")).toBe(CART);
    expect(result.textOf("tracking-plan.yaml")).toBe("events: [Cart Emptied]\n");
    expect(result.textOf("src/other.ts")).toBeUndefined();
  });
});

describe("scan", () => {
  test("gives the calls of what was named, with all that could not be read", async () => {
    const files = {
      "src/wish.ts": 'import posthog from "posthog-js";\nposthog.capture("Wished");\n',
      "src/broken.ts": `${CART}(((`,
    };
    const { code, findings, root } = await scan({ scope: ["src/wish.ts", "src/broken.ts"] }, host(files));
    expect(root).toBe("/project");
    expect(new Set(code.calls.map((call) => call.at.file))).toEqual(new Set(["src/broken.ts", "src/wish.ts"]));
    expect(findings.map((finding) => `${finding.rule} ${finding.at.file}`)).toEqual(["parse-error src/broken.ts"]);
  });
});

describe("exit codes", () => {
  const outcome = { errors: 0, warnings: 0, planInvalid: false, internalErrors: 0 };

  test.each([
    [{}, {}, 0],
    [{ errors: 256 }, {}, 1],
    [{ warnings: 3 }, {}, 0],
    [{ warnings: 3 }, { maxWarnings: 3 }, 0],
    [{ warnings: 3 }, { maxWarnings: 2 }, 1],
    [{ errors: 1, warnings: 3 }, { maxWarnings: 2, exitZero: true }, 0],
    [{ errors: 1, planInvalid: true }, { exitZero: true }, 2],
    [{ planInvalid: true, internalErrors: 1 }, {}, 3],
  ] as const)("%j with %j is %i", (more, flags, code) => {
    expect(exitCodeOf({ ...outcome, ...more }, flags)).toBe(code);
  });
});
