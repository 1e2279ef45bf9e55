import { nearestName } from "../util/nearest-name.ts";

/** What to say, wherever it is written, of a rule id that isn't there. */
export function unknownRule(id: string, known: Iterable<string>): { readonly message: string; readonly help: string } {
  const near = nearestName(id, known);
  return {
    message: `There is no rule \`${id}\``,
    help: near === undefined ? "`tracklint rules` lists all rules." : `Did you mean \`${near}\`?`,
  };
}
