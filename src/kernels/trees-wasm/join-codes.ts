// One numbering of a joint column from those of the threads. Each thread numbered the combinations of bins in its own rows;
// here they are put in order of their first row, so that the codes are the same on any number of threads.

/** The combinations that a thread met: bins of the members, side by side, and the first row of each. */
export type Met = { readonly bins: Uint8Array; readonly firstRows: Uint32Array };
/** `bins`: of each code, those of all members. `codeOf[t][c]`: what the code c of thread t becomes. */
export type Joined = { readonly count: number; readonly bins: Uint8Array; readonly codeOf: readonly Uint8Array[] };

/** Null when there are more combinations than `most`. */
export function joinCodes(met: readonly Met[], members: number, most: number): Joined | null {
  const found = new Map<string, { first: number; bins: Uint8Array }>();
  const keys = met.map(({ bins, firstRows }) =>
    Array.from(firstRows, (first, code) => {
      const own = bins.subarray(code * members, (code + 1) * members);
      const key = own.join(' ');
      const known = found.get(key);
      if (!known) found.set(key, { first, bins: own });
      else known.first = Math.min(known.first, first);
      return key;
    }),
  );
  if (found.size > most) return null;
  const order = [...found].sort((a, b) => a[1].first - b[1].first);
  const codes = new Map(order.map(([key], code) => [key, code]));
  const bins = new Uint8Array(order.length * members);
  order.forEach(([, combination], code) => bins.set(combination.bins, code * members));
  return { count: order.length, bins, codeOf: keys.map((own) => Uint8Array.from(own, (key) => codes.get(key) as number)) };
}
