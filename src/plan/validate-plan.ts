import { yamlWords } from "../schema/describe-violation.ts";
import { pointerSegments } from "../schema/json-schema.ts";
import { createValidator, type SchemaViolation } from "../schema/validator.ts";
import { type Entry, itemPlace, type Place, type PlanNode, plainOf, valuePlace } from "./node.ts";
import planSchema from "./plan.schema.json" with { type: "json" };
import { didYouMean, listNames, nearOf, type ProblemDetails, type Problems, tellWord } from "./problems.ts";

let validator: ((plan: unknown) => SchemaViolation[]) | undefined;

/**
 * Reports where a plan file breaks the schema of the format. Answers whether the names that it defines can be relied
 * on: a section under a misspelt key, or of the wrong type, is not missing, so what refers to it must not be judged.
 */
export function validatePlan(root: PlanNode, isIncluded: boolean, problems: Problems): boolean {
  if (root.kind !== "map") {
    const what = root.kind === "list" ? "a list" : "text";
    problems.add(itemPlace(root), `A plan is a map of sections such as \`events:\`; this is ${what}`, {
      help: "The smallest plan is `tracklint: 1` and a list of names under `events:`",
    });
    return false;
  }
  validator ??= createValidator(planSchema, yamlWords);
  const violations = validator(plainOf(root));
  for (const violation of violations) {
    if (problems.isFull) break;
    // The version of the format is said once, by the file that includes the others.
    if (isIncluded && violation.pointer === "" && violation.keyword === "required") continue;
    const { at, message, ...details } = tell(root, violation);
    problems.add(at, message, details);
  }
  return !violations.some(({ pointer, keyword }) =>
    keyword === "additionalProperties"
      ? pointer === "" || pointer === "/consent"
      : keyword === "type" && definingSections.has(pointer),
  );
}

const definingSections: ReadonlySet<string> = new Set(
  ["sources", "destinations", "bundles", "properties", "events", "consent", "consent/categories"].map(
    (path) => `/${path}`,
  ),
);

/** What a pointer leads to: a value with its key, or with its number in a list. */
interface Target {
  readonly node: PlanNode;
  readonly entry?: Entry;
  /** How to speak of it: `` `status` `` or ``item 2 of `owner` ``. */
  readonly label: string;
  /** Names on the way, that of the target last. */
  readonly names: readonly string[];
}

function locate(root: PlanNode, pointer: string): Target {
  let target: Target = { node: root, label: "The plan", names: [] };
  for (const segment of pointerSegments(pointer)) {
    const next = step(target, segment);
    if (next === undefined) break;
    target = next;
  }
  return target;
}

function step({ node, label, names }: Target, segment: string): Target | undefined {
  if (node.kind === "map") {
    const entry = node.entries.get(segment);
    return entry && { node: entry.value, entry, label: `\`${segment}\``, names: [...names, segment] };
  }
  const item = node.kind === "list" ? node.items[Number(segment)] : undefined;
  return item && { node: item, label: `Item ${Number(segment) + 1} of ${lowerFirst(label)}`, names };
}

function placeOf({ node, entry }: Target): Place {
  return entry === undefined ? itemPlace(node) : valuePlace(entry);
}

/** Where something is missing in a map: its key, or its first character. */
function headOf({ node, entry }: Target): Place {
  return entry?.key ?? { file: node.file, start: node.start, end: Math.min(node.start + 1, node.end) };
}

interface Told extends ProblemDetails {
  readonly at: Place;
  readonly message: string;
}

function tell(root: PlanNode, violation: SchemaViolation): Told {
  const target = locate(root, violation.pointer);
  const says = `${target.label} ${violation.message}`;
  switch (violation.keyword) {
    case "additionalProperties":
      return tellUnknownKey(target, violation);
    case "required":
      return tellMissingKey(target, String(violation.params.missingProperty));
    case "propertyNames":
      return {
        at: keyOf(target, "") ?? headOf(target),
        message: `${target.label} has an empty name`,
        help: "Write the name as it is sent",
      };
    case "type":
      return tellType(target, violation);
    case "enum":
      return { at: placeOf(target), ...tellWord(target.label, foundText(target.node), allowedWords(violation)) };
    case "const":
      return { at: placeOf(target), message: says, ...constHelp(target) };
    case "not":
    case "oneOf":
      return { at: headOf(target), message: says, help: "Keep one of the two" };
    default:
      return { at: placeOf(target), message: says };
  }
}

function tellUnknownKey(target: Target, violation: SchemaViolation): Told {
  const key = String(violation.params.additionalProperty);
  const allowed = Object.keys(violation.schema.properties ?? {});
  const ownHelp = keyHelp.get(key);
  return {
    at: keyOf(target, key) ?? headOf(target),
    message: `Unknown key \`${key}\`${didYouMean(ownHelp === undefined ? nearOf(key, allowed) : undefined)}`,
    help: ownHelp ?? `Allowed here: ${listNames(allowed)}; keys of your own begin with \`x-\``,
  };
}

const requiredHelp =
  "Write `required: true` at each property that must be sent, or put the whole JSON Schema under `schema:`";

/** Keys of JSON Schema that a plan says in another way. */
const keyHelp: ReadonlyMap<string, string> = new Map([
  ["required", requiredHelp],
  ["$ref", "Name a shared definition with `ref`, or put the whole JSON Schema under `schema:`, where `$ref` may stand"],
  ["$defs", "Put shared definitions under the top-level `properties:` and name them with `ref`"],
  ["definitions", "Put shared definitions under the top-level `properties:` and name them with `ref`"],
]);

function tellMissingKey(target: Target, key: string): Told {
  const isRoot = target.names.length === 0 && key === "tracklint";
  return {
    at: headOf(target),
    message: `${target.label} has no \`${key}\``,
    help: isRoot ? "Write `tracklint: 1`, the version of the format, at the top" : `Add \`${key}\``,
  };
}

function tellType(target: Target, violation: SchemaViolation): Told {
  const { node, names, label } = target;
  if (names.at(-1) === "required" && node.kind === "list") {
    return {
      at: headOf(target),
      message: "`required` is a list; a property says `required: true`",
      help: requiredHelp,
    };
  }
  return { at: placeOf(target), message: `${label} ${violation.message}`, ...typeHelp(node, violation) };
}

function typeHelp(node: PlanNode, { params, schema }: SchemaViolation): ProblemDetails {
  const types = [params.type].flat().flatMap((type) => String(type).split(","));
  if (Array.isArray(schema.enum)) return { help: `Allowed: ${listNames(schema.enum.map(String))}` };
  const isUnquoted = types.includes("string") && node.kind === "scalar" && node.text !== "" && !("if" in schema);
  return isUnquoted ? { help: `Put it in quotes: ${JSON.stringify(node.text)}` } : {};
}

function foundText(node: PlanNode): string {
  return node.kind === "scalar" ? node.text : `a ${node.kind}`;
}

function allowedWords({ params }: SchemaViolation): readonly string[] {
  return Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [];
}

function constHelp({ names }: Target): ProblemDetails {
  if (names.at(-1) === "tracklint") return { help: "This version of tracklint reads plans of format 1" };
  return names.at(-1) === "pii" ? { help: "Name the kind of personal data, such as `email`, or write `false`" } : {};
}

function keyOf({ node }: Target, key: string): Place | undefined {
  return node.kind === "map" ? node.entries.get(key)?.key : undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
