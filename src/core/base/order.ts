// Order statistics without a full sort: the values at several ranks of a Float64Array, which is reordered in place.
// Quickselect with Hoare's partition (C. A. R. Hoare, 1961) and a median-of-three pivot, over all ranks at once; O(n log k).
// Values must not be NaN. The result does not depend on the pivots, so it is the same everywhere.

/** The values at those 0-based ranks (any order) of values[0 .. length). */
export function valuesAtRanks(values: Float64Array, ranks: readonly number[]): number[] {
  const sorted = [...new Set(ranks)].sort((a, b) => a - b);
  place(values, 0, values.length - 1, sorted, 0, sorted.length);
  return ranks.map((rank) => values[rank]);
}

/** Quantiles by linear interpolation between neighbours (type 7 of Hyndman and Fan); NaN when there is no value. */
export function quantilesOf(values: Float64Array, shares: readonly number[]): number[] {
  if (!values.length) return shares.map(() => NaN);
  const at = shares.map((q) => q * (values.length - 1));
  const ranks = at.flatMap((h) => [Math.floor(h), Math.ceil(h)]);
  const found = valuesAtRanks(values, ranks);
  return at.map((h, i) => {
    const low = found[2 * i];
    const high = found[2 * i + 1];
    return low === high ? low : low + (h - Math.floor(h)) * (high - low);
  });
}

function place(v: Float64Array, from: number, to: number, ranks: readonly number[], first: number, last: number): void {
  while (first < last && to - from > 16) {
    const middle = (from + to) >> 1;
    const a = v[from];
    const b = v[middle];
    const c = v[to];
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let i = from - 1;
    let j = to + 1;
    for (;;) {
      do i++; while (v[i] < pivot);
      do j--; while (v[j] > pivot);
      if (i >= j) break;
      const held = v[i];
      v[i] = v[j];
      v[j] = held;
    }
    let cut = first;
    while (cut < last && ranks[cut] <= j) cut++;
    if (j - from < to - j) {
      place(v, from, j, ranks, first, cut);
      from = j + 1;
      first = cut;
    } else {
      place(v, j + 1, to, ranks, cut, last);
      to = j;
      last = cut;
    }
  }
  if (first < last) v.subarray(from, to + 1).sort();
}
