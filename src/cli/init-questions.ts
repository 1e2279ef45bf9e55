import type { CasingDraft, PlanDraft } from "../init/draft.ts";
import { stateCasing } from "../init/draft-names.ts";
import { undecidedCasing } from "../init/print-plan.ts";
import { visible } from "../report/visible.ts";
import { nearestName } from "../util/nearest-name.ts";
import type { Io, Output } from "./io.ts";

/** A person at a terminal. */
export interface Terminal {
  readonly ask: NonNullable<Io["ask"]>;
  readonly out: Output;
}

/** Where the plan goes; an empty answer takes the proposal. */
export async function askPlace({ ask }: Terminal, proposal: string): Promise<string> {
  return (await ask(`Where shall the plan be written? (${visible(proposal)}) `)) || proposal;
}

/** Whether a tool shall run tracklint before each commit. */
export async function askHook({ ask, out }: Terminal, how: string, proposal: boolean): Promise<boolean> {
  for (;;) {
    const answer = await ask(`Run tracklint before each commit, ${how}? (${proposal ? "Y/n" : "y/N"}) `);
    if (answer === "") return proposal;
    if (/^y(?:es)?$/i.test(answer)) return true;
    if (/^no?$/i.test(answer)) return false;
    await out.write("Answer y or n.\n");
  }
}

/** Which services the plan describes; undefined for all. Asks again until every name is one. */
export async function askSources(
  { ask, out }: Terminal,
  names: readonly string[],
): Promise<readonly string[] | undefined> {
  const listed = names.map(visible).join(", ");
  for (;;) {
    const answer = await ask(`Which services shall it describe: ${listed}? (all) `);
    const chosen = answer.split(/[\s,]+/).filter((name) => name !== "");
    if (chosen.length === 0 || (chosen.length === 1 && chosen[0] === "all")) return undefined;
    const unknown = chosen.find((name) => !names.includes(name));
    if (unknown === undefined) return chosen;
    const near = nearestName(unknown, names);
    await out.write(
      `There is no service ${visible(unknown)}.${near === undefined ? "" : ` Did you mean ${visible(near)}?`}\n`,
    );
  }
}

/** The draft with a casing for names that show no majority, where the person knows one. */
export async function askCasings(terminal: Terminal, draft: PlanDraft): Promise<PlanDraft> {
  const eventNames = await askCasing(terminal, "event names", draft.eventNames);
  const propertyNames = await askCasing(terminal, "property names", draft.propertyNames);
  return { ...draft, eventNames, propertyNames };
}

async function askCasing({ ask, out }: Terminal, what: string, draft: CasingDraft): Promise<CasingDraft> {
  if (undecidedCasing(what, draft) === undefined || draft.tally.length === 0) return draft;
  const choices = draft.tally.slice(0, 4);
  const listed = choices.map(
    ({ casing, fitting }, index) => `  ${index + 1}  ${casing} (${fitting} of ${draft.telling})\n`,
  );
  await out.write(`How shall ${what} be spelled?\n${listed.join("")}`);
  for (;;) {
    const answer = await ask("Number, or nothing to decide later: ");
    if (answer === "") return draft;
    const chosen = choices[Number(answer) - 1];
    if (chosen !== undefined) return stateCasing(draft, chosen.casing);
    await out.write(`It is a number from 1 to ${choices.length}.\n`);
  }
}
