import type { Statement } from "../../calls/explanation.ts";
import type { Trigger } from "../triggers.ts";
import type { LinkedWorld } from "./linked-world.ts";

const SHOWN = 6;

/** Why nothing in a file made it worth parsing: what it would have had to name. */
export function unsearched({ triggers }: Pick<LinkedWorld, "triggers">, file: string, text: string): Statement {
  const named = triggers.filter(({ path }) => path === undefined);
  const head = `\`${file}\` was not searched: it names no SDK, and imports nothing that was found to lead to one`;
  const words = new Set(text.match(/[\w$]+/g));
  const present = named.filter(({ name }) => words.has(name));
  const because = [
    ...present.slice(0, SHOWN).map((trigger) => ({ text: nearMiss(trigger, words) })),
    ...(present.length > 0 ? [] : wanted(named)),
  ];
  return { text: head, ...(because.length > 0 && { because }) };
}

function nearMiss({ name, members }: Trigger, words: ReadonlySet<string>): string {
  const list = [...(members ?? [])];
  if (members !== undefined && !list.some((member) => words.has(member)))
    return `\`${name}\` stands in it, but none of the members that track: ${shown(list)}`;
  return `\`${name}\` leads to an SDK in other files; it stands in this one too, but is not imported`;
}

function wanted(named: readonly Trigger[]): Statement[] {
  if (named.length === 0) return [{ text: "no wrapper was found that other files could import" }];
  // What tracks when it is called by its own name says more than what carries a tracker.
  const sorted = [...named].sort((a, b) => Number(a.members !== undefined) - Number(b.members !== undefined));
  const names = sorted.slice(0, SHOWN).map(({ name, members }) => {
    const [member] = members ?? [];
    return member === undefined ? `\`${name}\`` : `\`${name}\` with \`${member}\``;
  });
  const more = sorted.length - names.length;
  return [{ text: `any of these would have been enough: ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}` }];
}

export function shown(names: readonly string[], most = SHOWN): string {
  const list = names.slice(0, most).map((name) => `\`${name}\``);
  return list.join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
}
