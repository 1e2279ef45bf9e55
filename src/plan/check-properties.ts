import { type Dialect, type JsonSchema, pointerSegments, subschemaForm } from "../schema/json-schema.ts";
import { patternProblem } from "../schema/safe-regex.ts";
import { schemaViolations } from "../schema/validator.ts";
import { collectRefs, type Definitions } from "./definitions.ts";
import { type Entry, entriesOf, itemPlace, mapOf, type PlanNode, textNodesOf, valuePlace } from "./node.ts";
import { type Problems, tellWord } from "./problems.ts";
import { toSchemaInPlace } from "./property-language.ts";

export interface PropertyChecks {
  readonly definitions: Definitions;
  readonly dialect: Dialect;
  readonly problems: Problems;
  /** False where definitions may be missing for a reason that was reported already. */
  readonly isComplete: boolean;
}

/** Reports what is wrong with a map of properties beyond the format's schema. */
export function checkProperties(properties: PlanNode | undefined, checks: PropertyChecks): void {
  const entries = entriesOf(properties);
  checks.definitions.budget(entries.flatMap(({ value }) => collectRefs(value).refs));
  for (const entry of entries) {
    if (checks.problems.isFull) return;
    checkSchemaNode(entry.value, { ...checks, mayBeRequired: true });
    if (!isSettled(entry.value)) {
      reportSchemaViolations(entry, toSchemaInPlace(entry.value), checks.dialect, checks.problems);
    }
  }
}

/**
 * Keywords that mean the same in every dialect, and whose values the schema of the plan format describes as precisely
 * as any meta-schema. Most properties have no others; compiling a meta-schema takes longer than reading a usual plan.
 */
const settledKeywords: ReadonlySet<string> = new Set([
  ...["required", "ref", "pii", "deprecated"],
  ...["type", "enum", "format", "pattern", "title", "description", "default"],
  ...["minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems"],
  ...["items", "properties", "additionalProperties"],
]);

function isSettled(node: PlanNode): boolean {
  if (node.kind === "list") return false;
  return entriesOf(node).every(({ name, value }) => {
    if (name === "properties") return entriesOf(value).every((property) => isSettled(property.value));
    if (name === "items" || name === "additionalProperties") return isSettled(value);
    return settledKeywords.has(name) || name.startsWith("x-");
  });
}

interface NodeChecks extends PropertyChecks {
  /** `required: true` has a meaning only on a property of an object. */
  readonly mayBeRequired: boolean;
}

function checkSchemaNode(node: PlanNode, checks: NodeChecks): void {
  const { problems } = checks;
  for (const entry of entriesOf(node)) {
    const { name, value } = entry;
    if (name === "ref") checkRef(value, checks);
    else if (name === "pattern") checkPattern(entry, problems);
    else if (name === "required" && !checks.mayBeRequired && value.kind === "scalar") {
      problems.add(entry.key, "`required` stands on a schema that is no property of an object", {
        help: "Write `required: true` at a property under `properties:`",
      });
    }
    checkSubschemas(entry, checks);
  }
}

function checkSubschemas({ name, value }: Entry, checks: NodeChecks): void {
  const form = subschemaForm(name);
  if (form === undefined) return;
  const below = { ...checks, mayBeRequired: name === "properties" };
  if (value.kind === "list") for (const item of value.items) checkSchemaNode(item, below);
  else if (form !== "map") checkSchemaNode(value, below);
  else {
    for (const child of entriesOf(value)) {
      if (name === "patternProperties") checkPatternKey(child, checks.problems);
      checkSchemaNode(child.value, below);
    }
  }
}

function checkRef(value: PlanNode, { definitions, problems, isComplete }: PropertyChecks): void {
  if (!isComplete) return;
  const known = definitions.names;
  for (const ref of textNodesOf(value)) {
    if (!known.has(ref.value)) problems.addUndefined(ref, ref.value, "shared property of this plan", [...known]);
  }
}

/** Reports a pattern that can't be compiled. */
export function checkPattern(entry: Entry, problems: Problems): void {
  for (const pattern of textNodesOf(entry.value)) {
    reportPattern(pattern.value, valuePlace(entry), problems);
  }
}

export function checkPatternKey(entry: Entry, problems: Problems): void {
  reportPattern(entry.name, entry.key, problems);
}

function reportPattern(pattern: string, at: Parameters<Problems["add"]>[0], problems: Problems): void {
  const why = patternProblem(pattern);
  if (why === undefined) return;
  problems.add(at, `The pattern \`${pattern}\` ${why}`, {
    help: "Patterns run in linear time under RE2; see https://github.com/google/re2/wiki/Syntax",
  });
}

/** Reports where a schema breaks the meta-schema of its dialect. `schema` stands, key for key, at the entry's value. */
export function reportSchemaViolations(entry: Entry, schema: JsonSchema, dialect: Dialect, problems: Problems): void {
  for (const { pointer, keyword, params, message } of schemaViolations(schema, dialect)) {
    const { at, label, node } = follow(entry, pointer);
    if (keyword === "enum" && node.kind === "scalar" && Array.isArray(params.allowedValues)) {
      const { message: says, help } = tellWord(label, node.text, params.allowedValues.map(String));
      problems.add(at, says, { help });
    } else {
      problems.add(at, `${label} ${message}`, { help: `Schemas here are of JSON Schema ${dialect}` });
    }
  }
}

function follow(start: Entry, pointer: string) {
  let entry = start;
  let node = start.value;
  let item: number | undefined;
  for (const segment of pointerSegments(pointer)) {
    const next = mapOf(node)?.entries.get(segment);
    const below = next?.value ?? (node.kind === "list" ? node.items[Number(segment)] : undefined);
    if (below === undefined) break;
    if (next !== undefined) entry = next;
    item = next === undefined ? Number(segment) + 1 : undefined;
    node = below;
  }
  const label = item === undefined ? `\`${entry.name}\`` : `Item ${item} of \`${entry.name}\``;
  return { node, label, at: item === undefined ? valuePlace(entry) : itemPlace(node) };
}
