// So many rows drawn at random, in the order of the table; the same rows for the same seed.
import { sampleRows } from '../../table/verbs/sample.ts';
import { defineCleaner } from '../clean.ts';
import { keptRows } from '../kept-rows.ts';
import { counted } from '../words.ts';

export const sample = defineCleaner<{ rows: number; seed: number }>({
  type: 'sample',
  label: 'Sample rows',
  help: 'Keeps so many rows drawn at random, in their order; the same seed draws the same rows.',
  scope: 'data',
  takes: [],
  arity: { fewest: 0, most: 0 },
  params: {
    rows: { kind: 'number', label: 'Rows', help: 'How many stay; with fewer in the table, all do.', fallback: 10_000, min: 1, max: 1e9, integer: true },
    seed: { kind: 'number', label: 'Seed', help: 'Another number draws other rows.', fallback: 1, min: 0, max: 2147483647, integer: true },
  },
  apply: (table, _columns, { rows, seed }) => keptRows(table, sampleRows(table.rows, rows, seed)),
  describe: (_columns, { rows, seed }) => `${counted(rows, 'row')} drawn at random (seed ${seed})`,
});
