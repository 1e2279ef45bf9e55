import { type Dialect, dialects } from "../schema/json-schema.ts";
import { Definitions } from "./definitions.ts";
import { FullSchema } from "./full-schema.ts";
import { childOf, type Entry, flagOf, wordOf } from "./node.ts";
import { type Layer, PayloadBuilder } from "./payload.ts";
import type { Problems } from "./problems.ts";
import { PropertyLanguage } from "./property-language.ts";
import type { Sections } from "./sections.ts";

/** What events draw on that is not their own. */
export class SharedParts {
  readonly dialect: Dialect;
  readonly definitions: Definitions;
  readonly bundles: ReadonlyMap<string, Entry>;
  /** By `all`, platform or source. */
  readonly common: ReadonlyMap<string, Entry>;
  /** `defaults.additionalProperties`, where it is written out. */
  readonly additionalProperties: boolean | undefined;
  readonly payloads: PayloadBuilder;
  readonly #fullSchemas = new Map<Entry, FullSchema>();

  constructor(sections: Sections, problems: Problems) {
    this.dialect = wordOf(sections.single("dialect")?.value, dialects) ?? "2020-12";
    this.definitions = new Definitions(sections.named("properties"), problems);
    this.bundles = sections.named("bundles");
    this.common = sections.nested("common");
    this.additionalProperties = flagOf(childOf(sections.single("defaults")?.value, "additionalProperties"));
    const language = new PropertyLanguage((ref) => this.definitions.find(ref), this.additionalProperties !== true);
    this.payloads = new PayloadBuilder(language, this.dialect);
  }

  /** What `common` says for a source, the most general first. */
  commonLayers(source: string, platform: string): readonly Layer[] {
    const scopes = new Set(["all", platform, source]);
    return Array.from(scopes, (scope) => ({ origin: "common", properties: this.common.get(scope)?.value }));
  }

  /** The complete JSON Schema under a `schema:` key. */
  fullSchema(entry: Entry): FullSchema {
    const full = this.#fullSchemas.get(entry) ?? new FullSchema(entry, this.dialect);
    this.#fullSchemas.set(entry, full);
    return full;
  }
}
