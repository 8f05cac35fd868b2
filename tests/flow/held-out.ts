// Held-out rows of a saved bundle, with gaps and levels never seen, and how far two servings of them lie apart.
import { readFileSync } from 'node:fs';
import { readBundle } from '../../src/core/bundle/read-bundle.ts';
import { rawRow, type RawRow } from '../../src/core/pipeline/golden-rows.ts';
import { splitTable } from '../../src/core/pipeline/prepare.ts';
import type { RunSpec } from '../../src/core/pipeline/run-spec.ts';
import type { Table } from '../../src/core/table/table.ts';
import { takeRows } from '../../src/core/table/take.ts';

export type Served = { prediction: string | number; probabilities: { [level: string]: number } | null };
const unseen = 'a level never seen in training';

/** The rows held out by a saved bundle's own split, as plain objects; one in five with a missing and one with an unseen value. */
export function heldOut(bundlePath: string, table: Table, most: number): RawRow[] {
  const bundle = readBundle(new Uint8Array(readFileSync(bundlePath)));
  const held = takeRows(table, splitTable(bundle.run as unknown as RunSpec, table).test.subarray(0, most));
  const inputs = bundle.contract.columns;
  const categories = inputs.filter((column) => column.kind === 'category');
  return Array.from({ length: held.rows }, (_, i): RawRow => {
    const row = rawRow(held, i);
    if (i % 5 === 1) return { ...row, [inputs[i % inputs.length].name]: null };
    return i % 5 === 2 ? { ...row, [categories[i % categories.length].name]: unseen } : row;
  });
}

const quote = (value: unknown) => (value === null ? '' : typeof value === 'number' ? String(value) : `"${String(value).replaceAll('"', '""')}"`);
/** The same rows as a CSV. */
export const csvOf = (rows: readonly RawRow[]) => [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map((cells) => cells.map(quote).join(',')).join('\n');

/** The largest difference of a value or probability, row by row; infinite when the counts differ. */
export function gapBetween(first: readonly Served[], second: readonly Served[]): number {
  if (first.length !== second.length) return Infinity;
  return Math.max(0, ...first.map((served, i) => {
    if (served.probabilities === null) return Math.abs(Number(served.prediction) - Number(second[i].prediction));
    return Math.max(...Object.entries(served.probabilities).map(([level, p]) => Math.abs(p - second[i].probabilities![level])));
  }));
}
