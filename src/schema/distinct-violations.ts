import type { RawViolation } from "./describe-violation.ts";

/**
 * One violation for each cause. A validator that reports all errors also reports those of every alternative that it
 * tried, and of `if`; these are consequences.
 */
export function distinctViolations(violations: readonly RawViolation[]): RawViolation[] {
  const kept: RawViolation[] = [];
  for (const violation of violations) {
    if (violation.keyword === "if") continue;
    if (!isComposite(violation.keyword)) {
      kept.push(violation);
      continue;
    }
    const causes: RawViolation[] = [];
    while (kept.length > 0 && isBelow(kept.at(-1) as RawViolation, violation))
      causes.unshift(kept.pop() as RawViolation);
    kept.push(...(detailOfOnlyBranch(violation, causes) ?? [violation]));
  }
  const mistyped = new Set(kept.filter(({ keyword }) => keyword === "type").map(({ instancePath }) => instancePath));
  return kept.filter(({ keyword, instancePath }) => keyword === "type" || !mistyped.has(instancePath));
}

function isComposite(keyword: string): boolean {
  return keyword === "anyOf" || keyword === "oneOf" || keyword === "contains" || keyword === "propertyNames";
}

/** The validator reports what a composite tried right before the composite itself. */
function isBelow(cause: RawViolation, composite: RawViolation): boolean {
  if (cause.instancePath !== composite.instancePath && !cause.instancePath.startsWith(`${composite.instancePath}/`)) {
    return false;
  }
  const parent = composite.schemaPath.slice(0, -composite.keyword.length);
  // What stands beside the composite in its own schema was not caused by it; behind a $ref the path starts anew.
  return cause.schemaPath.startsWith(`${composite.schemaPath}/`) || !cause.schemaPath.startsWith(parent);
}

/** Where all alternatives but one are of another type, the value was meant for that one: what it lacks there. */
function detailOfOnlyBranch(composite: RawViolation, causes: readonly RawViolation[]): RawViolation[] | undefined {
  const branches = (composite.parentSchema as Readonly<Record<string, unknown>> | undefined)?.[composite.keyword];
  if (!Array.isArray(branches)) return undefined;
  const ofOtherType = causes.filter(
    (cause) => cause.instancePath === composite.instancePath && allowsOtherTypesOnly(cause),
  );
  if (ofOtherType.length !== branches.length - 1) return undefined;
  const rest = causes.filter((cause) => !ofOtherType.includes(cause));
  return rest.length === 0 ? undefined : rest;
}

function allowsOtherTypesOnly({ keyword, params, data }: RawViolation): boolean {
  if (keyword === "type") return true;
  if (keyword === "const") return jsonType(params.allowedValue) !== jsonType(data);
  const values = keyword === "enum" ? params.allowedValues : undefined;
  return Array.isArray(values) && values.every((value) => jsonType(value) !== jsonType(data));
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
