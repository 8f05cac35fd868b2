// Rows that repeat others: in the named columns, or in all; exactly, or nearly (see table/verbs/near-duplicates).
import { getColumn } from '../../table/build.ts';
import { distinctRows } from '../../table/verbs/dedupe.ts';
import { nearClusters } from '../../table/verbs/near-duplicates.ts';
import { defineCleaner } from '../clean.ts';
import { noteOf } from '../each-column.ts';
import { keptRows } from '../kept-rows.ts';
import { columnWords } from '../words.ts';

type Params = { keep: 'first' | 'last'; near: boolean; distance: number };

export const dedupe = defineCleaner<Params>({
  type: 'dedupe',
  label: 'Remove duplicates',
  help: 'Keeps one row of those that agree in the named columns (all when none is named), exactly or nearly.',
  scope: 'data',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 0, most: 0 },
  params: {
    keep: { kind: 'choice', label: 'Keep', help: 'Which of the rows stays.', fallback: 'first', choices: [{ value: 'first', label: 'The first' }, { value: 'last', label: 'The last' }] },
    near: { kind: 'flag', label: 'Nearly equal too', help: 'Rows that differ by a slip of the pen or a rounding count as equal; look at the preview.', fallback: false },
    distance: { kind: 'number', label: 'Distance', help: 'For nearly equal rows: the largest mean difference of their cells, 0 = none, 0.1 = a tenth of the letters or of the numbers.', fallback: 0.1, min: 0, max: 0.5, integer: false },
  },
  apply(table, columns, { keep, near, distance }) {
    const chosen = columns.map((name) => getColumn(table, name));
    const exact = distinctRows(chosen, table.rows, keep);
    if (!near) return keptRows(table, exact);
    const clusters = nearClusters(chosen, table.rows, distance);
    const stays = new Int32Array(table.rows).fill(-1);
    for (let i = 0; i < table.rows; i++) if (keep === 'last' || stays[clusters[i]] < 0) stays[clusters[i]] = i;
    const rows = stays.filter((row) => row >= 0).sort();
    const nearly = exact.length - rows.length;
    return { ...keptRows(table, rows), notes: nearly ? [noteOf('near-duplicates', `${nearly} of the rows removed are near duplicates, not exact ones`, null, nearly)] : [] };
  },
  describe: (columns, { keep, near, distance }) => `The ${keep} of rows that are ${near ? `equal or nearly so (${distance})` : 'equal'} in ${columnWords(columns, 'every column')} stays`,
});
