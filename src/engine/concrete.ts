import type { StaticValue } from "../calls/types.ts";

/**
 * The JSON value, where all of it is known; undefined where some part isn't. Keys that hold `undefined` are left out,
 * as they are on the wire.
 */
export function concreteOf(value: StaticValue): { readonly value: unknown } | undefined {
  switch (value.kind) {
    case "literal":
      return { value: value.value };
    case "type":
      return value.type === "null" ? { value: null } : undefined;
    case "object": {
      const { properties, complete } = value.shape;
      if (!complete || properties.some((property) => property.optional)) return undefined;
      const sent = properties.filter((property) => property.value.kind !== "undefined");
      const values = allOf(sent.map((property) => property.value));
      return values && { value: Object.fromEntries(sent.map(({ name }, index) => [name, values[index]])) };
    }
    case "array": {
      const values = value.items && allOf(value.items);
      return values && { value: values };
    }
    default:
      return undefined;
  }
}

function allOf(values: readonly StaticValue[]): unknown[] | undefined {
  const known = values.map(concreteOf);
  return known.every((one) => one !== undefined) ? known.map((one) => one.value) : undefined;
}
