// Rows in which more than a share of the named columns is missing.
import { getBit } from '../../base/bits.ts';
import { getColumn } from '../../table/build.ts';
import { rowsWhere } from '../../table/verbs/filter.ts';
import { defineCleaner } from '../clean.ts';
import { keptRows } from '../kept-rows.ts';
import { columnWords } from '../words.ts';

export const dropMissing = defineCleaner<{ share: number }>({
  type: 'drop-missing',
  label: 'Remove rows with gaps',
  help: 'Removes rows in which more than a share of the named columns (all when none is named) is missing.',
  scope: 'data',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 0, most: 0 },
  params: { share: { kind: 'number', label: 'Missing share', help: 'A row goes when more than this share is missing; 0 = when anything is.', fallback: 0, min: 0, max: 0.999, integer: false } },
  apply(table, columns, { share }) {
    const counts = new Uint32Array(table.rows);
    for (const name of columns) {
      const { missing } = getColumn(table, name);
      if (missing) for (let i = 0; i < counts.length; i++) if (getBit(missing, i)) counts[i]++;
    }
    const most = share * columns.length;
    return keptRows(table, rowsWhere(Uint8Array.from(counts, (count) => (count > most ? 1 : 0)), false));
  },
  describe: (columns, { share }) => `Rows go in which ${share ? `more than ${Math.round(share * 1000) / 10} %` : 'any'} of ${columnWords(columns, 'all columns')} is missing`,
});
