// Ascending sort of single-precision numbers without NaN, in place: three radix passes of 11 bits over order-preserving keys.
// Stable (-0 lies before 0, equal numbers keep their order), so the weights that are carried along end up in one order on every machine.
const BITS = 11;
const BUCKETS = 1 << BITS;

/** Sorts `values` and returns it; `carried` (as long) is rearranged alike. */
export function sortFloats(values: Float32Array, carried: Float32Array | null = null): Float32Array {
  const n = values.length;
  if (n < 1000 && !carried) return values.sort();
  const words = new Uint32Array(values.buffer, values.byteOffset, n);
  let keys = new Uint32Array(n);
  let other = new Uint32Array(n);
  let goods = carried ? carried.slice() : null;
  let otherGoods = carried ? new Float32Array(n) : null;
  const counts = [new Uint32Array(BUCKETS), new Uint32Array(BUCKETS), new Uint32Array(BUCKETS)];
  for (let i = 0; i < n; i++) {
    const word = words[i];
    const key = (word & 0x80000000 ? ~word : word | 0x80000000) >>> 0;
    keys[i] = key;
    for (let pass = 0; pass < 3; pass++) counts[pass][(key >>> (pass * BITS)) & (BUCKETS - 1)]++;
  }
  for (let pass = 0; pass < 3; pass++) {
    const places = counts[pass];
    for (let b = 0, start = 0; b < BUCKETS; b++) {
      const count = places[b];
      places[b] = start;
      start += count;
    }
    const shift = pass * BITS;
    for (let i = 0; i < n; i++) {
      const place = places[(keys[i] >>> shift) & (BUCKETS - 1)]++;
      other[place] = keys[i];
      if (goods && otherGoods) otherGoods[place] = goods[i];
    }
    [keys, other] = [other, keys];
    [goods, otherGoods] = [otherGoods, goods];
  }
  for (let i = 0; i < n; i++) words[i] = keys[i] & 0x80000000 ? keys[i] & 0x7fffffff : ~keys[i];
  if (carried && goods) carried.set(goods);
  return values;
}
