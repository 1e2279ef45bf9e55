import type { Rule } from "../engine/rule.ts";
import { type SchemaViolation, validateValue } from "../schema/validator.ts";
import { nearestName } from "../util/nearest-name.ts";

export interface OptionProblem {
  readonly message: string;
  readonly help: string;
}

/** What is wrong with the options that a plan gives a rule; none where they fit its JSON Schema. */
export function optionProblems(rule: Rule, options: unknown): OptionProblem[] {
  const { id, options: schema } = rule.meta;
  if (schema === undefined) {
    return [{ message: `The rule \`${id}\` takes no options`, help: `Write \`${id}: warn\`, without a list.` }];
  }
  return validateValue(schema, options).map((violation) => ({
    message: `${subjectOf(violation, id)} ${violation.message}`,
    help: helpFor(violation, id),
  }));
}

function subjectOf({ pointer }: SchemaViolation, id: string): string {
  if (pointer === "") return `The options value of \`${id}\``;
  return `The option \`${pointer.slice(1).replaceAll("/", ".")}\` of \`${id}\``;
}

function helpFor({ params, schema }: SchemaViolation, id: string): string {
  const unknownKey = params.additionalProperty;
  if (typeof unknownKey === "string") {
    const allowed = Object.keys(Object(schema.properties));
    const near = nearestName(unknownKey, allowed);
    if (near !== undefined) return `Did you mean \`${near}\`?`;
    if (allowed.length > 0) return `Its options are ${allowed.map((key) => `\`${key}\``).join(", ")}.`;
  }
  return `\`tracklint explain ${id}\` shows its options.`;
}
