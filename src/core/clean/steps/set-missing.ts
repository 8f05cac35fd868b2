// Cells that say "no value" in their own way (999, "unknown", 1900-01-01) become missing. Numbers and times are compared as
// such, text as written, blanks at its ends aside.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { columnRows } from '../../table/build.ts';
import { parseBoolean, parseNumber, parseTime } from '../../table/parse-cell.ts';
import type { Column } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn, mapTexts } from '../each-column.ts';
import { barList, columnWords } from '../words.ts';

export const setMissing = defineCleaner<{ values: string }>({
  type: 'set-missing',
  label: 'Set missing',
  help: 'Makes cells with these values missing, as they stand for "no value".',
  scope: 'row',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 0, most: 0 },
  each: true,
  params: { values: { kind: 'text', label: 'Values', help: 'One or more, parted by |; dates as 1900-01-31.', fallback: '', maxLength: 10_000 } },
  apply(table, columns, { values }) {
    const words = barList(values);
    const texts = new Set(words.map((word) => word.trim()));
    return eachColumn(table, columns, (column) => {
      if (column.kind === 'category' || column.kind === 'text') return words.length ? mapTexts(column, (text) => (texts.has(text.trim()) ? null : text)) : column;
      const read = column.kind === 'number' ? parseNumber : column.kind === 'time' ? parseTime : (text: string) => bitOf(parseBoolean(text));
      return withoutValues(column, new Set(words.map(read).filter((value) => value !== null)));
    });
  },
  describe: (columns, { values }) => `${barList(values).map((value) => `"${value}"`).join(', ') || 'nothing'} becomes missing in ${columnWords(columns, 'every column')}`,
});

function withoutValues(column: Exclude<Column, { kind: 'category' | 'text' }>, gone: ReadonlySet<number>): Column {
  const rows = columnRows(column);
  let missing: Bits | null = null;
  let values: typeof column.values | null = null;
  if (gone.size) {
    for (let i = 0; i < rows; i++) {
      if (!gone.has(column.values[i]) || (column.missing && getBit(column.missing, i))) continue;
      missing ??= column.missing ? column.missing.slice() : makeBits(rows);
      values ??= column.values.slice();
      setBit(missing, i);
      values[i] = 0;
    }
  }
  return values ? ({ ...column, values, missing } as Column) : column;
}

const bitOf = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);
