// On which line of the file a row of the table stands, without having noted it for each: exact when every line is a row, a
// rejected row or a blank line before the table; null when cells hold line ends or blank lines stand between the rows.
import type { RejectedRow } from '../reader.ts';
import type { LineOf } from './evidence.ts';
import type { Pass } from './scan.ts';

/** `line` is the line of the first row; a sampled row is found by its place in the file. */
export function lineFinder(pass: Pass, line: number, picked: Int32Array | null, rejected: readonly RejectedRow[]): LineOf {
  const inside = pass.cursor.rejected.length;
  const isRegular = pass.cursor.line - 1 === pass.rows + inside;
  if (!isRegular) return () => null;
  const lines = rejected.map((row) => row.line).filter((at) => at >= line);
  return (row) => {
    let at = (picked ? picked[row] : row) + line;
    for (const taken of lines) {
      if (taken > at) break;
      at++;
    }
    return at;
  };
}
