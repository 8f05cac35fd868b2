// A small cache of promises: the newest stay, what failed is forgotten, what weighs too much pushes out the oldest.
export interface Cache<V> {
  get(key: string, make: () => Promise<V>): Promise<V>;
  put(key: string, value: V): void;
  delete(key: string): void;
  clear(): void;
  /** What is held and made. */
  values(): V[];
}

type Entry<V> = { value: Promise<V>; weight: number; made: V[] };

/** `weigh` gives bytes (or 1 for a count); the newest entry stays however heavy it is. */
export function makeCache<V>(limit: number, weigh: (value: V) => number): Cache<V> {
  const held = new Map<string, Entry<V>>();
  const settle = (key: string, entry: Entry<V>) => {
    entry.value.then((value) => {
      entry.weight = weigh(value);
      entry.made = [value];
      let sum = [...held.values()].reduce((total, e) => total + e.weight, 0);
      for (const [oldest, { weight }] of held) {
        if (sum <= limit || held.size === 1) break;
        held.delete(oldest);
        sum -= weight;
      }
    }, () => held.get(key) === entry && held.delete(key));
  };
  const add = (key: string, value: Promise<V>): Promise<V> => {
    const entry: Entry<V> = { value, weight: 0, made: [] };
    held.set(key, entry);
    settle(key, entry);
    return value;
  };
  return {
    get(key, make) {
      const found = held.get(key);
      if (!found) return add(key, make());
      held.delete(key);
      held.set(key, found);
      return found.value;
    },
    put: (key, value) => void add(key, Promise.resolve(value)),
    delete: (key) => void held.delete(key),
    clear: () => held.clear(),
    values: () => [...held.values()].flatMap((entry) => entry.made),
  };
}
