// Rows by query: the rows of each query in row order, queries in order of their number. Rows of one query need not be neighbours.

/** `rows` holds row numbers query by query; query q has rows[starts[q] .. starts[q + 1]). */
export type Queries = { readonly count: number; readonly rows: Int32Array; readonly starts: Int32Array; readonly longest: number };

/** Groups may be any integers. */
export function queriesOf(groups: Int32Array): Queries {
  const seen = new Map<number, number>();
  const names: number[] = [];
  for (const group of groups) {
    if (seen.has(group)) continue;
    seen.set(group, names.length);
    names.push(group);
  }
  names.sort((a, b) => a - b).forEach((group, q) => seen.set(group, q));
  const queryOf = Int32Array.from(groups, (group) => seen.get(group)!);
  const starts = new Int32Array(names.length + 1);
  for (const q of queryOf) starts[q + 1]++;
  let longest = 0;
  for (let q = 0; q < names.length; q++) {
    longest = Math.max(longest, starts[q + 1]);
    starts[q + 1] += starts[q];
  }
  const next = starts.slice();
  const rows = new Int32Array(groups.length);
  for (let row = 0; row < groups.length; row++) rows[next[queryOf[row]]++] = row;
  return { count: names.length, rows, starts, longest };
}
