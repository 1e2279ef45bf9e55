import { rules } from "../../../rules/index.ts";
import { rulesOutput, rulesTable } from "../../docs/rules-table.ts";
import { toJson } from "../../report/check-output.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { lookOf } from "../look.ts";
import type { RulesFlags } from "../program.ts";

export async function runRulesTable(flags: RulesFlags, io: Io): Promise<ExitCode> {
  const metas = rules.map((rule) => rule.meta);
  const text = flags.format === "json" ? toJson(rulesOutput(metas)) : rulesTable(metas, lookOf(io.stdout, io.env));
  await io.stdout.write(text);
  return 0;
}
