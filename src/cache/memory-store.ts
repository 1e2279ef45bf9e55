import type { Store } from "./store.ts";

/** A store that lasts as long as the process. Values are handed out as they were handed in, and nobody may change them. */
export function memoryStore(): Store {
  const values = new Map<string, unknown>();
  return {
    read: (name) => values.get(name),
    write: (name, value) => void values.set(name, value),
    keepNewest: (prefix, count) => {
      const names = [...values.keys()].filter((name) => name.startsWith(prefix));
      for (const name of names.slice(0, -count)) values.delete(name);
    },
  };
}
