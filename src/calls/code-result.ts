import type { Finding } from "../diagnostics/finding.ts";
import type { AskedPlace, Explanation } from "./explanation.ts";
import type { Directive } from "./suppression.ts";
import type { Inventory } from "./types.ts";

export interface CodeStats {
  /** Files in scope. */
  readonly listed: number;
  readonly read: number;
  /** Files that were parsed. */
  readonly parsed: number;
  /** Files that hold a tracking call or a wrapper. */
  readonly withCalls: number;
  /** Where the time went: skimming texts, parsing, linking. */
  readonly stages: readonly { readonly name: string; readonly milliseconds: number }[];
}

/** What reading the code gave: the inventory, what could not be read, and the suppressions found in parsed files. */
export interface CodeResult {
  readonly inventory: Inventory;
  /** `parse-error`, `unreadable-file`, `link-limit`: warnings, the run went on. */
  readonly findings: readonly Finding[];
  readonly directives: ReadonlyMap<string, readonly Directive[]>;
  readonly stats: CodeStats;
  /** Text of a parsed file, for code frames; undefined where it was not read. */
  textOf(file: string): string | undefined;
  /**
   * Why a line is or isn't a tracking call.
   *
   * @throws UserError where the file has no such line
   */
  explain(asked: AskedPlace): Promise<Explanation>;
}
