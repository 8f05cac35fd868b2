// The weighted quantile of a stretch of values by selection: O(n), no sort. The stretch (and its weights) is reordered.
// Definition: the least v whose weight at or below reaches share x total; halfway to the next value when it is met exactly
// (the averaged inverted CDF, Hyndman and Fan's type 2). It minimises the pinball loss, a weight of 2 is the value twice,
// and scaling weights changes nothing.

/** Null weights count 1 each. Values of weight 0 do not count; NaN when nothing does. `from` to `to` - 1, share in (0, 1). */
export function selectQuantile(values: Float64Array, weights: Float64Array | null, from: number, to: number, share: number): number {
  if (!weights) {
    const count = to - from;
    if (count <= 0) return NaN;
    const place = share * count;
    const whole = Math.floor(place);
    const isMet = place === whole;
    const rank = isMet ? whole - 1 : whole;
    const found = selectRank(values, from, to, from + rank);
    return isMet && rank + 1 < count ? 0.5 * (found + least(values, from + rank + 1, to)) : found;
  }
  return selectWeighted(values, weights, from, to, share);
}

/** Puts at `rank` the value that sorting would put there: smaller or equal ones before, larger or equal ones behind. */
function selectRank(values: Float64Array, from: number, to: number, rank: number): number {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const pivot = middleOf(values[low], values[(low + high) >>> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank];
}

function selectWeighted(values: Float64Array, weights: Float64Array, from: number, to: number, share: number): number {
  let total = 0;
  let end = from;
  for (let i = from; i < to; i++) {
    if (!(weights[i] > 0)) continue;
    total += weights[i];
    values[end] = values[i];
    weights[end++] = weights[i];
  }
  if (end === from) return NaN;
  const goal = share * total;
  let low = from;
  let high = end - 1;
  let below = 0;
  while (low < high) {
    const pivot = middleOf(values[low], values[(low + high) >>> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      const weight = weights[i];
      values[i] = values[j];
      weights[i++] = weights[j];
      values[j] = value;
      weights[j--] = weight;
    }
    let left = 0;
    for (let k = low; k <= j; k++) left += weights[k];
    if (below + left >= goal) {
      high = j;
      continue;
    }
    let middle = 0;
    for (let k = j + 1; k < i; k++) middle += weights[k];
    if (below + left + middle >= goal) {
      low = high = j + 1;
      break;
    }
    below += left + middle;
    low = i;
  }
  const found = values[Math.min(low, end - 1)];
  let upTo = 0;
  let next = Infinity;
  for (let i = from; i < end; i++) {
    if (values[i] <= found) upTo += weights[i];
    else if (values[i] < next) next = values[i];
  }
  return upTo === goal && next < Infinity ? 0.5 * (found + next) : found;
}

const middleOf = (a: number, b: number, c: number): number => (a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b);

function least(values: Float64Array, from: number, to: number): number {
  let found = values[from];
  for (let i = from + 1; i < to; i++) if (values[i] < found) found = values[i];
  return found;
}
