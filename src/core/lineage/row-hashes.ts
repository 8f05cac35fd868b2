// Rows as numbers of 53 bits: equal cells in the named columns, equal numbers, whatever table they stand in and however it
// codes its levels. Accident only: among a million rows a false match has a chance below 1e-3.
import { getBit } from '../base/bits.ts';
import { mix32 } from '../base/random.ts';
import { cellText } from '../table/cell.ts';
import type { Column } from '../table/table.ts';

/** `asText[c]`: column c is compared by its text, since the other table holds it as another kind. */
export function rowHashes(columns: readonly Column[], rows: number, asText: readonly boolean[]): Float64Array {
  const high = new Uint32Array(rows);
  const low = new Uint32Array(rows);
  columns.forEach((column, c) => addColumn(column, asText[c], high, low));
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) out[i] = (high[i] & 0x1fffff) * 4294967296 + low[i];
  return out;
}

function addColumn(column: Column, asText: boolean, high: Uint32Array, low: Uint32Array): void {
  const cell = new Uint32Array(2);
  const levels = column.kind === 'category' ? column.levels.map((level) => [...hashText(level, cell)]) : null;
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  for (let i = 0; i < high.length; i++) {
    let [a, b] = [0x7f4a7c15, 0x1b873593];
    if (!column.missing || !getBit(column.missing, i)) {
      if (column.kind === 'category') [a, b] = levels![column.codes[i]];
      else if (asText || column.kind === 'text') [a, b] = hashText(cellText(column, i)!, cell);
      else {
        double[0] = column.values[i] + 0;
        [a, b] = words;
      }
    }
    high[i] = mix32(Math.imul(high[i], 0x9e3779b1) ^ a ^ mix32(b + 0x165667b1));
    low[i] = mix32(Math.imul(low[i], 0x85ebca77) ^ b ^ mix32(a + 0x27d4eb2f));
  }
}

function hashText(text: string, out: Uint32Array): Uint32Array {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x85ebca6b) ^ (b >>> 13);
  }
  out[0] = a;
  out[1] = b;
  return out;
}
