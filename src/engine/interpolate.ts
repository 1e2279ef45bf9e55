import { InternalError } from "../errors.ts";

/** Fills `{{name}}` in a rule's message. Throws `InternalError` for a placeholder without data: the rule is wrong. */
export function interpolate(template: string, data: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
    const value = data[name];
    if (value === undefined) throw new InternalError("interpolate", `no data for ${placeholder} in "${template}"`);
    return String(value);
  });
}
