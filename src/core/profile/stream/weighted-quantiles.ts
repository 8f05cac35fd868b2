// Quantiles of values with counts, as if each value stood there so many times: linear interpolation between neighbours
// (type 7 of Hyndman and Fan), the same as base/order over the values themselves.

/** `values` ascending and distinct; `shares` ascending. */
export function quantilesAt(values: Float64Array, counts: Float64Array, shares: readonly number[]): number[] {
  let n = 0;
  for (const count of counts) n += count;
  let k = 0;
  let end = counts[0] ?? 0;
  return shares.map((share) => {
    const at = share * (n - 1);
    const rank = Math.floor(at);
    while (rank >= end && k < values.length - 1) end += counts[++k];
    const high = Math.ceil(at) >= end && k < values.length - 1 ? values[k + 1] : values[k];
    return high === values[k] ? high : values[k] + (at - rank) * (high - values[k]);
  });
}
