import { memoryStore } from "../cache/memory-store.ts";
import type { Store } from "../cache/store.ts";
import { KeptFolders } from "../host/kept-folders.ts";
import { KeptLinking } from "../link/linking.ts";

/** What the runs of one process leave to each other. */
export interface KeptRuns {
  readonly store: Store;
  readonly keptLinking: KeptLinking;
  readonly folders: KeptFolders;
}

export function keepRuns(): KeptRuns {
  return { store: memoryStore(), keptLinking: new KeptLinking(), folders: new KeptFolders() };
}
