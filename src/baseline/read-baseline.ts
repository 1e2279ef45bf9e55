import { BASELINE_KEY, BASELINE_VERSION, type BaselineEntry, ENTRY_KEYS } from "./baseline.ts";

/** What keeps a text from being a baseline: that it is no JSON, that it is another's, or the JSON Pointer to a mistake. */
export type Flaw = "not-json" | "foreign" | `/${string}`;

/**
 * Reads a baseline.
 *
 * @param name of the file, for messages
 * @throws UserError, with the place, where the text is damaged or not a baseline
 */
export async function readBaseline(text: string, name: string): Promise<readonly BaselineEntry[]> {
  const read = entriesOf(text);
  if (typeof read !== "string") return read;
  const { refusalOf } = await import("./refusal.ts");
  throw refusalOf(read, text, name);
}

function entriesOf(text: string): readonly BaselineEntry[] | Flaw {
  const content = parse(text);
  if (content instanceof SyntaxError) return "not-json";
  if (!isRecord(content) || !(BASELINE_KEY in content)) return "foreign";
  if (content[BASELINE_KEY] !== BASELINE_VERSION) return `/${BASELINE_KEY}`;
  if (!Array.isArray(content.findings)) return "/findings";
  const list: readonly unknown[] = content.findings;
  const wrong = list.findIndex((entry) => !isEntry(entry));
  return wrong < 0 ? list.filter(isEntry) : `/findings/${wrong}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const known: readonly string[] = ENTRY_KEYS;
  const texts = Object.entries(value).every(([key, text]) => known.includes(key) && typeof text === "string");
  return texts && typeof value.rule === "string" && typeof value.about === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
