import type { Inventory } from "../../calls/types.ts";
import type { Discovery } from "../../discover/types.ts";
import type { Linked } from "../linking.ts";
import type { World } from "../world.ts";

/** The linked world, as building the inventory left it. */
export interface LinkedWorld extends Pick<Linked, "ev" | "index" | "traced" | "searched" | "triggers"> {
  readonly world: World;
  readonly discovery: Discovery;
  readonly inventory: Inventory;
  textOf(file: string): string | undefined;
}
