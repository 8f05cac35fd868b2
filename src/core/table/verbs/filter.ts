// Rows by a flag of one byte each -> a selection, in order.
import type { Rows } from '../table.ts';

/** The rows whose flag is set (`wanted` true) or not. */
export function rowsWhere(flags: Uint8Array, wanted = true): Rows {
  const out = new Int32Array(flags.length);
  const skip = wanted ? 0 : 1;
  let n = 0;
  for (let i = 0; i < flags.length; i++) {
    out[n] = i;
    n += flags[i] ^ skip;
  }
  return out.slice(0, n);
}
