import type { Inventory } from "../../calls/types.ts";
import type { Discovery } from "../../discover/types.ts";
import type { CallIndex } from "../call-index.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Module } from "../module.ts";
import type { Traced } from "../trace.ts";
import type { Trigger } from "../triggers.ts";
import type { World } from "../world.ts";

/** The linked world, as building the inventory left it. */
export interface LinkedWorld {
  readonly world: World;
  readonly ev: Evaluator;
  readonly index: CallIndex;
  readonly traced: Traced;
  readonly searched: readonly Module[];
  /** What made further files worth parsing. */
  readonly triggers: readonly Trigger[];
  readonly discovery: Discovery;
  readonly inventory: Inventory;
  textOf(file: string): string | undefined;
}
