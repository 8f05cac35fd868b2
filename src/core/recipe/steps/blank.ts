// Turns chosen values into missing: -999, "unknown", 0 where nothing can be 0. Nothing is learned; unlisted values stay.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { parseNumber } from '../../table/parse-cell.ts';
import { putColumns } from '../../table/take.ts';
import type { CategoryColumn, Column, NumberColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { defineStep } from '../step.ts';

type Params = { values: string };

export const blank = defineStep<Params, null>({
  type: 'blank',
  label: 'Treat as missing',
  help: 'Values that stand for "nothing was recorded" become missing.',
  takes: ['number', 'category'],
  params: { values: { kind: 'text', label: 'Values', help: 'Separated by a vertical bar, such as -999|unknown. Spaces around a value do not count.', fallback: '', maxLength: 2000 } },
  fit: () => null,
  apply(table, columns, params) {
    const words = params.values.split('|').map((word) => word.trim()).filter((word) => word !== '');
    return putColumns(table, columns.map((name) => blankColumn(columnOf(table, name) as NumberColumn | CategoryColumn, words)));
  },
  describe: (_columns, params) => `${params.values} becomes missing`,
});

function blankColumn(column: NumberColumn | CategoryColumn, words: readonly string[]): Column {
  let missing: Bits | null = column.missing ? column.missing.slice() : null;
  const rows = column.kind === 'number' ? column.values.length : column.codes.length;
  if (column.kind === 'number') {
    const gone = words.map(parseNumber).filter((value) => value !== null);
    if (!gone.length) return column;
    const { values } = column;
    const cleared = values.slice();
    for (let i = 0; i < rows; i++) {
      if (!gone.includes(values[i])) continue;
      setBit((missing ??= makeBits(rows)), i);
      cleared[i] = 0;
    }
    return { ...column, values: cleared, missing };
  }
  const gone = column.levels.map((level) => words.includes(level.trim()));
  if (!gone.includes(true)) return column;
  const codes = column.codes.slice();
  for (let i = 0; i < rows; i++) {
    if (!gone[codes[i]] || (column.missing && getBit(column.missing, i))) continue;
    setBit((missing ??= makeBits(rows)), i);
    codes[i] = 0;
  }
  return { ...column, codes, missing };
}
