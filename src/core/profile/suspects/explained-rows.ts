// Rows of a finding that have a reason: most rows with their value of some other column are of the finding as well. The few
// hospitals of another state break "measure tells state average" in all their rows: a rule of its own, no error.
import type { CodedColumn } from './coded-column.ts';

const FEWEST = 3;
const SHARE = 0.5;

/** `contrary`: 1 for the rows of the finding. `concerned`: columns that are part of it and cannot explain it. */
export function explainedRows(coded: readonly (CodedColumn | null)[], contrary: Uint8Array, concerned: readonly number[]): Uint8Array {
  const explained = new Uint8Array(contrary.length);
  coded.forEach((z, c) => {
    if (!z || concerned.includes(c) || z.distinct < 2 || z.distinct > 0.5 * z.present) return;
    const broken = new Uint32Array(z.values.length);
    for (let row = 0; row < contrary.length; row++) if (contrary[row] && z.codes[row] >= 0) broken[z.codes[row]]++;
    for (let row = 0; row < contrary.length; row++) {
      const code = z.codes[row];
      if (contrary[row] && code >= 0 && broken[code] >= FEWEST && broken[code] >= SHARE * z.counts[code]) explained[row] = 1;
    }
  });
  return explained;
}
