// A seeded sample of rows without replacement, in the order of the table; the same for the same seed and row count.
// Selection sampling (Knuth, TAOCP 2, 3.4.2 algorithm S).
import { sequence } from '../../base/random.ts';
import type { Rows } from '../table.ts';

export function sampleRows(rows: number, wanted: number, seed: number): Rows {
  const n = Math.min(rows, wanted);
  const out = new Int32Array(n);
  const random = sequence(seed, 'sample rows');
  for (let i = 0, taken = 0; taken < n; i++) if (random.unit() * (rows - i) < n - taken) out[taken++] = i;
  return out;
}
