/** The map under a key of a map of maps, added where it is not there. */
export function entryOf<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const added = new Map<L, V>();
  maps.set(key, added);
  return added;
}
