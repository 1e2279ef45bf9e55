import { Ajv, type ErrorObject, type Options } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import draft06 from "ajv/dist/refs/json-schema-draft-06.json" with { type: "json" };
import ajvDraft04 from "ajv-draft-04";
import ajvFormats from "ajv-formats";
import { InternalError } from "../errors.ts";
import { describeViolation, jsonWords, type TypeWords } from "./describe-violation.ts";
import { distinctViolations } from "./distinct-violations.ts";
import { type Dialect, dialectOfUri, dialectUris, type JsonSchema } from "./json-schema.ts";
import { patternProblem, safeRegex } from "./safe-regex.ts";

/** One way in which a value breaks a schema. */
export interface SchemaViolation {
  /** JSON Pointer to the value; `""` for the whole. For a missing or unknown key, to the object. */
  readonly pointer: string;
  readonly keyword: string;
  /** As ajv has them: `missingProperty`, `additionalProperty`, `allowedValues`, `limit`, … */
  readonly params: Readonly<Record<string, unknown>>;
  /** A predicate to put behind what it is about: `is a number (3), expected a string`. */
  readonly message: string;
  /** The schema object in which the keyword stands. */
  readonly schema: JsonSchema;
}

type Validate = (value: unknown) => SchemaViolation[];
type Compiled = ReturnType<Ajv["compile"]>;

/**
 * Compiles a schema of tracklint's own (2020-12). `errorMessage` beside `not`, `anyOf` or `oneOf` is the message where
 * these fail. Throws `InternalError` for a schema that is not valid: that is never a user's.
 */
export function createValidator(schema: JsonSchema, words: TypeWords = jsonWords): Validate {
  try {
    const ajv = newAjv("2020-12", ownOptions);
    ajv.addVocabulary(["errorMessage"]);
    const validate = ajv.compile(schema);
    return (value) => run(validate, value, words);
  } catch (error) {
    throw new InternalError("schema", error);
  }
}

/**
 * The ways in which a value breaks a schema of the user's, one for each cause; none for a schema that can't be
 * compiled, which is reported where the plan is read. `$schema` in the schema wins over `dialect`. Compiled once for
 * each schema object. Never throws.
 */
export function validateValue(schema: JsonSchema, value: unknown, dialect: Dialect = "2020-12"): SchemaViolation[] {
  const validate = compileOnce(schema, ownDialect(schema) ?? dialect);
  return validate instanceof Error ? [] : run(validate, value, jsonWords);
}

/** The ways in which a schema breaks the meta-schema of its dialect; pointers lead into the schema. Never throws. */
export function schemaViolations(schema: JsonSchema, dialect: Dialect): SchemaViolation[] {
  const validate = ajvOf(dialect).getSchema(dialectUris[dialect].replace(/#$/, ""));
  return validate === undefined ? [] : run(validate as Compiled, schema, jsonWords);
}

/** Why a schema can't be compiled, such as a `$ref` that leads nowhere; undefined where it can. */
export function compileProblem(schema: JsonSchema, dialect: Dialect): string | undefined {
  const validate = compileOnce(schema, ownDialect(schema) ?? dialect);
  return validate instanceof Error ? validate.message : undefined;
}

function ownDialect(schema: JsonSchema): Dialect | undefined {
  return typeof schema.$schema === "string" ? dialectOfUri(schema.$schema) : undefined;
}

const compiled = new WeakMap<JsonSchema, Map<Dialect, Compiled | Error>>();

function compileOnce(schema: JsonSchema, dialect: Dialect): Compiled | Error {
  const ofSchema = compiled.get(schema) ?? new Map<Dialect, Compiled | Error>();
  compiled.set(schema, ofSchema);
  const known = ofSchema.get(dialect);
  if (known !== undefined) return known;
  const validate = compile(schema, dialect);
  ofSchema.set(dialect, validate);
  return validate;
}

function compile(schema: JsonSchema, dialect: Dialect): Compiled | Error {
  try {
    // ajv keeps the ids of embedded schemas for good, and would confuse those of two schemas.
    const ajv = hasEmbeddedId(schema, dialect) ? newAjv(dialect, userOptions) : ajvOf(dialect);
    return ajv.compile(schema);
  } catch (error) {
    return error instanceof Error ? error : new InternalError("schema", error);
  }
}

function hasEmbeddedId(schema: JsonSchema, dialect: Dialect): boolean {
  const keyword = dialect === "draft-04" ? "id" : "$id";
  const within = (value: unknown, depth: number): boolean =>
    typeof value === "object" &&
    value !== null &&
    ((depth > 0 && typeof (value as JsonSchema)[keyword] === "string") ||
      Object.values(value).some((child) => within(child, depth + 1)));
  return within(schema, 0);
}

function run(validate: Compiled, value: unknown, words: TypeWords): SchemaViolation[] {
  try {
    if (validate(value) === true) return [];
  } catch (error) {
    return [unjudged(error)];
  }
  return distinctViolations((validate.errors ?? []) as readonly ErrorObject[]).map((violation) => ({
    pointer: violation.instancePath,
    keyword: violation.keyword,
    params: violation.params,
    message: describeViolation(violation, words),
    schema: (violation.parentSchema ?? {}) as JsonSchema,
  }));
}

/** A schema without an end (`$ref: "#"` beside nothing) overflows the stack. */
function unjudged(error: unknown): SchemaViolation {
  const reason = error instanceof RangeError ? "its schema refers to itself without end" : String(error);
  return { pointer: "", keyword: "$ref", params: {}, message: `can't be judged: ${reason}`, schema: {} };
}

const userOptions: Options = { strict: false };
/** Unknown keywords in a schema of our own are mistakes; keywords for one of several types are not. */
const ownOptions: Options = { strict: true, strictTypes: false, strictTuples: false, strictRequired: false };

const instances = new Map<Dialect, Ajv>();

function ajvOf(dialect: Dialect): Ajv {
  const known = instances.get(dialect);
  if (known !== undefined) return known;
  const ajv = newAjv(dialect, userOptions);
  instances.set(dialect, ajv);
  return ajv;
}

function newAjv(dialect: Dialect, options: Options): Ajv {
  const ajv = constructors[dialect]({
    allErrors: true,
    verbose: true,
    ownProperties: true,
    addUsedSchema: false,
    validateSchema: false,
    logger: false,
    // Schemas are compiled once a run and used a few times: the fastest code is the one made fastest.
    inlineRefs: false,
    ...options,
    code: { optimize: false, regExp: Object.assign((pattern: string) => safeRegex(pattern), { code: "safeRegex" }) },
  });
  ajvFormats.default(ajv);
  ajv.addFormat("regex", (pattern: string) => patternProblem(pattern) === undefined);
  return ajv;
}

const constructors: Readonly<Record<Dialect, (options: Options) => Ajv>> = {
  "2020-12": (options) => new Ajv2020(options),
  "draft-07": (options) => new Ajv(options),
  "draft-06": (options) => new Ajv(options).addMetaSchema(draft06),
  "draft-04": (options) => new ajvDraft04.default(options),
};
