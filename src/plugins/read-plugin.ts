import type { Rule } from "../engine/rule.ts";
import { createValidator, type SchemaViolation } from "../schema/validator.ts";

/** What a plugin exports by default. */
export interface Plugin {
  readonly rules: readonly Rule[];
}

const LEVEL = { type: "string", enum: ["off", "warn", "error"] };
const META = {
  type: "object",
  required: ["id", "category", "summary", "default", "messages"],
  properties: {
    id: { type: "string" },
    category: {
      type: "string",
      enum: ["schema", "naming", "identity", "attribution", "consent", "delivery", "housekeeping"],
    },
    summary: { type: "string" },
    default: {
      type: "object",
      required: ["withoutPlan", "withPlan"],
      properties: { withoutPlan: LEVEL, withPlan: LEVEL },
    },
    messages: { type: "object", additionalProperties: { type: "string" } },
    options: { type: "object" },
    url: { type: "string" },
  },
};
const RULE = { type: "object", required: ["meta", "check"], properties: { meta: META } };
/** The name of whoever wrote it, and its own: `acme/no-clicks`. What has no `/` is built in. */
const ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;

const violations = createValidator(RULE);

/** The rules that a module exports, or what is wrong with it, as a predicate. */
export function readPlugin(module: unknown): readonly Rule[] | string {
  const exported = entryOf(module, "default") ?? module;
  const rules = entryOf(exported, "rules");
  if (!Array.isArray(rules)) {
    const hint = Array.isArray(exported) || entryOf(exported, "meta") !== undefined ? ": wrap them in `rules`" : "";
    return `has no \`export default { rules: [...] }\`${hint}`;
  }
  const list: readonly unknown[] = rules;
  for (const [index, rule] of list.entries()) {
    const problem = ruleProblem(rule, `rules[${index}]`);
    if (problem !== undefined) return problem;
  }
  return list.filter((rule): rule is Rule => ruleProblem(rule, "") === undefined);
}

function ruleProblem(rule: unknown, place: string): string | undefined {
  const [violation] = violations(rule);
  if (violation !== undefined) return `has a rule that is none: \`${placeOf(violation, place)}\` ${violation.message}`;
  const id = String(entryOf(entryOf(rule, "meta"), "id"));
  if (!ID.test(id)) return `has the rule id \`${id}\`, expected a name, a slash and the rule's own: \`acme/no-clicks\``;
  if (typeof entryOf(rule, "check") !== "function") return `has a rule without a function \`check\`: \`${id}\``;
  return undefined;
}

function placeOf({ pointer }: SchemaViolation, place: string): string {
  return `${place}${pointer.replaceAll("/", ".")}`;
}

function entryOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
