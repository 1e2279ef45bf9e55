import type { EventKind } from "../../plan/model.ts";
import { listOfNames } from "../prose.ts";
import type { NotJudgedHere, Problem } from "../rule.ts";
import { type JudgeNamesInput, judgeNames } from "./judge-names.ts";

/** Options of the rules of casing. */
export interface CasingRuleOptions {
  /** Per cent of a source's names that make a convention where the plan states none. */
  readonly majority: number;
  /** How many names of more than one word must show it. */
  readonly minimumNames: number;
  /** Spellings that fit every casing: names of products and acronyms. */
  readonly words: readonly string[];
}

export type CasingMessageId = "stated" | "majority" | "planMajority";

/** The parts that the rules of casing share. `what` is what they call a name: `event name`, which takes an `s`. */
export function casingMeta(what: string, majority: number) {
  return {
    messages: {
      stated: `The ${what}{{s}} {{names}} {{are}} not {{convention}}, the convention that the plan states`,
      majority: `The ${what}{{s}} {{names}} {{are}} not {{convention}}, as {{fitting}} of {{total}} names of \`{{source}}\` are`,
      planMajority: `The ${what}{{s}} {{names}} {{are}} not {{convention}}, as {{fitting}} of {{total}} names of the plan are`,
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: {
        majority: { type: "number", minimum: 50, maximum: 100, default: majority },
        minimumNames: { type: "integer", minimum: 2, default: 5 },
        words: { type: "array", items: { type: "string", minLength: 1 }, default: [] },
      },
    },
  } as const;
}

/**
 * A problem for each name outside its convention.
 * @param keepOld what to do about data that has the old name already; ends the help
 * @param renamed the kind of events that the names are of, where they can be renamed
 */
export function* casingProblems(
  input: JudgeNamesInput,
  keepOld: string,
  renamed?: EventKind,
): Iterable<Problem<CasingMessageId> | NotJudgedHere> {
  for (const said of judgeNames(input)) {
    if ("notJudged" in said) {
      yield said;
      continue;
    }
    const { name, others, convention, expected, source, at, related } = said;
    const { tally, label } = convention;
    const spelling = expected === undefined ? "Spell it like the others" : `Spell it \`${expected}\``;
    yield {
      at,
      messageId: tally === undefined ? "stated" : source === undefined ? "planMajority" : "majority",
      data: {
        s: others.length > 0 ? "s" : "",
        are: others.length > 0 ? "are" : "is",
        names: listOfNames([name, ...others], 2),
        convention: label,
        source: source ?? "",
        fitting: 0,
        total: 0,
        ...tally,
      },
      help: `${spelling}; ${keepOld}.`,
      plan: tally === undefined ? input.stated?.at : undefined,
      related,
      subject: name,
      ...(renamed !== undefined && expected !== undefined && others.length === 0
        ? { rename: { from: name, to: expected, kind: renamed } }
        : {}),
      ...(tally === undefined ? { severity: "error" as const } : {}),
    };
  }
}
