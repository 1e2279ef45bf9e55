import { renderMarkdown } from "../../docs/render-markdown.ts";
import { readRuleCatalogue, readRulePage } from "../../docs/rule-catalogue.ts";
import { unknownRule } from "../../engine/unknown-rule.ts";
import { UserError } from "../../errors.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { lookOf } from "../look.ts";

export async function runExplain(id: string, io: Io): Promise<ExitCode> {
  const ids = readRuleCatalogue().map((entry) => entry.id);
  if (!ids.includes(id)) {
    const { message, help } = unknownRule(id, ids);
    throw new UserError(`${message}.`, { help });
  }
  await io.stdout.write(renderMarkdown(readRulePage(id), lookOf(io.stdout, io.env)));
  return 0;
}
