import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { run } from "./run.ts";

describe("what is wrong on the command line ends with 2 and one message that says what to do", () => {
  it("a path that isn't there", async () => {
    const { code, out, err } = await run(temporaryFolder(), "check", "src/missing");

    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("There is no file or folder `src/missing`.");
    expect(err).toContain("relative to the working directory");
  });

  it("a plan that isn't there", async () => {
    const { code, out, err } = await run(temporaryFolder(), "check", "--plan", "plans/acme.yaml");

    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("There is no plan file `plans/acme.yaml`.");
  });

  it("a plan that is a folder", async () => {
    const { code, err } = await run(temporaryFolder({ "plans/acme.yaml": "tracklint: 1" }), "check", "--plan", "plans");

    expect(code).toBe(2);
    expect(err).toContain("`plans` is not a file");
  });

  it("an unknown command is taken for a path, and says so", async () => {
    const { code, err } = await run(temporaryFolder(), "chekc");

    expect(code).toBe(2);
    expect(err).toContain("`chekc`");
  });

  it("an unknown flag, with the nearest one", async () => {
    const { code, err } = await run(temporaryFolder(), "check", "--formt", "json");

    expect(code).toBe(2);
    expect(err).toContain("unknown option '--formt'");
    expect(err).toContain("--format");
  });

  it("an unknown value of a flag, with those that there are", async () => {
    const { code, err } = await run(temporaryFolder(), "check", "--format", "xml");

    expect(code).toBe(2);
    expect(err).toContain("'xml'");
    expect(err).toContain("pretty, json");
  });

  it.each([
    ["unknown-evnt:warn", "unknown-evnt", "unknown-event"],
    ["unknown-event:fatal", "unknown-event:fatal", "off, warn, error"],
    ["unknown-event", "unknown-event", "id:severity"],
  ])("--rule %s", async (value, found, expected) => {
    const { code, err } = await run(temporaryFolder({ "a.ts": "" }), "check", "--rule", value);

    expect(code).toBe(2);
    expect(err).toContain(found);
    expect(err).toContain(expected);
  });

  it("a number of warnings that is none", async () => {
    const { code, err } = await run(temporaryFolder(), "check", "--max-warnings", "many");

    expect(code).toBe(2);
    expect(err).toContain("'many'");
    expect(err).toContain("whole number");
  });

  it("a rule to explain that isn't there, with the nearest one", async () => {
    const { code, err } = await run(temporaryFolder(), "explain", "unknown-events");

    expect(code).toBe(2);
    expect(err).toContain("There is no rule `unknown-events`.");
    expect(err).toContain("`unknown-event`");
  });
});
