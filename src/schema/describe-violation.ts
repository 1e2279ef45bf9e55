/** What a JSON Schema validator says of one failed keyword, in ajv's terms. */
export interface RawViolation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly parentSchema?: unknown;
}

/** The words for JSON's types; plans speak of maps and lists. */
export type TypeWords = Readonly<Record<string, string>>;

export const jsonWords: TypeWords = {
  string: "a string",
  number: "a number",
  integer: "an integer",
  boolean: "a boolean",
  object: "an object",
  array: "an array",
  null: "null",
};

/** The words of a YAML file, for people who don't think in JSON. */
export const yamlWords: TypeWords = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "a map",
  array: "a list",
  null: "empty",
};

/** A predicate that says what was found and what is allowed, to be put behind what it is about. */
export function describeViolation(violation: RawViolation, words: TypeWords): string {
  const own = (violation.parentSchema as Readonly<Record<string, unknown>> | undefined)?.errorMessage;
  if (typeof own === "string" && branching.has(violation.keyword)) return own;
  const describe = descriptions[violation.keyword];
  return describe === undefined
    ? `breaks the \`${violation.keyword}\` of its schema`
    : describe(violation, violation.params, words);
}

const branching: ReadonlySet<string> = new Set(["not", "anyOf", "oneOf"]);

/** What a `type`, `enum` or `const` failure allows, in words. */
export function expectedTypes(types: readonly string[], words: TypeWords): string {
  const wanted = types.length > 1 && words === yamlWords ? types.filter((type) => type !== "null") : types;
  return alternatives(wanted.map((type) => words[type] ?? type));
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}

/** A value, short enough for a message. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

const shownLength = 60;

type Describe = (violation: RawViolation, params: Readonly<Record<string, unknown>>, words: TypeWords) => string;

const descriptions: Readonly<Record<string, Describe>> = {
  type: ({ data }, params, words) => `is ${foundType(data, words)}, expected ${expectedTypes(typesOf(params), words)}`,
  enum: ({ data }, params) => `is ${showValue(data)}, expected ${oneOfValues(params.allowedValues)}`,
  const: ({ data }, params) => `is ${showValue(data)}, expected ${showValue(params.allowedValue)}`,
  required: (_, params) => `has no \`${params.missingProperty}\``,
  additionalProperties: (_, params) => `has the unknown key \`${params.additionalProperty}\``,
  unevaluatedProperties: (_, params) => `has the unknown key \`${params.unevaluatedProperty}\``,
  minimum: describeLimit,
  maximum: describeLimit,
  exclusiveMinimum: describeLimit,
  exclusiveMaximum: describeLimit,
  multipleOf: ({ data }, params) => `is ${showValue(data)}, expected a multiple of ${params.multipleOf}`,
  minLength: ({ data }, params) => `is ${lengthOf(data)}, expected at least ${count(params.limit, "character")}`,
  maxLength: ({ data }, params) => `is ${lengthOf(data)}, expected at most ${count(params.limit, "character")}`,
  pattern: ({ data }, params) => `is ${showValue(data)}, expected a match of the pattern ${params.pattern}`,
  format: ({ data }, params) => `is ${showValue(data)}, expected ${formatExample(String(params.format))}`,
  minItems: ({ data }, params) => `has ${count(sizeOf(data), "item")}, expected at least ${params.limit}`,
  maxItems: ({ data }, params) => `has ${count(sizeOf(data), "item")}, expected at most ${params.limit}`,
  uniqueItems: (_, params) => `has one item twice, at ${Number(params.j) + 1} and ${Number(params.i) + 1}`,
  items: ({ data }, params) => `has ${count(sizeOf(data), "item")}, expected at most ${params.limit}`,
  additionalItems: ({ data }, params) => `has ${count(sizeOf(data), "item")}, expected at most ${params.limit}`,
  unevaluatedItems: ({ data }, params) => `has ${count(sizeOf(data), "item")}, expected at most ${params.len}`,
  contains: (_, params) =>
    `has too few of the items that it must contain, expected at least ${params.minContains ?? 1}`,
  minProperties: ({ data }, params) => `has ${count(sizeOf(data), "key")}, expected at least ${params.limit}`,
  maxProperties: ({ data }, params) => `has ${count(sizeOf(data), "key")}, expected at most ${params.limit}`,
  dependentRequired: (_, params) => `has \`${params.property}\` and so needs ${quotedList(String(params.deps))}`,
  dependencies: (_, params) => `has \`${params.property}\` and so needs ${quotedList(String(params.deps))}`,
  propertyNames: (_, params) => `has the key ${showValue(params.propertyName)}, which is no name that is allowed here`,
  not: ({ data }, _, words) => `is ${foundType(data, words)}, which is excluded`,
  anyOf: ({ data, parentSchema }, _, words) =>
    `is ${foundType(data, words)}, expected ${forms(parentSchema, "anyOf", words)}`,
  oneOf: ({ data, parentSchema }, params, words) =>
    params.passingSchemas === null || params.passingSchemas === undefined
      ? `is ${foundType(data, words)}, expected ${forms(parentSchema, "oneOf", words)}`
      : `is ${foundType(data, words)}, which fits more than one of the forms of which exactly one is allowed`,
  "false schema": () => "must not be there",
};

function describeLimit({ data }: RawViolation, params: Readonly<Record<string, unknown>>): string {
  return `is ${showValue(data)}, expected ${comparisons[String(params.comparison)] ?? "within"} ${params.limit}`;
}

/** In draft-04 `minimum` may be exclusive, so the keyword alone doesn't tell. */
const comparisons: Readonly<Record<string, string>> = {
  ">=": "at least",
  "<=": "at most",
  ">": "more than",
  "<": "less than",
};

function foundType(data: unknown, words: TypeWords): string {
  if (data === null) return words.null ?? "null";
  if (Array.isArray(data)) return words.array ?? "array";
  const word = words[typeof data] ?? typeof data;
  return typeof data === "object" ? word : `${word} (${showValue(data)})`;
}

function typesOf(params: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(params.type) ? params.type.map(String) : String(params.type).split(",");
}

function oneOfValues(values: unknown): string {
  if (!Array.isArray(values)) return "another value";
  const shown = values.slice(0, shownValues).map((value) => showValue(value));
  return values.length > shownValues
    ? `one of ${shown.join(", ")} and ${values.length - shownValues} more`
    : alternatives(shown);
}

const shownValues = 12;

function count(amount: unknown, noun: string): string {
  return `${amount} ${noun}${Number(amount) === 1 ? "" : "s"}`;
}

function lengthOf(data: unknown): string {
  if (data === "") return "empty";
  return `${showValue(data)} (${count([...String(data)].length, "character")})`;
}

function sizeOf(data: unknown): number {
  if (Array.isArray(data)) return data.length;
  return typeof data === "object" && data !== null ? Object.keys(data).length : 0;
}

function quotedList(names: string): string {
  return names
    .split(", ")
    .map((name) => `\`${name}\``)
    .join(", ");
}

/** The alternatives of an `anyOf`, as far as their types or values tell them apart. */
function forms(parentSchema: unknown, keyword: "anyOf" | "oneOf", words: TypeWords): string {
  const branches = (parentSchema as Readonly<Record<string, unknown>> | undefined)?.[keyword];
  const told = Array.isArray(branches) ? branches.map((branch) => form(branch, words)) : [];
  return told.length === 0 || told.includes(undefined)
    ? "one of the forms that its schema allows"
    : alternatives([...new Set(told as string[])]);
}

function form(branch: unknown, words: TypeWords): string | undefined {
  if (typeof branch !== "object" || branch === null) return undefined;
  if ("const" in branch) return showValue(branch.const);
  if ("enum" in branch) return oneOfValues(branch.enum);
  if (!("type" in branch)) return undefined;
  const word = expectedTypes(typesOf({ type: branch.type }), words);
  return Object.keys(branch).length > 1 ? `${word} of the allowed form` : word;
}

function formatExample(format: string): string {
  const example = formatExamples.get(format);
  return example === undefined ? `the format ${format}` : `the format ${format}, such as ${example}`;
}

const formatExamples: ReadonlyMap<string, string> = new Map([
  ["date", "2026-12-31"],
  ["time", "20:20:39+00:00"],
  ["date-time", "2026-12-31T20:20:39Z"],
  ["duration", "P3DT12H"],
  ["email", "name@example.com"],
  ["hostname", "example.com"],
  ["ipv4", "192.0.2.1"],
  ["ipv6", "2001:db8::1"],
  ["uri", "https://example.com/path"],
  ["uri-reference", "/path"],
  ["url", "https://example.com/path"],
  ["uuid", "3e4666bf-d5e5-4aa7-b8ce-cefe41c7568a"],
  ["regex", "^[a-z]+$"],
  ["json-pointer", "/path/to/value"],
]);
