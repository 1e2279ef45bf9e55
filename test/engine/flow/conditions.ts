import type { Condition, Guard, StaticValue } from "../../../src/calls/types.ts";
import { place, toValue } from "../../../src/testing/inventory-builder.ts";

type CallOptions = {
  readonly opened?: Condition;
  readonly awaited?: boolean;
  readonly async?: boolean;
  readonly package?: string;
};

const at = place("src/consent.ts", 3);

export const call = (name: string, args: readonly unknown[] = [], options: CallOptions = {}): Condition => ({
  kind: "call",
  name,
  args: args.map((arg): StaticValue => toValue(arg)),
  awaited: false,
  at,
  ...options,
});

export const value = (name: string, opened?: Condition): Condition => ({
  kind: "value",
  name,
  at,
  ...(opened === undefined ? {} : { opened }),
});

export const literal = (of: string | number | boolean | null | undefined): Condition => ({
  kind: "literal",
  value: of,
});
export const not = (of: Condition): Condition => ({ kind: "not", of });
export const and = (...of: Condition[]): Condition => ({ kind: "and", of });
export const or = (...of: Condition[]): Condition => ({ kind: "or", of });

export const equals = (left: Condition, right: string | boolean | null | undefined | Condition): Condition => ({
  kind: "compare",
  op: "===",
  left,
  right: typeof right === "object" && right !== null ? right : literal(right),
});

export const differs = (left: Condition, right: string | boolean | null | undefined): Condition => ({
  kind: "compare",
  op: "!==",
  left,
  right: literal(right),
});

export const guard = (condition: Condition, holds = true, how: Guard["how"] = "around"): Guard => ({
  condition,
  holds,
  how,
  at: place("src/app.ts", 7),
  text: "condition",
});
