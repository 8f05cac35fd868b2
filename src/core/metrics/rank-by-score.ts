// The order of a query's rows by score, highest first; equal scores keep the order of rows. Bottom-up merge sort: stable,
// no comparator calls, the same on every engine.

/** Sorts order[from .. to), which holds rows in ascending order; `spare` is as long as `order`. NaN scores stand where they are met. */
export function rankByScore(order: Int32Array, spare: Int32Array, from: number, to: number, scores: Float64Array): void {
  for (let i = from + 1; i < to; i++) {
    const start = from + 8 * Math.floor((i - from) / 8);
    const row = order[i];
    const score = scores[row];
    let at = i;
    while (at > start && scores[order[at - 1]] < score) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = row;
  }
  let source = order;
  let other = spare;
  for (let width = 8; width < to - from; width *= 2) {
    for (let low = from; low < to; low += 2 * width) {
      const middle = Math.min(low + width, to);
      const end = Math.min(low + 2 * width, to);
      let a = low;
      let b = middle;
      for (let at = low; at < end; at++) other[at] = b >= end || (a < middle && !(scores[source[a]] < scores[source[b]])) ? source[a++] : source[b++];
    }
    const held = source;
    source = other;
    other = held;
  }
  if (source !== order) for (let i = from; i < to; i++) order[i] = source[i];
}
