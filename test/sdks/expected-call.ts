import { ts } from "ts-morph";
import type { RolePlace, Sdk } from "../../src/sdks/sdk.ts";
import { type Example, keysIn, roleIn } from "./example.ts";

/** A call that a fixture holds, by the facts of its vendor file. Roles that the example leaves out are absent. */
export interface ExpectedCall {
  readonly line: number;
  readonly kind: string;
  readonly method: string;
  readonly event?: string;
  readonly properties?: readonly string[];
  readonly traits?: readonly string[];
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly previousId?: string;
  readonly groupId?: string;
}

const ids = ["userId", "anonymousId", "previousId", "groupId"] as const;

/** What a scan must find of an example, by the roles of its layout. */
export function expectedOf(sdk: Sdk, { method, layout, text }: Example): Omit<ExpectedCall, "line"> {
  const place = (role: string): RolePlace | undefined => layout.roles[role];
  const literal = (role: string): string | undefined => {
    const at = place(role);
    const value = at && roleIn(at, method, text);
    return value && ts.isStringLiteral(value) ? value.text : undefined;
  };
  const keys = (role: string): readonly string[] | undefined => {
    const at = place(role);
    return at && keysIn(at, sdk, method, text);
  };
  const written = literal("event") ?? (method.kind === "track" ? method.fixedEvent : undefined);
  const event = place("event")?.iglu ? written?.split("/")[1] : written;
  const properties = keys("properties");
  const traits = keys("traits");
  const identity = ids.flatMap((role) => (literal(role) === undefined ? [] : [[role, literal(role)] as const]));
  return {
    kind: method.kind,
    method: method.name,
    ...(event !== undefined && { event }),
    ...(properties && { properties }),
    ...(traits && { traits }),
    ...Object.fromEntries(identity),
  };
}
