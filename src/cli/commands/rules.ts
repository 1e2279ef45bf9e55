import { readRuleCatalogue } from "../../docs/rule-catalogue.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { lookOf } from "../look.ts";
import type { RulesFlags } from "../program.ts";

export async function runRules(flags: RulesFlags, io: Io): Promise<ExitCode> {
  const entries = readRuleCatalogue();
  if (flags.format === "json") {
    await io.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
  } else {
    const { rulesTable } = await import("../../docs/rules-table.ts");
    await io.stdout.write(rulesTable(entries, lookOf(io.stdout, io.env)));
  }
  return 0;
}
