import { ts } from "ts-morph";
import type { PlanProperty } from "../../src/plan/model.ts";
import { removed } from "../init/mutations.ts";
import { otherCase } from "./change-names.ts";
import { atSite, type Mutation, mistake, none, type Verdict } from "./mutation.ts";
import type { Codebase, Site } from "./sites.ts";
import { keyOf, replaced, swapped, writtenValue } from "./syntax.ts";

/** A property or trait: dropped, renamed, in another case, of another type, with another constant, swapped. */
export function* changedPayloads(code: Codebase): Generator<Mutation> {
  for (const site of code.sites) {
    for (const payload of site.payloads) {
      const before: { value?: ts.Expression; key?: string } = {};
      for (const property of payload.properties) {
        const key = keyOf(property);
        const value = writtenValue(property);
        if (key === undefined || value === undefined) continue;
        yield* ofKey(site, property, key, value);
        yield* ofValue(site, property, key, value);
        yield* ofPair(site, before, { key, value });
        Object.assign(before, { key, value });
      }
    }
  }
}

function* ofKey(site: Site, property: ts.ObjectLiteralElementLike, key: string, value: ts.Expression) {
  const text = property.getSourceFile().text;
  const at = { node: property };
  const known = site.promised?.properties.get(key);
  const isRequired = known?.required === true;
  yield atSite("drop a property", site, removed(site.file, text, property), dropped(site, isRequired), at);
  for (const [operator, other] of Object.entries({
    "rename a property": `${key}_info`,
    "change a property's case": otherCase(key),
  })) {
    const change = replaced(site.file, property, `${JSON.stringify(other)}: ${value.getText()}`);
    yield atSite(operator, site, change, renamed(site, key, other), at);
  }
}

function dropped({ promised }: Site, isRequired: boolean): Verdict {
  if (promised === undefined) return none("the plan says nothing of this payload");
  return isRequired ? mistake("the plan requires the property") : none("the plan doesn't require the property");
}

function renamed({ promised }: Site, key: string, other: string): Verdict {
  if (promised === undefined) return none("the plan says nothing of this payload");
  if (other === key) return none("the key has no case");
  if (promised.properties.has(other)) return none("the plan has that property too");
  if (promised.properties.get(key)?.required) return mistake("the plan requires the property under its own name");
  return promised.isClosed ? mistake("the plan refuses other properties") : none("the plan allows other properties");
}

function* ofValue(site: Site, property: ts.ObjectLiteralElementLike, key: string, value: ts.Expression) {
  const known = site.promised?.properties.get(key);
  const type = known && typeOf(known);
  const write = (text: string) =>
    ts.isShorthandPropertyAssignment(property)
      ? replaced(site.file, property, `${key}: ${text}`)
      : replaced(site.file, value, text);
  const at = { node: property };
  const other = type === "string" || type === undefined ? "42" : '"forty-two"';
  const verdict = type ? mistake(`the plan says ${type}`) : none("the plan says no type");
  yield atSite("retype a property", site, write(other), verdict, at);
  if (ts.isStringLiteralLike(value)) {
    const isListed = Array.isArray(known?.schema.enum);
    const said = isListed ? mistake("the plan lists the values") : none("the plan allows any text");
    yield atSite("change a property's constant", site, write(JSON.stringify(`${value.text}s`)), said, at);
  } else if (ts.isNumericLiteral(value)) {
    const isBounded = typeof known?.schema.minimum === "number" && known.schema.minimum >= 0;
    const said = isBounded ? mistake("the plan says from where on") : none("the plan allows any number");
    yield atSite("change a property's constant", site, write(`-1${value.text}`), said, at);
  }
}

interface Pair {
  readonly key?: string;
  readonly value?: ts.Expression;
}

function* ofPair(site: Site, one: Pair, other: Pair): Generator<Mutation> {
  if (!one.value || !other.value || !one.key || !other.key) return;
  if (ts.isShorthandPropertyAssignment(one.value.parent) || ts.isShorthandPropertyAssignment(other.value.parent))
    return;
  const change = swapped(site.file, one.value, other.value);
  const [a, b] = [one.key, other.key].map((key) => site.promised?.properties.get(key));
  yield atSite("swap two values", site, change, exchanged(a, b, one.value, other.value), {
    node: one.value.parent.parent,
  });
}

/** Two values are told apart by their types in the plan, or by what they are where the plan lists values. */
function exchanged(
  a: PlanProperty | undefined,
  b: PlanProperty | undefined,
  one: ts.Expression,
  other: ts.Expression,
): Verdict {
  if (a === undefined || b === undefined) return none("the plan doesn't know both");
  const [first, second] = [typeOf(a), typeOf(b)];
  if (first === undefined || second === undefined) return none("the plan says no type of one");
  if (/\.toFixed\(/.test(one.getText() + other.getText()))
    return none("one is a text before, where the plan says number");
  const isNumber = (type: string) => type === "number" || type === "integer";
  const isSame = first === second || (isNumber(first) && isNumber(second));
  if (!isSame) return mistake("the plan says different types");
  const isRefused = (literal: ts.Expression, { schema }: PlanProperty) =>
    ts.isStringLiteralLike(literal) && Array.isArray(schema.enum) && !schema.enum.includes(literal.text);
  if (isRefused(one, b) || isRefused(other, a)) return mistake("the plan lists the values");
  return none("both have one type, and only who wrote them knows which is which");
}

function typeOf({ schema }: PlanProperty): string | undefined {
  return typeof schema.type === "string" && TYPES.has(schema.type) ? schema.type : undefined;
}

const TYPES: ReadonlySet<string> = new Set(["string", "number", "integer", "boolean"]);
